"""Which version this is, what it is made of, and how to report that something is wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QPushButton, QWidget

from defect_desktop import __version__
from defect_desktop.ui.desk import Desk
from defect_desktop.ui.navigation import PageContext
from defect_desktop.ui.pages.settings.section import Section
from defect_desktop.ui.pages.settings.services import SettingsServices
from defect_desktop.ui.widgets.combo_box import combo_box
from defect_desktop.ui.widgets.labels import label
from defect_desktop.ui.widgets.sheet import Sheet
from defect_desktop.workflows.describe_installation import Installation
from defect_desktop.workflows.list_licences import Licence

_TEXT_HEIGHT = 200


class AboutSection(Section):
    """Two lines and two buttons."""

    def __init__(
        self,
        context: PageContext,
        services: SettingsServices,
        desk: Desk,
        save_diagnostics: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(context.look, "info", self.tr("About"), parent)
        self._services = services
        self._desk = desk
        self.column.addWidget(label(self.tr("Defect Desktop {version}").format(version=__version__), "strong"))
        self.made_of = self.add_note()
        desk.ask("installation", services.installation, self._tell)
        self.add_note(self.tr("Licence: Apache-2.0. The program works offline; photos stay on this computer."))
        self.licences = QPushButton(self.tr("Licences of what it is made of…"))
        self.licences.clicked.connect(lambda: desk.ask("licences", services.licences, self._show))
        diagnose = QPushButton(context.look.icon("diagnostics"), " " + self.tr("Save a diagnostic file…"))
        diagnose.clicked.connect(lambda: save_diagnostics())
        self.row(self.licences, diagnose)
        self.add_note(
            self.tr(
                "A diagnostic file holds logs, versions and settings, but no photos, no paths of photos and no names."
            )
        )

    def _tell(self, installation: Installation) -> None:
        self.made_of.setText("\n".join(self.look.say(line) for line in installation.lines()[1:]))

    def _show(self, licences: Sequence[Licence]) -> None:
        LicenceSheet(self, self.tr("Licences"), licences).open()


class LicenceSheet(Sheet):
    """A list of what there is, and the licence of the chosen one."""

    def __init__(self, section: Section, title: str, licences: Sequence[Licence]) -> None:
        super().__init__(section.look, title, section)
        parts = combo_box()
        parts.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        parts.setAccessibleName(self.accessibleName())
        parts.addItems([f"{one.name} {one.version}  ·  {one.kind}" for one in licences])
        text = QPlainTextEdit()
        text.setReadOnly(True)
        text.setAccessibleName(self.accessibleName())
        text.setMinimumHeight(_TEXT_HEIGHT)
        parts.currentIndexChanged.connect(lambda place: text.setPlainText(licences[place].text))
        text.setPlainText(licences[0].text)
        self.column.addWidget(parts)
        self.column.addWidget(text, 1)
