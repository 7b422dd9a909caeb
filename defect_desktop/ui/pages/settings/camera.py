"""Which camera, and how it is opened."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QLineEdit, QWidget

from defect_desktop import settings
from defect_desktop.ui.navigation import PageContext
from defect_desktop.ui.pages.settings.section import Section
from defect_desktop.ui.widgets.choice_group import ChoiceGroup

_HERE = {"win32": ("dshow", "msmf"), "linux": ("v4l2", "gstreamer"), "darwin": ("avfoundation",)}
"""What there is on which system."""

BACK_END_NAMES = {
    "dshow": "DirectShow",
    "msmf": "Media Foundation",
    "v4l2": "V4L2",
    "gstreamer": "GStreamer",
    "avfoundation": "AVFoundation",
}


class CameraSection(Section):
    """The camera is kept when the field is left."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context.look, "camera", self.tr("Camera"), parent)
        self._preferences = context.preferences
        self.source = QLineEdit()
        self.source.editingFinished.connect(self._keep)
        self.add_field(self.tr("Source"), self.source, context.look.say(settings.CAMERA.meaning))
        self.back_ends: ChoiceGroup[str] = ChoiceGroup(self.look, self.tr("Opened with"), single=True)
        self.back_ends.changed.connect(lambda: self._preferences.change(camera_back_end=self.back_ends.chosen[0]))
        self.add_field(self.tr("Opened with"), self.back_ends, context.look.say(settings.CAMERA_BACK_END.meaning))
        self.refresh()

    def refresh(self) -> None:
        """Shows the camera in use: another may have been chosen on its own page."""
        chosen = self._preferences.value.camera_back_end
        self.source.setText(self._preferences.value.camera)
        offered = dict.fromkeys(["auto", *_HERE.get(sys.platform, ()), chosen])
        words = {"auto": self.tr("Automatic"), **BACK_END_NAMES}
        self.back_ends.offer([(value, words[value]) for value in offered])
        self.back_ends.choose([chosen])

    def _keep(self) -> None:
        source = self.source.text().strip() or settings.CAMERA.default
        self.source.setText(source)
        self._preferences.change(camera=source)
