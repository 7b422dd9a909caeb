"""How fast a training went, its data loading included. Nothing here needs torch."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """A training of some epochs: the photos an epoch, and the seconds from its start to the end of each, (epochs,).

    The first epoch's seconds hold everything before it as well: decoding, workers that start, kernels that are tried.
    """

    photos: int
    ends: tuple[float, ...]

    @property
    def in_all(self) -> float:
        """Photos a second over the whole training, from the files on the disk to the last step."""
        return self.photos * len(self.ends) / self.ends[-1]

    @property
    def warm(self) -> float:
        """Photos a second after the first epoch."""
        return self.photos * (len(self.ends) - 1) / (self.ends[-1] - self.ends[0])
