"""Starts the window: the one function that the command line calls."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from defect_desktop import __version__
from defect_desktop.errors import DeviceError
from defect_desktop.paths import APP_NAME, Paths
from defect_desktop.preferences import load_preferences
from defect_desktop.ui.appearance import make_application
from defect_desktop.ui.dialogs import Dialogs
from defect_desktop.ui.hooks import Hooks
from defect_desktop.ui.preference_store import PreferenceStore
from defect_desktop.ui.program import Program
from defect_desktop.ui.services import real_services
from defect_desktop.ui.widgets.message_bar import Level, Message

if TYPE_CHECKING:
    from defect_desktop.ui.pages.settings.services import SettingsServices

_BRIEFLY_MS = 500


def run(
    paths: Paths,
    overrides: Mapping[str, object] | None = None,
    sources: tuple[Path, ...] = (),
    *,
    briefly: bool = False,
) -> int:
    """Shows the window until it is closed; the exit status.

    `overrides` are preferences that count for this time only, and `sources` are classified at once. `briefly` shows the
    window on no screen and closes it again. Raises DeviceError where there is no screen to show the window on.
    """
    if briefly:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    _require_screen()
    application = make_application(sys.argv[0])
    application.setApplicationName(APP_NAME)
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("defect-desktop")
    saved, complaint = load_preferences(paths.preferences)
    preferences = PreferenceStore(paths.preferences, saved, overrides)
    services = real_services(paths, lambda: preferences.value)

    def settings_services() -> SettingsServices:
        from defect_desktop.ui.pages.settings.services import real_settings_services

        return real_settings_services(paths, lambda: preferences.value)

    program = Program(application, paths, services, settings_services, preferences, Dialogs())
    hooks = Hooks()
    hooks.bug.connect(program.tell_bug)
    hooks.install()
    # Qt's event loop would swallow Ctrl-C in the terminal; the database takes a sudden end without loss.
    signal.signal(signal.SIGINT, signal.SIG_DFL)

    def begin() -> None:
        gc.enable()
        program.start()
        if sources:
            program.take(sources)

    program.window.appeared.connect(begin)
    with ExitStack() as end:
        end.callback(hooks.remove)
        end.callback(program.shut_down)
        if complaint:
            program.tell(Message(Level.WARNING, program.appearance.look.say(complaint)))
        program.window.appear()
        if briefly:
            QTimer.singleShot(_BRIEFLY_MS, program.window.close)
        return application.exec()


def _require_screen() -> None:
    """Qt would abort the whole process without a word that helps."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform == "linux" and not any(os.environ.get(name) for name in named):
        raise DeviceError(
            ko="창을 표시할 화면이 없습니다. 데스크톱에서 실행하거나 'defect-desktop classify' 명령을 사용하세요.",
            en="There is no screen to show the window on; run it on a desktop, or use 'defect-desktop classify'.",
        )
