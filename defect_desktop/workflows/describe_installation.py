"""What is installed here, and what it computes on: for `--version` and for the window's own account of itself."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from defect_desktop import __version__
from defect_desktop.language import Bilingual
from defect_desktop.vision.cuda_driver import has_cuda_card

_LIBRARIES = {
    "PySide6": "PySide6_Essentials", "OpenVINO": "openvino", "torch": "torch", "timm": "timm",
    "OpenCV": "opencv-python-headless", "Pillow": "pillow", "SQLAlchemy": "sqlalchemy",
}  # fmt: skip
"""The libraries whose versions matter in a report, by the names under which they are installed."""


@dataclass(frozen=True, slots=True)
class Installation:
    """The program's version, Python's and the libraries' by their names, the system, and what computes."""

    program: str
    python: str
    libraries: dict[str, str]
    system: str
    cores: int
    has_cuda_card: bool

    def lines(self) -> tuple[Bilingual, ...]:
        """All of it in a few lines, each of one kind."""
        libraries = ", ".join(f"{name} {number}" for name, number in self.libraries.items())
        card_ko, card_en = (", CUDA 그래픽 카드", ", a CUDA card") if self.has_cuda_card else ("", "")
        return (
            _same(f"defect-desktop {self.program}"),
            _same(f"Python {self.python}, {libraries}"),
            _same(self.system),
            Bilingual(
                ko=f"계산 장치: 프로세서(코어 {self.cores}개){card_ko}",
                en=f"Computes on: the processor ({self.cores} cores){card_en}",
            ),
        )


def describe_installation() -> Installation:
    """Looks at what is installed, without loading any of it."""
    return Installation(
        program=__version__,
        python=platform.python_version(),
        libraries={name: number for name, package in _LIBRARIES.items() if (number := _version(package))},
        system=platform.platform(),
        cores=os.cpu_count() or 1,
        has_cuda_card=has_cuda_card(),
    )


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None  # the field edition has no torch


def _same(text: str) -> Bilingual:
    return Bilingual(ko=text, en=text)
