"""The results database as pages share it: opened when it is first needed, which may migrate it, and then kept open."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from defect_desktop.ui.loading import LOADING

if TYPE_CHECKING:
    from defect_desktop.store.database import Database


class Archive:
    """Any thread may ask; none of them the window's, for opening may take a while."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = Lock()
        self._database: Database | None = None

    def database(self) -> Database:
        """The database. Raises StoreError where it cannot be opened; the next call tries again."""
        with self._lock:
            if self._database is None:
                with LOADING:
                    from defect_desktop.store.database import Database  # here, for it takes long to load

                self._database = Database.open(self._file)
            return self._database

    def close(self) -> None:
        """Lets go of the file; whoever asks again opens it anew."""
        with self._lock:
            if self._database is not None:
                self._database.close()
            self._database = None
