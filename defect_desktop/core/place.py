"""Where a photo was taken: project, building, unit, room, part and trade."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from defect_desktop.language import Bilingual


class PlacePart(StrEnum):
    """One of the six parts of a place; the value is the name of its field, and of its column."""

    PROJECT = "project"
    BUILDING = "building"
    UNIT = "unit"
    ROOM = "room"
    PART = "part"
    TRADE = "trade"

    @property
    def words(self) -> Bilingual:
        """What a person calls it."""
        return _TITLES[self]

    @property
    def usual(self) -> tuple[Bilingual, ...]:
        """The values that are offered before any was used. What is stored is the Korean one, as with the labels."""
        return _USUAL.get(self, ())

    def name_of(self, value: str) -> Bilingual:
        """A stored value as a person reads it: both languages where it is a usual one."""
        return next((usual for usual in self.usual if usual.ko == value), Bilingual(ko=value, en=value))

    def called(self, name: str) -> str:
        """The value that a person calls so: of a usual one they may write the name of either language, in any case."""
        sought = tidy(name).casefold()
        return next((usual.ko for usual in self.usual if sought in (usual.ko, usual.en.casefold())), name)


_TITLES = {
    PlacePart.PROJECT: Bilingual(ko="현장", en="Project"),
    PlacePart.BUILDING: Bilingual(ko="동", en="Building"),
    PlacePart.UNIT: Bilingual(ko="호", en="Unit"),
    PlacePart.ROOM: Bilingual(ko="실", en="Room"),
    PlacePart.PART: Bilingual(ko="부위", en="Part"),
    PlacePart.TRADE: Bilingual(ko="공종", en="Trade"),
}

_USUAL: dict[PlacePart, tuple[Bilingual, ...]] = {
    PlacePart.ROOM: (
        Bilingual(ko="거실", en="Living room"),
        Bilingual(ko="주방", en="Kitchen"),
        Bilingual(ko="안방", en="Main bedroom"),
        Bilingual(ko="침실", en="Bedroom"),
        Bilingual(ko="욕실", en="Bathroom"),
        Bilingual(ko="현관", en="Entrance"),
        Bilingual(ko="복도", en="Corridor"),
        Bilingual(ko="발코니", en="Balcony"),
        Bilingual(ko="드레스룸", en="Dressing room"),
    ),
    PlacePart.PART: (
        Bilingual(ko="벽", en="Wall"),
        Bilingual(ko="천장", en="Ceiling"),
        Bilingual(ko="바닥", en="Floor"),
        Bilingual(ko="몰딩", en="Moulding"),
        Bilingual(ko="걸레받이", en="Skirting"),
        Bilingual(ko="창", en="Window"),
        Bilingual(ko="문", en="Door"),
        Bilingual(ko="가구", en="Furniture"),
    ),
    PlacePart.TRADE: (
        Bilingual(ko="도배", en="Wallpapering"),
        Bilingual(ko="목공", en="Carpentry"),
        Bilingual(ko="석고보드", en="Plasterboard"),
        Bilingual(ko="창호", en="Windows and doors"),
        Bilingual(ko="가구", en="Furniture"),
        Bilingual(ko="도장", en="Painting"),
        Bilingual(ko="바닥재", en="Flooring"),
        Bilingual(ko="전기", en="Electrical"),
        Bilingual(ko="설비", en="Plumbing"),
    ),
}


def tidy(text: str) -> str:
    """`text` as places are compared by: composed, with single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


class _Parts(NamedTuple):
    project: str
    building: str
    unit: str
    room: str
    part: str
    trade: str


class Place(_Parts):
    """A place; a part that is not known, or does not matter, is empty.

    Its text is kept composed (NFC) and without space around it, so that what looks alike is the same place.
    """

    __slots__ = ()

    def __new__(
        cls, project: str = "", building: str = "", unit: str = "", room: str = "", part: str = "", trade: str = ""
    ) -> Place:
        """Any text will do: it is made tidy."""
        return super().__new__(cls, *map(tidy, (project, building, unit, room, part, trade)))

    def value(self, part: PlacePart) -> str:
        """The text of one part."""
        text: str = getattr(self, part.value)
        return text

    def parts(self) -> Mapping[PlacePart, str]:
        """All six parts, from the largest to the smallest."""
        return {part: self.value(part) for part in PlacePart}


NOWHERE = Place()
"""No part is known."""
