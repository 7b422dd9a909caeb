"""The models page as a user drives it, over real packs."""

import json
import shutil
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from defect_desktop.core.comparison import PackComparison, PackScore, ReviewedPhoto, compare_packs
from defect_desktop.core.progress import Progress
from defect_desktop.core.record import PhotoFile
from defect_desktop.errors import SourceError
from defect_desktop.language import Language
from defect_desktop.ui.icons import Icons
from defect_desktop.ui.look import Look
from defect_desktop.ui.pages.models.dialogs import PackDialogs
from defect_desktop.ui.pages.models.score_bars import Score, ScoreBars
from defect_desktop.ui.session import Activity
from defect_desktop.ui.theme import Sizes, Theme
from defect_desktop.ui.widgets.message_bar import Level
from defect_desktop.vision.pack import open_pack
from defect_desktop.workflows.compare_packs import ComparedPacks, Judged
from tests.packs import write_pack
from tests.ui.fakes import visit, wait_until


class FakePackDialogs(PackDialogs):
    """Answers at once, with what the test put here."""

    def __init__(self, answer):
        self.answer = answer
        self.questions = []

    def choose_file(self, parent):
        return self.answer

    def choose_folder(self, parent):
        return self.answer

    def choose_target(self, parent, name):
        return self.answer

    def confirm_removal(self, parent, name, on_yes):
        self.questions.append(name)
        on_yes()


@pytest.fixture
def stick(tmp_path, tiny_shelf):
    """A USB stick with the pack `tiny` in a folder."""
    shutil.copytree(tiny_shelf / "tiny", tmp_path / "stick" / "tiny")
    return tmp_path / "stick"


@pytest.fixture
def page(window, stick):
    page = visit(window, "models")
    page._dialogs = FakePackDialogs(stick)
    settle(page)
    return page


def settle(page):
    wait_until(lambda: not page.working and not page._desk.busy)


def names(page):
    return [shelved.name for shelved in page.model.packs]


def do(page, name):
    page.details.actions_by_name[name].trigger()
    settle(page)


def install(page):
    page._from_folder.trigger()
    settle(page)


def details(page):
    texts = page.details._facts, page.details._measured, page.details._measured_on
    return "\n".join(text.text() for text in texts)


def can(page):
    return {name for name, action in page.details.actions_by_name.items() if action.isEnabled()}


def test_the_pack_in_use_is_shown_with_its_warning_and_its_figures(page):
    assert names(page) == ["starter"]
    assert page.model.index(0).data() == "Starter practice model  1.2, starter  ·  came with the program, In use"
    assert page.details._notice.isVisible()
    assert "not use it for real inspections" in page.details._notice.accessibleName()
    assert "weighted F1 0.970" in details(page)
    assert "This says nothing about real photos." in details(page)
    assert page.details._classes.accessibleName().startswith("Window or door frame repair: 0.91 on 40 photos, ")
    assert can(page) == {"verify", "export"}


def test_a_pack_is_installed_from_a_stick_chosen_and_removed(page, window, preferences, paths):
    install(page)
    assert "tiny 1.0 is installed and whole." in window.messages.text
    assert names(page) == ["tiny", "starter"]
    assert page.chosen.name == "tiny"
    assert "Nobody has measured this pack." in details(page)
    assert "Early exit: not fitted" in details(page)
    do(page, "use")
    assert preferences.value.pack == "tiny"
    assert can(page) == {"verify", "export"}
    page.list.select(page.model.row_of("starter"))
    do(page, "use")
    page.list.select(page.model.row_of("tiny"))
    do(page, "remove")
    assert "tiny is removed." in window.messages.text
    assert names(page) == ["starter"]
    assert not (paths.user_models / "tiny").exists()


def test_who_hid_the_starter_behind_a_pack_of_its_name_can_have_it_back(page, window, paths):
    page.install(paths.models / "starter", replace=True)
    settle(page)
    assert page.chosen.own
    assert can(page) == {"verify", "export", "remove"}
    do(page, "remove")
    assert "starter is removed." in window.messages.text
    assert names(page) == ["starter"]
    assert not page.chosen.own


def test_a_pack_of_the_same_name_is_replaced_when_the_user_says_so(page, window):
    install(page)
    install(page)
    assert window.messages.text == ("tiny is installed already, in version 1.0. Shall version 1.0 take its place?")
    window.messages.message.action[1]()
    settle(page)
    assert "is installed and whole" in window.messages.text


def test_another_version_of_the_pack_in_use_judges_what_still_comes(page, window, inspection, work, preferences):
    install(page)
    preferences.change(pack="tiny")
    inspection.watch(Path("/photos"))
    wait_until(lambda: inspection.session.activity is Activity.WATCHING and work.begun == 1)
    install(page)
    window.messages.message.action[1]()
    settle(page)
    wait_until(lambda: inspection.session.activity is Activity.WATCHING and work.begun == 2)


def test_a_damaged_pack_is_refused_in_words(page, window, stick):
    file = stick / "tiny" / "member-1.safetensors"
    file.write_bytes(b"!" + file.read_bytes()[1:])
    install(page)
    assert "was changed or damaged" in window.messages.text
    assert names(page) == ["starter"]


def test_checking_the_files_finds_what_was_changed(page, window, paths):
    install(page)
    do(page, "verify")
    assert "Every file of tiny is what its card promises." in window.messages.text
    (paths.user_models / "tiny" / "member-2.safetensors").write_bytes(b"")
    do(page, "verify")
    assert "was changed or damaged" in window.messages.text


def test_an_exported_pack_can_be_installed_again(page, window, tmp_path):
    install(page)
    page._dialogs.answer = tmp_path / "tiny.zip"
    do(page, "export")
    assert "is written to" in window.messages.text
    do(page, "remove")
    assert names(page) == ["starter"]
    page._from_file.trigger()
    settle(page)
    assert names(page) == ["tiny", "starter"]


@pytest.mark.parametrize("damage", ["cut short", "changed"])
def test_a_damaged_file_on_a_stick_is_refused_in_words(page, window, tmp_path, damage):
    install(page)
    archive = page._dialogs.answer = tmp_path / "tiny.zip"
    do(page, "export")
    do(page, "remove")
    content = bytearray(archive.read_bytes())
    content[len(content) // 2] ^= 0xFF
    archive.write_bytes(content[: len(content) // 3] if damage == "cut short" else content)
    page._from_file.trigger()
    settle(page)
    assert "again" in window.messages.text
    assert window.messages.message.level is Level.ERROR
    assert names(page) == ["starter"]


def test_a_pack_that_cannot_be_used_says_why_and_can_be_removed(page, paths):
    broken = paths.user_models / "broken"
    broken.mkdir(parents=True)
    (broken / "card.json").write_text("{")
    page.shown()
    settle(page)
    assert "Cannot be used" in page.model.index(0).data()
    page.list.select(0)
    assert "not valid" in page.details._notice.accessibleName()
    assert can(page) == {"remove"}
    do(page, "remove")
    assert names(page) == ["starter"]


def test_too_few_photos_are_no_evidence(page, paths, tiny_shelf):
    folder = paths.user_models / "few"
    shutil.copytree(tiny_shelf / "tiny", folder)
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    figures = {"photos": 7, "weighted_f1": 1.0, "macro_f1": 1.0, "accuracy": 1.0}
    card |= {"name": "few", "metrics": {"measured_on": {"ko": "일곱 장", "en": "Seven photos"}, **figures}}
    card["provenance"] = {"evaluation": {"class_f1": {"오염": 1.0}, "class_photos": {"오염": 3}}}
    (folder / "card.json").write_text(json.dumps(card), encoding="utf-8")
    page.shown()
    settle(page)
    page.list.select(page.model.row_of("few"))
    assert "Insufficient evidence: measured on 7 photos only." in details(page)
    assert page.details._classes.accessibleName() == "Stain: insufficient evidence (3)"
    assert "1.0" not in page.details._measured.text()


def compared(stick, starter, photos):
    packs = open_pack(stick / "tiny"), open_pack(starter)
    said = [
        ReviewedPhoto(number, PhotoFile(stick, 1, 1), ("오염",), ("오염", "훼손" if number % 2 else "오염"))
        for number in range(photos)
    ]
    return ComparedPacks(packs, compare_packs(said, 2), photos + 1, photos + 1)


@pytest.fixture
def comparing(page):
    """The face that compares, with two packs to choose from."""
    install(page)
    page.open_comparison()
    return page.comparing


def test_two_packs_are_compared_on_the_reviewed_photos(page, comparing, stick, paths):
    asked = []

    def compare(names, chosen):
        asked.append((names, chosen.engine))
        yield Judged("starter", Progress(10, 40, 1.0, None))
        return compared(stick, paths.models / "starter", 40)

    page._services = replace(page._services, compare=compare)
    assert [side.chosen for side in comparing.sides] == [["starter"], ["tiny"]]
    comparing.start.trigger()
    assert page.working
    assert not comparing.start.isEnabled()
    settle(page)
    assert asked == [(("starter", "tiny"), "auto")]
    assert comparing.said.startswith("People named the defects in 41 photos; 40 of them were compared.")
    words = comparing._scores.accessibleName()
    assert "tiny 1.0 agrees with people: 100.0%  (40 of 40)" in words
    assert "starter 1.2 agrees with people: 50.0%  (20 of 40)" in words
    assert "Both said the same: 50.0%  (20 of 40)" in words
    assert comparing._matrix.accessibleDescription() == "Stain → Stain: 40"
    comparing._shown.choose([1])
    comparing._shown.changed.emit()
    assert comparing._matrix.accessibleDescription() == "Stain → Stain: 20, Stain → Damage: 20"
    assert not comparing._matrix.grab().isNull()


def test_what_was_compared_is_still_there_after_the_look_changed(page, comparing, stick, paths, window, preferences):
    comparing.show_compared(compared(stick, paths.models / "starter", 40))
    said, words = comparing.said, comparing._scores.accessibleName()
    preferences.change(text_size=125)
    wait_until(lambda: window.pages.page("models") not in (page, None) and window.pages.complete)
    renewed = window.pages.page("models")
    settle(renewed)
    assert renewed.comparing.isVisible()
    assert (renewed.comparing.said, renewed.comparing._scores.accessibleName()) == (said, words)


def test_which_packs_are_looked_at_and_compared_is_still_so_after_the_look_changed(page, paths, window, preferences):
    for name in ("other", "site"):
        write_pack(paths.user_models / name)
    page.shown()
    settle(page)
    page.list.select(page.model.row_of("site"))
    for side, name in zip(page.comparing.sides, ("other", "site"), strict=True):
        next(each for each in side.findChildren(QPushButton) if each.text().startswith(name)).click()
    preferences.change(text_size=125)
    wait_until(lambda: window.pages.page("models") not in (page, None) and window.pages.complete)
    renewed = window.pages.page("models")
    settle(renewed)
    assert renewed.chosen.name == "site"
    assert [side.chosen for side in renewed.comparing.sides] == [["other"], ["site"]]


def test_few_reviewed_photos_are_no_evidence(comparing, stick, paths):
    comparing.show_compared(compared(stick, paths.models / "starter", 19))
    assert "Insufficient evidence: review at least 20 photos." in comparing.said
    assert comparing._scores.accessibleName() == (
        "tiny 1.0: insufficient evidence (19), starter 1.2: insufficient evidence (19)"
    )


def test_no_common_photo_shows_no_figures(comparing, stick, paths):
    nothing = PackComparison((PackScore(0, 0, {}), PackScore(0, 0, {})), 0, 0, 3)
    comparing.show_compared(replace(compared(stick, paths.models / "starter", 1), comparison=nothing))
    assert comparing._matrix.isHidden() or not comparing._matrix.isVisible()
    assert "3 were left out" in comparing.said


def test_a_comparison_can_be_stopped_and_a_failure_is_told(page, comparing, window):
    go_on = threading.Event()

    def endless(names, chosen):
        while True:
            yield Judged("starter", Progress(1, 2, 1.0, None))
            go_on.wait(0.01)

    def failing(names, chosen):
        yield from ()
        raise SourceError(ko="없음", en="Nobody has named the defect in a photo yet.")

    page._services = replace(page._services, compare=endless)
    comparing.start.trigger()
    wait_until(lambda: "1 of 2 photos" in page.progress.line)
    next(button for button in page.progress.findChildren(QPushButton) if button.isVisible()).click()
    settle(page)
    assert window.messages.text == "Stopped. Nothing was changed."
    page._services = replace(page._services, compare=failing)
    comparing.start.trigger()
    settle(page)
    assert window.messages.text == "Nobody has named the defect in a photo yet."
    assert comparing.start.isEnabled()


def test_one_pack_alone_cannot_be_compared(page):
    page.open_comparison()
    assert not page.comparing.start.isEnabled()
    assert "install another first" in page.comparing.said


def painted_buttons(window):
    return [each.text() for each in window.messages.findChildren(QPushButton) if each.isVisible()]


def test_a_question_goes_on_without_its_button_when_the_page_that_asked_is_gone(page, window, preferences):
    install(page)
    install(page)
    assert "take its place?" in window.messages.text
    assert painted_buttons(window) == ["Replace"]
    visit(window, "settings")
    preferences.change(text_size=125)
    wait_until(lambda: window.pages.page("models") is None and window.pages.complete)
    assert "take its place?" in window.messages.text
    assert painted_buttons(window) == []


def test_escape_leads_back_to_the_packs_after_a_look_at_another_page_too(page, window):
    for away in (False, True):
        page.open_comparison()
        if away:
            visit(window, "help")
            visit(window, "models")
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
        assert page.list.isVisible()


def test_large_text_leaves_no_end_of_a_figure_out(application, paths):
    sizes = Sizes().with_text(150)

    def seen(words):
        bars = ScoreBars(Look(Theme(sizes=sizes), Icons(paths.assets / "icons"), Language.ENGLISH))
        bars.show_scores([Score("starter", 0.878, words)])
        bars.resize(900, bars.sizeHint().height())
        return bars.grab().toImage()

    assert seen("87.8%  (11,562 of 11,640)") != seen("87.8%  (11,562 of 11,641)")
