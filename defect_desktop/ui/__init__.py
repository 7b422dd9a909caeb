"""The window. Nothing outside this package imports Qt, and nothing in it decides anything about a photo."""

from __future__ import annotations

import builtins

import PySide6.QtCore  # noqa: F401 - from here on, its own import would be in force

# PySide's import reads the whole source of whatever is imported, and keeps it in memory, to look for `__feature__`
# switches, of which there are none here. With torch that is half a second, and more than 100 MB.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
