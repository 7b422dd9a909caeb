"""Where a command finds and leaves things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from defect_desktop.paths import Paths

if TYPE_CHECKING:
    from pathlib import Path


def folders(data_dir: Path | None = None) -> Paths:
    """The program's folders for one command, whose log goes there too."""
    from defect_desktop.logs import start_logging  # logging takes as long to load as all options

    paths = Paths.find(data_dir)
    start_logging(paths.logs)
    return paths
