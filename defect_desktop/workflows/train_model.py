"""Trains a model pack on folders of labelled photos."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

from defect_desktop.core.printable import printable
from defect_desktop.language import Bilingual
from defect_desktop.training.job import (
    DEFAULT_RECIPE,
    PackTexts,
    Stage,
    TestPhotos,
    TrainingEvent,
    TrainingRequest,
    TrainingResult,
    holds_epochs,
    is_leader,
)
from defect_desktop.training.recipes.budget import Budget
from defect_desktop.training.recipes.presets import RECIPES, recipe_named
from defect_desktop.training.recipes.recipe import Recipe

__all__ = [
    "DEFAULT_RECIPE",
    "RECIPES",
    "Budget",
    "PackTexts",
    "Recipe",
    "Stage",
    "TestPhotos",
    "TrainingEvent",
    "TrainingRequest",
    "TrainingResult",
    "holds_epochs",
    "is_leader",
    "recipe_named",
    "train_model",
    "user_texts",
]


def train_model(request: TrainingRequest) -> Generator[TrainingEvent, None, TrainingResult | None]:
    """Yields events on the way and returns the pack that was written; closing the generator leaves none.

    What was trained by then lies beside it, and the same request goes on from there. In the processes that only help
    another one to train, it returns None. Raises SourceError, DataSetError, DeviceError, PackError or TrainingError,
    and UserError for an unknown recipe.
    """
    from defect_desktop.training.session import train_pack

    return (yield from train_pack(request))


def user_texts(name: str, data: tuple[Path, ...]) -> PackTexts:
    """What the card of a user's own pack says: its name, and the names of the folders it was trained on."""
    folders = ", ".join(printable(Path(folder.absolute().name)) for folder in data)
    return PackTexts(
        title=Bilingual(ko=name, en=name),
        training_data=Bilingual(ko=f"사용자의 사진: {folders}", en=f"The user's own photos: {folders}"),
        notice=None,
        version="1.0",
        licence="Unspecified",
    )
