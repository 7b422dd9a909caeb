"""Chooses the camera, and the part of the system that it is opened with."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from defect_desktop.capture.video import Backend
from defect_desktop.ui.look import Look
from defect_desktop.ui.pages.settings.camera import BACK_END_NAMES
from defect_desktop.ui.widgets.choice_group import ChoiceGroup
from defect_desktop.ui.widgets.labels import label
from defect_desktop.ui.widgets.sheet import Sheet

_NUMBERS = ("0", "1", "2", "3")
_OTHER = ""


class CameraPicker(Sheet):
    """`picked` brings the camera's address and its back end, as the preferences keep them."""

    picked = Signal(str, str)

    def __init__(
        self, look: Look, back_ends: Sequence[Backend], chosen: tuple[str, str], title: str, parent: QWidget
    ) -> None:
        super().__init__(look, title, parent)
        camera, back_end = chosen
        self.cameras: ChoiceGroup[str] = ChoiceGroup(look, self.tr("Camera"), single=True)
        numbered = [(number, self.tr("Camera {number}").format(number=number)) for number in _NUMBERS]
        self.cameras.offer([*numbered, (_OTHER, self.tr("Another"))])
        self.cameras.choose([camera if camera in _NUMBERS else _OTHER])
        self.address = QLineEdit("" if camera in _NUMBERS else camera)
        self.address.setPlaceholderText(self.tr("Device, video file, or rtsp:// address"))
        self.address.setAccessibleName(self.address.placeholderText())
        self.back_ends: ChoiceGroup[str] = ChoiceGroup(look, self.tr("Opened with"), single=True)
        words = {Backend.AUTO.value: self.tr("Automatic"), **BACK_END_NAMES}
        self.back_ends.offer([(one.value, words[one.value]) for one in back_ends])
        self.back_ends.choose([back_end])
        self.use_button = QPushButton(self.tr("Use this camera"))
        self.use_button.setProperty("kind", "primary")
        self._lay_out()
        self.cameras.changed.connect(self._follow)
        self.address.textChanged.connect(self._follow)
        self.address.returnPressed.connect(self.use_button.click)
        self.use_button.clicked.connect(self._use)
        self.first = self.cameras
        self._follow()

    @property
    def camera(self) -> str:
        """The address that is chosen; empty while it still has to be typed."""
        return self.cameras.chosen[0] or self.address.text().strip()

    def _follow(self) -> None:
        self.address.setEnabled(self.cameras.chosen == [_OTHER])
        self.use_button.setEnabled(bool(self.camera))

    def _use(self) -> None:
        self.picked.emit(self.camera, self.back_ends.chosen[0])
        self.accept()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.use_button)
        self.column.addWidget(self.cameras)
        self.column.addWidget(self.address)
        self.column.addWidget(label(self.tr("Opened with"), "field"))
        self.column.addWidget(self.back_ends)
        self.column.addStretch(1)
        self.column.addLayout(foot)
