"""Puts what was done about photos into words, for the message bar."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from defect_desktop.core.printable import printable
from defect_desktop.core.tally import Tally
from defect_desktop.ui.exporting import Exporter
from defect_desktop.ui.file_manager import open_folder
from defect_desktop.ui.session import Activity, Session
from defect_desktop.ui.widgets.message_bar import Level, Message


class Announcer(QObject):
    """`told` brings the message for what ended, and for what was added to work under way."""

    told = Signal(object)

    def __init__(self, session: Session, exporter: Exporter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        session.added.connect(self._added)
        session.finished.connect(self._finished)
        session.stopped.connect(self._stopped)
        exporter.exported.connect(self._exported)

    def _added(self, photos: int) -> None:
        if self._session.activity is not Activity.PREPARING:
            self.told.emit(Message(Level.INFO, self.tr("%n photo(s) added to those that wait.", "", photos)))

    def _finished(self, tally: Tally) -> None:
        if not tally.total:
            return
        parts = [self.tr("%n photo(s) classified", "", tally.total - tally.failed)]
        if tally.recalled:
            parts.append(self.tr("%n of them in an earlier run", "", tally.recalled))
        if tally.repeats:
            parts.append(self.tr("%n the same as another", "", tally.repeats))
        if tally.needs_check:
            parts.append(self.tr("%n need(s) a check", "", tally.needs_check))
        if tally.failed:
            parts.append(self.tr("%n failed", "", tally.failed))
        level = Level.WARNING if tally.failed else Level.DONE
        self.told.emit(Message(level, self.tr("Done: {parts}.").format(parts=", ".join(parts))))

    def _stopped(self) -> None:
        text = self.tr("Stopped. What was done is saved; the rest can be done at any time.")
        self.told.emit(Message(Level.INFO, text, (self.tr("Continue"), self._session.go_on)))

    def _exported(self, rows: int, target: Path) -> None:
        text = self.tr("%n row(s) written to {file}.", "", rows).format(file=printable(target))
        action = (self.tr("Open the folder"), lambda: open_folder(target.parent, self.told.emit))
        self.told.emit(Message(Level.DONE, text, action))
