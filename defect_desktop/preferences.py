"""What the user chose in the window, kept in a JSON file of the data folder.

The command line does not read it: a script must do the same today and tomorrow, whatever was tapped in the window.
"""

from __future__ import annotations

import json
import logging
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from defect_desktop import settings
from defect_desktop.core.decision import Thresholds
from defect_desktop.core.printable import printable
from defect_desktop.errors import PreferencesError
from defect_desktop.language import Bilingual, Language

Probability = Annotated[float, Field(ge=0, le=1)]
TextSize = Literal[100, 125, 150]
TEXT_SIZES: tuple[TextSize, ...] = (100, 125, 150)
"""How large text can be, in percent."""

_log = logging.getLogger(__name__)


class OwnThresholds(BaseModel):
    """The user's thresholds for "needs check"; None leaves the pack's."""

    model_config = ConfigDict(frozen=True, allow_inf_nan=False)

    confidence: Probability | None = None
    margin: Probability | None = None
    agreement: Probability | None = None

    def over(self, packs: Thresholds) -> Thresholds:
        """The thresholds that count where the pack has these."""
        return Thresholds(
            confidence=packs.confidence if self.confidence is None else self.confidence,
            margin=packs.margin if self.margin is None else self.margin,
            agreement=packs.agreement if self.agreement is None else self.agreement,
        )


AS_THE_PACK_SAYS = OwnThresholds()


class Preferences(BaseModel):
    """All choices. What a newer version of the program wrote beside them is kept, and written back."""

    model_config = ConfigDict(frozen=True, extra="allow", allow_inf_nan=False)

    language: Language | None = None
    """None is the system's."""
    theme: settings.ThemeChoice = settings.ThemeChoice.SYSTEM
    text_size: TextSize = 100
    inspector: str = ""
    """Who reviews: it is stored with every review."""
    pack: Annotated[str, Field(min_length=1)] = settings.PACK.default
    engine: str = settings.ENGINE.default
    device: str = settings.DEVICE.default
    thresholds: OwnThresholds = AS_THE_PACK_SAYS
    photo_folder: Path | None = None
    """Where the choice of photos begins; None is the system's folder for pictures."""
    report_folder: Path | None = None
    """Where reports are written; None is the system's folder for documents."""
    camera: Annotated[str, Field(min_length=1)] = settings.CAMERA.default
    camera_back_end: str = settings.CAMERA_BACK_END.default

    @field_validator("engine", "device", "camera_back_end")
    @classmethod
    def _is_known(cls, value: str, info: Any) -> str:  # noqa: ANN401 - pydantic's own, of no public type
        if value not in _CHOICES[info.field_name]:
            raise ValueError("not among the choices")
        return value

    def changed(self, **changes: object) -> Preferences:
        """The same with some fields changed. Raises ValueError for a value that a field cannot take."""
        return Preferences.model_validate(self.model_dump() | changes)

    def overridden(self, options: Mapping[str, object]) -> Preferences:
        """The same with options of the command line in force. Raises PreferencesError for a value that is no choice."""
        try:
            return self.changed(**options)
        except ValidationError as error:
            name = str(error.errors()[0]["loc"][0])
            choices = ", ".join(_CHOICES.get(name, ()))
            raise PreferencesError(
                ko=f"'--{name}'에 쓸 수 없는 값입니다. 가능한 값: {choices}",
                en=f"'--{name}' takes no such value; choose one of: {choices}",
            ) from error


_CHOICES = {
    "engine": settings.ENGINE.choices,
    "device": settings.DEVICE.choices,
    "camera_back_end": settings.CAMERA_BACK_END.choices,
}


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
    text = preferences.model_dump_json(indent=2, exclude_defaults=True)
    partial = file.with_name(f".{file.name}-{secrets.token_hex(4)}.partial")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            with partial.open("x", encoding="utf-8") as target:
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
    try:
        return Preferences.model_validate(content), None
    except ValidationError as error:
        unusable = sorted({str(fault["loc"][0]) for fault in error.errors()})
    names = ", ".join(unusable)
    _log.warning("unusable preferences: %s", names)
    return Preferences.model_validate({key: value for key, value in content.items() if key not in unusable}), Bilingual(
        ko=f"쓸 수 없는 설정이 있어 기본값을 사용합니다: {names}.",
        en=f"Some settings cannot be used, and their defaults stand in: {names}.",
    )


def _keep_aside(file: Path) -> None:
    try:
        file.replace(file.with_name(f"{file.stem}-damaged{file.suffix}"))
    except OSError as error:
        _log.warning("the damaged preferences cannot be kept: %s", error)
