"""Says why a photo got its label, as often as asked: the pack is loaded once, and each photo costs one forward pass."""

from __future__ import annotations

from pathlib import Path

from defect_desktop import settings
from defect_desktop.paths import Paths
from defect_desktop.vision.engine import load_engine
from defect_desktop.vision.goal import Goal
from defect_desktop.vision.heatmap import Explanation, explain
from defect_desktop.vision.pack import find_pack
from defect_desktop.vision.photo_loader import decode_photo, read_photo


class Explainer:
    """A pack on its engine, ready to explain. It holds the pack's memory for as long as it lives; one thread uses it.

    Raises PackError and DeviceError where the pack or engine cannot be used.
    """

    def __init__(
        self,
        paths: Paths,
        pack: str = settings.PACK.default,
        engine: str = settings.ENGINE.default,
        device: str = settings.DEVICE.default,
    ) -> None:
        found = find_pack(pack, paths.pack_shelves)
        self._card = found.card
        self._engine = load_engine(found, engine, device, paths.compiled_forms, Goal.LATENCY)

    def explain(self, path: Path) -> Explanation | None:
        """What the networks saw on the photo; None where this pack or engine cannot tell. Raises PhotoError."""
        side = self._card.photo_preprocessing().decode_side
        return explain(decode_photo(read_photo(path), side), self._card, self._engine)
