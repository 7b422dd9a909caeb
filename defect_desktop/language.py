"""Korean and English, side by side: the two forms of every sentence a person reads outside the window.

The window's own strings go through Qt Linguist; what the core, the store or the command line say is written here as
`Bilingual`, so that a sentence and its translation are one value and cannot drift apart.
"""

from __future__ import annotations

import locale
import os
from enum import StrEnum
from typing import NamedTuple


class Language(StrEnum):
    """A language the program speaks."""

    KOREAN = "ko"
    ENGLISH = "en"


class Bilingual(NamedTuple):
    """One text in both languages. `str()` gives it in the language of the system."""

    ko: str
    en: str

    def text(self, language: Language) -> str:
        """The text in `language`."""
        return self.ko if language is Language.KOREAN else self.en

    def __str__(self) -> str:
        return self.text(system_language())


def system_language() -> Language:
    """Korean where `DEFECT_DESKTOP_LANGUAGE` or else the system's locale says so, English everywhere else."""
    for variable in ("DEFECT_DESKTOP_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if name := os.environ.get(variable):
            return _language_of(name)
    # Windows sets none of these variables; there the C library knows the user's locale.
    return _language_of(locale.getlocale()[0] or "")


def _language_of(locale_name: str) -> Language:
    return Language.KOREAN if locale_name.lower().startswith("ko") else Language.ENGLISH
