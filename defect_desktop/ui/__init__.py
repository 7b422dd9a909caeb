"""The window. Nothing outside this package imports Qt, and nothing in it decides anything about a photo."""
