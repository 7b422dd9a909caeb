"""Tells how many of the stored photos would need a check under other thresholds, before anybody decides for them."""

from __future__ import annotations

from defect_desktop.core.decision import Thresholds
from defect_desktop.paths import Paths
from defect_desktop.store.database import Database
from defect_desktop.store.threshold_preview import CheckCount


def preview_thresholds(paths: Paths, thresholds: Thresholds) -> CheckCount:
    """Counts the photos of the history; none where there is no database yet. Raises StoreError."""
    if not paths.database.exists():
        return CheckCount(0, 0)
    with Database.open_existing(paths.database) as database:
        return database.count_checks(thresholds)
