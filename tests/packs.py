"""Makes small model packs for tests: real networks with random weights, so that nothing has to be trained."""

from __future__ import annotations

import hashlib
from pathlib import Path

import safetensors.torch
import timm
import torch

from defect_desktop.vision.card import Card

ARCHITECTURE = "test_efficientnet"
CLASSES = [
    {"label": "훼손", "ko": "훼손", "en": "Damage"},
    {"label": "창틀,문틀수정", "ko": "창틀, 문틀 수정", "en": "Window or door frame repair"},
    {"label": "오염", "ko": "오염", "en": "Stain"},
    {"label": "=cmd", "ko": "수식", "en": "Formula"},
]


def card_content(members: list[dict[str, str]], **changes: object) -> dict[str, object]:
    """A valid card as JSON holds it, with `changes`."""
    return {
        "format": 1,
        "name": "tiny",
        "version": "1.0",
        "title": {"ko": "작은 시험용 팩", "en": "Tiny test pack"},
        "notice": {"ko": "시험용 모델입니다.", "en": "This is a test model."},
        "architecture": ARCHITECTURE,
        "members": members,
        "classes": CLASSES,
        "preprocessing": {
            "height": 64,
            "width": 64,
            "mean": [0.5, 0.5, 0.5],
            "std": [0.5, 0.5, 0.5],
            "interpolation": "bicubic",
            "crop_mode": "squash",
            "crop_share": 1.0,
        },
        "temperature": {"sure": 1.0, "unsure": 1.0},
        "thresholds": {"confidence": 0.5, "margin": 0.1, "agreement": 0.6},
        "training_data": {"ko": "학습하지 않음", "en": "Not trained"},
        "licence": "Apache-2.0",
    } | changes


def write_pack(folder: Path, members: int = 3, **changes: object) -> Path:
    """Writes a pack whose networks answer differently for different photos; returns its folder."""
    folder.mkdir(parents=True)
    entries = []
    for number in range(members):
        torch.manual_seed(number)
        network = timm.create_model(str(changes.get("architecture", ARCHITECTURE)), num_classes=len(CLASSES))
        with torch.no_grad():
            # Random networks answer almost evenly; a large head makes them opinionated, as trained ones are.
            network.get_classifier().weight.mul_(200)
        weights = {name: _half(tensor) for name, tensor in network.state_dict().items()}
        content = safetensors.torch.save(weights)
        file = f"member-{number + 1}.safetensors"
        (folder / file).write_bytes(content)
        entries.append({"file": file, "sha256": hashlib.sha256(content).hexdigest()})
    card = Card.model_validate(card_content(entries, name=folder.name, **changes))
    (folder / "card.json").write_text(card.as_json(), encoding="utf-8")
    return folder


def _half(tensor: torch.Tensor) -> torch.Tensor:
    return (tensor.half() if tensor.is_floating_point() else tensor).contiguous()
