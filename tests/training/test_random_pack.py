"""Packs of random weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from defect_desktop.training.random_pack import write_random_pack
from defect_desktop.vision.engine import load_engine


@pytest.mark.parametrize("architecture", ["test_resnet", "deit_tiny_distilled_patch16_224", "levit_128s"])
def test_networks_of_any_kind_have_opinions(tmp_path: Path, architecture: str) -> None:
    folder = tmp_path / "pack"
    folder.mkdir()
    pack = write_random_pack(architecture, 1, folder)
    form = pack.card.preprocessing
    photo = np.random.default_rng(0).integers(0, 256, (1, form.height, form.width, 3), dtype=np.uint8)
    (told,) = load_engine(pack, "torch", "cpu").predict(photo)
    assert told.shape == (1, len(pack.card.labels)) and told.max() > 2 / len(pack.card.labels)
