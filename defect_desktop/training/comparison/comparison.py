"""What a comparison came to: a row a candidate, with its figures over all seeds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import mean

from defect_desktop.language import Bilingual
from defect_desktop.training.comparison.candidate import Candidate
from defect_desktop.training.comparison.run import Run
from defect_desktop.training.data.parts import Parts
from defect_desktop.training.recipes.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Spread:
    """A figure over several seeds: its mean, least and greatest value."""

    mean: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Iterable[float]) -> Spread:
        """Of at least one value."""
        found = tuple(values)
        return cls(mean(found), min(found), max(found))


@dataclass(frozen=True, slots=True)
class Row:
    """A candidate: its runs, one a seed, and why there are no more where it failed.

    `recipe` is what was trained, None where that was impossible. `origin` says where the weights came from; `scratch`
    is whether from nowhere. `milliseconds` is what the whole bag takes for one photo on this machine; where that could
    not be measured, `untimed` says why.
    """

    candidate: Candidate
    recipe: Recipe | None = None
    origin: Bilingual | None = None
    scratch: bool = False
    runs: tuple[Run, ...] = ()
    problem: Bilingual | None = None
    milliseconds: float | None = None
    untimed: Bilingual | None = None

    @property
    def title(self) -> Bilingual:
        """The candidate in words, and its network where one is known."""
        name, network = self.candidate.name, f" · {self.architecture}" if self.architecture else ""
        return Bilingual(ko=name.ko + network, en=name.en + network)

    @property
    def remarks(self) -> tuple[Bilingual, ...]:
        """What a person should know of the figures that are missing."""
        return tuple(each for each in (self.problem, self.untimed) if each)

    @property
    def architecture(self) -> str:
        """The network's name, or what was asked for."""
        return self.recipe.architecture if self.recipe else self.candidate.architecture or ""

    def spread(self, figure: Callable[[Run], float]) -> Spread:
        """A figure of the runs, of which there is at least one."""
        return Spread.of(figure(run) for run in self.runs)

    def class_f1(self, label: str) -> float | None:
        """The F1 of a class, its mean over the runs; None where the test has no photo of it."""
        tested = [each.f1 for run in self.runs for each in run.classes if each.label == label and each.support]
        return mean(tested) if tested else None


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """All rows in the order they were asked for, the photos they share, and the seeds."""

    rows: tuple[Row, ...]
    parts: Parts
    seeds: tuple[int, ...]
    device: str

    @property
    def finished(self) -> tuple[Row, ...]:
        """The rows that have figures."""
        return tuple(row for row in self.rows if row.runs)

    def change_of(self, row: Row) -> Spread | None:
        """By how much a variant's macro F1 differs from its recipe's, seed by seed; None where nothing is compared."""
        if row.candidate.variant is None:
            return None
        wanted = (row.candidate.recipe, row.candidate.architecture)
        bases = (
            each.runs
            for each in self.rows
            if each.candidate.variant is None and (each.candidate.recipe, each.candidate.architecture) == wanted
        )
        before = {run.seed: run.macro_f1 for runs in bases for run in runs}
        changes = [run.macro_f1 - before[run.seed] for run in row.runs if run.seed in before]
        return Spread.of(changes) if changes else None
