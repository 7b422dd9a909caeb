"""Classifies the photos of a folder as they arrive, until it is closed: a card's, a cable's, a synced phone's."""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from defect_desktop import settings
from defect_desktop.capture.lookout import Lookout
from defect_desktop.capture.sight import Sight
from defect_desktop.core.printable import printable
from defect_desktop.core.record import Outcome, PhotoFile, PhotoRecord
from defect_desktop.errors import PhotoProblem
from defect_desktop.language import Bilingual
from defect_desktop.paths import Paths
from defect_desktop.store.database import Database
from defect_desktop.vision.card import Card
from defect_desktop.vision.early_exit import require_early_exit
from defect_desktop.vision.engine import Engine, fewest_asked, load_engine
from defect_desktop.vision.pack import Pack, find_pack
from defect_desktop.vision.pipeline import classify
from defect_desktop.workflows.run_settings import run_settings

INTERVAL_SECONDS = 2.0
"""The pause between two looks at the folder."""

HEARTBEAT_SECONDS = 0.5
"""Whoever drives the watch hears from it, and can stop it, at least this often while it waits."""

_CHUNK = 256


@dataclass(frozen=True, slots=True)
class WatchRequest:
    """What the user asked for; `interval` is the seconds between two looks at the folder.

    With `early_exit`, only the first network is asked where it is sure.
    """

    folder: Path
    interval: float = INTERVAL_SECONDS
    pack: str = settings.PACK.default
    engine: str = settings.ENGINE.default
    device: str = settings.DEVICE.default
    early_exit: bool = False


@dataclass(frozen=True, slots=True)
class Watching:
    """The watch has begun: the pack is loaded and proven on its device."""

    run_id: int
    card: Card
    engine: str
    device: str
    note: str


@dataclass(frozen=True, slots=True)
class Recalled:
    """Photos that an earlier run has classified with this pack, unchanged since: their results stand."""

    records: list[PhotoRecord]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A photo whose content lies in the folder under another name too, which has the result: `first`."""

    photo: PhotoFile
    first: Path


@dataclass(frozen=True, slots=True)
class Arrived:
    """Photos that arrived have their outcome, and it is safe in the database. Repeats are told, not recorded."""

    records: list[PhotoRecord]
    repeats: list[Repeat]


@dataclass(frozen=True, slots=True)
class Status:
    """How the watch stands. `trouble` says what is wrong with the folder, None where nothing is.

    `waiting` photos are not known to be whole yet, `ready` ones have their turn next; the others of this watch are
    `done`, of which `failed` could not be used.
    """

    trouble: Bilingual | None
    waiting: int
    ready: int
    done: int
    failed: int


WatchEvent = Watching | Recalled | Arrived | Status


def watch_folder(request: WatchRequest, paths: Paths) -> Generator[WatchEvent, None, None]:
    """Yields `Watching` once, then what happens, and a `Status` at least every `HEARTBEAT_SECONDS`; never ends.

    Closing the generator ends the watch. A folder that is missing, or goes away, is a `trouble` that ends by itself.
    Photos that lay there before count too; nothing is lost by starting late, and nothing is classified twice.
    Raises PackError, DeviceError, StoreError; a photo that cannot be used is an outcome, not an error.
    """
    pack = find_pack(request.pack, paths.pack_shelves)
    with Database.open(paths.database) as database:
        engine = load_engine(pack, request.engine, request.device, paths.compiled_forms, early_exit=request.early_exit)
        if request.early_exit:
            require_early_exit(engine, pack)
        run_id = database.begin_run(run_settings(pack, engine, _options(request)))
        try:
            yield Watching(run_id, pack.card, engine.name, engine.device, engine.note)
            with Lookout(request.folder, request.interval) as lookout:
                yield from _Watch(database, run_id, pack, engine, Sight(lookout)).run()
        except GeneratorExit:  # the only way in which a watch ends as it should
            database.finish_run(run_id, "finished")
            raise


def _options(request: WatchRequest) -> dict[str, object]:
    return {"watched": printable(request.folder), "engine": request.engine, "device": request.device}


class _Watch:
    """One watch under way: what arrived, what of it is done, and which contents are known."""

    def __init__(self, database: Database, run_id: int, pack: Pack, engine: Engine, sight: Sight) -> None:
        self._database = database
        self._run_id = run_id
        self._pack = pack
        self._engine = engine
        self._sight = sight
        self._arrivals = sight.arrivals
        self._position = 0
        self._failed = 0
        self._first_of: dict[str, Path] = {}
        self._recorded: set[tuple[Path, str]] = set()

    def run(self) -> Generator[WatchEvent, None, None]:
        while True:
            # While there is work the newest look is taken as it is; the wait, and so the pause, is only for idle times.
            yield from self._notice(0 if self._arrivals.ready else HEARTBEAT_SECONDS)
            yield self._status()
            if chunk := list(islice(self._arrivals.take(), _CHUNK)):
                yield from self._classify(chunk)

    def _notice(self, timeout: float) -> Generator[WatchEvent, None, None]:
        """Takes in what there is to see of the folder, waiting up to `timeout` seconds for it."""
        if settled := self._sight.look(timeout):
            yield from self._recall(settled)

    def _recall(self, settled: Sequence[PhotoFile]) -> Generator[WatchEvent, None, None]:
        """Takes over the results that earlier runs have for photos that just became ready.

        One that this very run classified was out of sight, or looked different, for a while: it is in the report.
        """
        done = self._database.find_done(self._pack.fingerprint, settled, fewest_asked(self._engine, self._pack))
        for photo in done:
            self._arrivals.done(photo)
        reported = self._database.in_report(self._run_id, list(done.values()))
        recalled = [result for result in done.values() if result not in reported]
        if not recalled:
            return
        begin = self._position
        self._database.link_done(self._run_id, list(enumerate(recalled, start=begin)))
        self._position += len(recalled)
        records = self._database.records(self._run_id, begin)
        while chunk := list(islice(records, _CHUNK)):
            for record in chunk:
                self._remember(record.outcome)
            yield Recalled(chunk)

    def _classify(self, photos: list[PhotoFile]) -> Generator[WatchEvent, None, None]:
        with closing(classify(photos, self._pack.card, self._engine)) as batches:
            for outcomes in batches:
                arrived = self._record(outcomes)
                if arrived.records or arrived.repeats:
                    yield arrived
                yield from self._notice(0)
                yield self._status()
                if not self._sight.clear:
                    return  # what is under way can only fail, and comes again with the folder

    def _record(self, outcomes: Sequence[Outcome]) -> Arrived:
        """Keeps what counts of some outcomes: nothing twice, and nothing of what may still be arriving."""
        new, repeats = [], []
        for outcome in outcomes:
            if not self._is_believed(outcome):
                continue
            self._arrivals.done(outcome.photo)
            if first := self._listed_before(outcome):
                repeats.append(Repeat(outcome.photo, first))
            elif (outcome.photo.path, outcome.content_hash) not in self._recorded:  # it may only have been touched
                self._remember(outcome)
                new.append(outcome)
        if not new:
            return Arrived([], repeats)
        records = self._database.add_outcomes(self._run_id, list(enumerate(new, start=self._position)))
        self._position += len(new)
        return Arrived(records, repeats)

    def _is_believed(self, outcome: Outcome) -> bool:
        """Whether the outcome counts: a photo that cannot be read or decoded may still be arriving."""
        if outcome.problem in (None, PhotoProblem.TOO_LARGE):
            return True
        return not self._arrivals.try_again(outcome.photo, time.monotonic())

    def _listed_before(self, outcome: Outcome) -> Path | None:
        """The other name, still in the folder, under which a photo of this content has its result."""
        first = self._first_of.get(outcome.content_hash, outcome.photo.path)
        return first if first != outcome.photo.path and self._arrivals.lists(first) else None

    def _remember(self, outcome: Outcome) -> None:
        self._recorded.add((outcome.photo.path, outcome.content_hash))
        self._failed += outcome.problem is not None
        if outcome.verdict:
            self._first_of[outcome.content_hash] = outcome.photo.path

    def _status(self) -> Status:
        waiting, ready = self._arrivals.waiting, self._arrivals.ready
        return Status(self._sight.trouble, waiting, ready, done=len(self._recorded), failed=self._failed)
