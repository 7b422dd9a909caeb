"""What a training is asked for, what it tells on its way, and what it returns. Nothing here needs torch."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from defect_desktop.core.printable import printable
from defect_desktop.core.progress import Progress
from defect_desktop.errors import PhotoProblem, TrainingError
from defect_desktop.language import Bilingual
from defect_desktop.training.learning.file_lock import holding
from defect_desktop.training.recipes.budget import UNCHANGED, Budget

if TYPE_CHECKING:
    from defect_desktop.training.calibration import Calibration
    from defect_desktop.training.evaluation import Evaluation
    from defect_desktop.training.learning.bagging import BagStep
    from defect_desktop.vision.pack import Pack


DEFAULT_RECIPE = "recommended"

UNFINISHED = ".part"
"""How a file is called while it is written."""


@dataclass(frozen=True, slots=True)
class TestPhotos:
    """A labelled folder that takes no part in the training, for the card's metrics, and what it is in a sentence."""

    __test__ = False  # its name looks like a test to pytest

    folder: Path
    described: Bilingual


@dataclass(frozen=True, slots=True)
class PackTexts:
    """What the card says in words. `notice` is a warning that every front shows."""

    title: Bilingual
    training_data: Bilingual
    notice: Bilingual | None
    version: str
    licence: str


@dataclass(frozen=True, slots=True)
class TrainingRequest:
    """Train on the class folders in all of `data` and write the pack to `output`, whose name becomes the pack's.

    Without `test`, the card's metrics are measured on the photos that were held out for the calibration. `split` is a
    file that says which these are; without it the seed decides. `device` is 'auto', 'cpu' or 'cuda'. The networks start
    from the file `weights`, from a hub on the internet if `pretrained`, or from what is installed. Where an earlier
    training of the same request was cut off, this one goes on; `finish` makes the pack of what that one came to,
    without training any more.
    """

    data: tuple[Path, ...]
    output: Path
    texts: PackTexts
    recipe: str = DEFAULT_RECIPE
    seed: int = 0
    test: TestPhotos | None = None
    device: str = "auto"
    budget: Budget = UNCHANGED
    split: Path | None = None
    weights: Path | None = None
    pretrained: bool = False
    finish: bool = False


class Stage(StrEnum):
    """What a training is busy with."""

    READING = "reading"
    TRAINING = "training"
    EVALUATING = "evaluating"


@dataclass(frozen=True, slots=True)
class TrainingEvent:
    """A moment in a training: photos done of this stage (while training, of all epochs and members), and the step.

    `note` is something that the person who waits should know.
    """

    stage: Stage
    progress: Progress
    step: BagStep | None = None
    note: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class TrainingResult:
    """The pack that was written, how it was calibrated and measured, and the files that were no photos."""

    pack: Pack
    calibration: Calibration
    evaluation: Evaluation
    failures: tuple[tuple[Path, PhotoProblem], ...]


def work_folder(output: Path) -> Path:
    """Where a training for the pack `output` keeps what it has, until the pack is there."""
    return output.parent / f"{output.name}.training"


def holds_epochs(output: Path) -> bool:
    """Whether an unfinished training for `output` has come to anything yet that a pack could be made of."""
    return any(file.suffix != UNFINISHED for file in work_folder(output).glob("member-*"))


def is_leader() -> bool:
    """Whether this process speaks for all that train together: it alone tells what happens, and writes files.

    `accelerate launch` and `torchrun` number the processes that they start.
    """
    return os.environ.get("RANK", "0") == "0"


def process_count() -> int:
    """How many processes train together."""
    return int(os.environ.get("WORLD_SIZE", "1"))


def alone_in(folder: Path) -> AbstractContextManager[None]:
    """Keeps a second `compare` or `tune` out of `folder`, which is there, for the while of a `with`.

    Raises TrainingError where one is at work there already: each would take what the other has begun for given up.
    So it does where a launcher started several of this process, which would make the same choices.
    """
    _require_one_process()
    shown = printable(folder)
    busy = TrainingError(
        ko=f"다른 compare나 tune이 '{shown}'에서 실행 중입니다. 끝나기를 기다리거나 --out을 바꾸세요.",
        en=f"Another `compare` or `tune` is at work in '{shown}'; wait for its end, or choose another --out.",
    )
    unusable = TrainingError(
        ko=f"'{shown}' 폴더에 쓸 수 없습니다. 쓰기 권한과 디스크 공간을 확인하세요.",
        en=f"The folder '{shown}' cannot be written; check its permissions and the free space.",
    )
    return holding(folder / "lock", busy, unusable)


def _require_one_process() -> None:
    if process_count() > 1:
        raise TrainingError(
            ko="이 명령은 한 프로세스로만 실행됩니다. torchrun이나 accelerate launch 없이 실행하세요. 여러 GPU를 "
            "함께 쓰는 명령은 train입니다.",
            en="This command runs in one process; start it without torchrun or accelerate launch. It is `train` that "
            "takes several GPUs together.",
        )
