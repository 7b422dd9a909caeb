from __future__ import annotations

import base64

import numpy as np
import pytest
from PIL import Image

from defect_desktop.training.report.pictures import picture_uri
from defect_desktop.vision.photo_loader import decode_photo
from tests.photos import scene


@pytest.mark.parametrize(("size", "expected"), [((400, 200), (100, 50)), ((30, 60), (30, 60))])
def test_a_picture_shrinks_to_its_longer_side_and_never_grows(size: tuple[int, int], expected: tuple[int, int]) -> None:
    pixels = np.asarray(scene(*size))
    head, _, content = picture_uri(pixels, 100).partition(",")
    assert head == "data:image/jpeg;base64"
    shown = decode_photo(base64.b64decode(content))
    assert shown.shape[1::-1] == expected
    original = np.asarray(Image.fromarray(pixels).resize(expected)).astype(int)
    assert np.abs(shown.astype(int) - original).mean() < 8
