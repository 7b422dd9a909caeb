"""Works through the queue of waiting photos, whatever source they came from, until it is closed.

The queue lies in the database, and so does everything that is asked of it: photos are added, and the queue is paused,
resumed and cancelled, through `Database.queue`, by any thread or program and at any time. Whoever works it looks there
for what to do next, so it goes on after a restart, or a kill, where it was.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from defect_desktop import settings
from defect_desktop.core.record import Outcome, PhotoRecord
from defect_desktop.core.waiting import WaitingPhoto
from defect_desktop.paths import Paths
from defect_desktop.preferences import AS_THE_PACK_SAYS, OwnThresholds
from defect_desktop.store.database import Database
from defect_desktop.vision.engine import Engine, fewest_asked, load_engine
from defect_desktop.vision.pack import Pack, find_pack
from defect_desktop.vision.pipeline import classify
from defect_desktop.workflows.events import QueueEvent, Repeat, Standing, Worked, Working
from defect_desktop.workflows.own_thresholds import judged_by
from defect_desktop.workflows.run_settings import run_settings

REST_SECONDS = 0.25
"""How long an empty queue is left alone. Whoever drives the work hears from it, and can stop it, at least so often."""

COUNTING_SECONDS = 1.0
"""The queue is counted so often, and when a stretch of work is over: of a million photos that takes 50 ms."""

_CHUNK = 256


@dataclass(frozen=True, slots=True)
class WorkRequest:
    """What to work with; `thresholds` stand in for the pack's.

    With `early_exit`, only the first network is asked where it is sure and where pack and engine allow it.
    """

    pack: str = settings.PACK.default
    engine: str = settings.ENGINE.default
    device: str = settings.DEVICE.default
    thresholds: OwnThresholds = AS_THE_PACK_SAYS
    early_exit: bool = False


def work_queue(request: WorkRequest, paths: Paths) -> Generator[QueueEvent, None, None]:
    """Yields `Working` once, then `Worked` for what was done, and a `Standing` after that and while it rests.

    It never ends; closing the generator stops it, and every photo without an outcome keeps its turn. So do photos that
    were under way when the queue was paused; what was cancelled meanwhile is not recorded.
    Raises PackError, DeviceError, StoreError; a photo that cannot be used is an outcome, not an error.
    """
    pack = judged_by(find_pack(request.pack, paths.pack_shelves), request.thresholds)
    with Database.open(paths.database) as database:
        engine = load_engine(pack, request.engine, request.device, paths.compiled_forms, early_exit=request.early_exit)
        exits_early = engine.exits_early if request.early_exit else None
        yield Working(pack.card, engine.name, engine.device, engine.note, exits_early)
        work = _Work(database, pack, engine, {"engine": request.engine, "device": request.device})
        try:
            yield from work.run()
        except GeneratorExit:  # the only way in which the work ends as it should
            work.finish_run()
            raise


class _Work:
    """The work under way. Its results belong to a run, which is begun with the first of them."""

    def __init__(self, database: Database, pack: Pack, engine: Engine, options: Mapping[str, object]) -> None:
        self._database = database
        self._pack = pack
        self._engine = engine
        self._settings = run_settings(pack, engine, options)
        self._run_id: int | None = None
        self._position = 0
        self._recorded: set[Path] = set()
        self._first_of: dict[str, Path] = {}
        self._told = Standing({})
        self._next_count = float("-inf")

    def run(self) -> Generator[QueueEvent, None, None]:
        while True:
            turns = self._database.queue.next(_CHUNK)
            yield self._standing()
            if turns:
                yield from self._work(turns)
                self._next_count = float("-inf")
            else:
                time.sleep(REST_SECONDS)

    def finish_run(self) -> None:
        """Ends the run, if one was begun; a photo has one result a run, so one that comes again needs another."""
        if self._run_id is not None:
            self._database.finish_run(self._run_id, "finished")
        self._run_id = None
        self._position = 0
        self._recorded.clear()

    def _work(self, turns: Sequence[WaitingPhoto]) -> Generator[QueueEvent, None, None]:
        photos = [turn.photo for turn in turns]
        done = self._database.find_done(self._pack.fingerprint, photos, fewest_asked(self._engine, self._pack))
        if done:
            yield self._recall(list(done.values()))
            self._told = self._told.after(len(done))
        left = deque(turn for turn in turns if turn.photo not in done)
        with closing(classify([turn.photo for turn in left], self._pack.card, self._engine)) as batches:
            for outcomes in batches:
                batch = [left.popleft().id for _ in outcomes]
                if [turn.id for turn in self._database.queue.next(len(batch))] != batch:
                    return  # paused, cancelled, or done by somebody else meanwhile: what is next is asked anew
                yield self._record(outcomes)
                self._told = self._told.after(len(outcomes))
                yield self._standing()

    def _recall(self, results: Sequence[int]) -> Worked:
        """Takes over results of earlier runs, which ends the photos' turns."""
        if self._run_id is not None and self._database.in_report(self._run_id, results):
            self.finish_run()
        run_id, begin = self._current_run(), self._position
        self._database.link_done(run_id, list(enumerate(results, start=begin)))
        self._position += len(results)
        records = list(self._database.records(run_id, begin))
        outcomes = [record.outcome for record in records]
        self._recorded.update(outcome.photo.path for outcome in outcomes)
        return Worked(records, self._repeats(outcomes), recalled=True)

    def _record(self, outcomes: Sequence[Outcome]) -> Worked:
        """Keeps the outcomes: each as it comes, in one transaction where no photo is twice among them."""
        records: list[PhotoRecord] = []
        together: list[Outcome] = []
        for outcome in outcomes:
            if outcome.photo.path in self._recorded:
                records += self._add(together)
                together = []
                self.finish_run()
            together.append(outcome)
            self._recorded.add(outcome.photo.path)
        records += self._add(together)
        return Worked(records, self._repeats(outcomes))

    def _add(self, outcomes: Sequence[Outcome]) -> list[PhotoRecord]:
        if not outcomes:
            return []
        records = self._database.add_outcomes(self._current_run(), list(enumerate(outcomes, start=self._position)))
        self._position += len(outcomes)
        return records

    def _current_run(self) -> int:
        if self._run_id is None:
            self._run_id = self._database.begin_run(self._settings)
        return self._run_id

    def _repeats(self, outcomes: Sequence[Outcome]) -> list[Repeat]:
        readable = [outcome for outcome in outcomes if outcome.verdict]
        firsts = [(each.photo, self._first_of.setdefault(each.content_hash, each.photo.path)) for each in readable]
        return [Repeat(photo, first) for photo, first in firsts if first != photo.path]

    def _standing(self) -> Standing:
        if time.monotonic() >= self._next_count:
            self._told = Standing(self._database.queue.counts())
            self._next_count = time.monotonic() + COUNTING_SECONDS
        return self._told
