import threading
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor

from defect_desktop.core.record import PhotoFile
from defect_desktop.errors import PhotoError, PhotoProblem
from defect_desktop.ui.image_loader import ImageLoader, to_image
from defect_desktop.ui.thumbnails import Thumbnails
from tests.ui.fakes import wait_until

pytestmark = pytest.mark.usefixtures("application")


def photo(number: int) -> PhotoFile:
    return PhotoFile(Path(f"/photos/{number}.jpg"), 1, number)


class Decoder:
    """Decodes grey squares, one for every permission."""

    def __init__(self) -> None:
        self.seen: list[int] = []
        self.threads: set[int] = set()
        self.allowed = threading.Semaphore(0)

    def __call__(self, one: PhotoFile) -> np.ndarray:
        self.allowed.acquire(timeout=5)
        self.threads.add(threading.get_ident())
        number = int(one.path.stem)
        self.seen.append(number)
        if number == 13:
            raise PhotoError(PhotoProblem.CORRUPT)
        if number == 14:
            raise ZeroDivisionError
        return np.full((4, 6, 3), number, np.uint8)

    def allow(self, count: int) -> None:
        for _ in range(count):
            self.allowed.release()


@pytest.fixture
def decoder():
    return Decoder()


def test_the_last_request_comes_first_and_old_ones_are_forgotten(decoder):
    loader = ImageLoader(decoder, limit=3)
    arrived = []
    loader.loaded.connect(lambda one, image: arrived.append((int(one.path.stem), image.width())))
    for number in range(8):
        loader.request(photo(number))
    loader.request(photo(5))  # asked for again: to the front
    decoder.allow(8)
    wait_until(lambda: len(arrived) == 4)
    assert [number for number, _ in arrived] == [0, 5, 7, 6]
    assert threading.get_ident() not in decoder.threads
    loader.close()


@pytest.mark.parametrize("number", [13, 14])
def test_a_photo_that_cannot_be_shown_is_a_null_image(decoder, number, caplog):
    loader = ImageLoader(decoder, limit=3)
    arrived = []
    loader.loaded.connect(lambda one, image: arrived.append(image))
    decoder.allow(1)
    loader.request(photo(number))
    wait_until(lambda: bool(arrived))
    assert arrived[0].isNull()
    assert ("ZeroDivisionError" in caplog.text) == (number == 14)
    loader.close()


def test_nothing_arrives_after_closing(decoder):
    loader = ImageLoader(decoder, limit=3)
    arrived = []
    loader.loaded.connect(lambda one, image: arrived.append(one))
    for number in range(3):
        loader.request(photo(number))
    decoder.allow(1)
    loader.close()
    loader.request(photo(4))
    wait_until(lambda: decoder.seen == [0])
    assert arrived == []


def test_pixels_keep_their_colours_whatever_the_width():
    pixels = np.zeros((3, 5, 3), np.uint8)
    pixels[2, 4] = (10, 20, 30)
    image = to_image(pixels[:, ::-1][:, ::-1])
    del pixels
    assert image.pixelColor(4, 2) == QColor(10, 20, 30)
    assert image.pixelColor(0, 0) == QColor(0, 0, 0)


def test_thumbnails_are_decoded_once_and_again_when_the_file_changed():
    decoded = []

    def show_photo(path, width, height):
        decoded.append((path, width, height))
        return np.zeros((height, width, 3), np.uint8)

    thumbnails = Thumbnails(show_photo, QSize(40, 30), ratio=2.0)
    changes = []
    thumbnails.changed.connect(lambda: changes.append(1))
    assert thumbnails.get(photo(1)) is None
    wait_until(lambda: bool(changes))
    pixmap = thumbnails.get(photo(1))
    assert (pixmap.width(), pixmap.deviceIndependentSize().toSize()) == (80, QSize(40, 30))
    assert len(decoded) == 1
    assert thumbnails.get(PhotoFile(photo(1).path, 1, 99)) is None
    wait_until(lambda: len(changes) == 2)
    thumbnails.close()


def test_the_cache_is_bounded(monkeypatch):
    monkeypatch.setattr("defect_desktop.ui.thumbnails._KEPT", 5)
    thumbnails = Thumbnails(lambda path, width, height: np.zeros((2, 2, 3), np.uint8), QSize(2, 2), 1.0)
    for number in range(12):
        thumbnails.get(photo(number))
        wait_until(lambda number=number: photo(number) in thumbnails._kept)
    assert list(thumbnails._kept) == [photo(number) for number in range(7, 12)]
    thumbnails.close()
