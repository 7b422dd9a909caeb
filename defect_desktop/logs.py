"""The program's log: a rotating file in the data folder, and there only; results never depend on it."""

from __future__ import annotations

import faulthandler
import logging
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from defect_desktop.core.printable import printable
from defect_desktop.language import Bilingual

if TYPE_CHECKING:
    from logging.handlers import RotatingFileHandler

LOG_FILE = "defect-desktop.log"
CRASH_FILE = "crash.log"
_MOST_BYTES = 1_000_000
_FORMAT = "%(asctime)s %(levelname)s %(process)d %(threadName)s %(name)s: %(message)s"

_log = logging.getLogger(__name__)


class _LogFile(logging.Handler):
    """A rotating file that is loaded and opened with its first line: most runs have nothing to log."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.file = file

    def emit(self, record: logging.LogRecord) -> None:
        self._rotating.emit(record)

    def close(self) -> None:
        if "_rotating" in vars(self):
            self._rotating.close()
        super().close()

    @cached_property
    def _rotating(self) -> RotatingFileHandler:
        from logging.handlers import RotatingFileHandler

        class Rotating(RotatingFileHandler):
            def doRollover(self) -> None:  # noqa: N802 - the name is logging's
                """Windows lets nobody rename a file that another program writes to: the file grows until it does."""
                if self.stream:
                    self.stream.close()
                    self.stream = None
                try:
                    Path(self.baseFilename).rename(self.baseFilename)  # to itself, before the older files move up
                except OSError:
                    return
                super().doRollover()

        rotating = Rotating(
            self.file, maxBytes=_MOST_BYTES, backupCount=3, encoding="utf-8", errors="backslashreplace", delay=True
        )
        rotating.setFormatter(logging.Formatter(_FORMAT))
        return rotating


def start_logging(folder: Path) -> None:
    """Begins to log to `folder`. Where it cannot be written (a full or read-only disk) the program goes on without."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _watch_for_crashes(folder / CRASH_FILE)
    except OSError as error:
        shown, reason = printable(folder), error.strerror
        sentence = Bilingual(
            ko=f"'{shown}'에 로그를 쓸 수 없어 로그 없이 계속합니다({reason}).",
            en=f"The log cannot be written to '{shown}' ({reason}); the program goes on without it.",
        )
        _log.warning("%s", sentence)
        return
    handler = _LogFile(folder / LOG_FILE)
    # A disk that fills up later must not turn every line of the log into a traceback on the terminal.
    logging.raiseExceptions = False
    # Libraries warn of damaged photos in words that help nobody at a terminal; the log keeps them.
    logging.captureWarnings(True)
    for name in ("defect_desktop", "py.warnings"):
        logger = logging.getLogger(name)
        for earlier in [*logger.handlers]:
            logger.removeHandler(earlier)
            earlier.close()
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
        logger.propagate = False


def _watch_for_crashes(file: Path) -> None:
    """Where a library crashes the process (a decoder, a driver), the file tells what each thread was doing.

    Nothing else could: the process ends before a line reaches the log. Raises OSError where it cannot be written.
    """
    if faulthandler.is_enabled():  # by whoever runs this program, who will look where they said
        return
    too_large = file.exists() and file.stat().st_size > _MOST_BYTES
    faulthandler.enable(file.open("w" if too_large else "a", encoding="utf-8"))  # stays open as long as the process


def report_bug(error: BaseException) -> Bilingual:
    """Writes the traceback of an unexpected error to the log; returns the sentence for the user."""
    _log.critical("unexpected error", exc_info=error)
    handlers = logging.getLogger("defect_desktop").handlers
    log_files = [str(handler.file) for handler in handlers if isinstance(handler, _LogFile)]
    where = ", ".join(log_files) or "stderr"
    return Bilingual(
        ko=f"예상하지 못한 오류가 났습니다({type(error).__name__}). 이미 분류된 결과는 안전합니다. "
        f"다음 기록과 함께 알려 주세요: {where}",
        en=f"Something unexpected went wrong ({type(error).__name__}). What was classified is safe. "
        f"Please report it with this log: {where}",
    )
