"""What became of the photo that was just taken, over the live view; it goes away by itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from defect_desktop.core.record import PhotoRecord
from defect_desktop.ui.look import Look
from defect_desktop.ui.pages.camera.capture_strip import PICTURE
from defect_desktop.ui.pages.review.wording import program_says, program_state
from defect_desktop.ui.thumbnails import Thumbnails
from defect_desktop.ui.widgets.chip import Chip
from defect_desktop.ui.widgets.labels import label
from defect_desktop.ui.widgets.toast import SECONDS


class CaptureCard(QFrame):
    """Lies above the foot of its parent. `retake` asks for another photo, `review` for the review of this one."""

    retake = Signal()
    review = Signal(int)

    def __init__(self, look: Look, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self._parent = parent
        self._look = look
        self._thumbnails = thumbnails
        self._record: PhotoRecord | None = None
        self._picture = QLabel()
        self._picture.setFixedSize(PICTURE)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._verdict = label(role="title", wraps=True)
        self._chip = Chip(look)
        self._quality = label(wraps=True)
        self.retake_button = self._button("camera", self.tr("Retake"))
        self.retake_button.setToolTip(self.tr("Takes another photo; this one is kept as well."))
        self.retake_button.clicked.connect(self.retake)
        self.review_button = self._button("review", self.tr("Open in review"))
        self.review_button.clicked.connect(self._review)
        self._timer = QTimer(self, singleShot=True, interval=SECONDS * 1000)
        self._timer.timeout.connect(self.hide)
        thumbnails.changed.connect(self._show_picture)
        self._lay_out()
        self.hide()
        parent.installEventFilter(self)

    @property
    def text(self) -> str:
        """What is said; empty where nothing is."""
        return "" if self.isHidden() else "\n".join(filter(None, (self._verdict.text(), self._quality.text())))

    def show_record(self, record: PhotoRecord) -> None:
        """Shows a photo, its verdict and what is wrong with it as a photo, for a while."""
        self._record = record
        self._verdict.setText(program_says(record, self._look))
        self._chip.show_state(program_state(record))
        self._quality.setText("\n".join(self._look.say(finding.sentence) for finding in record.outcome.quality))
        self._quality.setVisible(bool(record.outcome.quality))
        self._show_picture()
        self.show()
        self.setAccessibleName(self.text)
        self._place()
        self.raise_()
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802, D102
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _review(self) -> None:
        if self._record is not None:
            self.review.emit(self._record.photo_id)

    def _show_picture(self) -> None:
        pixmap = self._thumbnails.get(self._record.outcome.photo) if self._record else None
        if pixmap is None or pixmap.isNull():
            self._picture.clear()
        else:
            self._picture.setPixmap(pixmap)

    def _place(self) -> None:
        edge = self._look.theme.sizes.s
        room = self._parent.rect()
        width = min(self._look.theme.sizes.grown(560), room.width() - 2 * edge)
        layout = self.layout()
        assert layout is not None
        high = layout.totalHeightForWidth(width)
        self.setGeometry((room.width() - width) // 2, room.height() - high - edge, width, high)

    def _lay_out(self) -> None:
        sizes = self._look.theme.sizes
        top = QHBoxLayout()
        top.setSpacing(sizes.m)
        top.addWidget(self._verdict, 1)
        top.addWidget(self._chip)
        top.addWidget(self._cross())
        words = QVBoxLayout()
        words.setSpacing(sizes.xs)
        words.addLayout(top)
        words.addWidget(self._quality)
        words.addStretch(1)
        upper = QHBoxLayout()
        upper.setSpacing(sizes.m)
        upper.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        upper.addLayout(words, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(sizes.s)
        buttons.addWidget(self.retake_button, 1)
        buttons.addWidget(self.review_button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.m, sizes.m, sizes.m, sizes.m)
        column.setSpacing(sizes.s)
        column.addLayout(upper)
        column.addLayout(buttons)

    def _button(self, icon: str, text: str) -> QPushButton:
        button = QPushButton(self._look.icon(icon), f" {text}")  # the style leaves too little room in between
        button.setAccessibleName(text)
        button.setIconSize(QSize(22, 22))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _cross(self) -> QToolButton:
        cross = QToolButton()
        cross.setIcon(self._look.icon("close"))
        cross.setIconSize(QSize(20, 20))
        cross.setProperty("kind", "bare")
        cross.setAccessibleName(self.tr("Close"))
        cross.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        cross.clicked.connect(self.hide)
        return cross
