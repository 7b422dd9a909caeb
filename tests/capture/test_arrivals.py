from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from defect_desktop.capture import arrivals
from defect_desktop.capture.arrivals import PATIENCE_SECONDS, Arrivals
from defect_desktop.capture.scan import Scan
from defect_desktop.core.record import PhotoFile

A = PhotoFile(Path("a.jpg"), 10, 1)


def look(*photos: PhotoFile) -> Scan:
    return Scan(photos)


def taken_of(watch: Arrivals) -> list[PhotoFile]:
    return list(watch.take())


def test_a_photo_is_offered_after_two_equal_looks_and_only_once() -> None:
    watch = Arrivals()
    assert watch.observe(look(A), 0) == []
    assert watch.observe(look(A), 1) == [A]
    assert taken_of(watch) == [A]
    watch.done(A)
    assert watch.observe(look(A), 2) == watch.observe(look(A), 3) == taken_of(watch) == []


def test_a_growing_file_waits_however_long_it_grows() -> None:
    watch = Arrivals()
    for size in range(1, 50):
        assert watch.observe(look(PhotoFile(A.path, size, size)), size) == []
        assert watch.waiting == 1
    assert watch.observe(look(PhotoFile(A.path, 49, 49)), 50)


def test_a_photo_that_changes_before_its_turn_is_not_taken_as_it_was() -> None:
    watch = Arrivals()
    watch.observe(look(A), 0)
    watch.observe(look(A), 1)
    changed = PhotoFile(A.path, 11, 0)  # an older time: the clock went back
    watch.observe(look(changed), 2)
    assert taken_of(watch) == []
    watch.observe(look(changed), 3)
    assert taken_of(watch) == [changed]


def test_a_photo_that_is_replaced_after_its_turn_comes_again() -> None:
    watch = Arrivals()
    watch.observe(look(A), 0)
    watch.observe(look(A), 1)
    (photo,) = taken_of(watch)
    changed = PhotoFile(A.path, 10, 2)
    watch.observe(look(changed), 2)
    watch.done(photo)  # the verdict is of the old content
    assert watch.observe(look(changed), 3) == [changed]


def test_a_photo_that_vanishes_before_its_turn_is_forgotten() -> None:
    watch = Arrivals()
    watch.observe(look(A), 0)
    watch.observe(look(A), 1)
    watch.observe(look(), 2)
    assert taken_of(watch) == []
    assert not watch.lists(A.path)
    assert watch.observe(look(A), 3) == []
    assert watch.observe(look(A), 4) == [A]


def test_what_cannot_be_decoded_is_tried_again_with_growing_pauses_until_the_patience_ends() -> None:
    watch, attempts, now = Arrivals(), [], 0.0
    believed = None
    while believed is None:
        watch.observe(look(A), now)
        for photo in watch.take():
            attempts.append(now)
            if not watch.try_again(photo, now):
                watch.done(photo)
                believed = now
        now += 1
    assert attempts[0] == 1
    assert PATIENCE_SECONDS <= believed - attempts[0] <= PATIENCE_SECONDS + 16
    assert len(attempts) < 12
    assert watch.observe(look(A), now + 100) == []


def test_a_file_that_changes_gets_fresh_patience() -> None:
    watch = Arrivals()
    watch.observe(look(A), 0)
    watch.observe(look(A), 1)
    (photo,) = watch.take()
    assert watch.try_again(photo, 2)
    grown = PhotoFile(A.path, 20, 2)
    watch.observe(look(grown), PATIENCE_SECONDS * 2)
    watch.observe(look(grown), PATIENCE_SECONDS * 2 + 1)
    (photo,) = watch.take()
    assert photo == grown
    assert watch.try_again(photo, PATIENCE_SECONDS * 2 + 2)


def test_while_the_folder_is_out_of_sight_nothing_is_offered_and_nobodys_patience_runs() -> None:
    watch = Arrivals()
    b = PhotoFile(Path("b.jpg"), 1, 1)
    for now in (0, 1):
        watch.observe(look(A, b), now)
    first = next(watch.take())
    watch.done(first)
    watch.lose_sight()
    assert taken_of(watch) == []
    far_later = PATIENCE_SECONDS * 10
    assert watch.observe(look(A, b), far_later) == []
    assert watch.observe(look(A, b), far_later + 1) == [b]
    (photo,) = watch.take()
    assert watch.try_again(photo, far_later + 2)


def test_a_flood_is_handed_out_bit_by_bit() -> None:
    watch = Arrivals()
    flood = [PhotoFile(Path(f"{number:04}.jpg"), 1, 1) for number in range(5000)]
    watch.observe(look(*flood), 0)
    assert (watch.waiting, watch.ready) == (5000, 0)
    watch.observe(look(*flood), 1)
    queue = watch.take()
    assert [next(queue) for _ in range(100)] == flood[:100]
    assert watch.ready == 4900


class Folder(RuleBasedStateMachine):
    """A folder in which anything happens, watched by looks, and by a consumer that is sometimes slow or fails."""

    PATHS = tuple(Path(f"{name}.jpg") for name in "abcd")

    def __init__(self) -> None:
        super().__init__()
        self.watch = Arrivals()
        self.now = 0.0
        self.content: dict[Path, tuple[int, int]] = {}
        self.seen: dict[Path, list[tuple[int, int] | None]] = {path: [] for path in self.PATHS}
        self.dealt_with: Counter[PhotoFile] = Counter()

    @rule(path=st.sampled_from(PATHS), size=st.integers(0, 3), mtime=st.integers(-2, 2))
    def write(self, path: Path, size: int, mtime: int) -> None:
        self.content[path] = (size, mtime)

    @rule(path=st.sampled_from(PATHS))
    def delete(self, path: Path) -> None:
        self.content.pop(path, None)

    @rule(seconds=st.floats(0, 200))
    def look(self, seconds: float) -> None:
        self.now += seconds
        self.watch.observe(
            Scan(tuple(PhotoFile(path, *state) for path, state in sorted(self.content.items()))), self.now
        )
        for path in self.PATHS:
            self.seen[path].append(self.content.get(path))

    @rule()
    def lose_the_folder(self) -> None:
        self.watch.lose_sight()
        for path in self.PATHS:
            self.seen[path].append(None)

    @rule(fails=st.booleans())
    def take_one(self, fails: bool) -> None:
        for photo in self.watch.take():
            state = (photo.size, photo.mtime_ns)
            assert self.seen[photo.path][-2:] == [state, state], "offered without two equal looks in a row"
            if fails and self.watch.try_again(photo, self.now):
                break
            self.watch.done(photo)
            self.dealt_with[photo] += 1
            break

    @precondition(lambda self: len(self.content) > 0)
    @rule()
    def rest(self) -> None:
        """Nothing changes for a while: everything that is there has been dealt with by then."""
        for _ in range(3):
            self.look(arrivals.PATIENCE_SECONDS)
            for photo in self.watch.take():
                self.watch.done(photo)
                self.dealt_with[photo] += 1
        assert self.watch.waiting == self.watch.ready == 0
        for path, state in self.content.items():
            assert self.dealt_with[PhotoFile(path, *state)], "lost"

    @invariant()
    def counts_add_up(self) -> None:
        assert self.watch.waiting + self.watch.ready <= len(self.PATHS)


TestFolder = Folder.TestCase


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(-(10**12), 10**12)), min_size=1, max_size=20))
def test_a_file_is_dealt_with_once_for_every_state_it_rests_in(history: list[tuple[int, int]]) -> None:
    watch, offered = Arrivals(), []
    for now, state in enumerate(history):
        watch.observe(look(PhotoFile(A.path, *state)), now)
        for photo in watch.take():
            offered.append((photo.size, photo.mtime_ns))
            watch.done(photo)
    rests = [later for earlier, later in pairwise(history) if earlier == later]
    assert {*offered} == {*rests}
    assert len(offered) <= len(rests)
