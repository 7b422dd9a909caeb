"""Numbers and states as the window words them, in its language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from PySide6.QtCore import QCoreApplication

from defect_desktop.core.printable import printable
from defect_desktop.core.progress import Progress
from defect_desktop.ui.record_state import State

_MINUTE = 60
_HOUR = 3600
_MOMENT = 5
_FAST = 100


def state_word(state: State) -> str:
    """The state in a word or two."""
    words = {
        State.FAILED: QCoreApplication.translate("Wording", "Failed"),
        State.CHECK: QCoreApplication.translate("Wording", "Needs check"),
        State.SURE: QCoreApplication.translate("Wording", "Sure"),
        State.HUMAN: QCoreApplication.translate("Wording", "Set by a person"),
    }
    return words[state]


def percent(share: float, digits: int = 1) -> str:
    """A share from 0 to 1 in percent."""
    return f"{share:.{digits}%}"


def progress_line(progress: Progress) -> str:
    """How far a run is, how fast it goes, and how long it still takes."""
    count = QCoreApplication.translate("Wording", "{done} of {total} photos")
    parts = [count.format(done=f"{progress.done:,}", total=f"{progress.total:,}")]
    if progress.rate > 0:
        rate = QCoreApplication.translate("Wording", "{rate} photos/s")
        parts.append(rate.format(rate=f"{progress.rate:,.{0 if progress.rate >= _FAST else 1}f}"))
    if progress.seconds_left is not None and progress.done < progress.total:
        parts.append(time_left(progress.seconds_left))
    return "  ·  ".join(parts)


def time_left(seconds: float) -> str:
    """A remaining time, no more exact than an estimate deserves."""
    if seconds < _MOMENT:
        return QCoreApplication.translate("Wording", "a few seconds left")
    if seconds < _MINUTE:
        return QCoreApplication.translate("Wording", "{s} s left").format(s=round(seconds))
    if seconds < _HOUR:
        minutes, rest = divmod(round(seconds), _MINUTE)
        return QCoreApplication.translate("Wording", "{m} min {s} s left").format(m=minutes, s=rest)
    hours, minutes = divmod(round(seconds / _MINUTE), _MINUTE)
    return QCoreApplication.translate("Wording", "{h} h {m} min left").format(h=hours, m=minutes)


def wrappable(path: PurePath) -> str:
    """A path for a label that wraps: Qt breaks a line after a slash, but after none of the backslashes of Windows."""
    return printable(path).replace("\\", "\\\N{ZERO WIDTH SPACE}")


def tooltip(text: str) -> str:
    """Plain text for a tooltip: wrapped, and never taken for markup, whatever a file is called."""
    import html  # its thousands of entities are in no text that is there from the start

    return f"<p>{html.escape(text)}</p>" if text else ""


def button_text(text: str) -> str:
    """A text that a person wrote, for a button: Qt takes what follows an "&" for a key, and does not show the "&"."""
    return text.replace("&", "&&")


def in_two_lines(text: str, fits: Callable[[str], bool]) -> list[str]:
    """A text in no more lines than it needs, broken between words; what is too long for two stays in the second."""
    words = text.split(" ")
    count = len(words)
    while count > 1 and not fits(" ".join(words[:count])):
        count -= 1
    lines = " ".join(words[:count]).removesuffix(" ·"), " ".join(words[count:]).removeprefix("· ")
    return list(filter(None, lines))
