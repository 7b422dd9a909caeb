"""Puts what went wrong into one sentence, wherever it did; what nobody expected comes with a way to report it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from defect_desktop.errors import UserError
from defect_desktop.language import Bilingual
from defect_desktop.logs import report_bug
from defect_desktop.ui.look import Look
from defect_desktop.ui.widgets.message_bar import Level, Message


class Failures(QObject):
    """`told` brings the message. `save_diagnostics` is what the button below an unexpected error does."""

    told = Signal(object)

    def __init__(self, look: Look, save_diagnostics: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._save_diagnostics = save_diagnostics

    def tell(self, error: Exception) -> None:
        """Tells of an exception that ended some work."""
        if isinstance(error, UserError):
            self.told.emit(Message(Level.ERROR, self.look.say(error.sentence)))
        else:
            self.tell_bug(report_bug(error))

    def tell_bug(self, sentence: Bilingual) -> None:
        """Tells of an error that nobody expected, in the sentence that its report came with."""
        action = (self.tr("Save a diagnostic file…"), self._save_diagnostics)
        self.told.emit(Message(Level.ERROR, self.look.say(sentence), action))
