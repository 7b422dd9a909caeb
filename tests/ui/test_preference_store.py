"""The preferences of a window that may not be the only one."""

import os

from defect_desktop.preferences import Preferences, load_preferences, save_preferences
from defect_desktop.ui.preference_store import PreferenceStore
from tests.ui.fakes import wait_until


def test_of_two_windows_neither_wipes_what_the_other_changed(application, paths):
    windows = [PreferenceStore(paths.preferences, Preferences()) for _ in range(2)]
    for window, change in zip(windows, ({"inspector": "Kim", "pack": "company"}, {"text_size": 125}), strict=True):
        window.change(**change)
        window.close()
    assert load_preferences(paths.preferences) == (
        Preferences(inspector="Kim", pack="company", text_size=125),
        None,
    )


def test_windows_that_save_in_the_same_instant_lose_nothing(application, paths):
    changes = ({"inspector": "Kim"}, {"text_size": 125}, {"theme": "dark"}, {"early_exit": True})
    windows = [PreferenceStore(paths.preferences, Preferences()) for _ in changes]
    saved = []
    for window, change in zip(windows, changes, strict=True):
        window._desk.idle.connect(lambda: saved.append(True))
        window.change(**change)
    wait_until(lambda: len(saved) == len(windows), 30)
    expected = Preferences().changed(**{name: value for change in changes for name, value in change.items()})
    assert load_preferences(paths.preferences) == (expected, None)
    assert [each.name for each in paths.data.iterdir()] == [paths.preferences.name]


def test_what_could_not_be_saved_is_saved_with_the_next_change(application, paths):
    save_preferences(paths.preferences, Preferences())
    window, failures = PreferenceStore(paths.preferences, Preferences()), []
    window.failed.connect(failures.append)
    in_the_way = paths.preferences.with_name(f".{paths.preferences.name}-{os.getpid()}.partial")
    in_the_way.mkdir()
    window.change(inspector="Kim")
    wait_until(lambda: bool(failures))
    in_the_way.rmdir()
    window.change(text_size=125)
    window.close()
    assert load_preferences(paths.preferences) == (Preferences(inspector="Kim", text_size=125), None)


def test_an_option_of_the_command_line_that_is_told_along_with_a_change_is_not_saved(application, paths):
    window = PreferenceStore(paths.preferences, Preferences(), {"engine": "torch"})
    window.change(engine="torch", device="auto", early_exit=True)
    assert window.value == Preferences(engine="torch", early_exit=True)
    window.close()
    assert load_preferences(paths.preferences) == (Preferences(early_exit=True), None)
