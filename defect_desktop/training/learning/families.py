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

_CHANNELS = 3


def check_architecture(name: str) -> None:
    """Raises TrainingError, with near names, where timm has no network `name`; a weight tag after a dot may follow."""
    if timm.is_model(name):
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
    """Raises TrainingError where the network cannot take photos of this size: found out without any computing."""
    height, width = preprocessing.height, preprocessing.width
    try:
        with torch.device("meta"), torch.no_grad():
            timm.create_model(architecture).eval()(torch.empty(1, _CHANNELS, height, width))
    except (RuntimeError, AssertionError, ValueError) as error:
        raise TrainingError(
            ko=f"'{architecture}' 신경망은 {width} x {height} 화소 사진을 받을 수 없습니다. --side를 바꾸세요.",
            en=f"The network '{architecture}' cannot take photos of {width} x {height} pixels; choose another --side.",
        ) from error


def classifiers_of(architecture: str) -> tuple[str, ...]:
    """The names of the layers that tell the classes apart, usually one."""
    names = _declared(architecture).classifier
    return (names,) if isinstance(names, str) else tuple(names or ())


def _three(values: Sequence[float]) -> tuple[float, float, float]:
    red, green, blue = values
    return red, green, blue


def _declared(architecture: str) -> PretrainedCfg:
    """What timm says about the network; nothing for those without published weights."""
    declared: PretrainedCfg | None = timm.get_pretrained_cfg(architecture)
    return declared or PretrainedCfg()


def _interpolation(name: str) -> Interpolation:
    """The way of resizing by timm's name for it; the few that this program lacks come nearest to bicubic."""
    return Interpolation(name) if name in set(Interpolation) else Interpolation.BICUBIC
