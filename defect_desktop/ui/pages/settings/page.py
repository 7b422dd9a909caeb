"""All settings, card below card."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QScroller, QVBoxLayout, QWidget

from defect_desktop.core.printable import printable
from defect_desktop.preferences import Preferences
from defect_desktop.ui.desk import Desk
from defect_desktop.ui.dialogs import Dialogs
from defect_desktop.ui.navigation import Page, PageContext
from defect_desktop.ui.pages.settings.about import AboutSection
from defect_desktop.ui.pages.settings.appearance import AppearanceSection
from defect_desktop.ui.pages.settings.backups import BackupsSection
from defect_desktop.ui.pages.settings.camera import CameraSection
from defect_desktop.ui.pages.settings.computing import ComputingSection
from defect_desktop.ui.pages.settings.folders import FoldersSection
from defect_desktop.ui.pages.settings.inspector import InspectorSection
from defect_desktop.ui.pages.settings.services import PackChoice, SettingsServices
from defect_desktop.ui.pages.settings.thresholds import ThresholdsSection
from defect_desktop.ui.pages.settings.window_services import WindowServices
from defect_desktop.ui.widgets.labels import label
from defect_desktop.ui.widgets.message_bar import Level, Message
from defect_desktop.workflows.benchmark import BenchmarkResult

_WIDTH = 860


@dataclass(frozen=True, slots=True)
class _Memory:
    scroll: int
    measured: BenchmarkResult | None


class SettingsPage(Page):
    """Asks its questions beside the window; every choice is kept and applied by the preferences."""

    def __init__(
        self,
        context: PageContext,
        services: SettingsServices,
        dialogs: Dialogs,
        window: WindowServices,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._dialogs = dialogs
        self._window = window
        self._preferences = context.preferences
        self._services = services
        self._desk = Desk(self)
        self._desk.failed.connect(context.fail)
        self._pack = context.preferences.value.pack
        self._scroll = 0
        self.complete = False

    def furnish(self) -> Iterator[None]:
        """Card by card; they are laid out one by one, too, once the page is seen."""
        context, services, desk = self._context, self._services, self._desk
        self.appearance = AppearanceSection(context)
        self.inspector = InspectorSection(context)
        yield
        self.thresholds = ThresholdsSection(context, services, desk)
        yield
        self.computing = ComputingSection(context, services)
        self.folders = FoldersSection(context, self._dialogs)
        yield
        self.camera = CameraSection(context)
        self.backups = BackupsSection(context, services, desk, self._dialogs, self._window.hindrance)
        yield
        self.about = AboutSection(context, services, desk, self._window.save_diagnostics)
        self.backups.restored.connect(self._window.read_anew)
        context.preferences.changed.connect(self._follow)
        self._lay_out(context)
        self._to_come: list[QWidget] = [
            self.appearance,
            self.inspector,
            self.thresholds,
            self.computing,
            self.folders,
            self.camera,
            self.backups,
            self.about,
        ]
        self._add = QTimer(self, interval=0)
        self._add.timeout.connect(self._add_card)
        self._add.start()

    @property
    def working(self) -> bool:  # noqa: D102
        return self.computing.working or self.backups.working

    def stop_work(self) -> None:  # noqa: D102
        self.computing.stop()
        self.backups.stop()

    def shown(self) -> None:  # noqa: D102
        self.camera.refresh()
        self.backups.refresh()
        self._look_for_packs()

    def scroll_to(self, section: QWidget) -> None:
        """Brings a card to the top, as far as there are cards below it."""
        self._area.verticalScrollBar().setValue(section.mapTo(self._cards, section.rect().topLeft()).y())

    def memory(self) -> object:
        """Where it was scrolled to, and what was measured, which takes a minute."""
        return _Memory(self._area.verticalScrollBar().value(), self.computing.measured)

    def recall(self, memory: object) -> None:  # noqa: D102
        if isinstance(memory, _Memory):
            self._scroll = memory.scroll
            self.computing.show_measured(memory.measured)

    def close_page(self) -> None:  # noqa: D102
        self._preferences.changed.disconnect(self._follow)
        self.computing.close_task()
        self.backups.close_task()
        self._desk.close()

    def _lay_out(self, context: PageContext) -> None:
        sizes = context.look.theme.sizes
        self._cards = QWidget()
        self._cards.setMaximumWidth(_WIDTH)
        self._stack = QVBoxLayout(self._cards)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(sizes.l)
        self._stack.addWidget(label(self.tr("Settings"), "headline"))
        self._stack.addStretch(1)
        inner = QWidget()
        inner.setMinimumHeight(1)  # else Qt takes the height for the least width, and scrolls into nothing
        centred = QHBoxLayout(inner)
        centred.setContentsMargins(0, 0, sizes.s, 0)
        centred.addStretch(1)
        centred.addWidget(self._cards, 100)
        centred.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidget(inner)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        QScroller.grabGesture(self._area.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area)

    def _add_card(self) -> None:
        if self._to_come:
            self._stack.insertWidget(self._stack.count() - 1, self._to_come.pop(0))
            return
        self._add.stop()
        self.complete = True
        self._area.verticalScrollBar().setValue(self._scroll)

    def _follow(self, preferences: Preferences) -> None:
        if preferences.pack != self._pack:
            self._pack = preferences.pack
            self._look_for_packs()

    def _look_for_packs(self) -> None:
        self._desk.ask("packs", self._services.packs, self._show_packs)

    def _show_packs(self, choices: Sequence[PackChoice]) -> None:
        self.inspector.show_packs(choices)
        chosen = next((choice for choice in choices if choice.name == self._pack), None)
        self.thresholds.show_packs(chosen.thresholds if chosen else None)
        if chosen is None:
            text = self.tr("The chosen model pack “{name}” is not here or cannot be used. Choose another one.")
            self._context.tell(Message(Level.WARNING, text.format(name=printable(Path(self._pack)))))
