"""The place bar and the picker over a real database, with taps and keys."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from defect_desktop.core.place import NOWHERE, Place, PlacePart
from defect_desktop.errors import StoreError
from defect_desktop.language import Language
from defect_desktop.store.database import Database
from defect_desktop.ui.desk import Desk
from defect_desktop.ui.icons import Icons
from defect_desktop.ui.look import Look
from defect_desktop.ui.places.place_bar import PlaceBar
from defect_desktop.ui.places.services import PlaceServices, place_services
from defect_desktop.ui.theme import Theme
from defect_desktop.ui.widgets.choice_group import ChoiceGroup
from tests.ui.fakes import painted_on, wait_until

HERE = Place("래미안", "101", "1502", "거실")
BEFORE = Place("래미안", "101", "1501", "안방", "천장", "도배")


@pytest.fixture
def database(tmp_path):
    with Database.open(tmp_path / "results.sqlite3") as database:
        database.places.use(BEFORE)
        database.places.use(HERE)
        yield database


@pytest.fixture
def desk(application):
    desk = Desk()
    yield desk
    desk.close()


@pytest.fixture
def look(paths):
    return Look(Theme(), Icons(paths.assets / "icons"), Language.ENGLISH)


@pytest.fixture
def window(application):
    window = QWidget()
    QVBoxLayout(window)
    window.resize(800, 900)
    yield window
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def shown(window, look, services, desk):
    bar = PlaceBar(look, services, desk)
    window.layout().addWidget(bar)
    window.show()
    bar.load()
    wait_until(lambda: not desk.busy)
    return bar


@pytest.fixture
def bar(window, look, database, desk):
    return shown(window, look, place_services(lambda: database), desk)


def settle(bar):
    wait_until(lambda: not bar._desk.busy)


def tap(tiles, value):
    item = tiles.item(tiles.values().index(value))
    QTest.mouseClick(tiles.viewport(), Qt.MouseButton.LeftButton, pos=tiles.visualItemRect(item).center())


def test_it_shows_where_the_inspector_was_last(bar):
    assert bar.place == HERE
    assert [chip.text() for chip in bar.chips.values()] == ["래미안", "101", "1502", "Living room", "Part", "Trade"]


def test_a_tap_on_a_part_offers_its_values_by_last_use(bar):
    QTest.mouseClick(bar.chips[PlacePart.UNIT], Qt.MouseButton.LeftButton)
    settle(bar)
    assert bar.picker.tiles.values() == ["1502", "1501"]


def test_a_place_is_chosen_part_by_part_and_kept(bar, database):
    changes = []
    bar.place_changed.connect(changes.append)
    bar.pick(PlacePart.UNIT)
    settle(bar)
    picker = bar.picker
    QTest.keyClicks(picker.new_value, "1601")
    QTest.keyClick(picker.new_value, Qt.Key.Key_Return)
    settle(bar)
    assert picker.part is PlacePart.ROOM
    assert picker.tiles.values()[:2] == ["거실", "안방"]
    tap(picker.tiles, "주방")
    settle(bar)
    tap(picker.tiles, "천장")
    settle(bar)
    tap(picker.tiles, "도배")
    QTest.mouseClick(picker.done_button, Qt.MouseButton.LeftButton)
    settle(bar)
    chosen = Place("래미안", "101", "1601", "주방", "천장", "도배")
    assert changes == [chosen]
    assert bar.place == database.places.current() == chosen


def test_thinking_better_of_it_changes_nothing(bar, database):
    bar.pick()
    settle(bar)
    tap(bar.picker.tiles, "래미안")
    QTest.keyClicks(bar.picker.new_value, "999")
    QTest.keyClick(bar.picker, Qt.Key.Key_Escape)
    settle(bar)
    assert bar.place == database.places.current() == HERE


def test_a_name_is_shown_with_every_character_that_it_has(bar):
    bar.change(HERE._replace(project="A&B && C"))
    assert painted_on(bar.chips[PlacePart.PROJECT]) == "A&B && C"
    bar.pick()
    assert painted_on(bar.picker.parts[PlacePart.PROJECT]) == "Project\nA&B && C"


def test_choices_are_shown_with_every_character_and_stay_where_the_same_are_offered(look, application):
    group = ChoiceGroup(look, "Packs")
    group.offer([(1, "A&B")])
    (button,) = group.findChildren(QPushButton)
    assert painted_on(button) == "A&B"
    button.setFocus()
    group.offer([(1, "A&B")])
    assert group.findChildren(QPushButton) == [button]


def test_what_was_typed_counts_when_the_person_is_done(bar, database):
    QTest.mouseClick(bar.chips[PlacePart.UNIT], Qt.MouseButton.LeftButton)
    QTest.keyClicks(bar.picker.new_value, "1503")
    QTest.mouseClick(bar.picker.done_button, Qt.MouseButton.LeftButton)
    settle(bar)
    assert bar.place == database.places.current() == Place("래미안", "101", "1503")


def test_a_usual_value_that_is_typed_is_the_one_that_is_offered(bar, database):
    bar.pick(PlacePart.ROOM)
    settle(bar)
    QTest.keyClicks(bar.picker.new_value, "kitchen")
    QTest.mouseClick(bar.picker.done_button, Qt.MouseButton.LeftButton)
    settle(bar)
    assert database.places.current().room == "주방"
    bar.pick(PlacePart.ROOM)
    settle(bar)
    tiles = bar.picker.tiles
    assert [tiles.item(row).text() for row in range(tiles.count())].count("Kitchen") == 1


def test_what_was_typed_counts_when_the_person_turns_to_another_part(bar):
    bar.pick(PlacePart.TRADE)
    settle(bar)
    QTest.keyClicks(bar.picker.new_value, "tiling")
    QTest.mouseClick(bar.picker.parts[PlacePart.ROOM], Qt.MouseButton.LeftButton)
    assert (bar.picker.part, bar.picker.new_value.text()) == (PlacePart.ROOM, "")
    QTest.mouseClick(bar.picker.done_button, Qt.MouseButton.LeftButton)
    assert bar.place == HERE._replace(trade="tiling")


def test_a_part_can_be_left_open(bar):
    bar.pick(PlacePart.ROOM)
    settle(bar)
    bar.picker.choose("")
    bar.picker.done_button.click()
    assert bar.place == Place("래미안", "101", "1502")


def test_tiles_obey_the_keys(bar):
    bar.pick(PlacePart.UNIT)
    settle(bar)
    bar.picker.tiles.setCurrentRow(1)
    QTest.keyClick(bar.picker.tiles, Qt.Key.Key_Space)
    assert bar.picker.place.unit == "1501"


def test_the_focus_stays_in_the_sheet(bar, window):
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    bar.pick()
    settle(bar)
    for _ in range(12):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        assert bar.picker.isAncestorOf(window.focusWidget())


def test_the_sheet_covers_the_window_whatever_its_size(bar, window):
    bar.pick()
    window.resize(900, 700)
    assert bar.picker.geometry() == window.rect()
    assert window.childAt(QPoint(2, 2)) is bar.picker


def test_a_full_disk_is_told_and_the_place_still_counts(window, look, desk):
    def fail(_):
        raise StoreError(ko="가득", en="full")

    failures = []
    desk.failed.connect(failures.append)
    bar = shown(window, look, PlaceServices(lambda: NOWHERE, fail, lambda part, around: []), desk)
    bar.change(HERE)
    settle(bar)
    assert bar.place == HERE
    assert [error.sentence.en for error in failures] == ["full"]
