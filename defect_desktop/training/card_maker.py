"""Puts a new pack's card together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from defect_desktop import __version__
from defect_desktop.core.decision import Thresholds
from defect_desktop.core.prediction import AS_IT_IS, Temperature
from defect_desktop.core.taxonomy import CONTEST_CLASSES
from defect_desktop.errors import PackError
from defect_desktop.language import Bilingual
from defect_desktop.training.calibration import Calibration
from defect_desktop.training.evaluation import Evaluation
from defect_desktop.training.job import TrainingRequest
from defect_desktop.training.learning.pretrained import Start
from defect_desktop.training.recipes.recipe import Recipe
from defect_desktop.vision.card import (
    Card,
    CardClass,
    CardPreprocessing,
    CardTemperature,
    CardThresholds,
    Member,
    Metrics,
    Text,
)

_LIBRARIES = (
    "torch",
    "timm",
    "torchvision",
    "accelerate",
    "numpy",
    "pillow",
    "simplejpeg",
    "scikit-learn",
    "safetensors",
)
_HELD_OUT = Bilingual(
    ko="학습에서 제외해 둔 사진. 보정과 학습 중 검증에도 사용함.",
    en="Photos held out from the training, on which it was validated and the calibration was done too.",
)


def check_name(folder: Path) -> None:
    """Raises PackError where a pack cannot have the name of this folder."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", folder.name):
        name = folder.name or folder  # a path such as `.` ends in no name
        raise PackError(
            ko=f"모델 팩 폴더 이름 '{name}'을(를) 쓸 수 없습니다. 영문자, 숫자, 점, 밑줄, 하이픈만 쓰세요.",
            en=f"'{name}' cannot be a model pack's folder name; use Latin letters, digits, dots, hyphens, underscores.",
        )


def draft_card(
    request: TrainingRequest, recipe: Recipe, labels: Sequence[str], members: tuple[Member, ...], start: Start
) -> Card:
    """A card that the engine can load, not yet calibrated or measured."""
    texts = request.texts
    return Card(
        name=request.output.name,
        version=texts.version,
        title=_text(texts.title),
        notice=_text(texts.notice) if texts.notice else None,
        architecture=recipe.architecture,
        members=members,
        classes=tuple(_card_class(label) for label in labels),
        preprocessing=CardPreprocessing.model_validate(asdict(recipe.preprocessing)),
        temperature=_card_temperature(AS_IT_IS),
        thresholds=CardThresholds(confidence=1.0, margin=1.0, agreement=1.0),
        training_data=_training_data(texts.training_data, start),
        licence=texts.licence,
    )


def calibrated_card(draft: Card, calibration: Calibration) -> Card:
    """The card with its temperature and thresholds, and from where on its first member may answer alone."""
    fit = calibration.early_exit
    return draft.model_copy(
        update={
            "temperature": _card_temperature(calibration.temperature),
            "thresholds": _card_thresholds(calibration.thresholds),
            **({"format": 4, "sure": fit.sure} if fit else {}),
        }
    )


def measured_card(card: Card, request: TrainingRequest, evaluation: Evaluation, provenance: dict[str, object]) -> Card:
    """The finished card, with its metrics and provenance."""
    described = request.test.described if request.test else _HELD_OUT
    metrics = Metrics(
        measured_on=_text(described),
        photos=evaluation.bag.photos,
        weighted_f1=evaluation.bag.weighted_f1,
        macro_f1=evaluation.bag.macro_f1,
        accuracy=evaluation.bag.accuracy,
    )
    return card.model_copy(update={"metrics": metrics, "provenance": provenance})


def evaluation_record(evaluation: Evaluation) -> dict[str, object]:
    """An evaluation as the card's provenance keeps it: the gain of the bag over its members, and every class's F1."""
    weighted = [member.weighted_f1 for member in evaluation.members]
    macro = [member.macro_f1 for member in evaluation.members]
    return {
        "members_weighted_f1": weighted,
        "members_macro_f1": macro,
        "bag_gain_weighted_f1": evaluation.gain_weighted_f1,
        "bag_gain_macro_f1": evaluation.gain_macro_f1,
        "class_f1": {scored.label: scored.f1 for scored in evaluation.bag.classes},
        "class_photos": {scored.label: scored.support for scored in evaluation.bag.classes},
        "unchecked": evaluation.unchecked,
        "unchecked_mistakes": evaluation.unchecked_mistakes,
    }


def library_versions() -> dict[str, str]:
    """The versions of this program and of the libraries that decide what a training does."""
    return {"defect-desktop": __version__} | {library: version(library) for library in _LIBRARIES}


def _card_class(label: str) -> CardClass:
    """The class with its English name where the contest has one; otherwise the label serves in both languages."""
    known = {entry.label: entry.name for entry in CONTEST_CLASSES}.get(label, Bilingual(ko=label, en=label))
    return CardClass(label=label, ko=known.ko, en=known.en)


def _card_temperature(temperature: Temperature) -> CardTemperature:
    return CardTemperature.model_validate(asdict(temperature))


def _card_thresholds(thresholds: Thresholds) -> CardThresholds:
    return CardThresholds.model_validate(asdict(thresholds))


def _training_data(described: Bilingual, start: Start) -> Text:
    """What the pack was trained on, and a warning where it had nothing else to start from."""
    if start.tensors is not None:
        return _text(described)
    return Text(ko=f"{described.ko} ({start.origin.ko}.)", en=f"{described.en} (Trained {start.origin.en}.)")


def _text(text: Bilingual) -> Text:
    return Text(ko=text.ko, en=text.en)
