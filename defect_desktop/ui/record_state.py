"""What a person must know of a record at a glance: is it settled, must somebody look, did it fail? No Qt."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from defect_desktop.core.record import PhotoRecord


class State(Enum):
    """The states in the order of how much they need a person; the value names the colour role and the icon."""

    FAILED = "failed"
    CHECK = "check"
    SURE = "sure"
    HUMAN = "human"

    @property
    def rank(self) -> int:
        """The place in that order, from 0."""
        return _ORDER[self]


_ORDER = {state: place for place, state in enumerate(State)}


def state_of(record: PhotoRecord) -> State:
    """The state of a record: what a person said outweighs everything."""
    if record.remarks.review.given:
        return State.HUMAN
    if record.outcome.verdict is None:
        return State.FAILED
    return State.CHECK if record.outcome.verdict.needs_check else State.SURE


def label_of(record: PhotoRecord) -> str | None:
    """The label that counts: a person's, else the program's; None where whoever counts named none."""
    if record.remarks.review.given:
        return record.human_label
    return record.outcome.verdict.label if record.outcome.verdict else None
