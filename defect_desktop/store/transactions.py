"""The three kinds of transactions: reading, recording what can be made again, and what people did, which cannot."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine

from defect_desktop.store.connection import for_writing
from defect_desktop.store.faults import faults_told


class Transactions:
    """Opens transactions on one database; each is all or nothing. Raises StoreError for the environment's faults."""

    def __init__(self, engine: Engine, path: Path, *, wal: bool) -> None:
        self._path = path
        self._reading = engine
        # Without the write-ahead log a power failure could damage the file at NORMAL, not only lose the last commits.
        self._recording = for_writing(engine, flush=not wal)
        self._correcting = for_writing(engine, flush=True)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Sees one state of the database throughout."""
        with faults_told(self._path), self._reading.begin() as connection:
            yield connection

    @contextmanager
    def recording(self) -> Iterator[Connection]:
        """Writes what survives the death of the program; a power failure may take the last of it."""
        with faults_told(self._path), self._recording.begin() as connection:
            yield connection

    @contextmanager
    def correcting(self) -> Iterator[Connection]:
        """Writes what survives a power failure too."""
        with faults_told(self._path), self._correcting.begin() as connection:
            yield connection
