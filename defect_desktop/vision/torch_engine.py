"""The torch engine: timm networks on the CPU; on a CUDA card, see `vision.cuda_engine`."""

from __future__ import annotations

import logging

import numpy as np
import safetensors.torch
import timm
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError
from torch import Tensor, nn

from defect_desktop.errors import DeviceError, PackError
from defect_desktop.vision import cuda_engine
from defect_desktop.vision.card import Card, Member
from defect_desktop.vision.cuda_engine import CudaEngine
from defect_desktop.vision.engine import Engine
from defect_desktop.vision.goal import Goal
from defect_desktop.vision.pack import Pack
from defect_desktop.vision.torch_maps import class_maps, has_class_maps

_log = logging.getLogger(__name__)


class TorchEngine(Engine):
    """All members of one pack on the processor, in channels-last order.

    Photo by photo: larger batches are no faster there (measured), and their sums are rounded in another order, so that
    a photo's last digits would hang on its neighbours.
    """

    name = "torch"
    device = "cpu"
    batch_size = 1

    def __init__(self, card: Card, members: list[nn.Module], note: str) -> None:
        self.note = note
        self._members = [member.to(memory_format=torch.channels_last) for member in members]
        self._mean = torch.tensor(card.preprocessing.mean).view(1, 3, 1, 1)
        self._std = torch.tensor(card.preprocessing.std).view(1, 3, 1, 1)

    @torch.inference_mode()
    def predict(self, batch: NDArray[np.uint8]) -> NDArray[np.float32]:
        """The members' softmax for a batch (N, height, width, 3) of 8-bit RGB: shape (members, N, classes)."""
        normalised = self._normalised(batch)
        probabilities = torch.stack([member(normalised).softmax(dim=1) for member in self._members])
        result: NDArray[np.float32] = probabilities.numpy()
        return result

    @torch.inference_mode()
    def class_maps(self, batch: NDArray[np.uint8]) -> NDArray[np.float32] | None:
        """The members' logits place by place, shape (members, N, classes, rows, columns), in one forward pass.

        Their mean over rows and columns are the logits. None where the pack's networks have no such maps.
        """
        if not all(has_class_maps(member) for member in self._members):
            return None
        normalised = self._normalised(batch)
        maps = torch.stack([class_maps(member, normalised) for member in self._members])
        result: NDArray[np.float32] = maps.numpy()
        return result

    def _normalised(self, batch: NDArray[np.uint8]) -> Tensor:
        # A permuted NHWC batch is in channels-last order already, so nothing is copied.
        return (torch.from_numpy(batch).permute(0, 3, 1, 2).float() / 255 - self._mean) / self._std


def load(pack: Pack, device: str, goal: Goal) -> TorchEngine | CudaEngine:
    """The pack on `device` ('auto', 'cpu' or 'cuda'), proven by a forward pass.

    `auto` takes CUDA only if a real forward pass succeeds there: a card can be present and yet too old for the kernels
    in this build of torch. Raises DeviceError where CUDA was asked for and fails, PackError where weights do not fit.
    """
    if device == "cpu" or (device == "auto" and not torch.cuda.is_available()):
        return _on_processor(pack)
    try:
        return cuda_engine.load(pack.card, _load_members(pack), goal)
    except (RuntimeError, AssertionError) as error:  # torch raises AssertionError where it was built without CUDA
        _log.warning("CUDA failed its forward pass: %s", error)
        first_line = str(error).splitlines()[0]
        if device == "cuda":
            raise DeviceError(
                ko=f"CUDA를 사용할 수 없습니다({first_line}). 드라이버를 확인하거나 프로세서를 고르세요"
                "(설정 또는 --device cpu).",
                en=f"CUDA cannot be used here ({first_line}); check the driver, or choose the processor "
                "(Settings, or --device cpu).",
            ) from error
    return _on_processor(pack, note=f"CUDA: {first_line}")


def _on_processor(pack: Pack, note: str = "") -> TorchEngine:
    """The engine, after a forward pass that shows it works and sets up its kernels."""
    engine = TorchEngine(pack.card, _load_members(pack), note)
    blank = np.zeros((1, pack.card.preprocessing.height, pack.card.preprocessing.width, 3), dtype=np.uint8)
    engine.predict(blank)
    return engine


def _load_members(pack: Pack) -> list[nn.Module]:
    return [load_member(pack, member) for member in pack.card.members]


def load_member(pack: Pack, member: Member) -> nn.Module:
    """One network in evaluation mode, on the CPU; weights stored in half precision are computed in single.

    Raises PackError where the weights were left out, are not what the card promises, or do not fit its architecture.
    """
    card = pack.card
    if card.compiled_only:
        raise PackError(
            ko=f"모델 팩 '{card.name}'에는 컴파일된 형태만 있어 torch로 쓸 수 없습니다. 원래의 팩을 사용하세요.",
            en=f"Model pack '{card.name}' holds only its compiled form, no use to torch; take the original pack.",
        )
    try:
        if not timm.is_model(card.architecture):  # timm takes a name such as "hf-hub:" for one to ask the internet for
            raise RuntimeError("timm has no such architecture")
        weights = safetensors.torch.load(pack.read_file(member))
        network: nn.Module = timm.create_model(card.architecture, pretrained=False, num_classes=len(card.classes))
        network.load_state_dict({name: _single_precision(tensor) for name, tensor in weights.items()})
    except (SafetensorError, RuntimeError) as error:
        _log.warning("pack %s, %s: %s", card.name, member.file, error)
        raise PackError(
            ko=f"모델 팩 '{card.name}'의 '{member.file}' 가중치가 '{card.architecture}' 구조와 맞지 않습니다. "
            "팩을 만든 사람에게 알리거나 다른 팩을 고르세요.",
            en=f"The weights '{member.file}' of model pack '{card.name}' do not fit the network "
            f"'{card.architecture}'; tell whoever made the pack, or choose another.",
        ) from error
    return network.eval()


def _single_precision(tensor: Tensor) -> Tensor:
    return tensor.float() if tensor.is_floating_point() else tensor
