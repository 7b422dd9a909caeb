"""Links torch's libraries ahead of its import, for the sake of whoever else runs in this process."""

from __future__ import annotations

import ctypes
import logging
import os
import sys
from importlib.util import find_spec
from pathlib import Path

_log = logging.getLogger(__name__)


def link_ahead() -> None:
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
