"""The models page: the packs, the details of one, the comparison of two, and the work that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from defect_desktop.core.printable import printable
from defect_desktop.core.progress import Progress
from defect_desktop.ui.background import Job, Task
from defect_desktop.ui.desk import Desk
from defect_desktop.ui.navigation import Page, PageContext
from defect_desktop.ui.pages.models.comparing import Comparing
from defect_desktop.ui.pages.models.details import PackDetails
from defect_desktop.ui.pages.models.dialogs import PackDialogs
from defect_desktop.ui.pages.models.pack_list import PackDelegate, PackModel
from defect_desktop.ui.pages.models.services import ModelsServices
from defect_desktop.ui.widgets.action_button import action_button
from defect_desktop.ui.widgets.flow_layout import FlowLayout
from defect_desktop.ui.widgets.message_bar import Level, Message
from defect_desktop.ui.widgets.progress_panel import ProgressPanel
from defect_desktop.ui.widgets.rows_view import RowsView
from defect_desktop.vision.pack import Pack
from defect_desktop.workflows.compare_packs import ComparedPacks, Judged
from defect_desktop.workflows.install_pack import PackTakenError
from defect_desktop.workflows.list_packs import ShelvedPack

_LIST_WIDTH = 340
_LIST_HEIGHT = 250
_UNLIMITED = 16777215  # Qt's QWIDGETSIZE_MAX


@dataclass(frozen=True, slots=True)
class _Memory:
    """What is looked at: the details of a pack, or what came of a comparison, which may have taken minutes."""

    pack: str | None
    sides: Sequence[str]
    compared: ComparedPacks | None
    comparing: bool


class ModelsPage(Page):
    """One piece of work at a time."""

    def __init__(self, context: PageContext, services: ModelsServices, dialogs: PackDialogs) -> None:
        super().__init__()
        self._context = context
        self._look = context.look
        self._services = services
        self._dialogs = dialogs
        self._task: Task | None = None
        self._recalled: str | None = None
        self._desk = Desk(self)
        self._desk.failed.connect(context.fail)
        self.model = PackModel(context.look)
        self._from_file = self._action("install", self.tr("Install a file…"), self._install_file)
        self._from_folder = self._action("folder", self.tr("Install a folder…"), self._install_folder)
        self._compare = self._action("compare", self.tr("Compare two…"), self.open_comparison)

    def furnish(self) -> Iterator[None]:
        """What is shown of one pack, then of two."""
        self.list = RowsView(self.tr("Model packs"), self.model)
        delegate = PackDelegate(self._look, self.model, self.list)
        self.list.paint_with(delegate, delegate.row_height)
        self.details = PackDetails(self._look)
        yield
        self.comparing = Comparing(self._look)
        self.progress = ProgressPanel(self._look)
        yield
        self._lay_out()
        self._connect()

    @property
    def working(self) -> bool:
        """A pack is being copied, checked or compared."""
        return self._task is not None

    @property
    def first(self) -> QWidget:
        """Where the keys of the face in front work."""
        return self.comparing.first if self._faces.currentWidget() is self.comparing else self

    @property
    def chosen(self) -> ShelvedPack | None:
        """The pack whose details are shown."""
        row = self.list.current_row
        return None if row is None or row >= len(self.model.packs) else self.model.packs[row]

    def stop_work(self) -> None:
        """What was there before stays as it was."""
        if self._task:
            self._task.cancel()

    def shown(self) -> None:
        """Somebody may have copied a pack into the folder meanwhile."""
        self._look_at_shelves()

    def memory(self) -> object:
        """The pack whose details are shown, and what was compared."""
        name = self.chosen.name if self.chosen else self._recalled
        comparing = self.comparing
        return _Memory(name, comparing.chosen, comparing.compared, self._faces.currentWidget() is comparing)

    def recall(self, memory: object) -> None:
        """Shows them."""
        if not isinstance(memory, _Memory):
            return
        self._recalled = memory.pack
        self.comparing.recall(memory.sides, memory.compared)
        if memory.comparing:
            self._faces.setCurrentWidget(self.comparing)

    def close_page(self) -> None:
        """Ends the threads."""
        if self._task:
            self._task.drop()
            self._task.wait()
        self._desk.close()

    def install(self, source: Path, replace: bool = False) -> None:
        """Installs a pack from a file or a folder."""
        task = self._begin(lambda: self._services.install(source, replace), self.tr("Copying and checking the pack…"))
        if task is None:
            return

        def failed(error: Exception) -> None:
            if isinstance(error, PackTakenError):
                self._offer_to_replace(error, source)
            else:
                self._context.fail(error)

        task.done.connect(self._tell_installed)
        task.failed.connect(failed)
        task.start()

    def _offer_to_replace(self, error: PackTakenError, source: Path) -> None:
        text = self.tr("{name} is installed already, in version {present}. Shall version {offered} take its place?")
        text = text.format(name=error.name, present=error.present or "?", offered=error.offered)
        again = (self.tr("Replace"), lambda: self.install(source, replace=True))
        self._context.tell(Message(Level.WARNING, text, again, owner=self))

    def _tell_installed(self, pack: Pack) -> None:
        card = pack.card
        text = self.tr("{name} {version} is installed and whole.").format(name=card.name, version=card.version)
        self._tell(text)
        self._look_at_shelves(card.name)
        if card.name == self._in_use:
            self._context.means_changed()

    def _look_at_shelves(self, name: str | None = None) -> None:
        wanted = name or (self.chosen.name if self.chosen else self._recalled or self._in_use)
        self._desk.ask("packs", self._services.packs, lambda packs: self._show(packs, wanted))

    def _show(self, packs: list[ShelvedPack], wanted: str) -> None:
        self.model.show(packs, self._in_use)
        row = self.model.row_of(wanted)
        if packs:
            self.list.select(0 if row is None else row)
        self.comparing.offer(packs, self._in_use)
        self._show_details()

    def _show_details(self) -> None:
        chosen = self.chosen
        in_use = chosen is not None and chosen.name == self._in_use
        self.details.show_pack(chosen, in_use=in_use, busy=self.working)

    @property
    def _in_use(self) -> str:
        return self._context.preferences.value.pack

    def _do(self, what: str) -> None:
        shelved = self.chosen
        if shelved is None or self.working:
            return
        deeds: dict[str, Callable[[str], None]] = {
            "use": self._use,
            "verify": self._verify,
            "export": self._export,
            "remove": self._remove,
        }
        deeds[what](shelved.name)

    def _use(self, name: str) -> None:
        self._context.preferences.change(pack=name)
        self._look_at_shelves(name)
        self._tell(self.tr("From now on photos are judged by {name}.").format(name=name))

    def _verify(self, name: str) -> None:
        whole = self.tr("Every file of {name} is what its card promises.").format(name=name)
        self._run(lambda: self._services.verify(name), self.tr("Checking the files…"), lambda _: self._tell(whole))

    def _export(self, name: str) -> None:
        target = self._dialogs.choose_target(self, name)
        if target is None:
            return
        written = self.tr("{name} is written to {file}.").format(name=name, file=printable(target))
        copying = self.tr("Writing the pack…")
        self._run(lambda: self._services.export(name, target), copying, lambda _: self._tell(written))

    def _remove(self, name: str) -> None:
        def remove() -> None:
            in_use = self._in_use
            self._desk.do(lambda: self._services.remove(name, in_use), lambda _: removed())

        def removed() -> None:
            self._tell(self.tr("{name} is removed.").format(name=name))
            self._look_at_shelves()
            if name == self._in_use:  # another one of its name came with the program
                self._context.means_changed()

        self._dialogs.confirm_removal(self, name, remove)

    def _compare_packs(self, names: tuple[str, str]) -> None:
        chosen = self._context.preferences.value
        looking = self.tr("Looking for photos that people reviewed…")
        self._run(lambda: self._services.compare(names, chosen), looking, self.comparing.show_compared)

    def _run(self, job: Job, line: str, on_done: Callable[[Any], None]) -> None:
        task = self._begin(job, line)
        if task is not None:
            task.done.connect(on_done)
            task.failed.connect(self._context.fail)
            task.start()

    def _begin(self, job: Job, line: str) -> Task | None:
        """The task for a job, not yet started; None where another one must end first."""
        if self.working:
            return None
        task = self._task = Task(job, self)
        task.events.connect(self._show_progress)
        task.stopped.connect(lambda: self._tell(self.tr("Stopped. Nothing was changed.")))
        task.ended.connect(self._end)
        self.progress.wait_for(line, stoppable=True)
        self._show_what_is_possible()
        return task

    def _end(self) -> None:
        if self._task:
            self._task.deleteLater()
        self._task = None
        self.progress.hide()
        self._show_what_is_possible()

    def _show_progress(self, events: list[Any]) -> None:
        match events[-1]:
            case Progress() as progress:
                self.progress.show_share(progress)
            case Judged(_, progress):
                self.progress.show_progress(progress)

    def _show_what_is_possible(self) -> None:
        for action in (self._from_file, self._from_folder):
            action.setEnabled(not self.working)
        self.comparing.show_busy(self.working)
        self._show_details()

    def _tell(self, text: str) -> None:
        self._context.tell(Message(Level.DONE, text))

    def _install_file(self) -> None:
        source = self._dialogs.choose_file(self)
        if source is not None:
            self.install(source)

    def _install_folder(self) -> None:
        source = self._dialogs.choose_folder(self)
        if source is not None:
            self.install(source)

    def open_comparison(self) -> None:
        """Shows where two packs are compared."""
        self._faces.setCurrentWidget(self.comparing)
        self.comparing.first.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102
        super().resizeEvent(event)
        upright = self.height() > self.width()
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._body.setDirection(down if upright else across)
        width = min(_LIST_WIDTH, self.width() * 2 // 5)  # what is known of a pack takes more room than its name
        self.list.setMinimumSize(*((0, _LIST_HEIGHT) if upright else (width, 0)))
        self.list.setMaximumSize(*((_UNLIMITED, _LIST_HEIGHT) if upright else (width, _UNLIMITED)))

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_details())
        self.details.asked.connect(self._do)
        self.comparing.asked.connect(self._compare_packs)
        self.comparing.left.connect(lambda: self._faces.setCurrentWidget(self._packs))
        self.progress.cancelled.connect(self.stop_work)

    def _lay_out(self) -> None:
        sizes = self._look.theme.sizes
        buttons = QWidget()
        flow = FlowLayout(sizes.s, buttons)
        for action in (self._from_file, self._from_folder, self._compare):
            flow.addWidget(action_button(action))
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(sizes.m)
        self._body.addWidget(self.list)
        self._body.addWidget(self.details, 1)
        self._packs = QWidget()
        column = QVBoxLayout(self._packs)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(sizes.m)
        column.addWidget(buttons)
        column.addLayout(self._body, 1)
        self._faces = QStackedWidget()
        for face in (self._packs, self.comparing):
            self._faces.addWidget(face)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(sizes.m)
        whole.addWidget(self.progress)
        whole.addWidget(self._faces, 1)

    def _action(self, icon: str, text: str, act: Callable[[], None]) -> QAction:
        action = QAction(self._look.icon(icon), text, self)
        action.triggered.connect(lambda: act())
        return action
