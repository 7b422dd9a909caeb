"""The plain way to classify a photo, which the benchmark measures the pipeline against.

Pillow decodes the whole photo, timm's own transform prepares it, and its networks run one after another in eager
single precision, one photo at a time. Nothing here is shared with the pipeline but the pack, so that the benchmark
also shows whether both give the same labels.
"""

from __future__ import annotations

import io
from pathlib import Path

import torch
from PIL import Image, ImageOps
from timm.data.transforms_factory import create_transform
from torch import nn

from defect_desktop.vision.pack import Pack
from defect_desktop.vision.torch_engine import load_member


class PlainBaseline:
    """A pack's networks on the CPU, used the plain way."""

    def __init__(self, pack: Pack) -> None:
        preprocessing = pack.card.preprocessing
        self._labels = pack.card.labels
        self._members: list[nn.Module] = [load_member(pack, member) for member in pack.card.members]
        self._transform = create_transform(
            input_size=(3, preprocessing.height, preprocessing.width),
            mean=preprocessing.mean,
            std=preprocessing.std,
            interpolation=preprocessing.interpolation.value,
            crop_pct=preprocessing.crop_share,
            crop_mode=preprocessing.crop_mode.value,
        )

    @torch.inference_mode()
    def label(self, path: Path) -> str:
        """The label of the photo at `path`; raises what Pillow raises where it cannot be decoded."""
        with Image.open(io.BytesIO(path.read_bytes())) as image:  # noqa: TID251 - the plain way, on purpose
            upright = ImageOps.exif_transpose(image).convert("RGB")
        pixels = self._transform(upright).unsqueeze(0)
        probabilities = torch.stack([member(pixels).softmax(dim=1) for member in self._members]).mean(dim=0)
        return self._labels[int(probabilities.argmax())]
