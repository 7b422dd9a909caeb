"""What the program and people say of a photo, in words, and the sign that goes with it."""

from __future__ import annotations

from defect_desktop.core.record import PhotoRecord
from defect_desktop.core.review import ReviewState
from defect_desktop.ui.look import Look
from defect_desktop.ui.record_state import State
from defect_desktop.ui.wording import percent, state_word

_SIGNS = {
    ReviewState.ACCEPTED: "tick",
    ReviewState.CORRECTED: "human",
    ReviewState.NOT_A_DEFECT: "no_defect",
    ReviewState.CANNOT_TELL: "unknown",
}


def program_state(record: PhotoRecord) -> State:
    """What the program says of its own verdict, whatever people say."""
    verdict = record.outcome.verdict
    if verdict is None:
        return State.FAILED
    return State.CHECK if verdict.needs_check else State.SURE


def sign(record: PhotoRecord) -> tuple[str, str]:
    """An icon, and the role of its colour: what a person said, else how sure the program is."""
    state = record.remarks.review.state
    if state in _SIGNS:
        return _SIGNS[state], "human"
    return (program_state(record).value,) * 2


def person_says(record: PhotoRecord, look: Look) -> str:
    """What a person said of the photo; empty where nobody did."""
    review = record.remarks.review
    if review.state is ReviewState.UNREVIEWED:
        return ""
    labels = ", ".join(look.say(record.name_of(label)) for label in review.labels)
    said = look.say(review.state.words)
    return f"{labels} ({said})" if labels else said


def program_says(record: PhotoRecord, look: Look) -> str:
    """What the program said of the photo, and how sure it was; why there is nothing, where it failed."""
    verdict, problem = record.outcome.verdict, record.outcome.problem
    if verdict is None:
        return look.say(problem.sentence) if problem else ""
    return f"{look.say(record.name_of(verdict.label))} {percent(verdict.confidence, 0)}"


def spoken(record: PhotoRecord, look: Look) -> str:
    """All of it in a line, for screen readers."""
    parts = (program_says(record, look), state_word(program_state(record)), person_says(record, look))
    return ", ".join(filter(None, parts))
