"""Where photos are looked for, and reports written, unless another place is chosen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from defect_desktop.core.printable import printable
from defect_desktop.ui.dialogs import Dialogs
from defect_desktop.ui.navigation import PageContext
from defect_desktop.ui.pages.settings.section import Section
from defect_desktop.ui.widgets.labels import ElidedLabel, label


class FoldersSection(Section):
    """A folder, a button to choose another, and one to take the system's again."""

    def __init__(self, context: PageContext, dialogs: Dialogs, parent: QWidget | None = None) -> None:
        super().__init__(context.look, "folder", self.tr("Folders"), parent)
        self._preferences = context.preferences
        self.lines: dict[str, ElidedLabel] = {}
        self._resets: dict[str, QPushButton] = {}
        self._add("photo_folder", self.tr("The choice of photos begins in"), dialogs.choose_folder)
        self._add("report_folder", self.tr("Reports are written to"), dialogs.choose_report_folder)

    def _add(self, name: str, title: str, ask: Callable[[QWidget], Path | None]) -> None:
        line = self.lines[name] = ElidedLabel("body")
        choose = QPushButton(self.tr("Change…"))
        choose.setAccessibleName(f"{title}: {choose.text()}")
        choose.clicked.connect(lambda: self._choose(name, ask))
        reset = QPushButton(self.tr("Default folder"))
        reset.setAccessibleName(f"{title}: {reset.text()}")
        reset.clicked.connect(lambda: self._set(name, None))
        self._resets[name] = reset
        row = QHBoxLayout()
        row.setSpacing(self.look.theme.sizes.m)
        row.addWidget(line, 1)
        row.addWidget(choose)
        row.addWidget(reset)
        self.column.addWidget(label(title, "field"))
        self.column.addLayout(row)
        self._show(name)

    def _choose(self, name: str, ask: Callable[[QWidget], Path | None]) -> None:
        folder = ask(self)
        if folder is not None:
            self._set(name, folder)

    def _set(self, name: str, folder: Path | None) -> None:
        self._preferences.change(**{name: folder})
        self._show(name)

    def _show(self, name: str) -> None:
        folder: Path | None = getattr(self._preferences.value, name)
        self._resets[name].setEnabled(folder is not None)
        self.lines[name].show_text(printable(folder) if folder else self.tr("The system's own folder"))
