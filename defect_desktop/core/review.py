"""What a person says of a photo, and what can be done and undone about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from defect_desktop.core.place import NOWHERE, Place
from defect_desktop.language import Bilingual


class ReviewState(StrEnum):
    """How far the review of a photo is. The value is what the database keeps."""

    UNREVIEWED = "unreviewed"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    NOT_A_DEFECT = "not_a_defect"
    CANNOT_TELL = "cannot_tell"

    @property
    def words(self) -> Bilingual:
        """What a person calls it."""
        return _STATE_TITLES[self]

    @property
    def names_defects(self) -> bool:
        """Whether the person named what is to be seen."""
        return self in (ReviewState.ACCEPTED, ReviewState.CORRECTED)


_STATE_TITLES = {
    ReviewState.UNREVIEWED: Bilingual(ko="검토 전", en="Not reviewed"),
    ReviewState.ACCEPTED: Bilingual(ko="승인", en="Accepted"),
    ReviewState.CORRECTED: Bilingual(ko="수정", en="Corrected"),
    ReviewState.NOT_A_DEFECT: Bilingual(ko="하자 아님", en="Not a defect"),
    ReviewState.CANNOT_TELL: Bilingual(ko="판단 불가", en="Cannot tell"),
}


@dataclass(frozen=True, slots=True)
class Review:
    """A person's opinion: `labels` holds the defects, most important first, where they named any, and is else empty.

    Raises ValueError where state and labels do not go together.
    """

    state: ReviewState = ReviewState.UNREVIEWED
    labels: tuple[str, ...] = ()

    @property
    def given(self) -> bool:
        """Whether a person has said anything, be it that there is no defect."""
        return self.state is not ReviewState.UNREVIEWED

    def __post_init__(self) -> None:
        if self.state.names_defects != bool(self.labels):
            raise ValueError(f"{self.state} with the labels {self.labels}")
        if len(set(self.labels)) != len(self.labels):
            raise ValueError(f"a label twice in {self.labels}")


UNREVIEWED = Review()
NOT_A_DEFECT = Review(ReviewState.NOT_A_DEFECT)
CANNOT_TELL = Review(ReviewState.CANNOT_TELL)


def judged(ai_label: str | None, labels: tuple[str, ...]) -> Review:
    """The review of a person who names `labels`, at least one: an acceptance where it is what the program said."""
    accepted = ai_label is not None and labels == (ai_label,)
    return Review(ReviewState.ACCEPTED if accepted else ReviewState.CORRECTED, labels)


class Shot(StrEnum):
    """What a photo shows among the photos of one defect."""

    FAR = "far"
    NEAR = "near"
    SCALE = "scale"

    @property
    def words(self) -> Bilingual:
        """What a person calls it."""
        return _SHOT_TITLES[self]


_SHOT_TITLES = {
    Shot.FAR: Bilingual(ko="원경", en="Far"),
    Shot.NEAR: Bilingual(ko="근경", en="Near"),
    Shot.SCALE: Bilingual(ko="크기 비교", en="With scale"),
}


@dataclass(frozen=True, slots=True)
class Remarks:
    """Everything that people add to a photo. Photos of one defect share their `group`."""

    review: Review = UNREVIEWED
    note: str = ""
    place: Place = NOWHERE
    group: int | None = None
    shot: Shot | None = None


NO_REMARKS = Remarks()


class ActionKind(StrEnum):
    """What a step in the journal did. The value is what the database keeps; `words` are what a person reads."""

    ACCEPT = "accept"
    CORRECT = "correct"
    NOT_A_DEFECT = "not_a_defect"
    CANNOT_TELL = "cannot_tell"
    REOPEN = "reopen"
    ACCEPT_SURE = "accept_sure"
    NOTE = "note"
    PLACE = "place"
    RENAME_PLACE = "rename_place"
    GROUP = "group"
    UNGROUP = "ungroup"
    TAKEN_OVER = "taken_over"
    UNDO = "undo"
    REDO = "redo"

    @property
    def words(self) -> Bilingual:
        """What was done."""
        return _ACTION_TITLES[self]


_ACTION_TITLES = {
    ActionKind.ACCEPT: Bilingual(ko="승인", en="Accepted"),
    ActionKind.CORRECT: Bilingual(ko="수정", en="Corrected"),
    ActionKind.NOT_A_DEFECT: Bilingual(ko="하자 아님으로 표시", en="Marked as not a defect"),
    ActionKind.CANNOT_TELL: Bilingual(ko="판단 불가로 표시", en="Marked as cannot tell"),
    ActionKind.REOPEN: Bilingual(ko="검토 전으로 되돌림", en="Review taken back"),
    ActionKind.ACCEPT_SURE: Bilingual(ko="한꺼번에 승인", en="Accepted together"),
    ActionKind.NOTE: Bilingual(ko="메모", en="Note"),
    ActionKind.PLACE: Bilingual(ko="위치 지정", en="Place set"),
    ActionKind.RENAME_PLACE: Bilingual(ko="위치 이름 변경", en="Place renamed"),
    ActionKind.GROUP: Bilingual(ko="같은 하자로 묶음", en="Grouped as one defect"),
    ActionKind.UNGROUP: Bilingual(ko="묶음 해제", en="Ungrouped"),
    ActionKind.TAKEN_OVER: Bilingual(ko="이전 버전의 라벨", en="Label of an earlier version"),
    ActionKind.UNDO: Bilingual(ko="실행 취소", en="Undone"),
    ActionKind.REDO: Bilingual(ko="다시 실행", en="Done again"),
}

_REVIEW_KINDS = {
    ReviewState.UNREVIEWED: ActionKind.REOPEN,
    ReviewState.ACCEPTED: ActionKind.ACCEPT,
    ReviewState.CORRECTED: ActionKind.CORRECT,
    ReviewState.NOT_A_DEFECT: ActionKind.NOT_A_DEFECT,
    ReviewState.CANNOT_TELL: ActionKind.CANNOT_TELL,
}


def kind_of(review: Review) -> ActionKind:
    """What a person does who gives this review."""
    return _REVIEW_KINDS[review.state]


@dataclass(frozen=True, slots=True)
class Action:
    """A step in the journal. `target` is the step that an undo or a redo is about; `at` is UTC and may go backwards.

    `changed` counts the photos (or places, of a renaming) that it changed; an undo or a redo counts those of its
    target.
    """

    id: int
    at: datetime
    who: str
    kind: ActionKind
    target: ActionKind | None
    changed: int


@dataclass(frozen=True, slots=True)
class Undoable:
    """What undo and redo would do now; None where there is nothing."""

    undo: ActionKind | None
    redo: ActionKind | None


@dataclass(frozen=True, slots=True)
class ReviewProgress:
    """How far a review is, counted in photos: all, those left that need a check, those a person has looked at.

    Photos that could not be classified are in `total`, and in `failed` until a person has said something of them.
    """

    total: int = 0
    check_left: int = 0
    reviewed: int = 0
    failed: int = 0

    @property
    def expected(self) -> int:
        """How many photos a person has looked at when nothing is left to do: what failed needs nobody."""
        return self.total - self.failed

    def __add__(self, other: ReviewProgress) -> ReviewProgress:
        return ReviewProgress(
            self.total + other.total,
            self.check_left + other.check_left,
            self.reviewed + other.reviewed,
            self.failed + other.failed,
        )
