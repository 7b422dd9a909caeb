"""Which language the window speaks, and the translators that make it so."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

from defect_desktop.language import Language, system_language

_QTS_OWN = (
    QT_TRANSLATE_NOOP("QFileDialog", "&Look in:"),
    QT_TRANSLATE_NOOP("QFileDialog", "Files of &type:"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Folder"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Drive"),
)
"""Words of Qt's own dialogs that its Korean lacks; our translators are asked first."""

_LOCALES = {Language.KOREAN: "ko_KR", Language.ENGLISH: "en_GB"}


def window_language(wanted: Language | None) -> Language:
    """The language that was asked for, else the system's: Korean where the environment or the desktop is Korean."""
    if wanted is not None:
        return wanted
    if system_language() is Language.KOREAN or "DEFECT_DESKTOP_LANGUAGE" in os.environ:
        return system_language()
    # macOS and some desktops tell their language to Qt, but not to a program's environment.
    korean = QLocale.system().language() is QLocale.Language.Korean
    return Language.KOREAN if korean else Language.ENGLISH


def install_translation(owner: QObject, language: Language, assets: Path) -> None:
    """Makes the program's texts, Qt's own texts and the formats of numbers and dates those of the language.

    `owner` keeps the translators; with it, or at the next call, they go.
    """
    for former in owner.findChildren(QTranslator):
        QCoreApplication.removeTranslator(former)
        former.deleteLater()
    QLocale.setDefault(QLocale(_LOCALES[language]))
    qt_texts = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    for name, folder in ((f"qtbase_{language}", qt_texts), (f"defect_desktop_{language}", assets / "translations")):
        translator = QTranslator(owner)
        if translator.load(name, str(folder)):
            QCoreApplication.installTranslator(translator)
