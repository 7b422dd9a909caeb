"""How model packs do on the photos that people reviewed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from defect_desktop.core.record import PhotoFile

ENOUGH_PHOTOS = 20
"""Below so many photos a share is no evidence, and is not shown as one."""


@dataclass(frozen=True, slots=True)
class ReviewedPhoto:
    """A photo in which a person named defects, most important first; `said` holds what each pack said, None: nothing.

    A pack has said nothing where it has not classified the photo, or could not.
    """

    photo_id: int
    photo: PhotoFile
    labels: tuple[str, ...]
    said: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class PackScore:
    """One pack against the people. `confusion` counts (the person's most important label, the pack's label).

    A pack is right where it names any of the defects that the person named.
    """

    photos: int
    right: int
    confusion: Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class PackComparison:
    """Packs side by side, on those photos that all of them classified.

    `agreed` counts the photos of which all said the same; `left_out` those that a pack has not classified yet.
    """

    scores: tuple[PackScore, ...]
    photos: int
    agreed: int
    left_out: int


def compare_packs(photos: Iterable[ReviewedPhoto], packs: int) -> PackComparison:
    """Compares `packs` packs; each photo's `said` must be so long."""
    confusions: list[Counter[tuple[str, str]]] = [Counter() for _ in range(packs)]
    right, common, agreed, left_out = [0] * packs, 0, 0, 0
    for photo in photos:
        said = [label for label in photo.said if label is not None]
        if len(said) < packs:
            left_out += 1
            continue
        common += 1
        agreed += len(set(said)) == 1
        for pack, label in enumerate(said):
            confusions[pack][photo.labels[0], label] += 1
            right[pack] += label in photo.labels
    scores = tuple(PackScore(common, hits, counts) for hits, counts in zip(right, confusions, strict=True))
    return PackComparison(scores, common, agreed, left_out)
