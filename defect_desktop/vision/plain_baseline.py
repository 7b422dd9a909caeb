"""The plain ways to classify photos, which the benchmark measures the program against.

On the processor, Pillow decodes the whole photo, timm's own transform prepares it, and its networks run one after
another in eager single precision, one photo at a time. Nothing there is shared with the pipeline but the pack, so that
the benchmark also shows whether both give the same labels. On a CUDA card, the networks alone: eager and in single
precision too.
"""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image, ImageOps
from timm.data.transforms_factory import create_transform
from torch import nn

from defect_desktop.errors import DeviceError
from defect_desktop.vision.engine import Engine
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


class PlainOnCard(Engine):
    """A pack's networks on the first CUDA card as timm gives them, an engine that takes `batch_size` photos at once."""

    name = "timm"
    note = ""

    def __init__(self, pack: Pack, batch_size: int) -> None:
        self.device = f"cuda ({torch.cuda.get_device_name()})"
        self.batch_size = batch_size
        self._members = [load_member(pack, member).cuda() for member in pack.card.members]
        self._mean = torch.tensor(pack.card.preprocessing.mean, device="cuda").view(1, 3, 1, 1)
        self._std = torch.tensor(pack.card.preprocessing.std, device="cuda").view(1, 3, 1, 1)

    @torch.inference_mode()
    def predict(self, batch: NDArray[np.uint8]) -> NDArray[np.float32]:
        """The members' softmax for a batch (N, height, width, 3) of 8-bit RGB: shape (members, N, classes).

        Raises DeviceError where the card's memory does not suffice.
        """
        try:
            pixels = torch.from_numpy(batch).cuda().permute(0, 3, 1, 2).float().contiguous() / 255
            inputs = (pixels - self._mean) / self._std
            probabilities = torch.stack([member(inputs).softmax(dim=1) for member in self._members])
        except torch.cuda.OutOfMemoryError as error:
            raise DeviceError(
                ko="단순한 방법으로 재기에는 GPU 메모리가 부족합니다.",
                en="The GPU's memory is too small to measure the plain way.",
            ) from error
        result: NDArray[np.float32] = probabilities.cpu().numpy()
        return result
