"""Loads the engine's libraries beside a window that must go on answering."""

from __future__ import annotations

import ctypes
import gc
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

_log = logging.getLogger(__name__)


@contextmanager
def quiet_start() -> Iterator[None]:
    """Around the first use of an engine, in the thread that uses it: no other thread is held up for long.

    Importing torch holds the interpreter for a quarter of a second at a time: while the system links its libraries,
    which is done beforehand here, and while the garbage collector walks the hundreds of thousands of objects that come
    with it, which stay for good and are exempted from its walks.
    """
    first = gc.get_freeze_count() == 0
    if first:
        gc.disable()
        _link_libraries()
    try:
        yield
    finally:
        if first:
            gc.freeze()
            gc.enable()


def _link_libraries() -> None:
    """Has the system link torch's libraries by a call that, unlike an import, lets other threads run meanwhile."""
    torch = find_spec("torch")
    if sys.platform == "win32" or torch is None or torch.origin is None or "torch" in sys.modules:
        return  # on Windows torch itself does as much
    folder = Path(torch.origin).parent / "lib"
    suffix = "dylib" if sys.platform == "darwin" else "so"
    link = ctypes.CDLL(None).dlopen
    link.restype = ctypes.c_void_p
    for name, scope in (("libtorch_global_deps", os.RTLD_GLOBAL), ("libtorch_python", os.RTLD_LOCAL)):
        library = folder / f"{name}.{suffix}"
        if not link(os.fsencode(library), os.RTLD_NOW | scope):
            _log.info("%s cannot be linked ahead of its import", library)
