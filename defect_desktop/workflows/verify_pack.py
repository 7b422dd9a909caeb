"""Checks that the files of a model pack are those that its card promises."""

from __future__ import annotations

from collections.abc import Generator

from defect_desktop.core.progress import Progress, ProgressMeter
from defect_desktop.paths import Paths
from defect_desktop.vision.pack import Pack, find_pack


def verify_pack(name: str, paths: Paths) -> Generator[Progress, None, Pack]:
    """Yields progress in files; returns the pack. Raises PackError at the first file that is missing or changed."""
    pack = find_pack(name, paths.pack_shelves)
    meter = ProgressMeter(len(pack.card.files))
    for entry in pack.card.files:
        pack.read_file(entry)
        yield meter.advance(1)
    return pack
