"""Exports a model pack to one zip file."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

from defect_desktop.core.progress import Progress, ProgressMeter
from defect_desktop.paths import Paths
from defect_desktop.vision.pack import find_pack
from defect_desktop.vision.pack_archive import write_archive


def export_pack(name: str, file: Path, paths: Paths) -> Generator[Progress, None, None]:
    """Yields progress in bytes. Closing the generator leaves no file behind, and an earlier one as it was.

    Raises PackError where there is no such pack, where it is not whole, or where `file` cannot be written.
    """
    pack = find_pack(name, paths.pack_shelves)
    meter = ProgressMeter(pack.size())
    for written in write_archive(pack, file):
        yield meter.advance(written)
