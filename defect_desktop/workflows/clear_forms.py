"""Clears away the compiled forms of packs that are gone, when packs come and go."""

from __future__ import annotations

from defect_desktop.paths import Paths
from defect_desktop.vision.compiled_form import clear_unused
from defect_desktop.workflows.list_packs import list_packs


def clear_forms(paths: Paths) -> None:
    """Those of installed packs stay, and so do those that were used lately: for a pack in some other folder, say."""
    clear_unused(paths.compiled_forms, [shelved.pack.card for shelved in list_packs(paths) if shelved.pack])
