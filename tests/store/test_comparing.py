"""The user's own reviewed photos as a test set for packs."""

from dataclasses import replace

from defect_desktop.core.comparison import PackComparison, PackScore, ReviewedPhoto, compare_packs
from defect_desktop.core.review import CANNOT_TELL, NOT_A_DEFECT
from defect_desktop.store.records import PAGE
from tests.store.samples import FRAME, SETTINGS, STAIN, accept, classified, failed, photo, record_all, verdict

OTHER = replace(SETTINGS, fingerprint="e" * 64)
PACKS = [SETTINGS.fingerprint, OTHER.fingerprint]


def test_only_photos_in_which_a_person_named_defects_count(database):
    a, b, c, d, _ = record_all(database, *(classified(photo(f"{n}.jpg")) for n in "abcde"))
    accept(database, [a])
    database.reviews.judge([b], ("들뜸", "오염"))
    database.reviews.set_state([c], NOT_A_DEFECT)
    database.reviews.set_state([d], CANNOT_TELL)
    assert list(database.comparing.reviewed(PACKS)) == [
        ReviewedPhoto(a, photo("a.jpg"), ("오염",), ("오염", None)),
        ReviewedPhoto(b, photo("b.jpg"), ("들뜸", "오염"), ("오염", None)),
    ]


def test_each_pack_is_taken_at_its_latest_word(database):
    ids = record_all(database, classified(photo("a.jpg"), verdict=STAIN), classified(photo("b.jpg"), verdict=STAIN))
    record_all(database, classified(photo("a.jpg"), verdict=FRAME), failed(photo("b.jpg"), content="a"))
    record_all(database, classified(photo("b.jpg"), verdict=verdict("들뜸", 0.6)), settings=OTHER)
    database.reviews.judge(ids, ("울음",))
    said = [reviewed.said for reviewed in database.comparing.reviewed(PACKS)]
    assert said == [("창틀,문틀수정", None), ("오염", "들뜸")]


def test_packs_side_by_side(database):
    ids = record_all(database, *(classified(photo(f"{n}.jpg")) for n in range(4)))
    record_all(
        database,
        *(classified(photo(f"{n}.jpg"), verdict=said) for n, said in enumerate((STAIN, FRAME, FRAME))),
        settings=OTHER,
    )
    database.reviews.judge(ids[:2], ("오염",))
    database.reviews.judge(ids[2:], ("울음", "창틀,문틀수정"))
    assert compare_packs(database.comparing.reviewed(PACKS), 2) == PackComparison(
        scores=(
            PackScore(3, 2, {("오염", "오염"): 2, ("울음", "오염"): 1}),
            PackScore(3, 2, {("오염", "오염"): 1, ("오염", "창틀,문틀수정"): 1, ("울음", "창틀,문틀수정"): 1}),
        ),
        photos=3,
        agreed=1,
        left_out=1,
    )


def test_nothing_reviewed_is_nothing_compared(database):
    record_all(database, classified(photo("a.jpg")))
    assert compare_packs(database.comparing.reviewed(PACKS), 2) == PackComparison(
        (PackScore(0, 0, {}), PackScore(0, 0, {})), photos=0, agreed=0, left_out=0
    )


def test_many_photos_are_read_in_pages_along_an_index(database, plans):
    count = 2 * PAGE + 10
    ids = record_all(database, *(classified(photo(f"{n}.jpg")) for n in range(count)))
    accept(database, ids)
    plans.clear()
    seen = [reviewed.photo_id for reviewed in database.comparing.reviewed(PACKS)]
    assert seen == ids
    assert not [step for steps in plans for step in steps if "TEMP B-TREE FOR ORDER" in step or "SCAN result" in step]
