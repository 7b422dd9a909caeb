"""The review as it goes on: what is listed, where the person is, what they did, and how far it all is.

Everything that touches the database is done beside the window; what a person does is shown at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from defect_desktop.core.history import EVERYTHING, Cursor, HistoryFilter, Page
from defect_desktop.core.record import PhotoRecord
from defect_desktop.core.review import Action, ReviewProgress, Undoable
from defect_desktop.errors import BusyError, ReplacedError, UserError
from defect_desktop.store.database import Database
from defect_desktop.ui.desk import Desk
from defect_desktop.ui.pages.review.listing import Listed, more_of, read_list
from defect_desktop.ui.pages.review.roll import Roll
from defect_desktop.ui.pages.review.scope import Scope, sure
from defect_desktop.ui.pages.review.steps import Saved, Step, Subject, accept_sure, carry_out, redo, undo

_NEAR_END = 30
"""So many rows before the last one that was read the next ones are fetched."""

_NOTHING = Undoable(None, None)


class Reviewer(QObject):
    """One person, called `who`, at one list. All signals come in the GUI thread.

    `picked` are the photos that are chosen together. The signals are:
    `listed`: another list, or the same anew. `extended`: rows were added at its end. `renewed` (rows): what they show
    changed. `moved`: another photo is the current one. `counted`: the progress, or what can be undone, changed. `saved`
    (Action): a step is in the journal. `changed` (photo_ids): people said something else of these photos. `refused`
    (Exception): a step could not be saved; it is in `unsaved` where trying again makes sense. Where its photos are gone
    with a backup that was restored, the list is read anew. `done`: all that is listed is reviewed. `failed`
    (Exception): the list could not be read.
    """

    listed = Signal()
    extended = Signal()
    renewed = Signal(list)
    moved = Signal()
    counted = Signal()
    saved = Signal(object)
    changed = Signal(object)
    refused = Signal(object)
    done = Signal()
    failed = Signal(object)

    def __init__(
        self, database: Callable[[], Database], who: Callable[[], str] = str, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._database = database
        self._who = who
        self.desk = Desk(self)
        self.desk.failed.connect(self._fail)
        self.roll = Roll()
        self.row = 0
        self.total = 0
        self.scope = Scope.OPEN
        self.where = EVERYTHING
        self.undoable = _NOTHING
        self.picked: dict[int, None] = {}
        self.unsaved: list[Step] = []
        self.loaded = False
        self._progress = ReviewProgress()
        self._after: Cursor | None = None
        self._opening = False
        self._reading = False
        self._advancing = False
        self._broken: Step | None = None
        self._last: Action | None = None
        self._giving_up = False
        self._busy: BusyError | None = None

    @property
    def current(self) -> PhotoRecord | None:
        """The photo that is looked at."""
        return self.roll.at(self.row) if len(self.roll) else None

    @property
    def chosen(self) -> tuple[PhotoRecord, ...]:
        """The photos that a step is about: those that are picked, else the current one."""
        return tuple(map(self.roll.of, self.picked)) or ((self.current,) if self.current else ())

    @property
    def _current_id(self) -> int | None:
        return self.current.photo_id if self.current else None

    @property
    def _held(self) -> tuple[int, ...]:
        """The photos that the person is at: the current one, and those that are picked."""
        current = self._current_id
        return (() if current is None else (current,)) + tuple(one for one in self.picked if one != current)

    @property
    def progress(self) -> ReviewProgress:
        """How far the review of the place is, as it is shown."""
        return self._progress + self.roll.ahead()

    @property
    def working(self) -> bool:
        """Whether something that a person did is not saved."""
        return bool(self.roll.under_way or self.unsaved)

    @property
    def has_more(self) -> bool:
        """Whether there are photos to read that are not being read already."""
        return self._after is not None and not self._reading

    def open(self, where: HistoryFilter, scope: Scope, first: int | None = None) -> None:
        """Lists the photos of a filter, what needs a check first; the photo `first` before them all."""
        self.where, self.scope = where, scope
        self._ask_list(() if first is None else (first,), self._show_list)

    def refresh(self) -> None:
        """Lists the same again, with what came in meanwhile; what is picked, or current, by then stays."""
        if not self._opening:
            held = self._held
            self._ask_list(held, lambda listed: self._show_again(listed, held))

    def read_more(self) -> None:
        """Reads the next photos."""
        after, wanted = self._after, self.scope.within(self.where)
        if after is not None and not self._reading:
            self._reading = True
            self.desk.ask("list", lambda: more_of(self._database(), wanted, after), self._extend)

    def go(self, row: int) -> None:
        """Looks at the photo of a row."""
        if 0 <= row < len(self.roll):
            self._advancing = False
            self.row = row
            if row >= len(self.roll) - _NEAR_END:
                self.read_more()
            self.moved.emit()

    def do(self, step: Step) -> None:
        """Shows a step as done, and saves it. What was not saved before about the same is void."""
        self.unsaved = [one for one in self.unsaved if not _supersedes(step, one)]
        before = self.roll.under_way[-1] if self.roll.under_way else None
        rows, who = self.roll.begin(step), self._who()
        self.desk.do(
            lambda: self._save(step, before, who),
            lambda saved: self._keep(step, saved),
            lambda error: self._refuse(step, error),
        )
        self._tell(rows)

    def decide(self, step: Step) -> None:
        """Does a step, and goes on to the next photo that nobody has reviewed."""
        self.do(step)
        self._advancing = True
        self._advance()

    def undo(self) -> None:
        """Takes the last step back."""
        if self.unsaved:
            self.unsaved.pop()
            self.counted.emit()
        else:
            self.do(undo())

    def redo(self) -> None:
        """Does again what was undone last."""
        self.do(redo())

    def try_again(self) -> None:
        """Saves what could not be saved before."""
        steps, self.unsaved = self.unsaved, []
        for step in steps:
            self.do(step)

    def give_up(self) -> None:
        """Tries once more to save what could not be saved, and then forgets what still cannot be.

        Nothing waits for another program once something has waited for it in vain.
        """
        self._giving_up = True
        self.try_again()
        self._forget_unsaved()

    def _forget_unsaved(self) -> None:
        """Once nothing is under way: what was saved meanwhile may have had another step tried again."""
        if self.roll.under_way:
            self.desk.do(lambda: None, lambda _: self._forget_unsaved())
        else:
            self.unsaved = []
            self._giving_up, self._busy = False, None
            self.counted.emit()

    def count_sure(self, confidence: float, with_checks: bool, then: Callable[[int], None]) -> None:
        """Counts what `accept_sure` would accept; only the newest question is answered."""
        wanted = sure(self.where, confidence, with_checks=with_checks)
        self.desk.ask("sure", lambda: self._database().history.where(wanted).count(), then)

    def accept_sure(self, confidence: float, with_checks: bool) -> None:
        """Accepts everything of the place that is at least so sure."""
        self.do(accept_sure(sure(self.where, confidence, with_checks=with_checks), confidence))

    def close(self) -> None:
        """Saves what is to be saved, and ends the thread."""
        self.desk.close()

    def _save(self, step: Step, before: Step | None, who: str) -> Saved:
        """In the desk's thread. An undo that was meant for a step that was not saved takes no other back.

        Nor does one where the last step that is known of, by whomever, is gone with a backup that was restored.
        """
        if step.subject is Subject.JOURNAL and before is not None and before is self._broken:
            return Saved(None, (), (), self._database().reviews.undoable())
        try:
            if self._giving_up and self._busy is not None:
                raise self._busy
            if step.subject is Subject.JOURNAL and self._last is not None:
                self._database().reviews.require(self._last)
            saved = carry_out(step, self._database(), who)
        except Exception as error:
            self._broken = step
            self._busy = error if isinstance(error, BusyError) else None
            raise
        self._last = saved.action or self._last
        return saved

    def _ask_list(self, besides: Sequence[int], then: Callable[[Listed], None]) -> None:
        self._opening = self._reading = True
        wanted, place = self.scope.within(self.where), self.where.place
        self.desk.ask("list", lambda: read_list(self._database(), wanted, place, besides), then)

    def _show_list(self, listed: Listed) -> None:
        """Another list, from its beginning."""
        self._take_list(listed)
        self._advancing = False
        self.moved.emit()

    def _show_again(self, listed: Listed, held: Sequence[int]) -> None:
        """The same list again, which was asked for when these photos were `held`."""
        if any(photo not in held and photo not in listed for photo in self._held):
            self._opening = False
            self.refresh()  # the person went on, to a photo that it does not tell of
            return
        before = self.current
        self._take_list(listed, self._current_id)
        if before is None or self.current is None or not before.is_same_photo(self.current):
            self.moved.emit()
        if self._advancing:
            self._advance()

    def _take_list(self, listed: Listed, current: int | None = None) -> None:
        """Lists anew, and looks at this photo, where it is listed; else at the first."""
        self._opening = self._reading = False
        self.loaded = True
        picked = [self.roll.of(photo) for photo in self.picked]
        self.roll.clear()
        self.roll.append(listed.besides)
        self.roll.append(listed.page.records)
        self._after = listed.page.after
        self.total = max(listed.total, len(self.roll))
        self._progress, self.undoable, self._last = listed.progress, listed.undoable, listed.last
        self.row = 0 if current is None else self.roll.row_of(current) or 0
        self.picked = {one.photo_id: None for one in picked if self._lists(one)}
        self.listed.emit()
        self.counted.emit()

    def _lists(self, record: PhotoRecord) -> bool:
        return record.photo_id in self.roll and self.roll.of(record.photo_id).is_same_photo(record)

    def _extend(self, page: Page) -> None:
        self._reading = False
        self._after = page.after
        self._add(page.records)
        if self._advancing:
            self._advance()

    def _add(self, records: Sequence[PhotoRecord]) -> None:
        if self.roll.append(records):
            self.total = max(self.total, len(self.roll))
            self.extended.emit()

    def _advance(self) -> None:
        """Goes to the next open photo; where none is known yet, as soon as one is."""
        row = self.roll.next_open(self.row)
        if row is not None:
            self.go(row)
        elif self._after is not None:
            self.read_more()
        else:
            self._advancing = False
            self.done.emit()

    def _keep(self, step: Step, saved: Saved) -> None:
        rows, gone_on = self.roll.end(step, saved.records)
        self._progress += gone_on
        self.undoable = saved.undoable
        self._tell(rows)
        if saved.action is None:
            return
        self.try_again()  # what one step found room for, those before it may find too
        self.saved.emit(saved.action)
        self.changed.emit(saved.photos)
        if not saved.records:
            self.refresh()
        elif step.subject is Subject.JOURNAL:
            self._show_changed(saved.records)
        if step.subject is Subject.PLACE or not step.photos:
            self._recount()

    def _show_changed(self, records: Sequence[PhotoRecord]) -> None:
        """Brings the photo that an undo changed before the person's eyes."""
        self._add(records)
        row = self.roll.row_of(records[0].photo_id)
        if row is not None:
            self.go(row)

    def _recount(self) -> None:
        def show(progress: ReviewProgress) -> None:
            self._progress = progress
            self.counted.emit()

        place = self.where.place
        self.desk.ask("progress", lambda: self._database().reviews.progress(place), show)

    def _refuse(self, step: Step, error: Exception) -> None:
        rows, _ = self.roll.end(step)
        if isinstance(error, ReplacedError):
            self.open(self.where, self.scope)
        elif isinstance(error, UserError) and step.photos:
            self.unsaved.append(step)
            if len(self.unsaved) == 1 and rows:
                self.go(rows[0])
        self._tell(rows)
        self.refused.emit(error)

    def _fail(self, error: Exception) -> None:
        self._opening = self._reading = False
        self.failed.emit(error)

    def _tell(self, rows: list[int]) -> None:
        if rows:
            self.renewed.emit(rows)
        self.counted.emit()


def _supersedes(newer: Step, older: Step) -> bool:
    return newer.subject is older.subject and set(older.photos) <= set(newer.photos)
