"""Choosing a place, without widgets."""

import pytest

from defect_desktop.core.place import NOWHERE, Place, PlacePart
from defect_desktop.ui.places.choosing import next_part, options, with_value, within

HERE = Place("래미안", "101", "1502", "거실", "벽", "도배")


@pytest.mark.parametrize(
    ("part", "value", "place"),
    [
        (PlacePart.PROJECT, "자이", Place("자이", trade="도배")),
        (PlacePart.UNIT, "1503", Place("래미안", "101", "1503", trade="도배")),
        (PlacePart.ROOM, "안방", Place("래미안", "101", "1502", "안방", trade="도배")),
        (PlacePart.PART, "천장", Place("래미안", "101", "1502", "거실", "천장", "도배")),
        (PlacePart.TRADE, "도장", Place("래미안", "101", "1502", "거실", "벽", "도장")),
        (PlacePart.UNIT, "", Place("래미안", "101", trade="도배")),
        (PlacePart.UNIT, " 1502 ", HERE),
    ],
)
def test_what_lies_in_another_place_is_unknown(part, value, place):
    assert with_value(HERE, part, value) == place


def test_what_was_used_last_is_offered_first_then_what_is_usual():
    offered = options(PlacePart.ROOM, ["팬트리", "주방"], "다락")
    assert offered[:4] == ["팬트리", "주방", "다락", "거실"]
    assert offered.count("주방") == 1


def test_a_building_has_no_usual_names():
    assert options(PlacePart.BUILDING, []) == []


def test_values_are_remembered_where_they_mean_the_same():
    assert within(HERE, PlacePart.UNIT) == {PlacePart.PROJECT: "래미안", PlacePart.BUILDING: "101"}
    assert within(HERE, PlacePart.ROOM) == {PlacePart.PROJECT: "래미안"}
    assert within(HERE, PlacePart.TRADE) == {}
    assert within(NOWHERE, PlacePart.UNIT) == {}


def test_the_parts_are_asked_for_from_the_largest_to_the_trade():
    assert next_part(PlacePart.PROJECT) is PlacePart.BUILDING
    assert next_part(PlacePart.TRADE) is None
