"""What a comparison is asked for and what it tells on its way. Nothing here needs torch."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from defect_desktop.core.progress import Progress
from defect_desktop.language import Bilingual
from defect_desktop.training.recipes.budget import UNCHANGED, Budget


@dataclass(frozen=True, slots=True)
class ComparisonRequest:
    """Train all `recipes` (names, or files) on all `architectures` (none: their own) and measure them.

    `folder` keeps what is finished. `ablate` adds the recipes' variants. `budget` holds for all; where it says no
    epochs or members, those of the first recipe do. Each is trained from the seeds 0 to `seeds` - 1. The photos come
    from `sources`; see `read_parts` for `test` and `split`. `device` is 'auto', 'cpu' or 'cuda'.
    """

    sources: tuple[Path, ...]
    folder: Path
    recipes: tuple[str, ...]
    architectures: tuple[str, ...] = ()
    ablate: bool = False
    budget: Budget = UNCHANGED
    seeds: int = 1
    test: Path | None = None
    split: Path | None = None
    device: str = "auto"
    weights: Path | None = None
    pretrained: bool = False


@dataclass(frozen=True, slots=True)
class ComparisonEvent:
    """A moment: progress in photos, what is being done, and a note for the person who waits."""

    progress: Progress
    doing: Bilingual
    note: Bilingual | None = None
