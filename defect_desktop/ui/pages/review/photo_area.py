"""The photo with what belongs to it: the heatmap over it, its tools, and the strip of its neighbours."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from defect_desktop.core.record import PhotoRecord
from defect_desktop.ui.look import Look
from defect_desktop.ui.pages.review.actions import ReviewActions
from defect_desktop.ui.pages.review.explaining import Explained, Explaining
from defect_desktop.ui.pages.review.film_model import FilmModel
from defect_desktop.ui.pages.review.filmstrip import PICTURE, Filmstrip
from defect_desktop.ui.pages.review.services import ReviewServices
from defect_desktop.ui.pages.review.why_panel import WhyPanel
from defect_desktop.ui.pages.review.wording import spoken
from defect_desktop.ui.results_model import file_name
from defect_desktop.ui.thumbnails import Thumbnails
from defect_desktop.ui.widgets.flow_layout import FlowLayout
from defect_desktop.ui.widgets.labels import ElidedLabel, label
from defect_desktop.ui.widgets.zoom_view import ZoomView

_WORDS_SHARE = 0.25
"""The part of the height that the tools may take at most with words on them, in several lines."""


class PhotoArea(QWidget):
    """`failed` brings an error that is a bug."""

    failed = Signal(object)

    def __init__(self, look: Look, services: ReviewServices, model: FilmModel, actions: ReviewActions) -> None:
        super().__init__()
        self._look = look
        self._record: PhotoRecord | None = None
        self._actions = actions
        self._thumbnails = Thumbnails(services.show_photo, PICTURE, self.devicePixelRatioF(), self)
        self._explaining = Explaining(services.explain, self)
        self._explaining.explained.connect(self._show_explained)
        self._explaining.failed.connect(self.failed)
        self.view = ZoomView(look, services.show_photo)
        self._name = ElidedLabel("muted", Qt.TextElideMode.ElideMiddle)
        self._place = label(role="muted")
        self.strip = Filmstrip(look, model, self._thumbnails)
        self.why = WhyPanel(look)
        self.why.hide()
        self._heat = QImage()
        self.why.opacity_changed.connect(lambda opacity: self.view.lay_over(self._heat, opacity))
        actions.why.toggled.connect(self._turn_why)
        actions.larger.triggered.connect(self.view.zoom_in)
        actions.smaller.triggered.connect(self.view.zoom_out)
        self.view.swiped.connect(lambda step: (actions.next if step > 0 else actions.previous).trigger())
        sizes = look.theme.sizes
        self._tools = QWidget()
        row = FlowLayout(sizes.s, self._tools)
        self._buttons = actions.tools()
        for button in self._buttons:
            row.addWidget(button)
        top = QHBoxLayout()
        top.addWidget(self._name, 1)
        top.addWidget(self._place)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(sizes.s)
        column.addLayout(top)
        column.addWidget(self.view, 1)
        column.addWidget(self.why)
        column.addWidget(self._tools)
        column.addWidget(self.strip)

    @property
    def busy(self) -> bool:
        """Whether closing would have to wait, for a model pack that is being loaded perhaps."""
        return self._explaining.busy

    def show_photo(self, record: PhotoRecord, following: PhotoRecord | None) -> None:
        """Shows a photo, and makes ready the one that follows."""
        before, self._record = self._record, record
        self._name.show_text(file_name(record))
        self.view.setAccessibleName(f"{file_name(record)}, {spoken(record, self._look)}")
        self.view.show_photo(record.outcome.photo, following.outcome.photo if following else None)
        told = before is not None and before.is_same_photo(record) and before.outcome == record.outcome
        if not told and self._actions.why.isChecked():
            self._ask_why()

    def show_place(self, row: int, total: int) -> None:
        """Says which of how many photos it is; `row` counts from 0."""
        self._place.setText(f"{row + 1:,} / {total:,}")

    def close_area(self) -> None:
        """Ends the threads."""
        self._thumbnails.close()
        self.view.close_loader()
        self._explaining.close()

    # What follows is Qt's interface, with Qt's names.

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102
        super().resizeEvent(event)
        self._fit_tools()

    def _fit_tools(self) -> None:
        """Where words take more lines than one, and the photo needs the room, the tools are icons."""
        only, beside = Qt.ToolButtonStyle.ToolButtonIconOnly, Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        for button in self._buttons:
            button.setToolButtonStyle(beside)
        line, high = self._buttons[0].sizeHint().height(), self._tools.heightForWidth(self.width())
        if high > line and (self._actions.why.isChecked() or high > _WORDS_SHARE * self.height()):
            for button in self._buttons:
                button.setToolButtonStyle(only)

    def _turn_why(self, on: bool) -> None:
        self.why.setVisible(on)
        self._fit_tools()
        if on and self._record is not None:
            self._ask_why()
        else:
            self._lay_over(QImage())

    def _ask_why(self) -> None:
        assert self._record is not None
        self._lay_over(QImage())
        self.why.wait()
        self._explaining.ask(self._record)

    def _show_explained(self, explained: Explained) -> None:
        if self._record is not None and explained.photo == self._record.photo_id and self._actions.why.isChecked():
            self.why.show_explained(explained, self._record)
            self._lay_over(explained.heat)

    def _lay_over(self, heat: QImage) -> None:
        self._heat = heat
        self.view.lay_over(heat, self.why.opacity)
