"""Reads back what the results database holds: the latest run, or the part of a run that is done."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from itertools import islice

from defect_desktop import settings
from defect_desktop.core.record import PhotoRecord
from defect_desktop.errors import PackError
from defect_desktop.language import Bilingual
from defect_desktop.paths import Paths
from defect_desktop.store.database import Database
from defect_desktop.vision.pack import find_pack
from defect_desktop.workflows.events import LatestRun, Loaded

_CHUNK = 100


def load_latest(paths: Paths, pack: str = settings.PACK.default) -> Generator[LatestRun | Loaded, None, None]:
    """Yields the latest run once and then its records. Raises StoreError; a database that is not there yet is none.

    `pack` is what a first run would use.
    """
    if not paths.database.exists():
        yield LatestRun(None, _notice(paths, pack))
        return
    with Database.open_existing(paths.database) as database:
        run_id = database.latest_run_id()
        chunks = _chunks(database, run_id)
        first = next(chunks, [])
        yield LatestRun(run_id, first[0].settings.notice if first else _notice(paths, pack))
        if first:
            yield Loaded(first)
        for chunk in chunks:
            yield Loaded(chunk)


def load_run(paths: Paths, run_id: int) -> Generator[Loaded, None, None]:
    """Yields what a run has done so far. Raises StoreError."""
    with Database.open_existing(paths.database) as database:
        for chunk in _chunks(database, run_id):
            yield Loaded(chunk)


def _chunks(database: Database, run_id: int | None) -> Iterator[list[PhotoRecord]]:
    if run_id is None:
        return
    records = iter(database.records(run_id))
    while chunk := list(islice(records, _CHUNK)):
        yield chunk


def _notice(paths: Paths, pack: str) -> Bilingual | None:
    """The warning of the pack that a first run would use; a pack that is broken says so when it is used."""
    try:
        notice = find_pack(pack, paths.pack_shelves).card.notice
    except PackError:
        return None
    return notice.bilingual() if notice else None
