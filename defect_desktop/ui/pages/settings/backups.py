"""The database's backups: make one, put one back. And where the data lies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, Signal
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from defect_desktop.core.printable import printable
from defect_desktop.store.backup import Backup
from defect_desktop.ui.desk import Desk
from defect_desktop.ui.dialogs import Dialogs
from defect_desktop.ui.file_manager import open_folder
from defect_desktop.ui.navigation import PageContext
from defect_desktop.ui.pages.settings.services import SettingsServices
from defect_desktop.ui.pages.settings.working_section import WorkingSection
from defect_desktop.ui.widgets.combo_box import combo_box
from defect_desktop.ui.widgets.message_bar import Level, Message
from defect_desktop.ui.wording import wrappable
from defect_desktop.workflows.keep_backups import Copied


class BackupsSection(WorkingSection):
    """`restored` says that the database is another one now. Nothing is restored while there is a `hindrance`.

    A copy that is broken off leaves the database as it was.
    """

    restored = Signal()

    def __init__(
        self,
        context: PageContext,
        services: SettingsServices,
        desk: Desk,
        dialogs: Dialogs,
        hindrance: Callable[[], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context, "backup", self.tr("Data and backups"), parent)
        self._services = services
        self._desk = desk
        self._dialogs = dialogs
        self._hindrance = hindrance
        self._backups: Sequence[Backup] = ()
        folder = QPushButton(context.look.icon("folder"), " " + self.tr("Open the data folder"))
        folder.clicked.connect(lambda: open_folder(services.data_folder, context.tell))
        self.add_note(
            self.tr("Results, reviews and settings are kept in {folder}.").format(
                folder=wrappable(services.data_folder)
            )
        )
        self.add_note(
            self.tr(
                "A backup is made every day, and before an update or a restore; of each kind the last five are kept."
            )
        )
        self.back_up = QPushButton(context.look.icon("backup"), " " + self.tr("Back up now"))
        self.back_up.clicked.connect(self._back_up)
        self.row(self.back_up, folder)
        self.list = combo_box()
        self.list.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.add_field(self.tr("Backups"), self.list)
        self.restore = QPushButton(context.look.icon("reset"), " " + self.tr("Restore this backup…"))
        self.restore.clicked.connect(self._ask_restore)
        self.row(self.restore)
        self.column.addWidget(self._bar)
        self._show([])

    def refresh(self) -> None:
        """Looks which backups there are."""
        self._desk.ask("backups", self._services.backups, self._show)

    def _show(self, backups: Sequence[Backup]) -> None:
        chosen = self._backups[self.list.currentIndex()].path if self._backups else None
        self._backups = backups
        self.list.clear()
        self.list.addItems([self._line(backup) for backup in backups])
        paths = [backup.path for backup in backups]
        if chosen in paths:
            self.list.setCurrentIndex(paths.index(chosen))
        self.list.setEnabled(bool(backups))
        self._allow()

    def _line(self, backup: Backup) -> str:
        locale = QLocale()
        made = QDateTime.fromSecsSinceEpoch(int(backup.made_at.timestamp()))
        when = locale.toString(made, QLocale.FormatType.ShortFormat)
        return "  ·  ".join((when, self.look.say(backup.reason.words), locale.formattedDataSize(backup.size)))

    def _allow(self) -> None:
        self.back_up.setEnabled(not self.working)
        self.restore.setEnabled(not self.working and bool(self._backups))

    def _back_up(self) -> None:
        self._run(self._services.back_up, self._tell_backed_up)

    def _ask_restore(self) -> None:
        if self._hindered():
            return
        backup = self._backups[self.list.currentIndex()]
        self._dialogs.confirm_restore(self, self._line(backup), lambda: self._restore(backup))

    def _restore(self, backup: Backup) -> None:
        if not self._hindered():  # work may have begun while the question was open
            self._run(lambda: self._services.restore(backup.path), self._tell_restored)

    def _hindered(self) -> bool:
        hindrance = self._hindrance()
        if hindrance:
            self._context.tell(Message(Level.INFO, hindrance))
        return bool(hindrance)

    def _advance(self, events: list[Copied]) -> None:
        self._bar.advance(events[-1].pages, events[-1].total)

    def _end(self) -> None:
        super()._end()
        self.refresh()

    def _tell_backed_up(self, backup: Backup | None) -> None:
        made = self.tr("The backup is made.")
        nothing = self.tr("There is nothing to back up yet.")
        level = Level.DONE if backup else Level.INFO
        if backup:
            self._show([backup, *self._backups])
            self.list.setCurrentIndex(0)
        self._context.tell(Message(level, made if backup else nothing))

    def _tell_restored(self, kept: Path | None) -> None:
        if kept is None:
            text = self.tr("The backup is restored.")
        elif kept.parent == self._services.data_folder:
            text = self.tr("The backup is restored. The damaged database is kept as {file}.")
            text = text.format(file=printable(kept))
        else:
            text = self.tr("The backup is restored. What was there before is kept as a backup too.")
        self._context.tell(Message(Level.DONE, text))
        self.restored.emit()
