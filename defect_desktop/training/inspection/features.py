"""What a pretrained network sees in photos, for judging labels without a training."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from defect_desktop.core.printable import printable
from defect_desktop.errors import DataSetError, PhotoError
from defect_desktop.training.learning.pretrained import Start, create_network, find_start
from defect_desktop.vision.photo_loader import decode_photo, read_photo
from defect_desktop.vision.preprocessing import CropMode, Interpolation, Preprocessing

_ARCHITECTURE = "tf_efficientnet_lite0"
_INPUT = Preprocessing(224, 224, (0.5,) * 3, (0.5,) * 3, Interpolation.BICUBIC, CropMode.SQUASH, 1.0)
_BATCH = 16


def feature_weights() -> Start | None:
    """ImageNet weights for `photo_features`; None where they are not installed."""
    start = find_start(_ARCHITECTURE)
    return start if start.tensors is not None else None


def photo_features(paths: tuple[Path, ...], weights: Start) -> Generator[int, None, NDArray[np.float32]]:
    """The last features of EfficientNet-Lite0 for readable photos: (photos, 1280). Yields the number done.

    Raises DataSetError where a photo cannot be read any more.
    """
    network = create_network(_ARCHITECTURE, classes=0, dropout=0.0, start=weights)
    network.eval().to(memory_format=torch.channels_last)
    features: list[NDArray[np.float32]] = []
    with ThreadPoolExecutor(1) as pool:  # decodes the next batch while the network is at work
        for batch in _ahead(pool, paths):
            features.extend(_forward(network, batch))
            yield len(features)
    return np.array(features, dtype=np.float32)


def _ahead(pool: ThreadPoolExecutor, paths: tuple[Path, ...]) -> Iterator[NDArray[np.uint8]]:
    batches = iter([paths[start : start + _BATCH] for start in range(0, len(paths), _BATCH)])
    pending = [pool.submit(_decoded, batch) for batch in islice(batches, 1)]
    while pending:
        ready = pending.pop().result()
        pending = [pool.submit(_decoded, batch) for batch in islice(batches, 1)]
        yield ready


def _decoded(paths: tuple[Path, ...]) -> NDArray[np.uint8]:
    return np.stack([_fitted(path) for path in paths])


def _fitted(path: Path) -> NDArray[np.uint8]:
    try:
        return _INPUT.fit(decode_photo(read_photo(path), _INPUT.decode_side))
    except PhotoError as error:
        sentence, shown = error.problem.sentence, printable(path)
        raise DataSetError(
            ko=f"살펴보는 동안 사진이 바뀌었습니다: '{shown}' - {sentence.ko}",
            en=f"A photo changed while it was looked at: '{shown}'. {sentence.en}",
        ) from error


@torch.inference_mode()
def _forward(network: nn.Module, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Features of pixels (photos, height, width, 3)."""
    scaled = torch.from_numpy(pixels).permute(0, 3, 1, 2).float().div(127.5).sub(1)  # mean and deviation are 0.5
    result: NDArray[np.float32] = network(scaled.contiguous(memory_format=torch.channels_last)).numpy()
    return result
