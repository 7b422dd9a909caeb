"""The window's frame: the rail of pages, the messages above the page, and how it all ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QIcon, QKeySequence, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QMainWindow, QVBoxLayout, QWidget

from defect_desktop.ui.dialogs import Dialogs
from defect_desktop.ui.drop_target import DropTarget
from defect_desktop.ui.look import Look
from defect_desktop.ui.navigation import PageContext, PageEntry
from defect_desktop.ui.page_stack import PageStack
from defect_desktop.ui.widgets.drop_overlay import DropOverlay
from defect_desktop.ui.widgets.message_bar import Message, MessageBar
from defect_desktop.ui.widgets.navigation_bar import NavigationBar

_SIZE = QSize(1180, 760)
_LEAST = QSize(400, 400)
_DESK = QSize(1400, 900)
_PATIENCE_MS = 50
_STEP_MS = 1
_UNSEEN_MS = 2000
"""A window that comes up minimised is not painted; after so long it counts as on the screen."""
_OVER: Final = object()


class MainWindow(QMainWindow):
    """Knows no page but by its key. `appeared` says, once, that it is on the screen with all that belongs to it."""

    appeared = Signal()

    def __init__(
        self,
        look: Look,
        entries: Sequence[PageEntry],
        context: Callable[[], PageContext],
        dialogs: Dialogs,
        mark: QIcon,
    ) -> None:
        super().__init__()
        self.setWindowIcon(mark)
        self.setMinimumSize(_LEAST)
        self.resize(_SIZE)
        self._entries = entries
        self._dialogs = dialogs
        self._message: Message | None = None
        self._furnishing: Iterator[None] | None = None
        self._closing = QTimer(self, interval=_PATIENCE_MS)
        self._closing.timeout.connect(self._close_when_idle)
        self.pages = PageStack(entries, context)
        self.pages.turned.connect(self._mark)
        self._centre = QWidget()
        self.messages = MessageBar(look)
        self.navigation = NavigationBar(look, entries)
        self._frame = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._centre)
        self._frame.setContentsMargins(0, 0, 0, 0)
        self._frame.setSpacing(0)
        self._column = QVBoxLayout()
        self._column.addWidget(self.pages, 1)
        self._frame.addLayout(self._column, 1)
        self._put_on(look)
        self.setCentralWidget(self._centre)
        self.drops = DropTarget(self, DropOverlay(self._centre))
        self._add_shortcuts()

    def appear(self) -> None:
        """Shows the window; on the screen of a tablet it takes all the room there is."""
        room = self.screen().availableSize()
        if room.expandedTo(_DESK) == room:
            self.show()
        else:
            self.showMaximized()
        QTimer.singleShot(_UNSEEN_MS, self, self._furnish)

    def undress(self) -> Iterator[None]:
        """Throws away what has a look, before there is another, in steps between which the window may answer."""
        yield from self.pages.discard()
        self._message = self.messages.message
        for old in (self.messages, self.navigation):
            old.hide()
            old.deleteLater()
            QCoreApplication.sendPostedEvents(old, QEvent.Type.DeferredDelete)

    def wear(self, look: Look) -> None:
        """Takes on another look, after `undress`."""
        self.messages = MessageBar(look)
        self.navigation = NavigationBar(look, self._entries)
        self._put_on(look)
        if self._message:
            self.messages.tell(self._message)
        self.pages.restore()

    # What follows is Qt's interface, with Qt's names.

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802, D102
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802, D102
        super().paintEvent(event)
        if self._furnishing is None:
            QTimer.singleShot(0, self, self._furnish)  # by then all that lies in the window is painted too

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802, D102
        if not self.pages.working:
            self._closing.stop()
            event.accept()
            return
        event.ignore()
        if not self._closing.isActive():
            self._dialogs.confirm_stop(self, self.pages.at_stake, self._stop_and_close)

    def _furnish(self) -> None:
        if self._furnishing is None:
            self._furnishing = self.pages.furnish()
            self._take_step()

    def _take_step(self) -> None:
        """Between two steps the window answers."""
        if self._furnishing and next(self._furnishing, _OVER) is not _OVER:
            QTimer.singleShot(_STEP_MS, self, self._take_step)
        else:
            self.appeared.emit()
            self.pages.come_to_sight()

    def _mark(self, key: str) -> None:
        self.navigation.mark(key)

    def _put_on(self, look: Look) -> None:
        self.setWindowTitle(self.tr("Defect Desktop"))
        self.setLocale(QLocale())  # which else stays that of the language in which the window was made
        sizes = look.theme.sizes
        self._column.setContentsMargins(sizes.l, sizes.l, sizes.l, sizes.m)
        self._column.setSpacing(sizes.m)
        self._column.insertWidget(0, self.messages)
        self._frame.insertWidget(0, self.navigation)
        self.navigation.chosen.connect(self.pages.turn_to)
        if self.pages.key is not None:  # a page at work is not turned to anew
            self.navigation.mark(self.pages.key)
        self._arrange()

    def _arrange(self) -> None:
        """Upright the rail lies at the foot, where thumbs are."""
        upright = self.height() > self.width()
        down = QBoxLayout.Direction.BottomToTop
        self._frame.setDirection(down if upright else QBoxLayout.Direction.LeftToRight)
        self.navigation.lie_down(upright)

    def _add_shortcuts(self) -> None:
        for place, entry in enumerate(self._entries):
            self._shortcut(QKeySequence(f"Ctrl+{place + 1}"), entry.key)
            if entry.key == "help":
                self._shortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), entry.key)

    def _shortcut(self, keys: QKeySequence, page: str) -> None:
        QShortcut(keys, self).activated.connect(lambda: self.pages.turn_to(page))

    def _stop_and_close(self) -> None:
        self.pages.stop_work()
        self._closing.start()
        self._close_when_idle()

    def _close_when_idle(self) -> None:
        if not self.pages.working:
            self.close()
