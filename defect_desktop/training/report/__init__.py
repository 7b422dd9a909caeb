"""What every report of the training lab is made of: one self-contained page, its fonts, pictures and charts."""
