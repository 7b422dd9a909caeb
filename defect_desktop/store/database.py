"""The results database as the rest of the program sees it: runs and their outcomes go in, records come out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from sqlalchemy import Connection, Engine

from defect_desktop.core.record import Outcome, PhotoFile, PhotoRecord, RunSettings
from defect_desktop.store import reading, writing
from defect_desktop.store.connection import connect, enable_wal, for_writing
from defect_desktop.store.faults import ABSENT, faults_told, store_error
from defect_desktop.store.migration import check_known, migrate
from defect_desktop.store.summary import RunSummary, summarize

BUSY_TIMEOUT = 30.0
"""Seconds to wait for another program's transaction."""


RunOutcome = Literal["finished", "cancelled"]
"""How a run ended. One that was killed, or broken off by an error, has no outcome."""


class Database:
    """One results database. Any thread may use it, and several programs may have it open at once.

    Every method raises StoreError where the file is locked, read-only or damaged, or its disk is full; what was
    recorded before stays, and of the call that failed nothing does.
    """

    def __init__(self, engine: Engine, path: Path, *, wal: bool) -> None:
        self._engine = engine
        self._path = path
        # Without the write-ahead log a power failure could damage the file at NORMAL, not only lose the last commits.
        self._results = for_writing(engine, flush=not wal)
        self._settings: dict[int, RunSettings] = {}  # of runs that were met; they never change
        self._corrections = for_writing(engine, flush=True)

    @classmethod
    def open(cls, path: Path, *, busy_timeout: float = BUSY_TIMEOUT) -> Self:
        """The database at `path`, created or migrated as needed; `busy_timeout` is in seconds.

        Raises StoreError also for a newer program's database or a foreign file, which are left as they are.
        """
        engine = connect(path, busy_timeout)
        with ExitStack() as undo, faults_told(path):
            undo.callback(engine.dispose)
            path.parent.mkdir(parents=True, exist_ok=True)
            with engine.begin() as connection:
                check_known(connection, path)
            wal = enable_wal(engine)
            with for_writing(engine, flush=True).begin() as connection:
                migrate(connection)
                writing.prove_writable(connection)
            undo.pop_all()
        return cls(engine, path, wal=wal)

    @classmethod
    def open_existing(cls, path: Path, *, busy_timeout: float = BUSY_TIMEOUT) -> Self:
        """Like `open`, but raises StoreError where there is no database yet."""
        if not path.exists():
            raise store_error(ABSENT, path)
        return cls.open(path, busy_timeout=busy_timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file."""
        self._engine.dispose()

    def begin_run(self, settings: RunSettings) -> int:
        """Starts a run; its number."""
        with self._transaction(self._results) as connection:
            return writing.insert_run(connection, settings)

    def finish_run(self, run_id: int, outcome: RunOutcome) -> None:
        """Ends a run."""
        with self._transaction(self._results) as connection:
            writing.end_run(connection, run_id, outcome)

    def find_done(self, fingerprint: str, photos: Sequence[PhotoFile]) -> dict[PhotoFile, int]:
        """The results of those of `photos` that have a verdict with `fingerprint` and are unchanged since.

        Unchanged means the same path, size and mtime. Failures do not count: they are always tried again.
        """
        with self._reading() as connection:
            return reading.done_results(connection, fingerprint, photos)

    def add_outcomes(self, run_id: int, items: Sequence[tuple[int, Outcome]]) -> list[PhotoRecord]:
        """Records what a run made of some photos, each at its position in the run's report: all of them or none."""
        with self._transaction(self._results) as connection:
            settings = reading.run_settings(connection, run_id, self._settings)
            return writing.insert_outcomes(connection, run_id, settings, items)

    def link_done(self, run_id: int, items: Sequence[tuple[int, int]]) -> None:
        """Places results of earlier runs, (position, result), in a run's report: all of them or none."""
        with self._transaction(self._results) as connection:
            writing.insert_items(connection, run_id, items)

    def set_human_label(self, path: Path, content_hash: str, label: str | None) -> None:
        """Keeps what a person says of the photo (None: nothing any more); a power failure does not undo it.

        Raises LookupError for a photo that has no record.
        """
        with self._transaction(self._corrections) as connection:
            writing.update_human_label(connection, path, content_hash, label)

    def latest_run_id(self) -> int | None:
        """The run that was begun last, of those that have a result; None before the first."""
        with self._reading() as connection:
            return reading.latest_run(connection)

    def summary(self, run_id: int) -> RunSummary:
        """What came of a run so far."""
        with self._reading() as connection:
            return summarize(connection, run_id, reading.run_settings(connection, run_id, self._settings))

    def records(self, run_id: int) -> Iterator[PhotoRecord]:
        """The report of a run, every requested photo once, in the order of the request. Memory stays flat.

        Raises StoreError at once where there is no such run.
        """
        with self._reading() as connection:
            reading.run_settings(connection, run_id, self._settings)
        return reading.run_records(self._reading, run_id, self._settings)

    def all_records(self) -> Iterator[PhotoRecord]:
        """The latest record of every photo of every run, ordered by path. Memory stays flat.

        A file that could not be read at first counts once it was read, or tried again, later.
        """
        return reading.latest_records(self._reading, self._settings)

    @contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Connection]:
        with faults_told(self._path), engine.begin() as connection:
            yield connection

    def _reading(self) -> AbstractContextManager[Connection]:
        return self._transaction(self._engine)
