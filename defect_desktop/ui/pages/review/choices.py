"""Which defects the keys and buttons of the review stand for. Knows no Qt."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from defect_desktop.core.record import PhotoRecord
from defect_desktop.language import Bilingual

KEYS = "1234567890"


@dataclass(frozen=True, slots=True)
class Choice:
    """A key, and the defect that it names; `share` is its probability where the verdict ranks it."""

    key: str
    label: str
    share: float | None = None


def usual_labels(records: Iterable[PhotoRecord]) -> list[str]:
    """The defects that photos show, the most frequent first."""
    labels: Counter[str] = Counter()
    for record in records:
        verdict = record.outcome.verdict
        labels.update(record.remarks.review.labels or ((verdict.label,) if verdict else ()))
    return [label for label, _ in labels.most_common()]


def choices(record: PhotoRecord, usual: Sequence[str]) -> list[Choice]:
    """A defect for every key: what the verdict ranks first, then the usual ones, then the rest of the pack's.

    The usual ones keep their order from photo to photo, so that a hand finds them again.
    """
    verdict = record.outcome.verdict
    ranked = {one.label: one.probability for one in verdict.top} if verdict else {}
    known = record.settings.class_names
    labels = dict.fromkeys([*ranked, *(label for label in usual if label in known), *known])
    return [Choice(key, label, ranked.get(label)) for key, label in zip(KEYS, labels, strict=False)]


def search(names: Mapping[str, Bilingual], text: str) -> list[str]:
    """The labels whose name contains the text in either language, whatever its case; all of them for none."""
    sought = _comparable(text.strip())
    return [
        label
        for label, name in names.items()
        if any(sought in _comparable(called) for called in (label, name.ko, name.en))
    ]


def _comparable(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
