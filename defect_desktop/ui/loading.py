"""One thread at a time loads what is loaded beside the window.

Python lets two threads that import modules of one circle see them half made: one would find a name missing.
"""

from __future__ import annotations

from threading import RLock

LOADING = RLock()
