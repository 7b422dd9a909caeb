from __future__ import annotations

import unicodedata

import pytest

from defect_desktop.core.place import NOWHERE, Place, PlacePart
from defect_desktop.language import Bilingual


def test_what_looks_alike_is_the_same_place() -> None:
    typed, pasted = Place(room="작은 방"), Place(room=unicodedata.normalize("NFD", "\u3000작은  방\n"))
    assert typed == pasted
    assert hash(typed) == hash(pasted)
    assert Place(room=" ") == NOWHERE


def test_the_parts_are_in_order_from_the_largest_to_the_smallest() -> None:
    place = Place("래미안", "101동", "1203호", "주방", "벽", "도배")
    assert list(place.parts().values()) == ["래미안", "101동", "1203호", "주방", "벽", "도배"]
    assert place.value(PlacePart.UNIT) == "1203호"


@pytest.mark.parametrize("part", PlacePart)
def test_every_part_has_a_title_and_usual_values_are_told_apart(part: PlacePart) -> None:
    assert part.words.ko and part.words.en
    for language in ("ko", "en"):
        names = [getattr(usual, language) for usual in part.usual]
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("name", ["주방", "Kitchen", " kitchen "])
def test_a_usual_value_may_be_called_by_the_name_of_either_language(name: str) -> None:
    assert PlacePart.ROOM.called(name) == "주방"
    assert PlacePart.UNIT.called(name) == name


def test_a_usual_value_has_a_name_in_both_languages_and_any_other_is_its_own() -> None:
    assert PlacePart.ROOM.name_of("거실") == Bilingual(ko="거실", en="Living room")
    assert PlacePart.PART.name_of("거실") == Bilingual(ko="거실", en="거실")
