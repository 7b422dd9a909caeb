"""Gives out what the results database holds: as a CSV file for people, as JSON for other programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from defect_desktop.core.record import PhotoRecord
from defect_desktop.language import Language
from defect_desktop.paths import Paths
from defect_desktop.reports.csv_report import write_csv
from defect_desktop.reports.json_report import record_as_json
from defect_desktop.store.database import Database


def export_results(paths: Paths, target: Path, language: Language, run: int | None = None) -> int:
    """Writes one row a photo and returns how many: of a run, or else the newest of every photo.

    Raises StoreError where there is no usable database, ReportError where the file cannot be written.
    """
    with Database.open_existing(paths.database) as database:
        pages = database.all_pages() if run is None else database.pages(run)
        return write_csv(pages, target, language)


def export_records(paths: Paths, target: Path, language: Language, records: Iterable[PhotoRecord]) -> int:
    """Writes each of the records once, as it is known now, and returns how many rows that are.

    Raises what `export_results` does.
    """
    with Database.open_existing(paths.database) as database:
        return write_csv(database.pages_of(records), target, language)


def results_as_json(paths: Paths, run_id: int) -> Iterator[dict[str, object]]:
    """The rows of a run as JSON values with stable English keys; raises StoreError where no database can be used."""
    with Database.open_existing(paths.database) as database:
        for record in database.records(run_id):
            yield record_as_json(record)
