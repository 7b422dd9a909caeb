"""What fills the window, one page at a time: widgets and their wiring. `ui/navigation.py` says what a page must do."""
