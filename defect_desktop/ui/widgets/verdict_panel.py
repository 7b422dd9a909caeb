"""Everything the program has to say about one photo."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, QLocale
from PySide6.QtWidgets import QWidget

from defect_desktop.core.decision import Verdict
from defect_desktop.core.record import PhotoRecord
from defect_desktop.ui.look import Look
from defect_desktop.ui.record_state import state_of
from defect_desktop.ui.results_model import ResultsModel
from defect_desktop.ui.widgets.chip import Chip
from defect_desktop.ui.widgets.fact_card import FactCard, tell
from defect_desktop.ui.widgets.labels import label
from defect_desktop.ui.widgets.probability_bars import ProbabilityBars
from defect_desktop.ui.wording import percent


class VerdictPanel(FactCard):
    """The verdict, its reasons, the runners-up, and what made it. It scrolls where the window is low."""

    def __init__(self, look: Look, model: ResultsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._model = model
        self._label = label(role="headline", wraps=True)
        self._chip = Chip(look)
        self._reasons = label(wraps=True)
        self._human = label(wraps=True)
        self._bars = ProbabilityBars(look)
        self._agreement = label(wraps=True)
        self._origin = label(role="muted", wraps=True)
        told = (self._label, self._chip, self._reasons, self._human, self._bars, self._agreement)
        self._lay_out(look, told, self._origin)

    def show_record(self, record: PhotoRecord) -> None:
        """Shows the record."""
        verdict = record.outcome.verdict
        top = verdict.top if verdict else ()
        self._label.setText(self._model.label_text(record))
        self._label.setVisible(verdict is not None or record.remarks.review.given)
        self._chip.show_state(state_of(record))
        tell(self._reasons, "\n".join(self._model.reasons(record)))
        program = self._look.say(record.name_of(verdict.label)) if verdict and record.remarks.review.given else ""
        tell(self._human, self.tr("The model said: {label}").format(label=program) if program else "")
        self._bars.show_entries([(self._look.say(record.name_of(one.label)), one.probability) for one in top])
        tell(self._agreement, self._agreement_text(verdict) if verdict else "")
        self._origin.setText(self._origin_text(record))

    def _agreement_text(self, verdict: Verdict) -> str:
        if verdict.asked == 1:
            return self.tr("One network alone was asked.")
        return self.tr("Agreement of the models: {share}").format(share=percent(verdict.agreement, 0))

    def _origin_text(self, record: PhotoRecord) -> str:
        made = record.settings
        when = QLocale().toString(
            QDateTime.fromSecsSinceEpoch(int(record.classified_at.timestamp())), QLocale.FormatType.ShortFormat
        )
        lines = (
            self.tr("Model: {name} {version}").format(name=made.pack_name, version=made.pack_version),
            self.tr("Computed by: {engine}, {device}").format(engine=made.engine, device=made.device),
            self.tr("Classified: {time}").format(time=when),
        )
        return "\n".join(lines)
