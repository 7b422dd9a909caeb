"""Defect Desktop: classifies photos of interior finishing defects, offline."""

__version__ = "0.1.0"
