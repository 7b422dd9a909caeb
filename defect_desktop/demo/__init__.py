"""Draws the synthetic practice photos: papered walls with each of the 19 defects. Nothing here was photographed."""
