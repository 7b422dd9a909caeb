"""Compares model packs on the photos that the user reviewed: the only measure that is about the user's own walls.

What a pack has not judged yet it judges now. Its verdicts are used for the comparison and not stored: the history goes
on showing what the inspector reviewed.
"""

from __future__ import annotations

import heapq
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from defect_desktop import settings
from defect_desktop.core.comparison import PackComparison, ReviewedPhoto
from defect_desktop.core.comparison import compare_packs as compare
from defect_desktop.core.progress import Progress, ProgressMeter
from defect_desktop.core.record import PhotoFile
from defect_desktop.errors import SourceError
from defect_desktop.paths import Paths
from defect_desktop.store.database import Database
from defect_desktop.vision.engine import load_engine
from defect_desktop.vision.pack import Pack, find_pack
from defect_desktop.vision.pipeline import classify
from defect_desktop.workflows.warm_up import quiet_start

SAMPLE = 2000
"""Of more photos than these a sample is taken: it tells a share to within 2.2 points, 19 times out of 20."""

_STEP = 1000


@dataclass(frozen=True, slots=True)
class Looked:
    """So many reviewed photos were found so far."""

    photos: int


@dataclass(frozen=True, slots=True)
class Judged:
    """How far a pack is with the photos that it had not judged."""

    pack: str
    progress: Progress


@dataclass(frozen=True, slots=True)
class ComparedPacks:
    """What came of it. `reviewed` counts all photos in which a person named defects, `sample` those looked at."""

    packs: tuple[Pack, ...]
    comparison: PackComparison
    reviewed: int
    sample: int


def compare_packs(
    names: Sequence[str],
    paths: Paths,
    engine: str = settings.ENGINE.default,
    device: str = settings.DEVICE.default,
) -> Generator[Looked | Judged, None, ComparedPacks]:
    """Compares the packs with these names. Closing the generator stops it; nothing is written anywhere.

    A photo that is gone, or was changed since, is left out. Raises SourceError where nobody has reviewed a photo yet,
    PackError, DeviceError, StoreError.
    """
    packs = tuple(find_pack(name, paths.pack_shelves) for name in names)
    with Database.open(paths.database) as database:
        reviewed, sample = yield from _sample(database.comparing.reviewed([pack.fingerprint for pack in packs]))
    if not sample:
        raise SourceError(
            ko="아직 사람이 하자를 확인한 사진이 없습니다. 사진 몇 장을 먼저 검토하세요.",
            en="Nobody has named the defect in a photo yet; review some photos first.",
        )
    for number, pack in enumerate(packs):
        sample = yield from _judge(pack, number, sample, paths, engine, device)
    return ComparedPacks(packs, compare(sample, len(packs)), reviewed, len(sample))


def _sample(photos: Iterable[ReviewedPhoto]) -> Generator[Looked, None, tuple[int, list[ReviewedPhoto]]]:
    """How many photos there are, and at most `SAMPLE` of them: always the same, and spread over all of them."""
    kept: list[tuple[bytes, int, ReviewedPhoto]] = []
    seen = 0
    for seen, photo in enumerate(photos, 1):
        entry = (sha256(str(photo.photo_id).encode()).digest(), photo.photo_id, photo)
        if len(kept) < SAMPLE:
            heapq.heappush(kept, entry)
        else:
            heapq.heappushpop(kept, entry)
        if seen % _STEP == 0:
            yield Looked(seen)
    return seen, [photo for *_, photo in sorted(kept, key=lambda entry: entry[1])]


def _judge(
    pack: Pack, number: int, photos: list[ReviewedPhoto], paths: Paths, engine_name: str, device: str
) -> Generator[Judged, None, list[ReviewedPhoto]]:
    """The photos with what the pack says of those that it had not judged."""
    unjudged = [photo.photo for photo in photos if photo.said[number] is None and _is_unchanged(photo.photo)]
    if not unjudged:
        return photos
    meter = ProgressMeter(len(unjudged))
    yield Judged(pack.card.name, meter.now())
    with quiet_start():
        engine = load_engine(pack, engine_name, device, paths.compiled_forms)
    said: dict[PhotoFile, str] = {}
    for outcomes in classify(unjudged, pack.card, engine):
        said |= {outcome.photo: outcome.verdict.label for outcome in outcomes if outcome.verdict}
        yield Judged(pack.card.name, meter.advance(len(outcomes)))
    return [_with_word(photo, number, said.get(photo.photo)) for photo in photos]


def _with_word(photo: ReviewedPhoto, number: int, label: str | None) -> ReviewedPhoto:
    if label is None:
        return photo
    return replace(photo, said=(*photo.said[:number], label, *photo.said[number + 1 :]))


def _is_unchanged(photo: PhotoFile) -> bool:
    try:
        now = photo.path.stat()
    except OSError:
        return False
    return (now.st_size, now.st_mtime_ns) == (photo.size, photo.mtime_ns)
