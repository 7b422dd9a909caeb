"""How many of the stored verdicts other thresholds would send to a person."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, or_, select, true

from defect_desktop.core.decision import Thresholds
from defect_desktop.store.tables import Photo, Result


@dataclass(frozen=True, slots=True)
class CheckCount:
    """Of `photos` with a verdict, the latest of each, `checks` would need a check."""

    photos: int
    checks: int


def count_checks(connection: Connection, thresholds: Thresholds) -> CheckCount:
    """Counts by the rule of `core.decision`, in the database."""
    statement = (
        select(func.count(), func.count().filter(_needs_check(thresholds)))
        .select_from(Photo)
        .join(Result, Result.id == Photo.result_id)
        .where(Result.ai_label.is_not(None))
    )
    photos, checks = connection.execute(statement).one()
    return CheckCount(photos, checks)


def _needs_check(thresholds: Thresholds) -> ColumnElement[bool]:
    if thresholds.check_all:
        return true()
    return or_(
        Result.confidence < thresholds.confidence,
        Result.margin < thresholds.margin,
        Result.agreement < thresholds.agreement,
    )
