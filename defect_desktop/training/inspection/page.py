"""The inspection report: one HTML page with the photos that a person should see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePath

import numpy as np

from defect_desktop.core.comparison import ENOUGH_PHOTOS
from defect_desktop.core.printable import printable
from defect_desktop.core.taxonomy import CONTEST_CLASSES
from defect_desktop.errors import PhotoError
from defect_desktop.language import Bilingual
from defect_desktop.training.data.split import HELD_OUT
from defect_desktop.training.inspection.figures import look_chart, size_chart
from defect_desktop.training.inspection.inspection import Inspection
from defect_desktop.training.report.page import render_page
from defect_desktop.training.report.pictures import picture_uri
from defect_desktop.vision.photo_loader import decode_photo, read_photo

_SHOWN_DOUBTS = 36
_SHOWN_CONFLICTS = 18
_SHOWN_GROUPS = 12
_SHOWN_COPIES = 6
_SHOWN_EXTREMES = 6
_SHEET = 18
_PICTURE_SIDE = 240
_SHEET_SIDE = 150


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo on the page. `uri` is None where it has gone since it was surveyed."""

    uri: str | None
    name: str
    label: str


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class in the table, with its contact sheet; `groups` counts photos that are no near-duplicates of others."""

    label: str
    name: str
    photos: int
    groups: int
    held_out: int
    sheet: list[Picture]


def inspection_page(assets: Path, inspection: Inspection, sources: Sequence[Path]) -> str:
    """The page in the language of the system. The photos that it shows are read again, for their pictures."""
    title = Bilingual(ko="학습 데이터 점검", en="Inspection of the data set")
    view = _View(inspection)
    return render_page(
        assets,
        "inspection.html",
        title,
        found=inspection,
        survey=inspection.survey,
        view=view,
        sources=[printable(PurePath(source.absolute())) for source in sources],
        not_judged=inspection.not_judged,
        size_chart=size_chart(assets, inspection.survey) if inspection.survey.looks else "",
        look_chart=look_chart(assets, inspection.survey) if inspection.survey.looks else "",
        enough=ENOUGH_PHOTOS,
    )


class _View:
    """What the template shows, with its pictures."""

    def __init__(self, inspection: Inspection) -> None:
        self._inspection = inspection
        self._names = {each.label: str(each.name) for each in CONTEST_CLASSES}

    @cached_property
    def classes(self) -> list[ClassRow]:
        """The classes, the largest first."""
        data, split = self._inspection.survey.data, self._inspection.split
        generator = np.random.default_rng(self._inspection.seed)
        rows = []
        for target, label in enumerate(data.labels):
            own = np.flatnonzero(data.targets == target)
            drawn = np.sort(generator.permutation(own)[:_SHEET])
            rows.append(
                ClassRow(
                    label=label,
                    name=self.name(label),
                    photos=len(own),
                    groups=len(np.unique(split.groups[own])),
                    held_out=int(np.count_nonzero(split.places[own] == HELD_OUT)),
                    sheet=[self._picture(int(index), _SHEET_SIDE) for index in drawn],
                )
            )
        return sorted(rows, key=lambda row: -row.photos)

    @cached_property
    def copies(self) -> list[tuple[int, list[Picture]]]:
        """The largest groups of near-duplicates: how many photos, and some of them."""
        groups = self._inspection.duplicates.copies()[:_SHOWN_GROUPS]
        return [(len(group), [self._picture(int(index)) for index in group[:_SHOWN_COPIES]]) for group in groups]

    @cached_property
    def conflicts(self) -> list[tuple[Picture, Picture]]:
        """Near-duplicates whose labels contradict each other."""
        pairs = self._inspection.duplicates.pairs[self._inspection.conflicts[:_SHOWN_CONFLICTS]]
        return [(self._picture(first), self._picture(second)) for first, second in pairs.tolist()]

    @cached_property
    def doubts(self) -> list[tuple[Picture, str, float]]:
        """The photos whose labels are doubted the most, each with what it looks like, and how probably."""
        labels = self._inspection.survey.data.labels
        shown = self._inspection.suspicions[:_SHOWN_DOUBTS]
        return [(self._picture(each.index), self.name(labels[each.suggested]), each.other) for each in shown]

    @cached_property
    def extremes(self) -> list[tuple[Bilingual, list[Picture]]]:
        """The darkest, the brightest and the most blurred photos."""
        brightness = np.array([look.brightness for look in self._inspection.survey.looks])
        sharpness = np.array([look.sharpness for look in self._inspection.survey.looks])
        orders = (
            (Bilingual(ko="가장 어두운 사진", en="The darkest"), brightness),
            (Bilingual(ko="가장 밝은 사진", en="The brightest"), -brightness),
            (Bilingual(ko="가장 흐린 사진", en="The most blurred"), sharpness),
        )
        return [
            (title, [self._picture(int(index)) for index in np.argsort(values, kind="stable")[:_SHOWN_EXTREMES]])
            for title, values in orders
        ]

    @property
    def unreadable(self) -> list[tuple[str, str, Bilingual]]:
        """The files that are no photos: name, class and reason."""
        return [
            (printable(PurePath(each.path.parent.name, each.path.name)), self.name(each.label), each.problem.sentence)
            for each in self._inspection.survey.unreadable
        ]

    def name(self, label: str) -> str:
        """The class as a person reads it."""
        return self._names.get(label, label)

    def _picture(self, index: int, side: int = _PICTURE_SIDE) -> Picture:
        data = self._inspection.survey.data
        path = data.paths[index]
        return Picture(
            _uri(path, side), printable(PurePath(path.parent.name, path.name)), self.name(data.label_of(index))
        )


def _uri(path: Path, side: int) -> str | None:
    try:
        return picture_uri(decode_photo(read_photo(path), side), side)
    except PhotoError:  # the photo has gone since it was surveyed
        return None
