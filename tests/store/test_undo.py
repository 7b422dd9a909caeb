"""Whatever is done, undone and done again, in whatever order and across restarts, leads where one thinks it does."""

import shutil
from contextlib import ExitStack

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from defect_desktop.core.history import EVERYTHING, Order, Sort
from defect_desktop.core.place import NOWHERE, Place, PlacePart
from defect_desktop.core.review import CANNOT_TELL, NOT_A_DEFECT, UNREVIEWED, Shot
from defect_desktop.store.database import Database
from tests.store.samples import FRAME, STAIN, accept, classified, photo, record_all

PHOTOS = (1, 2, 3, 4)
ROOMS = ("주방", "욕실", "거실")
PLACES = (NOWHERE, *(Place(unit="1203호", room=room) for room in ROOMS))

some_photos = st.lists(st.sampled_from(PHOTOS), min_size=1, unique=True)
some_labels = st.lists(st.sampled_from(["오염", "들뜸", "창틀,문틀수정"]), min_size=1, unique=True).map(tuple)

steps = st.one_of(
    st.builds(lambda photos: lambda db: accept(db, photos), some_photos),
    st.builds(lambda photos, labels: lambda db: db.reviews.judge(photos, labels), some_photos, some_labels),
    st.builds(
        lambda photos, said: lambda db: db.reviews.set_state(photos, said),
        some_photos,
        st.sampled_from([NOT_A_DEFECT, CANNOT_TELL, UNREVIEWED]),
    ),
    st.builds(lambda least: lambda db: db.reviews.accept_sure(EVERYTHING, least), st.sampled_from([0.5, 0.9])),
    st.builds(
        lambda photo, text: lambda db: db.reviews.note(photo, text), st.sampled_from(PHOTOS), st.sampled_from("ab")
    ),
    st.builds(lambda photos, place: lambda db: db.reviews.move(photos, place), some_photos, st.sampled_from(PLACES)),
    st.builds(
        lambda shots: lambda db: db.reviews.group(shots),
        st.dictionaries(st.sampled_from(PHOTOS), st.sampled_from([None, *Shot]), min_size=2),
    ),
    st.builds(lambda photos: lambda db: db.reviews.ungroup(photos), some_photos),
    st.builds(
        lambda old, new: lambda db: db.places.rename({PlacePart.ROOM: old}, PlacePart.ROOM, new),
        st.sampled_from(ROOMS),
        st.sampled_from(ROOMS),
    ),
)
moves = st.one_of(steps, st.sampled_from(["undo", "redo", "restart"]))


class Desk:
    """A database, and what is known of it in every moment that undo and redo can lead to."""

    def __init__(self, path):
        self._path = path
        self._open = ExitStack()
        self.restart()
        self.past, self.future = [], []

    def restart(self):
        self._open.close()
        self.database = self._open.enter_context(Database.open(self._path))

    def now(self):
        shown = self.database.history.where().page(Order(Sort.PATH, descending=False))
        return [record.remarks for record in shown.records], self.database.places.current()

    def do(self, step):
        before = self.now()
        if step(self.database):
            self.past.append(before)
            self.future.clear()
        else:
            assert self.now() == before

    def undo(self):
        self._turn(self.database.reviews.undo, self.past, self.future)

    def redo(self):
        self._turn(self.database.reviews.redo, self.future, self.past)

    def _turn(self, turn, source, target):
        before = self.now()
        if turn() is None:
            assert not source
        else:
            target.append(before)
            assert self.now() == source.pop()

    def close(self):
        self._open.close()


@pytest.fixture(scope="module")
def beginning(blank, tmp_path_factory):
    path = tmp_path_factory.mktemp("undo") / "beginning.sqlite3"
    shutil.copyfile(blank, path)
    with Database.open(path) as database:
        record_all(database, *(classified(photo(f"{n}.jpg"), verdict=(STAIN, FRAME)[n % 2]) for n in PHOTOS))
        database.places.use(PLACES[1])
    return path


@settings(max_examples=12, deadline=None)
@given(moves=st.lists(moves, max_size=10))
def test_undoing_all_leads_to_the_beginning_and_redoing_all_to_the_end(beginning, moves):
    path = beginning.with_name("desk.sqlite3")
    shutil.copyfile(beginning, path)
    desk = Desk(path)
    first = desk.now()
    for move in moves:
        getattr(desk, move)() if isinstance(move, str) else desk.do(move)
    while desk.future:
        desk.redo()
    last = desk.now()
    while desk.past:
        desk.undo()
    assert desk.now() == first
    desk.restart()
    while desk.future:
        desk.redo()
    assert desk.now() == last
    desk.close()
