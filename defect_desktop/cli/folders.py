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


def folders_for(pack: str | None, data_dir: Path | None) -> Paths:
    """The same for a command that may be told a pack; raises PackError where two packs may be meant."""
    paths = folders(data_dir)
    if pack:
        from defect_desktop.vision.pack import require_one_meaning  # a window without one starts sooner

        require_one_meaning(pack, paths.pack_shelves)
    return paths
