"""Draws the synthetic practice photos: papered walls with each of the 19 defects. Every picture here is drawn, never photographed."""
