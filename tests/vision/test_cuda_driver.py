from __future__ import annotations

import ctypes
from types import SimpleNamespace

import pytest

from defect_desktop.vision import cuda_driver


def driver(initialised: int, counted: int, cards: int) -> SimpleNamespace:
    """What answers as NVIDIA's driver does: 0 is success, the count goes through a pointer."""

    def count(pointer: object) -> int:
        pointer._obj.value = cards
        return counted

    return SimpleNamespace(cuInit=lambda _: initialised, cuDeviceGetCount=count)


@pytest.mark.parametrize(
    ("initialised", "counted", "cards", "expected"),
    [(0, 0, 1, True), (0, 0, 4, True), (0, 0, 0, False), (100, 0, 1, False), (0, 3, 1, False)],
)
def test_a_card_is_there_where_the_driver_counts_one(
    monkeypatch: pytest.MonkeyPatch, initialised: int, counted: int, cards: int, expected: bool
) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda _: driver(initialised, counted, cards))
    assert cuda_driver.has_cuda_card() is expected


def test_without_a_driver_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(_: str) -> None:
        raise OSError("cannot open shared object file")

    monkeypatch.setattr(ctypes, "CDLL", absent)
    assert cuda_driver.has_cuda_card() is False
