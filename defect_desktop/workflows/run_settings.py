"""What every run is recorded with, whichever front it serves."""

from __future__ import annotations

from collections.abc import Mapping

from defect_desktop import __version__
from defect_desktop.core.record import RunSettings
from defect_desktop.vision.engine import Engine
from defect_desktop.vision.pack import Pack


def run_settings(pack: Pack, engine: Engine, options: Mapping[str, object]) -> RunSettings:
    """The record of a run with this pack on this engine; `options` are the choices of its front, ready for JSON."""
    card = pack.card
    return RunSettings(
        pack_name=card.name,
        pack_version=card.version,
        fingerprint=pack.fingerprint,
        engine=engine.name,
        device=engine.device,
        program_version=__version__,
        notice=card.notice.bilingual() if card.notice else None,
        class_names={entry.label: entry.name for entry in card.defect_classes()},
        options={
            **options,
            "early_exit": engine.exits_early,
            "temperature": card.temperature.model_dump(),
            "thresholds": card.thresholds.model_dump(),
        },
    )
