"""From a prediction to a verdict: the label, how sure it is, and whether a person must look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from defect_desktop.language import Bilingual

if TYPE_CHECKING:
    from defect_desktop.core.prediction import Prediction, Temperature

TOP = 3
"""How many classes a verdict ranks."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Below any of these a photo needs a check; each lies between 0 and 1.

    A confidence of 1 is asked for where every photo is to be checked, so none meets it, not even one rounded up to 1.
    """

    confidence: float
    margin: float
    agreement: float

    @property
    def check_all(self) -> bool:
        """Whether no photo can do without a check."""
        return self.confidence >= 1.0


class CheckReason(StrEnum):
    """Why a person should look at a photo. The value is what the database keeps; `sentence` is what a person reads."""

    LOW_CONFIDENCE = "low_confidence"
    CLOSE_SECOND = "close_second"
    MEMBERS_DISAGREE = "members_disagree"

    @property
    def sentence(self) -> Bilingual:
        """The reason in words."""
        return _REASON_SENTENCES[self]


_REASON_SENTENCES: dict[CheckReason, Bilingual] = {
    CheckReason.LOW_CONFIDENCE: Bilingual(ko="확신도가 낮음", en="Low confidence"),
    CheckReason.CLOSE_SECOND: Bilingual(ko="두 번째 후보와 차이가 작음", en="Second choice is close"),
    CheckReason.MEMBERS_DISAGREE: Bilingual(ko="모델들의 의견이 다름", en="The models disagree"),
}


@dataclass(frozen=True, slots=True)
class Ranked:
    """A class and its calibrated probability."""

    label: str
    probability: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the program says about one photo. `top` is ordered, at most `TOP` long, and begins with the label itself.

    `agreement` is among the `asked` members, which are fewer than the pack has where the first was sure enough alone;
    how many they were is None where an earlier version of the program did not note it.
    """

    top: tuple[Ranked, ...]
    margin: float
    agreement: float
    check_reasons: tuple[CheckReason, ...]
    asked: int | None = None

    @property
    def label(self) -> str:
        """The class that was chosen."""
        return self.top[0].label

    @property
    def confidence(self) -> float:
        """The calibrated probability of the label."""
        return self.top[0].probability

    @property
    def needs_check(self) -> bool:
        """Whether a person must look before the verdict is used."""
        return bool(self.check_reasons)


def decide(prediction: Prediction, labels: Sequence[str], temperature: Temperature, thresholds: Thresholds) -> Verdict:
    """The verdict on one photo; `labels` names the prediction's classes in order."""
    probabilities = prediction.calibrated(temperature)
    order = (-probabilities).argsort(kind="stable")[:TOP]
    top = tuple(Ranked(labels[index], float(probabilities[index])) for index in order)
    margin = top[0].probability - (top[1].probability if len(top) > 1 else 0.0)
    agreement = prediction.agreement()
    reasons = _check_reasons(top[0].probability, margin, agreement, thresholds)
    return Verdict(top, margin, agreement, reasons, asked=len(prediction.members))


def _check_reasons(
    confidence: float, margin: float, agreement: float, thresholds: Thresholds
) -> tuple[CheckReason, ...]:
    checks = {
        CheckReason.LOW_CONFIDENCE: thresholds.check_all or confidence < thresholds.confidence,
        CheckReason.CLOSE_SECOND: margin < thresholds.margin,
        CheckReason.MEMBERS_DISAGREE: agreement < thresholds.agreement,
    }
    return tuple(reason for reason, applies in checks.items() if applies)
