"""The camera: where it stands, what its lens blurs, how it exposes, and the noise of its sensor."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from defect_desktop.demo.fields import Field, blurred, grain, smooth_noise

Picture = NDArray[np.uint8]
"""H x W x 3: red, green, blue from 0 to 255."""

_NOISE_BLOCK = 1024


def photograph(
    radiance: Field, rng: np.random.Generator, size: tuple[int, int], visible: tuple[float, float]
) -> Picture:
    """What a hand-held camera makes of `radiance` (H x W x 3, about 0 to 1): a picture of `size` (rows, columns).

    `visible` is the share of the canvas, each way, that it frames.
    """
    picture = np.clip(radiance * np.float32(255) * _exposure(rng, radiance), 0, 255).astype(np.uint8)
    picture = _seen_from(picture, rng, size, visible)
    picture = _through_lens(picture, rng, min(size))
    return np.asarray(cv2.LUT(picture, _tone_curve(rng)), dtype=np.uint8)


def _exposure(rng: np.random.Generator, radiance: Field) -> np.float32:
    """The automatic exposure brings the mean to a middle tone, more or less."""
    mean = float(radiance[::16, ::16].mean())
    wanted = float(np.clip(rng.normal(0.62, 0.09), 0.34, 0.8))
    return np.float32((wanted / max(mean, 0.05)) ** 0.7 * float(np.exp(rng.normal(0.0, 0.06))))


def _seen_from(
    picture: Picture, rng: np.random.Generator, size: tuple[int, int], visible: tuple[float, float]
) -> Picture:
    """Tilt and perspective: four corners of the canvas become the corners of the picture."""
    rows, columns = picture.shape[:2]
    tilt = math.radians(float(rng.normal(0, 2.0)) if rng.random() < 0.85 else float(rng.uniform(-7, 7)))
    low, high = visible[0] - 0.5, visible[1] - 0.5
    corners = np.array([[low, low], [high, low], [high, high], [low, high]])
    corners = corners + rng.uniform(-0.028, 0.028, size=(4, 2))
    pixels = corners * np.array([columns, rows])
    turn = np.array([[math.cos(tilt), math.sin(tilt)], [-math.sin(tilt), math.cos(tilt)]])
    source = (pixels @ turn + np.array([columns, rows]) / 2).astype(np.float32)
    target = np.array([[0, 0], [size[1], 0], [size[1], size[0]], [0, size[0]]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(source, target)
    warped = cv2.warpPerspective(
        picture, matrix, (size[1], size[0]), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101
    )
    return np.asarray(warped, dtype=np.uint8)


def _through_lens(picture: Picture, rng: np.random.Generator, short: int) -> Picture:
    """Focus that is mostly good, sometimes soft; now and then the hand moved."""
    detail = short / 640
    kind = rng.choice(4, p=[0.55, 0.28, 0.09, 0.08])
    if kind == 3:
        return _shaken(picture, float(rng.uniform(2, 6)) * detail, float(rng.uniform(0, math.pi)))
    sigma = float(rng.uniform(*((0.2, 0.6), (0.6, 1.1), (1.1, 2.0))[int(kind)])) * detail
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), max(sigma, 0.2)), dtype=np.uint8)


def _shaken(picture: Picture, length: float, angle: float) -> Picture:
    reach = max(1, math.ceil(length / 2))
    path = np.zeros((2 * reach + 1, 2 * reach + 1), np.float32)
    step = (round(reach * math.cos(angle)), round(reach * math.sin(angle)))
    cv2.line(path, (reach - step[0], reach - step[1]), (reach + step[0], reach + step[1]), 1.0)
    return np.asarray(cv2.filter2D(picture, -1, path / path.sum()), dtype=np.uint8)


def _tone_curve(rng: np.random.Generator) -> Picture:
    """256 x 1 x 3: contrast, gamma and what the white balance leaves over."""
    tone = np.linspace(0, 1, 256)[:, None, None]
    gains = np.array([1 + rng.normal(0, 0.015), 1.0, 1 + rng.normal(0, 0.02)])[None, None, :]
    tone = np.clip(tone * gains, 0, 1) ** float(np.exp(rng.normal(0, 0.1)))
    contrast = float(rng.uniform(0.0, 0.3))
    tone = tone * (1 - contrast) + contrast * (tone * tone * (3 - 2 * tone))
    haze = float(rng.uniform(0, 0.04))
    return np.asarray(np.round(255 * (haze + (1 - haze) * tone)), dtype=np.uint8)


def enlarged(picture: Picture, size: tuple[int, int]) -> Picture:
    """`picture` interpolated to `size` (rows, columns), as a large sensor behind the same lens would see it."""
    return np.asarray(cv2.resize(picture, (size[1], size[0]), interpolation=cv2.INTER_CUBIC), dtype=np.uint8)


def add_sensor_noise(picture: Picture, rng: np.random.Generator, least: float) -> None:
    """Add noise in place: every pixel its own brightness noise, coarser colour noise below it.

    `least` is the deviation (of 255) that the sensor never gets below; small pixels of a large photo are the noisiest.
    """
    strength = float(np.clip(np.exp(rng.normal(0.75, 0.5)), least, 9.0))
    rows, columns = min(picture.shape[0], _NOISE_BLOCK), min(picture.shape[1], _NOISE_BLOCK)
    luma = blurred(grain(rng, (rows, columns)), 0.5) * np.float32(1.6 * strength)
    chroma = np.stack([smooth_noise(rng, (rows, columns), 3.0) for _ in range(3)], axis=-1)
    noise = np.round(luma[..., None] + chroma * np.float32(0.5 * strength)).astype(np.int8)
    for top in range(0, picture.shape[0], rows):
        for left in range(0, picture.shape[1], columns):
            block = picture[top : top + rows, left : left + columns]
            cv2.add(block, noise[: block.shape[0], : block.shape[1]], dst=block, dtype=cv2.CV_8U)
