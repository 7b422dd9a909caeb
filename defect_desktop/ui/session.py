"""What the window is doing about photos: here the queue is filled, worked and halted. Pages only listen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from defect_desktop.core.place import Place
from defect_desktop.core.waiting import WaitingState
from defect_desktop.ui.background import Task
from defect_desktop.ui.desk import Desk
from defect_desktop.ui.folder_watch import FolderWatch
from defect_desktop.ui.services import Services
from defect_desktop.ui.shift import Counts, Shift, left_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from defect_desktop.core.record import PhotoRecord
    from defect_desktop.language import Bilingual
    from defect_desktop.workflows.events import LatestRun, Loaded, Working

Watched = tuple[Path, Callable[[], Place | None]]
"""A folder, and what tells where the photos that arrive there are taken."""


class Activity(Enum):
    """What is going on. In `PAUSED` photos wait for the user's word, in `WATCHING` the program for photos."""

    IDLE = auto()
    LOADING = auto()
    PREPARING = auto()
    CLASSIFYING = auto()
    PAUSED = auto()
    WATCHING = auto()
    STOPPING = auto()


class Session(QObject):
    """The signals tell the whole story, in the GUI thread.

    A shift is what is done from one rest to the next: photos from any source, added at any time. `cleared` (with the
    notice of a pack, or None) says that the records which `arrived` from then on are another shift's. It is `started`,
    `progressed`, and ends in `finished` (with its tally), `stopped` or `failed`. Photos that are left over wait, also
    for the next start of the program.
    """

    activity_changed = Signal(object)
    cleared = Signal(object)
    added = Signal(int)
    arrived = Signal(list)
    started = Signal(object)
    progressed = Signal(object)
    finished = Signal(object)
    stopped = Signal()
    failed = Signal(object)
    went_idle = Signal()

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._queue = services.queue
        self._desk = Desk(self)
        self._desk.failed.connect(self.failed)
        self._work: Task | None = None
        self._loading: list[Task] = []
        self._unread = False
        self._filling = 0
        self._fresh = True
        self._halted = False
        self._closing = False
        self._ready = False
        self._shift = Shift()
        self.watch = FolderWatch(services.queue, self)
        self.watch.failed.connect(self.failed)
        self.watch.changed.connect(self._note_arrivals)
        self.activity = Activity.IDLE
        self._given_up: Sequence[int] = ()
        self._arrived: tuple[Path | None, int] = (None, 0)
        self._watched: Watched | None = None
        self._let_be: Watched | None = None

    @property
    def idle(self) -> bool:
        """Whether nothing is going on but perhaps the loading of results."""
        return self.activity in (Activity.IDLE, Activity.LOADING)

    @property
    def working(self) -> bool:
        """Whether something is going on that must not simply be cut off."""
        return self.activity in (Activity.PREPARING, Activity.CLASSIFYING, Activity.STOPPING)

    def load_latest(self) -> None:
        """Shows what the last run left behind, and what still waits. Must not be called while `working`."""
        assert not self.working
        self._drop_loading()
        task = Task(self._services.load_latest, self)
        task.events.connect(self._handle_loaded)
        task.failed.connect(self._note_unread)
        task.ended.connect(lambda: self._end_loading(task))
        self._loading.append(task)
        self._enter(Activity.LOADING)
        task.start()

    def make_up(self) -> None:
        """Loads again what could not be loaded, unless other photos are listed or worked on by now."""
        if self._unread and self.activity in (Activity.IDLE, Activity.PAUSED):
            self.load_latest()

    def classify(self, sources: tuple[Path, ...], place: Place | None) -> None:
        """Queues the photos in files and folders, and works through the queue.

        They were taken in `place`, the one that is remembered where it is None.
        """
        self._begin()
        self._fill(lambda: self._queue.add_files(sources, place))

    def paste(self, pixels: NDArray[np.uint8], place: Place | None) -> None:
        """Queues a picture, RGB (H, W, 3), and works through the queue; `place` as in `classify`."""
        self._begin()
        self._fill(lambda: self._queue.add_picture(pixels, place))

    def watch_folder(self, folder: Path, place: Callable[[], Place | None]) -> None:
        """Queues what arrives in a folder, taken in the `place` of that moment, and works through the queue.

        It ends when the watch or the work is stopped.
        """
        self._begin()
        self._watched = folder, place
        self.watch.start(folder, place)
        self._ask_counts()

    def join(self, record: PhotoRecord) -> None:
        """Lists a photo that has its outcome already: the camera's engine took it from the queue, out of turn.

        It joins what this start of the program has listed, be it at rest, and replaces what an earlier one left.
        """
        self._drop_loading()
        if self._fresh:
            self._clear(record.settings.notice)
        self._fresh = False
        if not self._shift.lists(record):  # the work on the queue may have been faster
            self._arrive([record])

    def pause(self) -> None:
        """Lets the photos wait; those under way too. What is added from now on waits with them."""
        if self.activity is Activity.CLASSIFYING:
            self._control(self._queue.pause)

    def resume(self) -> None:
        """Goes on with the photos that wait."""
        if self.activity is Activity.PAUSED:
            self._halted = False
            self._control(self._queue.resume)

    def cancel(self) -> None:
        """Gives up the photos that wait, and the watch; `stopped` follows."""
        if self.activity in (Activity.PREPARING, Activity.CLASSIFYING, Activity.PAUSED):
            self._halt(self._give_up)

    def go_on(self) -> None:
        """Takes up again what was cancelled or stopped last, photos and watch, and lists it with what is done of it."""
        self._begin(anew=False)
        given_up = self._given_up
        self._fill(lambda: self._queue.take_back(given_up))
        if self._let_be and not self.watch.folder:
            self.watch.start(*self._let_be)
        self.resume()

    def stop(self) -> None:
        """Stops the work, as the window closes; photos that wait, or are added still, keep their turn.

        `stopped` follows.
        """
        self._halted = self._closing = True
        if self.working and self.activity is not Activity.STOPPING:
            self._halt(self._ask_counts)

    def renew(self) -> None:
        """Goes on with what the preferences say now: pack, engine, device, thresholds. The photos keep their turn."""
        if self._work and self.activity is not Activity.STOPPING:
            self._work.cancel()  # once it is over, the queue is counted, and worked anew where photos wait

    def shut_down(self) -> None:
        """Stops everything and waits until no thread runs. The event loop may be over already."""
        tasks = [*self._loading, *([self._work] if self._work else [])]
        for task in tasks:
            task.drop()
        self.watch.shut_down()
        for task in tasks:
            task.wait()
        self._desk.close()

    def _begin(self, *, anew: bool = True) -> None:
        """Something is to be done: in a new shift, unless one is under way or left over, or not even `anew`."""
        self._drop_loading()
        self._halted = self._closing
        if self.idle:
            self._fresh |= anew
            self._enter(Activity.PREPARING)

    def _fill(self, call: Callable[[], int]) -> None:
        self._filling += 1
        self._desk.do(call, self._filled, self._not_filled)

    def _filled(self, photos: int) -> None:
        self._filling -= 1
        self.added.emit(photos)
        self._ask_counts()

    def _not_filled(self, error: Exception) -> None:
        self._filling -= 1
        self._fail(error)
        self._ask_counts()

    def _control(self, call: Callable[[], int]) -> None:
        """Changes what waits, which is known once the queue is counted."""
        self._desk.do(call, None, self._fail)
        self._ask_counts()

    def _give_up(self) -> None:
        self._desk.do(self._queue.cancel, self._note_given_up, self._fail)
        self._ask_counts()

    def _note_given_up(self, photos: Sequence[int]) -> None:
        self._given_up = photos

    def _halt(self, then: Callable[[], None]) -> None:
        self._halted = True
        self._given_up = ()
        self._let_be = self._watched if self.watch.folder else None
        self.watch.stop()
        self._enter(Activity.STOPPING)
        if self._work:
            self._work.cancel()
        then()

    def _ask_counts(self) -> None:
        self._desk.do(self._queue.counts, self._note_counts, self._note_uncounted)

    def _note_uncounted(self, error: Exception) -> None:
        self._fail(error)
        self._rest(Activity.IDLE)

    def _note_counts(self, counts: Counts) -> None:
        """The queue was counted, after everything that was asked of it."""
        if self._work is not None:
            self._shift.expect_more(counts)
            self._follow(counts)
        elif self._halted or self.activity is Activity.LOADING:
            self._settle(counts)
        elif counts.get(WaitingState.WAITING) or self._filling or self.watch.folder:
            self._start_work()
        else:
            self._settle(counts)

    def _note_arrivals(self) -> None:
        """The work counts what arrives; where there is none, it is counted when there is more of it, or no watch."""
        status = self.watch.status
        queued = status.queued + status.brought_back if status else 0
        before, self._arrived = self._arrived, (self.watch.folder, queued)
        if self._arrived != before and self._work is None and self.activity is Activity.PAUSED:
            self._ask_counts()

    def _settle(self, counts: Counts) -> None:
        """Nobody works any more."""
        left = left_of(counts)
        if self.activity is Activity.STOPPING:
            self.stopped.emit()
        elif not left and not self._halted and self.activity in (Activity.CLASSIFYING, Activity.WATCHING):
            self.finished.emit(self._shift.tally)
        self._shift.expect(counts)
        waits = left > 0 or self.watch.folder is not None
        if waits:
            self._fresh = False
            self.progressed.emit(self._shift.progress)
        self._rest(Activity.PAUSED if waits else Activity.IDLE)

    def _rest(self, activity: Activity) -> None:
        if activity is Activity.IDLE:
            self._shift.reset()
        self._enter(activity)
        self.went_idle.emit()

    def _start_work(self) -> None:
        if self.activity is Activity.STOPPING:
            self.stopped.emit()
        self._ready = self._unread = False
        task = self._work = Task(self._queue.work, self)
        task.events.connect(self._handle)
        task.failed.connect(self._fail_work)
        task.ended.connect(self._end_work)
        self._enter(Activity.PREPARING)
        task.start()

    def _fail(self, error: Exception) -> None:
        self.failed.emit(error)

    def _fail_work(self, error: Exception) -> None:
        """What waits, and arrives in a watched folder, goes on waiting, until the user has mended what is wrong."""
        self._halted = True
        self._fail(error)

    def _end_work(self) -> None:
        assert self._work is not None
        self._work.deleteLater()
        self._work = None
        self._ask_counts()

    def _handle(self, events: list[Any]) -> None:
        """Passes a batch on: all records at once, and of several steps of progress only the last."""
        from defect_desktop.workflows.events import Standing, Worked, Working  # loaded beside the window, by the work

        records: list[PhotoRecord] = []
        standing: Counts | None = None
        for event in events:
            match event:
                case Working():
                    self._note_start(event)
                case Worked():
                    records += self._shift.take(event)
                case Standing():
                    standing = event.counts
                    self._shift.expect(standing)
        if records:
            self.arrived.emit(records)
        if standing is not None:
            self._follow(standing)

    def _arrive(self, records: list[PhotoRecord]) -> None:
        self._shift.list_also(records)
        self.arrived.emit(records)

    def _clear(self, notice: Bilingual | None) -> None:
        self._shift.clear_list()
        self.cleared.emit(notice)

    def _note_start(self, event: Working) -> None:
        notice = event.card.notice
        if self._fresh:
            self._shift.reset()
            self._clear(notice.bilingual() if notice else None)
        self._fresh, self._ready = False, True
        self._shift.restart_meter()
        self.started.emit(event)

    def _follow(self, counts: Counts) -> None:
        """The work goes on, while there is something to do, or to wait for."""
        if self.activity is Activity.STOPPING or self._work is None or not self._ready:
            return
        if counts.get(WaitingState.WAITING):
            if self.activity is not Activity.CLASSIFYING:
                self._shift.restart_meter()
                self._enter(Activity.CLASSIFYING)
        elif counts.get(WaitingState.PAUSED):
            self._enter(Activity.PAUSED)
        elif self.watch.folder:
            self._enter(Activity.WATCHING)
        elif not self._filling:
            self._enter(Activity.CLASSIFYING)
            self._work.cancel()
        self.progressed.emit(self._shift.progress)

    def _enter(self, activity: Activity) -> None:
        if activity is not self.activity:
            self.activity = activity
            self.activity_changed.emit(activity)

    def _handle_loaded(self, events: list[LatestRun | Loaded]) -> None:
        from defect_desktop.workflows.events import LatestRun, Loaded

        for event in events:
            match event:
                case LatestRun():
                    self._clear(event.notice)
                case Loaded():
                    self._arrive(event.records)

    def _note_unread(self, error: Exception) -> None:
        self._unread = True
        self._fail(error)

    def _drop_loading(self) -> None:
        self._unread = False
        for task in self._loading:
            task.drop()

    def _end_loading(self, task: Task) -> None:
        self._loading.remove(task)
        task.deleteLater()
        if self.activity is Activity.LOADING and not self._loading:
            self._ask_counts()
