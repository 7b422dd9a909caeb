"""One finished training of a comparison, and the folder that keeps them for the next time."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from defect_desktop.core.printable import printable
from defect_desktop.errors import UnsavedError


@dataclass(frozen=True, slots=True)
class ClassF1:
    """One class on the test photos: its F1 (0 to 1), and of how many photos."""

    label: str
    f1: float
    support: int


@dataclass(frozen=True, slots=True)
class Run:
    """A candidate trained from one seed, on the test photos: scores of its bag, from 0 to 1.

    `gain_macro_f1` is over the mean of the members. `networks` is how many answer (one where the bag was distilled),
    `parameters` counts the weights of one. `epochs` is what each network trained for, `seconds` what all of them
    took, reading the photos not included, on `device`.
    """

    seed: int
    weighted_f1: float
    macro_f1: float
    accuracy: float
    gain_macro_f1: float
    classes: tuple[ClassF1, ...]
    networks: int
    parameters: int
    epochs: tuple[int, ...]
    seconds: float
    device: str


_RUN: TypeAdapter[Run] = TypeAdapter(Run)

Plan = dict[str, object]
"""Everything that decides a run, as plain values."""


class RunFolder:
    """Finished runs as JSON files, each named after the SHA-256 of its plan, which it holds as well."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def prepare(self) -> None:
        """Makes the folder; raises UnsavedError where that cannot be."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._unwritable() from error

    def find(self, plan: Plan) -> Run | None:
        """The run of that plan; None where there is none, or its file is damaged: it is then trained again."""
        try:
            kept = json.loads(self._file(plan).read_text(encoding="utf-8"))
            return _RUN.validate_json(json.dumps(kept["run"]), strict=True)
        except (OSError, ValueError, ValidationError, KeyError, TypeError):
            return None

    def keep(self, plan: Plan, run: Run) -> None:
        """Writes the run, whole or not at all; raises UnsavedError where that cannot be."""
        file = self._file(plan)
        part = file.with_suffix(".part")
        try:
            content = {"plan": plan, "run": asdict(run)}
            part.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
            part.replace(file)
        except OSError as error:
            raise self._unwritable() from error

    def place(self, plan: Plan) -> Path:
        """What the run's file is called, without its ending; what else belongs to it lies beside."""
        canonical = json.dumps(plan, sort_keys=True, ensure_ascii=False)
        return self._folder / hashlib.sha256(canonical.encode()).hexdigest()[:32]

    def _file(self, plan: Plan) -> Path:
        return self.place(plan).with_suffix(".json")

    def _unwritable(self) -> UnsavedError:
        return UnsavedError(
            ko=f"'{printable(self._folder)}' 폴더에 결과를 쓸 수 없습니다. 쓰기 권한과 디스크 공간을 확인하고 "
            "같은 명령을 다시 실행하면 이어집니다.",
            en=f"Results cannot be written to '{printable(self._folder)}'; check its permissions and the free space, "
            "and run the same command again to go on.",
        )
