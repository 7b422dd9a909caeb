"""What the window shows before there are results: what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from defect_desktop.ui.look import Look
from defect_desktop.ui.widgets.action_button import action_button
from defect_desktop.ui.widgets.labels import label

_WIDTH = 560


class StartPage(QWidget):
    """An invitation to choose or drop a folder, and what happens then."""

    def __init__(self, look: Look, choose: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        picture.setPixmap(look.icons.pixmap("photos", look.theme.colour("accent"), 96, self.devicePixelRatioF()))
        headline = label(self.tr("Drop a folder of photos here"), "headline", wraps=True)
        headline.setAlignment(Qt.AlignmentFlag.AlignCenter)
        steps = QWidget()
        steps.setMaximumWidth(_WIDTH)
        lines = QVBoxLayout(steps)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(look.theme.sizes.s)
        for number, text in enumerate(self._steps(), 1):
            lines.addWidget(label(f"{number}.  {text}", wraps=True))
        middle = QHBoxLayout()
        middle.addStretch()
        middle.addWidget(steps, 1)
        middle.addStretch()
        button = action_button(choose, primary=True)

        sizes = look.theme.sizes
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.xl, sizes.xl, sizes.xl, sizes.xl)
        column.setSpacing(sizes.xl)
        column.addStretch(2)
        column.addWidget(picture)
        column.addWidget(headline)
        column.addLayout(middle)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def _steps(self) -> tuple[str, ...]:
        return (
            self.tr("Choose a folder of photos, or drop folders or photos anywhere on this window."),
            self.tr("Every photo gets a defect class. The photos stay as they are, on this computer."),
            self.tr("Look at the photos marked “Needs check”, then export the list as a CSV file."),
        )
