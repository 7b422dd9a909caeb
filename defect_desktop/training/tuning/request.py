"""What a tuning is asked for and what it tells on its way. Nothing here needs torch or Optuna."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from defect_desktop.core.progress import Progress
from defect_desktop.language import Bilingual
from defect_desktop.training.recipes.budget import UNCHANGED, Budget
from defect_desktop.training.recipes.recipe import Recipe


@dataclass(frozen=True, slots=True)
class TuningRequest:
    """Search from `recipe` on until there are `trials` trials in `folder`, each on `budget`.

    Without its own number of members a trial has one. `seed` decides the split, the search and every training. The
    photos come from `sources`; see `read_parts` for `test` and `split`. `device` is 'auto', 'cpu' or 'cuda'.
    """

    sources: tuple[Path, ...]
    folder: Path
    trials: int
    recipe: str
    budget: Budget = UNCHANGED
    seed: int = 0
    test: Path | None = None
    split: Path | None = None
    device: str = "auto"
    weights: Path | None = None
    pretrained: bool = False


@dataclass(frozen=True, slots=True)
class TuningEvent:
    """A moment: progress in epochs of all trials, what is being done, and a note for the person who waits.

    `better` is the best recipe so far, when it has just changed.
    """

    progress: Progress
    doing: Bilingual
    note: Bilingual | None = None
    better: Recipe | None = None
