from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from defect_desktop.core.quality import QualityFinding
from defect_desktop.core.review import NOT_A_DEFECT, Remarks
from defect_desktop.language import Bilingual, Language
from defect_desktop.ui.icons import Icons
from defect_desktop.ui.listing import Filter
from defect_desktop.ui.look import Look
from defect_desktop.ui.record_state import State
from defect_desktop.ui.results_model import Column, ResultsModel
from defect_desktop.ui.theme import Theme
from defect_desktop.ui.wording import in_two_lines
from tests.ui.fakes import flawed, make_record

pytestmark = pytest.mark.usefixtures("application")


@pytest.fixture(params=list(Language))
def model(request, paths):
    model = ResultsModel(Look(Theme(), Icons(paths.assets / "icons"), request.param))
    # Qt's own tester ends the process with a message where a model breaks the rules.
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    yield model
    del tester


def texts(model: ResultsModel, row: int) -> list[str]:
    return [model.data(model.index(row, column)) for column in Column]


def test_it_keeps_qts_rules_through_all_changes(model):
    records = [make_record(number) for number in range(60)]
    model.add(records[:20])
    model.sort(Column.CONFIDENCE, Qt.SortOrder.DescendingOrder)
    model.add(records[20:40])
    model.show_only(Filter(check_only=True))
    model.add(records[40:])
    model.sort(-1)
    model.show_only(Filter())
    assert model.rowCount() == 60
    assert model.rowCount(model.index(0, 0)) == model.columnCount(model.index(0, 0)) == 0
    assert model.data(QModelIndex()) is None
    model.clear()
    assert model.rowCount() == 0


@pytest.mark.parametrize("column", [-1, Column.CONFIDENCE])
def test_a_photo_that_failed_and_comes_again_is_listed_once(model, column):
    model.add([make_record(number) for number in range(20)])
    model.sort(column)
    judged = replace(make_record(8), photo_id=9)
    model.add([judged, make_record(19), make_record(20)])
    assert model.rowCount() == 21
    assert [record for record in model.listing.records if record.photo_id == 9] == [judged]
    assert model.listing.states[State.FAILED] == 1
    model.add([make_record(19), replace(judged, photo_id=19)])
    assert model.rowCount() == 21
    assert model.listing.states[State.FAILED] == 0


def test_every_cell_says_what_it_is_in_words(model):
    model.add([make_record(0), make_record(1), make_record(9)])
    korean = model.label_text(make_record(0)) == "가구수정"
    sure, check, failed = (texts(model, row) for row in range(3))
    assert sure[:4] == ["IMG_0000.jpg", "가구수정" if korean else "Furniture repair", "62.0%", "100%"]
    assert "확신도가 낮음" in check[4] if korean else "Low confidence" in check[4]
    assert failed[1:4] == ["–", "–", "–"]
    assert "빈 파일" in failed[4] or "empty" in failed[4]


def test_a_class_is_called_as_the_pack_that_knows_it_calls_it(model):
    first, second = make_record(0), make_record(1)
    own = replace(second.settings, class_names={"균열": Bilingual(ko="균열", en="Crack")})
    model.add([first, replace(second, settings=own)])
    korean = model.label_text(first) == "가구수정"
    assert model.name_of_label("균열") == ("균열" if korean else "Crack")
    assert model.name_of_label("훼손") == ("훼손" if korean else "Damage")
    model.clear()
    assert model.name_of_label("균열") == "균열"


def test_where_a_person_names_no_defect_what_they_said_stands_in_its_place(model):
    model.add([make_record(0), make_record(1)])
    korean = model.label_text(make_record(0)) == "가구수정"
    told = []
    model.renewed.connect(lambda: told.append(texts(model, 1)))
    model.renew({1: Remarks(NOT_A_DEFECT)})
    assert told[0][Column.LABEL] == ("하자 아님" if korean else "Not a defect")
    assert told[0][Column.VERDICT].startswith("Set by a person")


def test_a_photo_to_take_again_says_why_beside_what_there_is_to_check(model):
    model.add([flawed(make_record(0), QualityFinding.BLURRED), flawed(make_record(1), QualityFinding.DARK)])
    korean = model.label_text(make_record(0)) == "가구수정"
    sure, check = (texts(model, row)[Column.VERDICT] for row in range(2))
    assert ("사진이 흐립니다." if korean else "The photo is blurred") in sure
    reasons = ("확신도가 낮음", "너무 어둡습니다") if korean else ("Low confidence", "The photo is too dark")
    assert all(reason in check for reason in reasons)


def test_tooltips_take_no_file_name_for_markup(model):
    from pathlib import Path

    model.add([make_record(0, Path("/사진/<b>굵게</b>.jpg"))])
    tip = model.data(model.index(0, Column.PHOTO), Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;" in tip
    assert "사진" in tip


@pytest.mark.parametrize("column", list(Column))
def test_every_column_sorts(model, column):
    records = [make_record(number) for number in range(30)]
    model.add(records)
    model.sort(column, Qt.SortOrder.AscendingOrder)
    up = [model.record(row) for row in range(30)]
    model.sort(column, Qt.SortOrder.DescendingOrder)
    down = [model.record(row) for row in range(30)]
    assert up == down[::-1]
    assert {id(record) for record in up} == {id(record) for record in records}


def test_a_photo_of_which_one_network_was_asked_agrees_with_nobody(model):
    disagreed, alone = make_record(1), make_record(2)
    verdict = replace(alone.outcome.verdict, agreement=1.0, asked=1)
    model.add([disagreed, replace(alone, outcome=replace(alone.outcome, verdict=verdict)), make_record(3)])
    model.sort(Column.AGREEMENT, Qt.SortOrder.DescendingOrder)
    assert [texts(model, row)[Column.AGREEMENT] for row in range(3)] == ["100%", "67%", "–"]


def test_names_that_are_not_text_can_be_shown(model):
    import os
    from pathlib import Path

    model.add([make_record(0, Path(os.fsdecode(b"/photos/\xb0\xa1.jpg")))])
    assert "udcb0" in texts(model, 0)[0]


def test_a_row_says_briefly_what_its_tooltip_says_in_full(model):
    record = flawed(make_record(1), QualityFinding.DARK)
    model.add([record])
    brief = model.verdict_texts(record)[1]
    assert "Take again: too dark" in brief or "다시 찍기: 너무 어두움" in brief
    assert len(brief) < len(" · ".join(model.reasons(record)))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("Low confidence", ["Low confidence"]),
        ("Low confidence · Second choice is close", ["Low confidence", "Second choice is close"]),
        ("Low confidence, at last · and so on and so forth", ["Low confidence, at", "last · and so on and so forth"]),
        ("확신도가_매우_낮은_한_낱말_입니다", ["확신도가_매우_낮은_한_낱말_입니다"]),
        ("Take it again now · Low", ["Take it again now", "Low"]),
    ],
)
def test_reasons_are_broken_between_words(text, lines):
    assert in_two_lines(text, lambda part: len(part) <= 18) == lines
