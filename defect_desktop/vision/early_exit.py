"""Early exit: a pack's first network is asked alone, and the others only where it is not sure."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from defect_desktop.errors import DeviceError
from defect_desktop.vision.engine import Answer, Engine
from defect_desktop.vision.pack import Pack


class EarlyExit(Engine):
    """An engine made of two: one with a pack's first member and one with the rest.

    The first is sure of a photo where its highest softmax is at least `sure` (from 0 to 1).
    """

    exits_early = True

    def __init__(self, first: Engine, rest: Engine, sure: float) -> None:
        self.name = first.name
        self.device = first.device
        self.note = ""
        self.batch_size = rest.batch_size
        self._first = first
        self._rest = rest
        self._sure = sure

    def predict(self, batch: NDArray[np.uint8]) -> NDArray[np.float32]:
        """The softmax (members, N, classes) for a batch (N, height, width, 3); NaN for members that were not asked."""
        return self.start(batch)()

    def start(self, batch: NDArray[np.uint8]) -> Answer:
        """Sends a batch to the first member; the rest get what is left of it when its answer is asked for."""
        first = self._first.start(batch)
        return lambda: self._completed(batch, first())

    def _completed(self, batch: NDArray[np.uint8], first: NDArray[np.float32]) -> NDArray[np.float32]:
        unsure = first[0].max(axis=1) < self._sure
        if not unsure.any():
            return first
        rest = self._rest.predict(batch[unsure])
        answers = np.full((1 + len(rest), *first.shape[1:]), np.nan, dtype=np.float32)
        answers[0] = first[0]
        answers[1:, unsure] = rest
        return answers


def require_early_exit(engine: Engine, pack: Pack) -> None:
    """Raises DeviceError where an engine of this pack asks every member, with what would change that."""
    if not engine.exits_early:
        raise _every_member_is_asked(engine.name, pack)


def _every_member_is_asked(engine: str, pack: Pack) -> DeviceError:
    name = pack.card.name
    if len(pack.card.members) == 1:
        return DeviceError(
            ko=f"모델 팩 '{name}'에는 신경망이 하나뿐이라 조기 종료가 필요 없습니다. --early-exit를 빼세요.",
            en=f"Model pack '{name}' has one network only, and nothing to exit from; leave --early-exit out.",
        )
    if not engine.startswith("openvino"):
        return DeviceError(
            ko="조기 종료는 OpenVINO 엔진에서만 됩니다. --engine openvino를 쓰거나 --early-exit를 빼세요.",
            en="Early exit takes the engine OpenVINO; use --engine openvino, or leave --early-exit out.",
        )
    if engine == "openvino-int8":
        return DeviceError(
            ko=f"모델 팩 '{name}'의 8비트 형태에는 조기 종료 기준이 없습니다. --engine openvino를 쓰거나, 'models "
            "compile'의 --check에 서로 다른 사진을 600장 이상 주어 기준을 정하세요.",
            en=f"The 8-bit form of model pack '{name}' was not fitted for early exit; use --engine openvino, or fit it "
            "with 'models compile' and 600 photos or more that differ under --check.",
        )
    return DeviceError(
        ko=f"모델 팩 '{name}'에는 조기 종료 기준이 없습니다. 'models compile'의 --check에 서로 다른 사진을 600장 이상 "
        "주어 정하거나 --early-exit를 빼세요.",
        en=f"Model pack '{name}' was not fitted for early exit; do so with 'models compile' and 600 photos or more "
        "that differ under --check, or leave --early-exit out.",
    )
