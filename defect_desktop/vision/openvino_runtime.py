"""OpenVINO without its telemetry; everything else in the program takes `openvino` and its one `CORE` from here.

OpenVINO's conversion tools and NNCF report to their maker through the package `openvino_telemetry` wherever they find
it, unless a user has declined in a file of their home. Here they do not find it: this program opens no connections.
"""

from __future__ import annotations

import sys

sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]  # what makes Python say it is not installed

import openvino  # noqa: E402, TID251

__all__ = ["CORE", "openvino"]

CORE = openvino.Core()
"""The only one of the process: on Linux every further one would endanger it.

A core's processor plugin gives the thread that first needs it a stack for signal handlers, and takes it away when the
core is let go. Where two cores came and went in any other order than nested, the thread was left with a stack that no
longer exists, and the next signal with a handler (Ctrl+C, the end of a child process) killed the program.
"""
