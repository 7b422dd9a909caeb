"""The help page: the topics at the left, what there is to say about one of them at the right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from defect_desktop.core.taxonomy import DefectClass
from defect_desktop.language import Bilingual
from defect_desktop.ui.desk import Desk
from defect_desktop.ui.navigation import Page, PageContext
from defect_desktop.ui.pages.help.services import HelpServices
from defect_desktop.ui.pages.help.sheets import DefectSheet, KeysSheet, StepsSheet
from defect_desktop.ui.pages.help.topics import PICTURE, TopicDelegate, TopicModel
from defect_desktop.ui.thumbnails import Thumbnails
from defect_desktop.ui.widgets.rows_view import RowsView

_TOPICS_WIDTH = 250


class HelpPage(Page):
    """The 19 defects, those of the user's own packs, and how the program is used."""

    def __init__(self, context: PageContext, services: HelpServices) -> None:
        super().__init__()
        look = self._look = context.look
        self._services = services
        self._desk = Desk(self)
        self._desk.failed.connect(context.fail)
        self._thumbnails = Thumbnails(services.show_photo, PICTURE, self.devicePixelRatioF(), self)
        self._remembered: object = None
        self.model = TopicModel(look)

    def furnish(self) -> Iterator[None]:
        """The topics, then sheet by sheet."""
        look = self._look
        self.topics = RowsView(self.tr("Topics"), self.model)
        delegate = TopicDelegate(look, self.model, self._thumbnails, self.topics)
        self.topics.paint_with(delegate, delegate.row_height)
        self.topics.setFixedWidth(_TOPICS_WIDTH)
        yield
        self._sheets = QStackedWidget()
        self._sheets.addWidget(StepsSheet(look))
        yield
        self._sheets.addWidget(KeysSheet(look))
        yield
        self.defect = DefectSheet(look, self._services.show_photo)
        self.defect.asked.connect(self.show_defect)
        self._sheets.addWidget(self.defect)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.theme.sizes.m)
        row.addWidget(self.topics)
        row.addWidget(self._sheets, 1)
        self._thumbnails.changed.connect(self.topics.viewport().update)
        self.topics.selectionModel().currentChanged.connect(lambda now, _: self._show_topic(now.row()))

    def shown(self) -> None:
        """A pack with other classes may have been installed meanwhile."""

        def look_up() -> tuple[list[DefectClass], Mapping[str, Path]]:
            return self._services.classes(), self._services.examples()

        self._desk.ask("classes", look_up, lambda answer: self._show_classes(*answer))

    def memory(self) -> object:
        """The topic."""
        return self.topics.current_row

    def recall(self, memory: object) -> None:
        """Shows it again."""
        self._remembered = memory

    def close_page(self) -> None:
        """Ends the threads."""
        self._thumbnails.close()
        self.defect.picture.close_loader()
        self._desk.close()

    def show_defect(self, label: str) -> None:
        """Shows what there is to say about a class."""
        row = self.model.row_of(label)
        if row is not None:
            self.topics.select(row)

    def _show_classes(self, classes: list[DefectClass], examples: Mapping[str, Path]) -> None:
        if (classes, examples) == (self.model.classes, self.model.examples):
            return
        row = self._remembered if isinstance(self._remembered, int) else self.topics.current_row
        self._remembered = None
        self.model.show(classes, examples)
        self.topics.select(min(row or 0, self.model.rowCount() - 1))

    def _show_topic(self, row: int) -> None:
        about = self.model.about(row) if row >= 0 else None
        if about is None:
            self._sheets.setCurrentIndex(max(0, row))
            return
        names = {each.label: each.name for each in self.model.classes}
        self.defect.show_class(about, self.model.example(row), lambda each: names.get(each, Bilingual(each, each)))
        self._sheets.setCurrentWidget(self.defect)
