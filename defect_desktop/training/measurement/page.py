"""The evaluation report: one HTML page that a customer can read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

import numpy as np
from numpy.typing import NDArray

from defect_desktop.core.comparison import ENOUGH_PHOTOS
from defect_desktop.core.printable import printable
from defect_desktop.errors import PhotoError
from defect_desktop.language import Bilingual
from defect_desktop.training.measurement.figures import reliability_chart, risk_chart
from defect_desktop.training.measurement.intervals import DRAWS, LEVEL, f1_interval
from defect_desktop.training.measurement.measure import Measurement, Mistake
from defect_desktop.training.measurement.subject import Subject
from defect_desktop.training.report.page import render_page
from defect_desktop.training.report.pictures import picture_uri
from defect_desktop.vision.photo_loader import decode_photo, read_photo

_SHOWN_MISTAKES = 24
_SHOWN_CONFUSIONS = 8
_PICTURE_SIDE = 400


@dataclass(frozen=True, slots=True)
class _Confusion:
    """`photos` of the class `label`, that share of them, were taken for `said` (indices of classes)."""

    label: int
    said: int
    photos: int
    share: float


def evaluation_page(assets: Path, measurement: Measurement, subject: Subject) -> str:
    """The page in the language of the system. The photos of the worst mistakes are read again, for their pictures."""
    card = subject.pack.card
    title = Bilingual(ko=f"모델 평가 · {card.title.ko}", en=f"Evaluation · {card.title.en}")
    shown = measurement.mistakes[:_SHOWN_MISTAKES]
    return render_page(
        assets,
        "evaluation.html",
        title,
        found=measurement,
        bag=measurement.evaluation.bag,
        subject=subject,
        data_shown=printable(PurePath(subject.data.absolute().name)),
        card=card,
        names={entry.label: str(entry.name) for entry in card.defect_classes()},
        intervals={scored.label: f1_interval(scored) for scored in measurement.evaluation.bag.classes},
        row_shares=_row_shares(measurement.confusion),
        confusions=_most_common(measurement.confusion),
        mistakes=list(zip(shown, _pictures(shown), strict=True)),
        reliability_chart=reliability_chart(assets, measurement),
        risk_chart=risk_chart(assets, measurement),
        level=LEVEL,
        draws=DRAWS,
        enough=ENOUGH_PHOTOS,
    )


def _row_shares(confusion: NDArray[np.int64]) -> list[list[float]]:
    """Each count as a share of its true class, 0 where that has no photos."""
    shares: list[list[float]] = (confusion / np.maximum(confusion.sum(axis=1, keepdims=True), 1)).tolist()
    return shares


def _most_common(confusion: NDArray[np.int64]) -> list[_Confusion]:
    """The most common mistakes, the commonest first."""
    wrong = confusion - np.diag(np.diag(confusion))
    order = np.argsort(-wrong, axis=None, kind="stable")[:_SHOWN_CONFUSIONS]
    pairs = [divmod(int(place), len(wrong)) for place in order]
    return [
        _Confusion(label, said, int(wrong[label, said]), float(wrong[label, said] / confusion[label].sum()))
        for label, said in pairs
        if wrong[label, said]
    ]


def _pictures(mistakes: Sequence[Mistake]) -> list[str | None]:
    return [_picture(mistake.path) for mistake in mistakes]


def _picture(path: Path) -> str | None:
    """The photo for the page; None where it has gone since it was measured."""
    try:
        return picture_uri(decode_photo(read_photo(path), _PICTURE_SIDE), _PICTURE_SIDE)
    except PhotoError:
        return None
