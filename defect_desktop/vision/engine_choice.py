"""The engine that a benchmark found fastest for a pack on this machine: what `auto` takes from then on.

It is kept beside the compiled forms and, like them, can be made again. One that another machine left in a shared or
copied folder does not count.
"""

from __future__ import annotations

import logging
import os
import platform
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from defect_desktop.vision.cuda_driver import has_cuda_card
from defect_desktop.vision.pack import Pack
from defect_desktop.vision.whole_file import written_whole

_log = logging.getLogger(__name__)


class EngineChoice(BaseModel):
    """An engine and its device, by the names that `load_engine` takes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    engine: str
    device: str


class _Kept(EngineChoice):
    machine: str


def read_choice(folder: Path, pack: Pack) -> EngineChoice | None:
    """What was chosen for this pack on this machine; None where nothing was, or where that cannot be read."""
    file = _file(folder, pack)
    try:
        kept = _Kept.model_validate_json(file.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        _log.warning("the choice of engine %s cannot be read: %s", file, error)
        return None
    return EngineChoice(engine=kept.engine, device=kept.device) if kept.machine == _machine() else None


def write_choice(folder: Path, pack: Pack, choice: EngineChoice) -> None:
    """Keeps the choice for this pack on this machine; raises OSError where it cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = _Kept(engine=choice.engine, device=choice.device, machine=_machine())
    with written_whole(_file(folder, pack)) as file:
        file.write(kept.model_dump_json(indent=2).encode())


def forget_choice(folder: Path, pack: Pack) -> None:
    """Drops the choice for this pack: there are engines now that it did not know. Raises OSError."""
    _file(folder, pack).unlink(missing_ok=True)


def _file(folder: Path, pack: Pack) -> Path:
    return folder / f"engine-{pack.fingerprint}.json"


def _machine() -> str:
    card = "with" if has_cuda_card() else "without"
    return f"{platform.node()}, {platform.machine()}, {os.cpu_count()} cores, {card} CUDA card"
