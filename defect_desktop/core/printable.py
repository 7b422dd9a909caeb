"""Paths as text that can be printed, stored and sent anywhere."""

from __future__ import annotations

from pathlib import PurePath


def printable(path: PurePath) -> str:
    r"""The path as a person may read it: bytes that are no valid text in it are shown as `\udc..` escapes."""
    return str(path).encode("utf-8", errors="backslashreplace").decode("utf-8")
