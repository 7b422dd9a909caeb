"""The camera page: the live view, the running verdict beside it, the shutter, and what was taken."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from defect_desktop.capture.camera import CameraState, CameraStatus
from defect_desktop.capture.video import CameraSource
from defect_desktop.core.record import PhotoRecord
from defect_desktop.language import Bilingual
from defect_desktop.ui.desk import Desk
from defect_desktop.ui.navigation import Page, PageContext
from defect_desktop.ui.pages.camera.camera_picker import CameraPicker
from defect_desktop.ui.pages.camera.capture_card import CaptureCard
from defect_desktop.ui.pages.camera.capture_strip import KEPT, PICTURE, CaptureStrip
from defect_desktop.ui.pages.camera.live_session import LiveSession
from defect_desktop.ui.pages.camera.live_view import LiveView
from defect_desktop.ui.pages.camera.running_verdict import RunningVerdict
from defect_desktop.ui.pages.camera.services import CameraServices
from defect_desktop.ui.pages.camera.shutter_button import ShutterButton
from defect_desktop.ui.pages.camera.sight import Hints, Sight
from defect_desktop.ui.places.place_bar import PlaceBar
from defect_desktop.ui.thumbnails import Thumbnails
from defect_desktop.ui.widgets.message_bar import Level, Message
from defect_desktop.ui.wording import button_text
from defect_desktop.workflows.inspect_live import Live

_SHUTTER_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_VolumeUp, Qt.Key.Key_VolumeDown)
_PANEL = 340
_UNLIMITED = 16777215  # Qt's QWIDGETSIZE_MAX


class CameraPage(Page):
    """Looks through the camera while it is in front, and lets go of it when it is not."""

    def __init__(self, context: PageContext, services: CameraServices) -> None:
        super().__init__()
        self._context = context
        self._look = context.look
        self._services = services
        self._names: dict[str, Bilingual] = {}
        self._hints = Hints()
        self.picker: CameraPicker | None = None
        self._desk = Desk(self)
        self._thumbnails = Thumbnails(services.show_photo, PICTURE, self.devicePixelRatioF(), self)
        self.view = LiveView(self._look)
        self.session = LiveSession(
            lambda shutter: services.inspect(context.preferences.value, shutter), self.view.room, self
        )
        self.place_bar = PlaceBar(self._look, services.places, self._desk)
        self.choice = QPushButton(self._look.icon("camera"), "")
        self.verdict = RunningVerdict(self._look)
        self.shutter = ShutterButton(self._look)
        self.strip = CaptureStrip(self._look, self._thumbnails)
        self.card = CaptureCard(self._look, self._thumbnails, self.view)
        self._lay_out()
        self._connect()
        self._name_camera()

    def take_photo(self) -> None:
        """Takes a photo of what the camera sees now, or begins to look again where looking had ended."""
        if not self.session.running:
            self._look_on()
        elif self.session.press(self.place_bar.place):
            self.shutter.setEnabled(False)

    def choose_camera(self) -> None:
        """Asks which camera to look through."""
        chosen = self._context.preferences.value
        present = (chosen.camera, chosen.camera_back_end)
        self.picker = CameraPicker(self._look, self._services.back_ends(), present, self.tr("Which camera?"), self)
        self.picker.picked.connect(self._use_camera)
        self.picker.open()

    # What follows is what the window asks of a page.

    @property
    def working(self) -> bool:  # noqa: D102
        return self.session.awaiting

    @property
    def replaceable(self) -> bool:  # noqa: D102
        return not (self.working or self.session.loading)  # a model pack that is being loaded cannot be stopped

    def stop_work(self) -> None:  # noqa: D102
        self.session.stop()

    def shown(self) -> None:  # noqa: D102
        self.place_bar.load()
        self._name_camera()
        self._look_on()

    def hidden(self) -> None:  # noqa: D102
        self.session.stop()
        self.card.hide()

    def memory(self) -> object:  # noqa: D102
        return self.strip.records

    def recall(self, memory: object) -> None:  # noqa: D102
        assert isinstance(memory, tuple)
        self.strip.show_records(memory)

    def close_page(self) -> None:  # noqa: D102
        self.session.close()
        self._thumbnails.close()
        self._desk.close()
        self._services.close()

    # What follows is Qt's interface, with Qt's names.

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802, D102
        if event.key() not in _SHUTTER_KEYS:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat() and self.shutter.isEnabled():
            self.take_photo()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102
        super().resizeEvent(event)
        upright = self.height() > self.width()
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._body.setDirection(down if upright else across)
        self._foot.setDirection(across if upright else down)
        width = self._look.theme.sizes.grown(_PANEL)
        self._panel.setMinimumWidth(0 if upright else width)
        self._panel.setMaximumWidth(_UNLIMITED if upright else width)

    # What the inspection tells.

    def _look_on(self) -> None:
        self.verdict.clear()
        self.view.show_notice(self.tr("Getting the model and the camera ready…"))
        self.session.start()

    def _learn(self, live: Live) -> None:
        self.view.forget_picture()
        self._names = {one.label: one.name for one in live.card.defect_classes()}

    def _show_sight(self, sight: Sight) -> None:
        self.view.show_picture(sight.image, [self._look.say(hint.sentence) for hint in self._hints.add(sight)])
        label = sight.running.label
        self.verdict.show_verdict(self._look.say(self._names[label]), sight.running)

    def _show_status(self, status: CameraStatus) -> None:
        if status.state is CameraState.LIVE:
            return  # the next picture says so
        self.verdict.clear()
        self.view.show_notice(self._trouble(status))

    def _trouble(self, status: CameraStatus) -> str:
        if status.trouble is None:
            return self.tr("Opening the camera…")
        reason = self._look.say(status.trouble)
        if self.view.has_picture:
            return self.tr("Camera lost – reconnecting") + "\n" + reason
        return reason

    def _show_captured(self, record: PhotoRecord) -> None:
        self.shutter.setEnabled(True)
        self.strip.show_records((record, *self.strip.records)[:KEPT])
        self._context.captured(record)
        if self.isVisible():
            self.card.show_record(record)

    def _refuse(self, reason: Bilingual) -> None:
        self.shutter.setEnabled(True)
        self._context.tell(Message(Level.WARNING, self._look.say(reason)))

    def _fail(self, error: Exception) -> None:
        self.shutter.setEnabled(True)
        self.verdict.clear()
        self.view.show_notice(self.tr("The live view has ended. Press the round button to begin again."))
        self._context.fail(error)

    # What a person does.

    def _use_camera(self, camera: str, back_end: str) -> None:
        self._context.preferences.change(camera=camera, camera_back_end=back_end)
        self._name_camera()
        self.session.stop()
        self._look_on()

    def _name_camera(self) -> None:
        camera = self._context.preferences.value.camera
        name = CameraSource(camera).name
        shown = self.tr("Camera {number}").format(number=name) if camera.isdecimal() else name
        short = self.choice.fontMetrics().elidedText(
            shown, Qt.TextElideMode.ElideMiddle, self._look.theme.sizes.grown(180)
        )
        self.choice.setText(button_text(f" {short}"))
        self.choice.setAccessibleName(self.tr("Choose the camera: {name}").format(name=shown))
        self.choice.setToolTip(self.tr("Choose the camera"))

    def _connect(self) -> None:
        session = self.session
        session.live.connect(self._learn)
        session.seen.connect(self._show_sight)
        session.status.connect(self._show_status)
        session.captured.connect(self._show_captured)
        session.refused.connect(self._refuse)
        session.failed.connect(self._fail)
        self._desk.failed.connect(self._context.fail)
        self.place_bar.place_changed.connect(self._context.moved)
        self.shutter.clicked.connect(self.take_photo)
        self.choice.clicked.connect(self.choose_camera)
        self.strip.tapped.connect(self.card.show_record)
        self.card.retake.connect(self.take_photo)
        self.card.review.connect(self._context.review)

    def _lay_out(self) -> None:
        sizes = self._look.theme.sizes
        self.choice.setIconSize(QSize(22, 22))
        self.choice.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        top = QHBoxLayout()
        top.setSpacing(sizes.m)
        top.addWidget(self.place_bar, 1)
        top.addWidget(self.choice)
        self._panel = QFrame()
        self._panel.setObjectName("card")
        self._foot = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._foot.setSpacing(sizes.l)
        self._foot.addStretch(1)
        self._foot.addWidget(self.shutter, 0, Qt.AlignmentFlag.AlignCenter)
        self._foot.addStretch(1)
        self._foot.addWidget(self.strip)
        inside = QVBoxLayout(self._panel)
        inside.setContentsMargins(sizes.l, sizes.m, sizes.l, sizes.l)
        inside.setSpacing(sizes.l)
        inside.addWidget(self.verdict)
        inside.addLayout(self._foot, 1)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(sizes.m)
        self._body.addWidget(self.view, 1)
        self._body.addWidget(self._panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(sizes.m)
        column.addLayout(top)
        column.addLayout(self._body, 1)
