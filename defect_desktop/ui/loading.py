"""One thread at a time loads what is loaded beside the window.

Python lets two threads that import modules of one circle see them half made: one would find a name missing.
"""

from __future__ import annotations

import pkgutil
import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from threading import RLock

LOADING = RLock()


def load(modules: Iterable[str]) -> Iterator[None]:
    """Imports modules in the window's thread, one a step: between the steps the window may answer.

    Where another thread is at it, so much as a second may pass until it is this one's turn; meanwhile there are steps
    in which nothing happens.
    """
    for module in modules:
        if module in sys.modules:
            continue
        while not LOADING.acquire(blocking=False):
            yield
        try:
            import_module(module)
        finally:
            LOADING.release()
        yield


def modules_in(packages: Iterable[str]) -> Iterator[str]:
    """The names of all modules of these packages, found while they are asked for."""
    for package in packages:
        for module in pkgutil.iter_modules(import_module(package).__path__, f"{package}."):
            yield module.name
