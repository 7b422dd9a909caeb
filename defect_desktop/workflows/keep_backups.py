"""Backs the results database up, and puts a backup in its place, with progress and a way to break it off."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from defect_desktop.paths import Paths
from defect_desktop.store.backup import (
    Backup,
    BackupReason,
    CopyProgress,
    back_up,
    back_up_daily,
    backups_of,
    can_be_backed_up,
    restore,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Copied:
    """How many pages of the database are copied, of how many."""

    pages: int
    total: int


def list_backups(paths: Paths) -> list[Backup]:
    """The backups there are, the newest first."""
    return backups_of(paths.database)


def back_up_now(paths: Paths) -> Generator[Copied, None, Backup | None]:
    """Yields how far it is; returns the backup, None where there is no database yet. Raises StoreError."""
    if not can_be_backed_up(paths.database):
        return None
    return (yield from _stepwise(lambda tell: back_up(paths.database, BackupReason.ON_REQUEST, tell)))


def back_up_if_due(paths: Paths) -> Generator[Copied, None, Backup | None]:
    """Makes the backup of the day, None where there is one or no database yet. Raises StoreError."""
    if not can_be_backed_up(paths.database):
        return None
    return (yield from _stepwise(lambda tell: back_up_daily(paths.database, tell)))


def restore_backup(paths: Paths, backup: Path) -> Generator[Copied, None, Path | None]:
    """Puts a backup in the place of the database; returns where the database before it is kept. Raises StoreError.

    Closing the generator leaves the database as it was.
    """
    return (yield from _stepwise(lambda tell: restore(paths.database, backup, tell)))


class _BrokenOffError(Exception):
    """The generator was closed."""


def _stepwise(copy: Callable[[CopyProgress], T]) -> Generator[Copied, None, T]:
    """Runs what tells its progress by calling back, as a generator: in a thread that is joined whatever happens."""
    told: queue.SimpleQueue[Copied | None] = queue.SimpleQueue()
    stop = threading.Event()
    results: list[T] = []
    errors: list[BaseException] = []

    def tell(pages: int, total: int) -> None:
        if stop.is_set():
            raise _BrokenOffError
        told.put(Copied(pages, total))

    def run() -> None:
        try:
            results.append(copy(tell))
        except BaseException as error:  # noqa: BLE001 - raised again below, in the thread that asked
            errors.append(error)
        finally:
            told.put(None)

    thread = threading.Thread(target=run, name="database copy")
    thread.start()
    try:
        while (step := told.get()) is not None:
            yield step
    finally:
        stop.set()
        thread.join()
    if errors:
        raise errors[0]
    return results[0]
