"""Labels as a table: a CSV file with a column for the photo's path and one for its label."""

from __future__ import annotations

from pathlib import Path

from defect_desktop.training.data.listed_files import ListedFiles
from defect_desktop.training.data.names import plain_name
from defect_desktop.training.data.tables import LABEL, PATH, read_table, require_any_file, require_cells


def photos_in_table(file: Path) -> list[tuple[Path, str]]:
    """The photos that `file` lists, relative to its folder, each with its label; in the table's order.

    A photo that is not there is listed all the same: it fails as unreadable ones do, by itself. Raises SourceError
    where the table cannot be read, DataSetError where it is no such table, or where none of its photos is there.
    """
    files = ListedFiles(file.parent)
    labelled: list[tuple[Path, str]] = []
    for row in read_table(file, (PATH, LABEL)):
        require_cells(file, row, (PATH, LABEL))
        path, label = row.cells
        labelled.append((files.find(path), plain_name(label)))
    require_any_file(file, [path for path, _ in labelled])
    return labelled
