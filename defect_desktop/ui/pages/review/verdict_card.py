"""What the program says of the photo, what people say, and where it was taken."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from defect_desktop.core.record import PhotoRecord
from defect_desktop.core.review import Remarks
from defect_desktop.ui.look import Look
from defect_desktop.ui.pages.review.wording import person_says, program_says, program_state
from defect_desktop.ui.widgets.chip import Chip
from defect_desktop.ui.widgets.labels import ElidedLabel, label

_ICON = 18


class VerdictCard(QFrame):
    """Both labels stay in sight, whoever was right."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._look = look
        self._program = label(role="title", wraps=True)
        self._chip = Chip(look)
        self._why = label(role="muted", wraps=True)
        self._person, self._person_row = self._line("human", "human")
        self._note, self._note_row = self._line("note", "text_muted")
        self._place, self._place_row = self._line("place", "text_muted")
        self._shot, self._shot_row = self._line("group", "text_muted")
        sizes = look.theme.sizes
        verdict = QHBoxLayout()
        verdict.addWidget(self._program, 1)
        verdict.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.l, sizes.s, sizes.m, sizes.s)
        column.setSpacing(sizes.xs)
        column.addLayout(verdict)
        for widget in (self._why, self._person_row, self._note_row, self._place_row, self._shot_row):
            column.addWidget(widget)

    @property
    def text(self) -> str:
        """All that is said."""
        shown = (self._program, self._why, self._person, self._note, self._place, self._shot)
        return "\n".join(one.text() for one in shown if one.text())

    def show_record(self, record: PhotoRecord) -> None:
        """Shows a photo's words."""
        verdict = record.outcome.verdict
        self._program.setText(self.tr("AI: {verdict}").format(verdict=program_says(record, self._look)))
        self._chip.show_state(program_state(record))
        reasons = verdict.check_reasons if verdict else ()
        self._why.setText(", ".join(self._look.say(reason.sentence) for reason in reasons))
        self._why.setVisible(bool(reasons))
        said = person_says(record, self._look)
        self._say(self._person, self._person_row, self.tr("Person: {said}").format(said=said) if said else "")
        remarks = record.remarks
        self._say(self._note, self._note_row, remarks.note)
        self._say(self._place, self._place_row, self._place_text(remarks))
        self._say(self._shot, self._shot_row, self._shot_text(remarks))

    def _place_text(self, remarks: Remarks) -> str:
        parts = remarks.place.parts().items()
        return " › ".join(self._look.say(part.name_of(value)) for part, value in parts if value)

    def _shot_text(self, remarks: Remarks) -> str:
        grouped = self.tr("One of the photos of a defect") if remarks.group is not None else ""
        return "  ·  ".join(filter(None, (grouped, self._look.say(remarks.shot.words) if remarks.shot else "")))

    def _say(self, line: ElidedLabel, row: QWidget, text: str) -> None:
        line.show_text(" ".join(text.split()))
        row.setVisible(bool(text))

    def _line(self, icon: str, role: str) -> tuple[ElidedLabel, QWidget]:
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(self._look.theme.sizes.s)
        picture = QLabel()
        picture.setPixmap(self._look.icons.pixmap(icon, self._look.theme.colour(role), _ICON, self.devicePixelRatioF()))
        text = ElidedLabel("body")
        across.addWidget(picture)
        across.addWidget(text, 1)
        return text, row
