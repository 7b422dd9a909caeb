"""Every option of the program, declared once: its name, default, choices and meaning. Every front reads them here."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from defect_desktop.language import Bilingual


class ThemeChoice(StrEnum):
    """How the window is coloured."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Option(NamedTuple):
    """One choice that the user has. `choices` is empty where any text is allowed."""

    name: str
    default: str
    meaning: Bilingual
    choices: tuple[str, ...] = ()


class Switch(NamedTuple):
    """What the user can turn on."""

    name: str
    meaning: Bilingual


PACK = Option(
    name="pack",
    default="starter",
    meaning=Bilingual(ko="모델 팩의 이름 또는 폴더", en="Name or folder of the model pack"),
)

ENGINE = Option(
    name="engine",
    default="auto",
    choices=("auto", "openvino", "openvino-int8", "torch"),
    meaning=Bilingual(
        ko="신경망을 실행하는 엔진. auto는 CUDA가 없으면 OpenVINO를 고릅니다",
        en="What runs the networks; auto takes OpenVINO where there is no CUDA",
    ),
)

DEVICE = Option(
    name="device",
    default="auto",
    choices=("auto", "cpu", "cuda", "intel-gpu", "intel-npu"),
    meaning=Bilingual(
        ko="실행 장치. auto는 CUDA가 실제로 작동할 때만 CUDA를 고릅니다",
        en="Where the networks run; auto takes CUDA only where it proves to work",
    ),
)

TRAINING_DEVICE = DEVICE._replace(choices=("auto", "cpu", "cuda"))

EARLY_EXIT = Switch(
    name="early-exit",
    meaning=Bilingual(
        ko="첫 모델이 확신하는 사진에는 나머지 모델을 쓰지 않습니다",
        en="Do not ask the other networks where the first is sure",
    ),
)

CAMERA = Option(
    name="camera",
    default="0",
    meaning=Bilingual(
        ko="카메라 번호, 또는 영상 파일이나 RTSP 주소",
        en="Number of the camera, or a video file or RTSP address",
    ),
)

CAMERA_BACK_END = Option(
    name="camera-back-end",
    default="auto",
    choices=("auto", "dshow", "msmf", "v4l2", "gstreamer", "avfoundation"),
    meaning=Bilingual(
        ko="카메라를 여는 방법. Windows에서 느리게 열리면 DirectShow를 고르세요",
        en="How the camera is opened; where it opens slowly on Windows, choose DirectShow",
    ),
)
