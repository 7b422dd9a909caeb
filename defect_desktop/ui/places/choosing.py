"""Choosing a place part by part. Knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from defect_desktop.core.place import Place, PlacePart, tidy

PARTS = tuple(PlacePart)

_CONTAINING = (PlacePart.PROJECT, PlacePart.BUILDING, PlacePart.UNIT, PlacePart.ROOM, PlacePart.PART)
"""Each of these lies in those before it. The trade does not: who papers one flat papers the next."""


def with_value(place: Place, part: PlacePart, value: str) -> Place:
    """The place with another value of a part; what lay in the old one is unknown."""
    if tidy(value) == place.value(part):
        return place
    inner = _CONTAINING[_CONTAINING.index(part) + 1 :] if part in _CONTAINING else ()
    return Place(**place._asdict() | {one.value: "" for one in inner} | {part.value: value})


def within(place: Place, part: PlacePart) -> Mapping[PlacePart, str]:
    """Where the values of a part are remembered: a unit in its building, a room anywhere in the project."""
    outer = {
        PlacePart.BUILDING: (PlacePart.PROJECT,),
        PlacePart.UNIT: (PlacePart.PROJECT, PlacePart.BUILDING),
        PlacePart.ROOM: (PlacePart.PROJECT,),
    }
    return {one: place.value(one) for one in outer.get(part, ()) if place.value(one)}


def options(part: PlacePart, remembered: Sequence[str], present: str = "") -> list[str]:
    """What is offered for a part: what was used last first, then what is usual; the present value is among it."""
    usual = [value.ko for value in part.usual]
    return list(dict.fromkeys([*remembered, *([present] if present else []), *usual]))


def next_part(part: PlacePart) -> PlacePart | None:
    """The part that is asked for after this one; None after the last."""
    place = PARTS.index(part) + 1
    return PARTS[place] if place < len(PARTS) else None
