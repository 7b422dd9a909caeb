from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from defect_desktop.core.comparison import PackComparison, PackScore, ReviewedPhoto, compare_packs
from defect_desktop.core.record import PhotoFile

PHOTO = PhotoFile(Path("/a.jpg"), 1, 1)


def reviewed(labels: tuple[str, ...], *said: str | None) -> ReviewedPhoto:
    return ReviewedPhoto(1, PHOTO, labels, said)


def test_a_pack_is_right_where_it_names_any_of_the_defects() -> None:
    comparison = compare_packs([reviewed(("a", "b"), "b"), reviewed(("a",), "b"), reviewed(("a",), "a")], packs=1)
    assert comparison.scores == (PackScore(3, 2, {("a", "b"): 2, ("a", "a"): 1}),)


def test_only_photos_that_all_packs_classified_are_compared() -> None:
    photos = [reviewed(("a",), "a", "a"), reviewed(("a",), "a", "b"), reviewed(("a",), "a", None)]
    assert compare_packs(photos, packs=2) == PackComparison(
        scores=(PackScore(2, 2, {("a", "a"): 2}), PackScore(2, 1, {("a", "a"): 1, ("a", "b"): 1})),
        photos=2,
        agreed=1,
        left_out=1,
    )


names = st.sampled_from("abc")
photos = st.lists(
    st.builds(
        lambda labels, said: reviewed(tuple(labels), *said),
        st.lists(names, min_size=1, max_size=3, unique=True),
        st.lists(st.none() | names, min_size=3, max_size=3),
    )
)


@given(photos)
def test_the_counts_agree_with_each_other(given: list[ReviewedPhoto]) -> None:
    comparison = compare_packs(given, packs=3)
    assert comparison.photos + comparison.left_out == len(given)
    for score in comparison.scores:
        diagonal = sum(count for (person, pack), count in score.confusion.items() if person == pack)
        assert sum(score.confusion.values()) == score.photos == comparison.photos
        assert diagonal <= score.right <= score.photos
