"""Labelled photos: reading them, looking at them, finding near-duplicates, splitting them."""
