"""Every error that nobody caught ends here: in the log with its traceback, and as a sentence in the window."""

from __future__ import annotations

import logging
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from defect_desktop.logs import report_bug

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}

_log = logging.getLogger(__name__)


class Hooks(QObject):
    """`bug` brings the sentence for the user to the thread that made the hooks, whichever thread raised the error."""

    bug = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._before = (sys.excepthook, threading.excepthook)

    def install(self) -> None:
        """From now on nothing goes unreported: exceptions in slots and in threads, and what Qt itself complains of."""
        sys.excepthook = self._catch
        threading.excepthook = self._catch_in_thread
        qInstallMessageHandler(_log_qt_message)

    def remove(self) -> None:
        """Puts things back as they were."""
        sys.excepthook, threading.excepthook = self._before
        qInstallMessageHandler(None)

    def _catch(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not issubclass(kind, Exception):  # Ctrl-C and sys.exit are no bugs
            self._before[0](kind, error, trace)
            return
        self.bug.emit(report_bug(error.with_traceback(trace)))

    def _catch_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._catch(args.exc_type, args.exc_value, args.exc_traceback)


def _log_qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    _log.log(_LEVELS.get(kind, logging.WARNING), "Qt: %s", text)
