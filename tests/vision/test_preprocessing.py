from __future__ import annotations

import io

import numpy as np
import pytest
import timm.data
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from defect_desktop.vision.photo_loader import decode_photo
from defect_desktop.vision.preprocessing import CropMode, Interpolation, Preprocessing
from tests.photos import scene


def preprocessing(crop_mode: CropMode, crop_share: float, interpolation: Interpolation) -> Preprocessing:
    return Preprocessing(96, 96, (0.5, 0.4, 0.3), (0.2, 0.3, 0.4), interpolation, crop_mode, crop_share)


@pytest.mark.parametrize("interpolation", list(Interpolation))
@pytest.mark.parametrize(
    ("crop_mode", "crop_share"), [(CropMode.SQUASH, 1.0), (CropMode.CENTER, 1.0), (CropMode.CENTER, 0.875)]
)
@pytest.mark.parametrize("size", [(320, 200), (200, 320), (96, 96)])
def test_it_agrees_with_the_transform_of_the_networks_library(
    interpolation: Interpolation, crop_mode: CropMode, crop_share: float, size: tuple[int, int]
) -> None:
    photo = scene(*size)
    ours = preprocessing(crop_mode, crop_share, interpolation).fit(np.asarray(photo))
    transform = timm.data.create_transform(
        (3, 96, 96), interpolation=interpolation.value, crop_pct=crop_share, crop_mode=crop_mode.value,
        mean=(0, 0, 0), std=(1, 1, 1),
    )  # fmt: skip
    theirs = transform(photo).permute(1, 2, 0).numpy() * 255
    # The library rounds a resized photo to whole pixels before it crops; apart from that both are the same.
    assert np.abs(ours - theirs).mean() < (1.0 if crop_mode is CropMode.SQUASH else 9.0)


def test_a_squash_keeps_what_lies_at_the_edge() -> None:
    photo = np.zeros((100, 400, 3), dtype=np.uint8)
    photo[:, -30:] = 255
    assert preprocessing(CropMode.SQUASH, 1.0, Interpolation.BILINEAR).fit(photo)[:, -4:].min() > 200
    assert preprocessing(CropMode.CENTER, 1.0, Interpolation.BILINEAR).fit(photo).max() == 0


@pytest.mark.parametrize(("crop_mode", "crop_share"), [(CropMode.SQUASH, 1.0), (CropMode.CENTER, 0.8)])
@pytest.mark.parametrize("size", [(1600, 1200), (1200, 1600), (700, 620)])
def test_a_reduced_decode_gives_the_same_input(crop_mode: CropMode, crop_share: float, size: tuple[int, int]) -> None:
    buffer = io.BytesIO()
    scene(*size).save(buffer, "JPEG", quality=95)
    fitting = preprocessing(crop_mode, crop_share, Interpolation.BICUBIC)
    reduced = decode_photo(buffer.getvalue(), fitting.decode_side)
    assert reduced.shape[0] < size[1]
    whole = fitting.fit(decode_photo(buffer.getvalue())).astype(int)
    assert np.abs(fitting.fit(reduced) - whole).mean() < 1.0


def test_a_photo_smaller_than_the_input_is_enlarged() -> None:
    tiny = np.asarray(Image.new("RGB", (3, 2), "red"))
    assert preprocessing(CropMode.SQUASH, 1.0, Interpolation.BICUBIC).fit(tiny).shape == (96, 96, 3)


side = st.integers(1, 400)


@settings(max_examples=500, deadline=None)
@given(side, side, side, side, st.floats(0.1, 1.0) | st.just(1.0), st.sampled_from(CropMode))
def test_what_is_seen_lies_within_the_photo(
    high: int, wide: int, height: int, width: int, crop_share: float, mode: CropMode
) -> None:
    fitting = Preprocessing(height, width, (0, 0, 0), (1, 1, 1), Interpolation.BILINEAR, mode, crop_share)
    left, top, right, bottom = fitting.seen_part(high, wide)
    assert 0 <= left < right <= wide
    assert 0 <= top < bottom <= high
    assert fitting.fit(np.zeros((high, wide, 3), dtype=np.uint8)).shape == (height, width, 3)
