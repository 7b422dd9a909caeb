"""The results database as the rest of the program sees it: runs and their outcomes go in, records come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from sqlalchemy import Connection, Engine

from defect_desktop.core.decision import Thresholds
from defect_desktop.core.place import NOWHERE, Place
from defect_desktop.core.record import Outcome, PhotoFile, PhotoRecord, RunSettings
from defect_desktop.core.record_page import RecordPage
from defect_desktop.store import reading, writing
from defect_desktop.store.backup import back_up_before_migration
from defect_desktop.store.backup_folder import alone_with
from defect_desktop.store.comparing import Comparing
from defect_desktop.store.connection import connect, for_writing, keep_journal
from defect_desktop.store.faults import ABSENT, REPLACED, faults_told, store_error
from defect_desktop.store.history import History
from defect_desktop.store.migration import check_known, migrate
from defect_desktop.store.network_drive import is_on_network
from defect_desktop.store.places import Places
from defect_desktop.store.queue import PhotoQueue
from defect_desktop.store.recording import link_results, record_outcomes
from defect_desktop.store.records import Recorder
from defect_desktop.store.reviewing import Reviews
from defect_desktop.store.summary import RunSummary, summarize
from defect_desktop.store.threshold_preview import CheckCount, count_checks
from defect_desktop.store.transactions import Transactions

BUSY_TIMEOUT = 30.0
"""Seconds to wait for another program's transaction."""


RunOutcome = Literal["finished", "cancelled"]
"""How a run ended. One that was killed, or broken off by an error, has no outcome."""


class Database:
    """One results database. Any thread may use it, and several programs may have it open at once.

    Every method, of its parts too, raises StoreError where the file is locked, read-only or damaged, or its disk is
    full; what was recorded before stays, and of the call that failed nothing does.
    """

    def __init__(self, engine: Engine, path: Path, *, wal: bool) -> None:
        self._engine = engine
        self._path = path
        self._begun: dict[int, datetime] = {}
        self._transactions = Transactions(engine, path, wal=wal)
        self._recorder = Recorder()
        self.places = Places(self._transactions)
        self.queue = PhotoQueue(self._transactions)
        self.reviews = Reviews(self._transactions, path)
        self.history = History(self._transactions, self._recorder)
        self.comparing = Comparing(self._transactions)

    @classmethod
    def open(cls, path: Path, *, busy_timeout: float = BUSY_TIMEOUT) -> Self:
        """The database at `path`, created or migrated as needed; `busy_timeout` is in seconds.

        Before it is migrated it is backed up. Raises StoreError also for a newer program's database or a foreign file,
        which are left as they are.
        """
        engine = connect(path, busy_timeout)
        with ExitStack() as undo, faults_told(path):
            undo.callback(engine.dispose)
            path.parent.mkdir(parents=True, exist_ok=True)
            with engine.begin() as connection:
                outdated = check_known(connection, path)
            with alone_with(path) if outdated else nullcontext():
                wal = keep_journal(engine, wal=not is_on_network(path.parent))
                with for_writing(engine, flush=True).begin() as connection:
                    if outdated and check_known(connection, path):  # nobody has migrated it meanwhile
                        back_up_before_migration(path)
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
        begun = datetime.now(UTC)
        with self._transactions.recording() as connection:
            run_id = writing.insert_run(connection, settings, begun)
        self._begun[run_id] = begun
        return run_id

    def finish_run(self, run_id: int, outcome: RunOutcome) -> None:
        """Ends a run."""
        with self._transactions.recording() as connection:
            self._check_own(connection, run_id)
            writing.end_run(connection, run_id, outcome)

    def find_done(self, fingerprint: str, photos: Sequence[PhotoFile], members: int = 1) -> dict[PhotoFile, int]:
        """The results of those of `photos` that have a verdict with `fingerprint` and are unchanged since.

        Unchanged means the same path, size and mtime. Failures do not count: they are always tried again; nor do
        verdicts that an early exit left to fewer than `members` networks.
        """
        with self._transactions.reading() as connection:
            return reading.done_results(connection, fingerprint, photos, members)

    def add_outcomes(
        self, run_id: int, items: Sequence[tuple[int, Outcome]], place: Place = NOWHERE
    ) -> list[PhotoRecord]:
        """Records what a run made of some photos, each at its position in the run's report: all of them or none.

        It ends their turns in the queue. Photos were taken where they were queued, else in `place`; what is known of
        it already stays.
        """
        with self._transactions.recording() as connection:
            self._check_own(connection, run_id)
            self._recorder.settings(connection, run_id)
            if not items:
                return []
            results = record_outcomes(connection, run_id, items, place)
            return reading.records_of(connection, self._recorder, results)

    def link_done(self, run_id: int, items: Sequence[tuple[int, int]], place: Place = NOWHERE) -> None:
        """Places results of earlier runs, (position, result), in a run's report: all of them or none.

        It ends the photos' turns in the queue, and places those that have no place yet, like `add_outcomes`.
        """
        with self._transactions.recording() as connection:
            self._check_own(connection, run_id)
            link_results(connection, run_id, items, place)

    def in_report(self, run_id: int, results: Sequence[int]) -> set[int]:
        """Those of the results that a run's report contains."""
        with self._transactions.reading() as connection:
            return reading.results_of_run(connection, run_id, results)

    def latest_run_id(self) -> int | None:
        """The run that was begun last, of those that have a result; None before the first."""
        with self._transactions.reading() as connection:
            return reading.latest_run(connection)

    def begun(self) -> datetime | None:
        """When the first run began; None before it."""
        with self._transactions.reading() as connection:
            return reading.first_begin(connection)

    def summary(self, run_id: int) -> RunSummary:
        """What came of a run so far."""
        with self._transactions.reading() as connection:
            return summarize(connection, run_id, self._recorder.settings(connection, run_id))

    def count_checks(self, thresholds: Thresholds) -> CheckCount:
        """How many photos of the history would need a check under these thresholds."""
        with self._transactions.reading() as connection:
            return count_checks(connection, thresholds)

    def records(self, run_id: int, begin: int = 0) -> Iterator[PhotoRecord]:
        """The report of a run from a position on, every photo once, in the order of the request. Memory stays flat.

        Raises StoreError at once where there is no such run.
        """
        self._check_run(run_id)
        return reading.run_records(self._transactions.reading, self._recorder, run_id, begin)

    def pages(self, run_id: int) -> Iterator[RecordPage]:
        """The same as `records`, a page at a time."""
        self._check_run(run_id)
        return reading.run_pages(self._transactions.reading, self._recorder, run_id)

    def pages_of(self, records: Iterable[PhotoRecord]) -> Iterator[RecordPage]:
        """What is known now of these records, each once and in their order, a page at a time.

        Raises ReplacedError where another program has put back a backup that does not have them.
        """
        return reading.pages_of(self._transactions.reading, self._recorder, records, self._path)

    def all_records(self) -> Iterator[PhotoRecord]:
        """The latest record of every photo of every run, ordered by path. Memory stays flat.

        A file that could not be read at first counts once it was read, or tried again, later.
        """
        return reading.latest_records(self._transactions.reading, self._recorder)

    def all_pages(self) -> Iterator[RecordPage]:
        """The same as `all_records`, a page at a time."""
        return reading.latest_pages(self._transactions.reading, self._recorder)

    def _check_own(self, connection: Connection, run_id: int) -> None:
        """Another program may have put back a backup, in which a run that was begun here is none, or another."""
        begun = self._begun.get(run_id)
        if begun is not None and writing.started_at(connection, run_id) != begun:
            raise store_error(REPLACED, self._path)

    def _check_run(self, run_id: int) -> None:
        with self._transactions.reading() as connection:
            self._recorder.settings(connection, run_id)
