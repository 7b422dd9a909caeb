"""Puts what the session did into words, for the message bar."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from defect_desktop.core.printable import printable
from defect_desktop.store.summary import RunSummary
from defect_desktop.ui.session import Session
from defect_desktop.ui.widgets.message_bar import Level, Message


class Announcer(QObject):
    """`told` brings the message for each ending of a task."""

    told = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        session.finished.connect(self._finished)
        session.stopped.connect(self._stopped)
        session.exported.connect(self._exported)

    def busy(self) -> None:
        """Tells that one thing must be finished before the next."""
        self.told.emit(Message(Level.INFO, self.tr("Let the present work finish first, or cancel it.")))

    def _finished(self, summary: RunSummary) -> None:
        parts = [self.tr("%n photo(s) classified", "", summary.total - summary.failed)]
        if summary.done_before:
            parts.append(self.tr("%n of them in an earlier run", "", summary.done_before))
        if summary.needs_check:
            parts.append(self.tr("%n need(s) a check", "", summary.needs_check))
        if summary.failed:
            parts.append(self.tr("%n failed", "", summary.failed))
        level = Level.WARNING if summary.failed else Level.DONE
        self.told.emit(Message(level, self.tr("Done: {parts}.").format(parts=", ".join(parts))))

    def _stopped(self) -> None:
        sources = self._session.sources
        text = self.tr("Stopped. What was done is saved; the rest can be done at any time.")
        go_on = (self.tr("Continue"), lambda: self._session.classify(sources))
        self.told.emit(Message(Level.INFO, text, go_on))

    def _exported(self, rows: int, target: Path) -> None:
        text = self.tr("%n row(s) written to {file}.", "", rows).format(file=printable(target))

        def open_folder() -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(target.parent)))

        self.told.emit(Message(Level.DONE, text, (self.tr("Open the folder"), open_folder)))
