from __future__ import annotations

import pytest

from defect_desktop.core.review import (
    CANNOT_TELL,
    NOT_A_DEFECT,
    UNREVIEWED,
    ActionKind,
    Review,
    ReviewProgress,
    ReviewState,
    Shot,
    judged,
    kind_of,
)


@pytest.mark.parametrize(
    ("state", "labels"),
    [
        (ReviewState.ACCEPTED, ()),
        (ReviewState.CORRECTED, ()),
        (ReviewState.UNREVIEWED, ("오염",)),
        (ReviewState.NOT_A_DEFECT, ("오염",)),
        (ReviewState.CANNOT_TELL, ("오염",)),
        (ReviewState.CORRECTED, ("오염", "오염")),
    ],
)
def test_a_review_that_contradicts_itself_is_refused(state: ReviewState, labels: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="label"):
        Review(state, labels)


@pytest.mark.parametrize(
    ("ai_label", "labels", "state"),
    [
        ("오염", ("오염",), ReviewState.ACCEPTED),
        ("오염", ("들뜸",), ReviewState.CORRECTED),
        ("오염", ("오염", "들뜸"), ReviewState.CORRECTED),
        (None, ("오염",), ReviewState.CORRECTED),
    ],
)
def test_only_the_same_single_label_is_an_acceptance(
    ai_label: str | None, labels: tuple[str, ...], state: ReviewState
) -> None:
    assert judged(ai_label, labels) == Review(state, labels)


def test_naming_nothing_is_no_judgement() -> None:
    with pytest.raises(ValueError, match="label"):
        judged("오염", ())


def test_each_review_is_its_own_kind_of_step() -> None:
    reviews = [UNREVIEWED, NOT_A_DEFECT, CANNOT_TELL, judged("a", ("a",)), judged("a", ("b",))]
    assert {review.state for review in reviews} == set(ReviewState)
    assert len({kind_of(review) for review in reviews}) == len(reviews)


@pytest.mark.parametrize("value", [*ReviewState, *Shot, *ActionKind], ids=repr)
def test_everything_has_words(value: ReviewState | Shot | ActionKind) -> None:
    assert value.words.ko and value.words.en


def test_progress_adds_up() -> None:
    assert ReviewProgress(3, 1, 2, 0) + ReviewProgress(10, 4, 5, 1) == ReviewProgress(13, 5, 7, 1)
    assert sum([ReviewProgress(1, 1, 1, 1)] * 2, ReviewProgress()) == ReviewProgress(2, 2, 2, 2)
