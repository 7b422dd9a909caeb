"""OpenVINO without its telemetry; everything else in the program takes `openvino` from here.

OpenVINO's conversion tools and NNCF report to their maker through the package `openvino_telemetry` wherever they find
it, unless a user has declined in a file of their home. Here they do not find it: this program opens no connections.
"""

from __future__ import annotations

import sys

sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]  # what makes Python say it is not installed

import openvino  # noqa: E402, TID251

__all__ = ["openvino"]
