"""The user's preferences while the window is open: everybody hears of a change, and the file is written beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal

from defect_desktop.preferences import Preferences, load_preferences, save_preferences
from defect_desktop.ui.desk import Desk

_PATIENCE_MS = 5000


class PreferenceStore(QObject):
    """`changed` brings the new preferences; `failed` brings the exception where they could not be saved.

    `overrides` are the options of the command line: they count until the user changes them here, and are never saved.
    Raises PreferencesError for one that is no choice.
    """

    changed = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        file: Path,
        saved: Preferences,
        overrides: Mapping[str, object] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._file = file
        self._saved = saved
        self._unsaved: dict[str, object] = {}
        self._overrides = dict(overrides or {})
        self.value = saved.overridden(self._overrides)
        self._desk = Desk(self)
        self._desk.failed.connect(self.failed)

    def change(self, **changes: object) -> None:
        """Changes some preferences and saves these. Raises ValueError for a value that a field cannot take.

        What is so already is no change: an option of the command line that is told along with another stays unsaved.
        """
        changes = {name: to for name, to in changes.items() if self.value.changed(**{name: to}) != self.value}
        if not changes:
            return
        for name in changes:
            self._overrides.pop(name, None)
        saved = self._saved = self._saved.changed(**changes)
        self._desk.do(lambda: self._save(changes, saved))
        self.value = saved.changed(**self._overrides)
        self.changed.emit(self.value)

    def close(self) -> None:
        """Finishes writing."""
        self._desk.close()

    def _save(self, changes: dict[str, object], known: Preferences) -> None:
        """In the desk's thread: keeps what another window wrote meanwhile, and tries again what could not be saved."""
        self._unsaved |= changes
        with _alone_with(self._file):
            there = load_preferences(self._file)[0] if self._file.is_file() else known
            save_preferences(self._file, there.changed(**self._unsaved))
        self._unsaved.clear()


@contextmanager
def _alone_with(file: Path) -> Iterator[None]:
    """Has other windows wait between what is read here and what is written.

    Where no such right can be had, in a folder that cannot be written or on a drive that knows none, it goes without.
    """
    with suppress(OSError):  # who writes there tells of it
        file.parent.mkdir(parents=True, exist_ok=True)
    lock = QLockFile(str(file.with_name(f".{file.name}.lock")))
    lock.tryLock(_PATIENCE_MS)
    try:
        yield
    finally:
        lock.unlock()
