"""A lock on a file that is over when its process is, however that ends."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from defect_desktop.errors import UserError

_log = logging.getLogger(__name__)

if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def holding(file: Path, busy: UserError, unusable: UserError) -> Iterator[None]:
    """Has `file` made and locked for the while of a `with`, and gone afterwards.

    Raises `busy` where another process has locked it, or did away with it just now, `unusable` where it cannot be made.
    """
    try:
        opened = file.open("ab")
    except OSError as error:
        raise unusable from error
    with opened:
        if not (_try(opened) and _is_there(opened, file)):
            raise busy
        try:
            yield
        finally:
            if sys.platform == "win32":
                opened.close()  # no open file is deleted there, be it that another process has just opened it
            with suppress(OSError):
                file.unlink()  # elsewhere before others can lock it, and be sure that it stays


def _is_there(opened: IO[bytes], file: Path) -> bool:
    """Whether it is still the one of that name: who holds another keeps nobody off."""
    try:
        return os.path.samestat(os.fstat(opened.fileno()), file.stat())
    except FileNotFoundError:
        return False


def _try(file: IO[bytes]) -> bool:
    """Locks a file that is open for writing until it is closed; False where another process has locked it."""
    try:
        _lock(file)
    except (BlockingIOError, PermissionError):
        return False
    except OSError as error:  # some network drives know no locks: one works there as without them
        _log.warning("cannot lock %s: %s", file.name, error)
    return True
