"""What a training is asked for, what it tells on its way, and what it returns. Nothing here needs torch."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from defect_desktop.core.progress import Progress
from defect_desktop.errors import PhotoProblem
from defect_desktop.language import Bilingual

if TYPE_CHECKING:
    from defect_desktop.training.bagging import BagStep
    from defect_desktop.training.calibration import Calibration
    from defect_desktop.training.evaluation import Evaluation
    from defect_desktop.vision.pack import Pack


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

    Without `test`, the card's metrics are measured on the photos that were held out for the calibration.
    `device` is 'auto', 'cpu' or 'cuda'.
    """

    data: tuple[Path, ...]
    output: Path
    texts: PackTexts
    recipe: str = "starter"
    seed: int = 0
    test: TestPhotos | None = None
    device: str = "auto"


class Stage(StrEnum):
    """What a training is busy with."""

    READING = "reading"
    TRAINING = "training"
    EVALUATING = "evaluating"


@dataclass(frozen=True, slots=True)
class TrainingEvent:
    """A moment in a training: photos done of this stage (while training, of all epochs and members), and the step."""

    stage: Stage
    progress: Progress
    step: BagStep | None = None


@dataclass(frozen=True, slots=True)
class TrainingResult:
    """The pack that was written, how it was calibrated and measured, and the files that were no photos."""

    pack: Pack
    calibration: Calibration
    evaluation: Evaluation
    failures: tuple[tuple[Path, PhotoProblem], ...]
