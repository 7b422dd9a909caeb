"""Starts the window: the one function that the command line calls."""

from __future__ import annotations

import os
import signal
import sys

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from defect_desktop import __version__
from defect_desktop.errors import DeviceError
from defect_desktop.language import Language
from defect_desktop.paths import APP_NAME, Paths
from defect_desktop.ui.dialogs import Dialogs
from defect_desktop.ui.hooks import Hooks
from defect_desktop.ui.icons import Icons
from defect_desktop.ui.look import Look
from defect_desktop.ui.main_window import MainWindow
from defect_desktop.ui.services import Services, real_services
from defect_desktop.ui.theme import Theme, apply_theme
from defect_desktop.ui.translation import install_translation, window_language


def run(paths: Paths, language: Language | None = None) -> int:
    """Shows the window until it is closed; the exit status. Raises DeviceError where there is no screen for it."""
    _require_screen()
    language = window_language(language)
    application = QApplication([sys.argv[0]])
    window = build_window(application, paths, real_services(paths, language), language)
    hooks = Hooks()
    hooks.bug.connect(window.announcer.tell_bug)
    hooks.install()
    # Qt's event loop would swallow Ctrl-C in the terminal; the database takes a sudden end without loss.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        window.show()
        window.load_latest()
        return application.exec()
    finally:
        window.shut_down()
        hooks.remove()


def build_window(
    application: QApplication, paths: Paths, services: Services, language: Language, dialogs: Dialogs | None = None
) -> MainWindow:
    """The window, in this language, with these services behind it."""
    application.setApplicationName(APP_NAME)
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("defect-desktop")
    install_translation(application, language, paths.assets)
    theme = Theme()
    apply_theme(application, theme, paths.assets)
    icons = paths.assets / "icons"
    look = Look(theme, Icons(icons), language)
    return MainWindow(look, services, dialogs or Dialogs(), QIcon(str(icons / "app.svg")))


def _require_screen() -> None:
    """Qt would abort the whole process without a word that helps."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform == "linux" and not any(os.environ.get(name) for name in named):
        raise DeviceError(
            ko="창을 표시할 화면이 없습니다. 데스크톱에서 실행하거나 'defect-desktop classify' 명령을 사용하세요.",
            en="There is no screen to show the window on; run it on a desktop, or use 'defect-desktop classify'.",
        )
