"""A lock on a file that is over when its process is, however that ends."""

from __future__ import annotations

import logging
import sys
from typing import IO

_log = logging.getLogger(__name__)

if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def lock(file: IO[bytes]) -> bool:
    """Locks a file that is open for writing until it is closed; False where another process has locked it."""
    try:
        _lock(file)
    except (BlockingIOError, PermissionError):
        return False
    except OSError as error:  # some network drives know no locks: one works there as without them
        _log.warning("cannot lock %s: %s", file.name, error)
    return True
