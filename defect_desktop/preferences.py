"""What the user chose in the window, kept in a JSON file of the data folder.

The command line does not read it: a script must do the same today and tomorrow, whatever was tapped in the window.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from defect_desktop import settings
from defect_desktop.core.printable import printable
from defect_desktop.errors import PreferencesError
from defect_desktop.language import Bilingual, Language

if TYPE_CHECKING:
    from defect_desktop.core.decision import Thresholds

TextSize = Literal[100, 125, 150]
TEXT_SIZES: tuple[TextSize, ...] = (100, 125, 150)
"""How large text can be, in percent."""

_log = logging.getLogger(__name__)


class OwnThresholds(NamedTuple):
    """The user's thresholds for "needs check"; None leaves the pack's."""

    confidence: float | None = None
    margin: float | None = None
    agreement: float | None = None

    def over(self, packs: Thresholds) -> Thresholds:
        """The thresholds that count where the pack has these."""
        from dataclasses import replace  # the window is on the screen before anything asks for it

        return replace(packs, **{name: value for name, value in self._asdict().items() if value is not None})


AS_THE_PACK_SAYS = OwnThresholds()


class Preferences(NamedTuple):
    """All choices. What a newer version of the program wrote beside them is kept in `unknown`, and written back.

    The window reads them before anything is on the screen, so they are checked by hand: pydantic takes longer to load
    than Qt does.
    """

    language: Language | None = None
    """None is the system's."""
    theme: settings.ThemeChoice = settings.ThemeChoice.SYSTEM
    text_size: TextSize = 100
    inspector: str = ""
    """Who reviews: it is stored with every review."""
    pack: str = settings.PACK.default
    engine: str = settings.ENGINE.default
    device: str = settings.DEVICE.default
    early_exit: bool = False
    thresholds: OwnThresholds = AS_THE_PACK_SAYS
    photo_folder: Path | None = None
    """Where the choice of photos begins; None is the system's folder for pictures."""
    report_folder: Path | None = None
    """Where reports are written; None is the system's folder for documents."""
    camera: str = settings.CAMERA.default
    camera_back_end: str = settings.CAMERA_BACK_END.default
    unknown: Mapping[str, object] = {}

    def changed(self, /, **changes: object) -> Preferences:
        """The same with some fields changed. Raises ValueError for a value that a field cannot take."""
        known: dict[str, Any] = {name: read(changes[name]) for name, read in _READERS.items() if name in changes}
        unknown = {name: value for name, value in changes.items() if name not in _READERS}
        return self._replace(**known, unknown={**self.unknown, **unknown})

    def overridden(self, options: Mapping[str, object]) -> Preferences:
        """The same with options of the command line in force. Raises PreferencesError for a value that is no choice."""
        for name in _unusable(options):
            choices = ", ".join(_CHOICES.get(name, ()))
            raise PreferencesError(
                ko=f"'--{name}'에 쓸 수 없는 값입니다. 가능한 값: {choices}",
                en=f"'--{name}' takes no such value; choose one of: {choices}",
            )
        return self.changed(**options)

    def as_json(self) -> dict[str, object]:
        """All choices, without what is unknown, as JSON values."""
        return {name: _as_json(getattr(self, name)) for name in _READERS}


def _as_json(value: object) -> object:
    match value:
        case Path():
            return str(value)
        case OwnThresholds():
            return value._asdict()
        case _:
            return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("not a text")
    return value


def _some_text(value: object) -> str:
    if not _text(value):
        raise ValueError("empty")
    return _text(value)


def _folder(value: object) -> Path | None:
    return None if value is None else value if isinstance(value, Path) else Path(_text(value))


def _switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("neither on nor off")
    return value


def _among(choices: Collection[object]) -> Callable[[object], object]:
    def read(value: object) -> object:
        if value not in choices:
            raise ValueError("not among the choices")
        return value

    return read


def _own_thresholds(value: object) -> OwnThresholds:
    if isinstance(value, OwnThresholds):
        return value
    if not isinstance(value, dict):
        raise ValueError("not an object")
    return OwnThresholds(*(_probability(value.get(name)) for name in ("confidence", "margin", "agreement")))


def _probability(value: object) -> float | None:
    if value is not None and not (isinstance(value, int | float) and 0 <= value <= 1):
        raise ValueError("not a probability")
    return value


_CHOICES = {
    "engine": settings.ENGINE.choices,
    "device": settings.DEVICE.choices,
    "camera_back_end": settings.CAMERA_BACK_END.choices,
}
_READERS: dict[str, Callable[[Any], object]] = {
    "language": lambda value: None if value is None else Language(value),
    "theme": settings.ThemeChoice,
    "text_size": _among(TEXT_SIZES),
    "inspector": _text,
    "pack": _some_text,
    "early_exit": _switch,
    "thresholds": _own_thresholds,
    "photo_folder": _folder,
    "report_folder": _folder,
    "camera": _some_text,
    **{name: _among(choices) for name, choices in _CHOICES.items()},
}
"""What a value from outside, a file or the command line, is to a field; each raises ValueError for one it cannot be."""


def _unusable(choices: Mapping[str, object]) -> list[str]:
    """The names of those that their field cannot take."""
    return [name for name, value in choices.items() if not _is_usable(name, value)]


def _is_usable(name: str, value: object) -> bool:
    try:
        Preferences().changed(**{name: value})
    except ValueError:
        return False
    return True


def load_preferences(file: Path) -> tuple[Preferences, Bilingual | None]:
    """The preferences in `file`, and what there is to tell the user about it. Defaults stand in for what is unusable.

    A file that is no preferences at all is kept beside its place, so that nobody's settings are overwritten unseen.
    """
    try:
        content = json.loads(file.read_bytes())
        if not isinstance(content, dict):
            raise ValueError("not an object")
    except FileNotFoundError:
        return Preferences(), None
    except (OSError, ValueError, RecursionError) as error:
        _log.warning("preferences cannot be read", exc_info=error)
        _keep_aside(file)
        return Preferences(), Bilingual(
            ko="설정 파일을 읽을 수 없어 기본 설정으로 시작했습니다. 설정을 다시 확인하세요.",
            en="The settings file could not be read, so the defaults are used; please look through the settings.",
        )
    return _salvaged(content)


def save_preferences(file: Path, preferences: Preferences) -> None:
    """Writes the file whole or not at all. Raises PreferencesError."""
    defaults = Preferences().as_json()
    chosen = {name: value for name, value in preferences.as_json().items() if value != defaults[name]}
    text = json.dumps(chosen | dict(preferences.unknown), indent=2)
    partial = file.with_name(f".{file.name}-{os.getpid()}.partial")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            with partial.open("w", encoding="utf-8") as target:
                target.write(text + "\n")
                target.flush()
                os.fsync(target.fileno())
            partial.replace(file)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        shown = printable(file)
        raise PreferencesError(
            ko=f"설정을 저장할 수 없습니다: {shown}. 디스크의 빈 공간과 쓰기 권한을 확인하세요.",
            en=f"The settings cannot be saved: {shown}; check the free space and the permissions of the disk.",
        ) from error


def _salvaged(content: dict[str, Any]) -> tuple[Preferences, Bilingual | None]:
    """The preferences, without those whose value cannot be used."""
    unusable = sorted(_unusable(content))
    loaded = Preferences().changed(**{name: value for name, value in content.items() if name not in unusable})
    if not unusable:
        return loaded, None
    names = ", ".join(unusable)
    _log.warning("unusable preferences: %s", names)
    return loaded, Bilingual(
        ko=f"쓸 수 없는 설정이 있어 기본값을 사용합니다: {names}.",
        en=f"Some settings cannot be used, and their defaults stand in: {names}.",
    )


def _keep_aside(file: Path) -> None:
    try:
        file.replace(file.with_name(f"{file.stem}-damaged{file.suffix}"))
    except OSError as error:
        _log.warning("the damaged preferences cannot be kept: %s", error)
