import json
import os
import sys

import pytest

from defect_desktop.core.decision import Thresholds
from defect_desktop.errors import PreferencesError
from defect_desktop.language import Language
from defect_desktop.preferences import OwnThresholds, Preferences, load_preferences, save_preferences
from defect_desktop.settings import ThemeChoice


@pytest.fixture
def file(tmp_path):
    return tmp_path / "data" / "preferences.json"


def written(file, content):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return file


def test_the_first_start_has_the_defaults_and_nothing_to_tell(file):
    assert load_preferences(file) == (Preferences(), None)


def test_what_is_saved_is_read_back(file, tmp_path):
    chosen = Preferences().changed(
        language="ko",
        theme="dark",
        text_size=150,
        inspector="김하나",
        photo_folder=tmp_path / "현장 사진",
        thresholds={"margin": 0.25},
        engine="torch",
    )
    save_preferences(file, chosen)
    assert load_preferences(file) == (chosen, None)
    assert chosen.language is Language.KOREAN
    assert [entry.name for entry in file.parent.iterdir()] == ["preferences.json"]


def test_what_a_newer_program_wrote_survives(file):
    loaded, complaint = load_preferences(written(file, {"theme": "dark", "hologram": {"depth": 3}, "self": 1}))
    assert complaint is None
    save_preferences(file, loaded.changed(theme="light"))
    assert json.loads(file.read_text(encoding="utf-8")) == {"theme": "light", "hologram": {"depth": 3}, "self": 1}


@pytest.mark.parametrize("content", ["", "{", "[1]", "null", '{"theme": "dark"', "\x00\x00", "[" * 100_000])
def test_a_damaged_file_is_told_kept_and_replaced_by_the_defaults(file, content):
    loaded, complaint = load_preferences(written(file, content))
    assert loaded == Preferences()
    assert "could not be read" in complaint.en
    assert (file.parent / "preferences-damaged.json").read_text(encoding="utf-8") == content


def test_an_unreadable_place_is_told(file):
    file.mkdir(parents=True)
    loaded, complaint = load_preferences(file)
    assert loaded == Preferences()
    assert complaint is not None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "pink"),
        ("language", 7),
        ("text_size", 110),
        ("engine", "steam"),
        ("device", None),
        ("camera_back_end", "magic"),
        ("pack", ""),
        ("thresholds", {"confidence": 1.5}),
        ("thresholds", {"margin": "NaN"}),
        ("inspector", ["a"]),
        ("early_exit", "no"),
    ],
)
def test_one_unusable_value_costs_only_itself(file, name, value):
    loaded, complaint = load_preferences(written(file, {name: value, "photo_folder": "/photos"}))
    assert str(loaded.photo_folder) == os.path.normpath("/photos")
    assert getattr(loaded, name) == getattr(Preferences(), name)
    assert name in complaint.en


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are told otherwise there")
def test_where_nothing_can_be_saved_a_sentence_says_so_and_the_old_file_stays(file):
    save_preferences(file, Preferences(theme=ThemeChoice.DARK))
    blocked = file.parent / "preferences.json" / "preferences.json"  # a file is no folder, not even for root
    with pytest.raises(PreferencesError, match="cannot be saved"):
        save_preferences(blocked, Preferences())
    assert load_preferences(file)[0].theme is ThemeChoice.DARK


def test_options_of_the_command_line_are_checked(file):
    assert Preferences().overridden({"engine": "torch"}).engine == "torch"
    with pytest.raises(PreferencesError, match="'--engine' takes no such value; choose one of: auto, "):
        Preferences().overridden({"engine": "steam"})


def test_own_thresholds_stand_in_one_by_one():
    packs = Thresholds(confidence=0.6, margin=0.2, agreement=0.9)
    assert OwnThresholds().over(packs) == packs
    assert OwnThresholds(margin=0.0).over(packs) == Thresholds(0.6, 0.0, 0.9)
