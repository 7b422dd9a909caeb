"""Network families: every name that timm knows, what each takes as input, and which sizes it can take."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from functools import cache

import timm
import torch
from timm.models import PretrainedCfg

from defect_desktop.errors import TrainingError
from defect_desktop.vision.preprocessing import CropMode, Interpolation, Preprocessing

_CHANNELS, _CLASSES = 3, 2


def check_architecture(name: str) -> None:
    """Raises TrainingError, with near names, where timm has no network `name`; a weight tag after a dot may follow."""
    if timm.is_model(name) and _is_tag_known(name):
        return
    known = timm.list_models()
    near = get_close_matches(name.split(".")[0].lower(), known, n=5, cutoff=0.5)
    raise TrainingError(
        ko=f"'{name}' 신경망은 없습니다. 비슷한 이름: {', '.join(near) or '없음'}.",
        en=f"There is no network '{name}'; the nearest names: {', '.join(near) or 'none'}.",
    )


def input_of(architecture: str, side: int | None = None) -> Preprocessing:
    """What `architecture` takes: squares of `side` pixels, or of the size that its published weights were trained at.

    A photo is squashed to it whole, whatever those weights were tested with: a defect may lie at the very edge.
    """
    declared = _declared(architecture)
    pixels = side or max(declared.input_size[1:])
    return Preprocessing(
        height=pixels,
        width=pixels,
        mean=_three(declared.mean),
        std=_three(declared.std),
        interpolation=_interpolation(declared.interpolation),
        crop_mode=CropMode.SQUASH,
        crop_share=1.0,
    )


@cache
def check_input(architecture: str, preprocessing: Preprocessing) -> None:
    """Raises TrainingError where the network cannot tell classes of photos of this size: found without any computing.

    timm also knows networks that answer otherwise, or take other things than photos.
    """
    height, width = preprocessing.height, preprocessing.width
    problem = _problem(architecture, height, width)
    if problem is None:
        return
    own = input_of(architecture)
    if _problem(architecture, own.height, own.width) is None:
        raise TrainingError(
            ko=f"'{architecture}' 신경망은 {width} x {height} 화소 사진을 받을 수 없습니다. --side를 바꾸세요.",
            en=f"The network '{architecture}' cannot take photos of {width} x {height} pixels; choose another --side.",
        ) from problem
    raise TrainingError(
        ko=f"'{architecture}' 신경망은 사진을 분류하도록 학습할 수 없습니다. 다른 --arch를 고르세요.",
        en=f"The network '{architecture}' cannot be trained to classify photos; choose another --arch.",
    ) from problem


def _problem(architecture: str, height: int, width: int) -> Exception | None:
    """What keeps the network from giving every class a number for a photo of this size; None where it does."""
    try:
        with torch.device("meta"), torch.no_grad():
            network = timm.create_model(architecture, drop_rate=0.0)
            network.reset_classifier(_CLASSES)  # type: ignore[operator]
            said = network.eval()(torch.empty(1, _CHANNELS, height, width))
        if said.shape != (1, _CLASSES):
            raise ValueError(f"answers of the shape {tuple(said.shape)}")
    except Exception as error:  # noqa: BLE001 - timm has a thousand networks, which refuse in as many ways
        return error
    return None


def classifiers_of(architecture: str) -> tuple[str, ...]:
    """The names of the layers that tell the classes apart, usually one."""
    names = _declared(architecture).classifier
    return (names,) if isinstance(names, str) else tuple(names or ())


def _three(values: Sequence[float]) -> tuple[float, float, float]:
    red, green, blue = values
    return red, green, blue


def _is_tag_known(name: str) -> bool:
    try:
        timm.get_pretrained_cfg(name)
    except RuntimeError:  # what timm raises for a tag that its network does not have
        return False
    return True


def _declared(architecture: str) -> PretrainedCfg:
    """What timm says about the network; nothing for those without published weights."""
    declared: PretrainedCfg | None = timm.get_pretrained_cfg(architecture)
    return declared or PretrainedCfg()


def _interpolation(name: str) -> Interpolation:
    """The way of resizing by timm's name for it; the few that this program lacks come nearest to bicubic."""
    return Interpolation(name) if name in set(Interpolation) else Interpolation.BICUBIC
