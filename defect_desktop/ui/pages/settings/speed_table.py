"""What a measurement of the speed found, as a table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from defect_desktop.ui.look import Look
from defect_desktop.ui.widgets.labels import label
from defect_desktop.ui.wording import percent
from defect_desktop.workflows.benchmark import BenchmarkResult, EngineFigures

_UNKNOWN = "–"


class SpeedTable(QWidget):
    """Every engine, the plain way and decoding alone, in photos a second; below, what “Automatic” is from then on."""

    def __init__(self, look: Look, result: BenchmarkResult, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.theme.sizes.l)
        self._grid.setVerticalSpacing(look.theme.sizes.xs)
        self._grid.setColumnStretch(0, 1)
        headers = (
            "", self.tr("Photos/s"), self.tr("Against the plain way"), self.tr("Of the limit"), self.tr("Same labels"),
        )  # fmt: skip
        self._add(headers, "muted")
        for figures in sorted(result.engines, key=lambda one: one.pipeline_ms):
            self._add(self._engine(figures))
        if result.plain_ms is not None:
            self._add((self.tr("The plain way"), _rate(result.plain_ms)))
        self._add((self.tr("Reading photos alone"), _rate(result.decoding_ms)))
        text = (
            self.tr("“Automatic” is {engine} on {device} from now on: another must be clearly faster to replace it.")
            if result.kept
            else self.tr(
                "{engine} on {device} is recommended, but could not be saved: “Automatic” is what it was. Check "
                "the disk space and the permissions of the data folder, and measure again."
            )
        )
        chosen = text.format(engine=result.recommended.engine, device=result.recommended.device)
        self._grid.addWidget(label(chosen, wraps=True), self._grid.rowCount(), 0, 1, len(headers))

    def _engine(self, figures: EngineFigures) -> Sequence[str]:
        wording = (
            self.tr("{engine} on {device}, early exit") if figures.exits_early else self.tr("{engine} on {device}")
        )
        name = wording.format(engine=figures.engine, device=figures.device)
        times, equal = figures.times_as_fast, figures.equal_labels
        return (
            name,
            _rate(figures.pipeline_ms),
            _UNKNOWN if times is None else f"{QLocale().toString(times, 'f', 1)} ×",
            percent(figures.share_of_limit, 0),
            _UNKNOWN if equal is None else percent(equal),
        )

    def _add(self, cells: Sequence[str], role: str = "body") -> None:
        row = self._grid.rowCount()
        for column, text in enumerate(cells):
            cell = label(text, role, wraps=column == 0 or role == "muted")
            if column:
                cell.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(cell, row, column)


def _rate(milliseconds: float) -> str:
    return QLocale().toString(1000 / milliseconds, "f", 1)
