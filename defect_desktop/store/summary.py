"""What came of a run, counted by the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from defect_desktop.core.record import RunSettings
from defect_desktop.language import Bilingual
from defect_desktop.store.tables import Result, RunItem


@dataclass(frozen=True, slots=True)
class RunSummary:
    """The counts of a run's report. All of them cover the photos that earlier runs had done, `done_before` in number.

    `labels` counts the photos a label, the most frequent first; `class_names` names the labels of the run's pack.
    """

    run_id: int
    total: int
    done_before: int
    failed: int
    needs_check: int
    labels: Mapping[str, int]
    class_names: Mapping[str, Bilingual]


def summarize(connection: Connection, run_id: int, settings: RunSettings) -> RunSummary:
    """The counts of a run, which was made with `settings`."""
    in_report = select().join_from(RunItem, Result, Result.id == RunItem.result_id).where(RunItem.run_id == run_id)
    total, done_before, failed, needs_check = connection.execute(
        in_report.add_columns(
            func.count(),
            func.count().filter(Result.run_id != run_id),
            func.count(Result.problem),
            func.count().filter(Result.needs_check.is_(True)),
        )
    ).one()
    labels = connection.execute(
        in_report.add_columns(Result.ai_label, func.count().label("photos"))
        .where(Result.ai_label.is_not(None))
        .group_by(Result.ai_label)
        .order_by(func.count().desc(), Result.ai_label)
    )
    counts = {row.ai_label: row.photos for row in labels}
    return RunSummary(run_id, total, done_before, failed, needs_check, counts, settings.class_names)
