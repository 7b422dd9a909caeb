"""Wallpapers: plain, woven, embossed, striped, damask, dotted, brick and marble, in the colours of Korean flats."""

from __future__ import annotations

import colorsys
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np

from defect_desktop.demo.canvas import Colour
from defect_desktop.demo.fields import Field, axes, blurred, disc, fractal_noise, grain, ramp, smooth_noise


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper's print: `pattern`, H x W, is where the second colour lies (0 to 1); `relief`, H x W, is in pixels."""

    pattern: Field
    relief: Field


@dataclass(frozen=True, slots=True)
class Paper:
    """What a wall is papered with: `albedo`, H x W x 3, and `relief`, H x W in pixels."""

    albedo: Field
    relief: Field


Recipe = Callable[[np.random.Generator, tuple[int, int], float], Sheet]


def draw_paper(rng: np.random.Generator, shape: tuple[int, int], unit: float) -> Paper:
    """A wall of `shape` in a paper chosen by `rng`; `unit` is the number of pixels in 1/100 of the short side."""
    recipe = _RECIPES[int(rng.choice(len(_RECIPES), p=_SHARES))]
    sheet = recipe(rng, shape, unit)
    base = _base_colour(rng)
    ink = _ink_colour(rng, base)
    mottle = 1 + np.float32(0.012) * smooth_noise(rng, shape, 18 * unit)
    base_array, ink_array = np.asarray(base, np.float32), np.asarray(ink, np.float32)
    albedo = (base_array + sheet.pattern[..., None] * (ink_array - base_array)) * mottle[..., None]
    return Paper(albedo, sheet.relief)


def _base_colour(rng: np.random.Generator) -> Colour:
    kind = rng.choice(4, p=[0.42, 0.24, 0.18, 0.16])
    if kind == 0:
        hue, saturation, value = rng.uniform(0.06, 0.16), rng.uniform(0.0, 0.06), rng.uniform(0.82, 0.94)
    elif kind == 1:
        hue, saturation, value = rng.uniform(0.07, 0.13), rng.uniform(0.08, 0.24), rng.uniform(0.66, 0.9)
    elif kind == 2:
        hue, saturation, value = rng.uniform(0.0, 1.0), rng.uniform(0.0, 0.07), rng.uniform(0.35, 0.8)
    else:
        hue, saturation, value = _paper_hue(rng), rng.uniform(0.08, 0.3), rng.uniform(0.45, 0.85)
    return colorsys.hsv_to_rgb(float(hue), float(saturation), float(value))


def _paper_hue(rng: np.random.Generator) -> float:
    """Yellow, green, blue and dusty pink are hung; violet and bright magenta hardly are."""
    return float(rng.normal(rng.choice([0.02, 0.13, 0.35, 0.58]), 0.05)) % 1.0


def _ink_colour(rng: np.random.Generator, base: Colour) -> Colour:
    hue, saturation, value = colorsys.rgb_to_hsv(*base)
    change = float(rng.uniform(0.06, 0.2)) * (1 if value < 0.5 or rng.random() < 0.25 else -1)
    hue = (hue + float(rng.normal(0, 0.04))) % 1.0
    saturation = float(np.clip(saturation + rng.uniform(-0.03, 0.1), 0, 1))
    return colorsys.hsv_to_rgb(hue, saturation, float(np.clip(value * (1 + change), 0.1, 0.97)))


def _plain(rng: np.random.Generator, shape: tuple[int, int], unit: float) -> Sheet:
    fine = blurred(grain(rng, shape), 0.8)
    return Sheet(np.zeros(shape, np.float32), fine * np.float32(rng.uniform(0.02, 0.12)))


def _woven(rng: np.random.Generator, shape: tuple[int, int], unit: float) -> Sheet:
    thread, length = float(rng.uniform(0.25, 0.6)) * unit, float(rng.uniform(4, 14)) * unit
    weft = smooth_noise(rng, shape, (max(thread, 1.3), length))
    warp = smooth_noise(rng, shape, (length, max(thread, 1.3)))
    balance = np.float32(rng.uniform(0.1, 0.9))
    threads = weft * balance + warp * (1 - balance)
    return Sheet(np.clip(0.35 + 0.3 * threads, 0, 1), threads * np.float32(rng.uniform(0.06, 0.2)))


def _embossed(rng: np.random.Generator, shape: tuple[int, int], unit: float) -> Sheet:
    cell = max(2.0, float(rng.uniform(0.4, 1.1)) * unit)
    pebbles = smooth_noise(rng, shape, cell)
    return Sheet(
        np.clip(0.25 + 0.12 * pebbles, 0, 1), pebbles * np.float32(rng.uniform(0.05, 0.16)) * np.float32(cell / 3)
    )


def _striped(rng: np.random.Generator, shape: tuple[int, int], unit: float) -> Sheet:
    period = float(rng.uniform(3, 16)) * unit
    share = float(rng.uniform(0.2, 0.6))
    phase = np.mod(np.arange(shape[1], dtype=np.float32) / period + rng.random(), 1.0)
    edge = 1.2 / period
    stripe = ramp(phase, edge) * ramp(share - phase + edge, edge)
    if rng.random() < 0.4:
        second = np.mod(phase * 3, 1.0)
        stripe = np.maximum(stripe, 0.5 * ramp(second, 3 * edge) * ramp(0.3 - second, 3 * edge))
    pattern = np.broadcast_to(stripe[None, :], shape)
    return Sheet(pattern, blurred(grain(rng, shape), 0.8) * np.float32(rng.uniform(0.02, 0.1)) + 0.15 * pattern)


def _damask(rng: np.random.Generator, shape: tuple[int, int], unit: float) -> Sheet:
    width = round(float(rng.uniform(12, 30)) * unit)
    height = round(width * float(rng.uniform(1.2, 1.8)))
    motif = _motif(rng, height, width)
    # A half drop: every second column of motifs is shifted by half a repeat.
    tile = np.maximum(motif, np.roll(motif, (height // 2, width // 2), axis=(0, 1)))
    pattern = _tiled(rng, tile, shape)
    return Sheet(
        pattern, blurred(grain(rng, shape), 0.8) * np.float32(0.06) + pattern * np.float32(rng.uniform(0, 0.5))
    )


def _motif(rng: np.random.Generator, height: int, width: int) -> Field:
    """One ornament, symmetrical about its upright axis, as a rose curve with a heart and two leaves."""
    along, across = axes((height, width), width / 2, height / 2)
    angle = np.arctan2(np.abs(along), across)
    radius = np.hypot(along / (0.24 * width), across / (0.26 * height))
    petals = float(rng.integers(3, 8))
    rim = 0.75 + 0.25 * np.cos(petals * angle) + 0.12 * np.cos(2 * petals * angle + float(rng.uniform(0, 3)))
    soft = 3.0 / (0.24 * width)
    flower = ramp(rim - radius, soft) - 0.8 * ramp(0.62 * rim - radius, soft) + 0.8 * ramp(0.35 * rim - radius, soft)
    leaf_along, leaf_across = axes((height, width), width / 2, height * 0.83)
    leaf = disc(np.abs(leaf_along) - 0.13 * width, leaf_across - 0.4 * np.abs(leaf_along), 0.12 * width, 0.045 * height)
    return np.asarray(np.clip(np.maximum(flower, ramp(leaf, 0.3)), 0, 1), dtype=np.float32)


def _lattice(rng: np.random.Generator, shape: tuple[int, int], unit: float) -> Sheet:
    period = max(8, round(float(rng.uniform(3.5, 9)) * unit))
    along, across = axes((period, period), period / 2, period / 2)
    size = float(rng.uniform(0.12, 0.3)) * period
    form = rng.integers(3)
    if form == 0:
        figure = ramp(size - np.abs(along) - np.abs(across), 1.5)
    elif form == 1:
        figure = ramp(1.6 - np.abs(np.abs(along) + np.abs(across) - period / 2), 1.2)
    else:
        figure = ramp(size - np.minimum(np.abs(along) * 3, np.abs(across) * 3) - 0.5 * np.hypot(along, across), 1.5)
    pattern = _tiled(rng, figure, shape)
    return Sheet(pattern, blurred(grain(rng, shape), 0.8) * np.float32(0.06) + pattern * np.float32(0.2))


def _tiled(rng: np.random.Generator, tile: Field, shape: tuple[int, int]) -> Field:
    top, left = (int(rng.integers(0, side)) for side in tile.shape)
    repeats = (shape[0] // tile.shape[0] + 2, shape[1] // tile.shape[1] + 2)
    return np.ascontiguousarray(np.tile(tile, repeats)[top : top + shape[0], left : left + shape[1]])


def _brick(rng: np.random.Generator, shape: tuple[int, int], unit: float) -> Sheet:
    """Stones in bond, as 'tile' and 'brick' papers print them: each stone its own tone, pale or dark joints."""
    height = float(rng.uniform(7, 18)) * unit
    width = height * float(rng.uniform(1.2, 3.0))
    joint = max(1.5, float(rng.uniform(0.25, 0.7)) * unit)
    tone = np.full(shape, rng.choice([0.0, 1.0]), np.float32)
    stones = np.zeros(shape, np.float32)
    for row in range(-1, int(shape[0] / height) + 1):
        offset = width * (0.5 * (row % 2) + float(rng.uniform(-0.1, 0.1)))
        for column in range(-1, int(shape[1] / width) + 2):
            corner = (round(column * width - offset), round(row * height))
            opposite = (round((column + 1) * width - offset - joint), round((row + 1) * height - joint))
            cv2.rectangle(tone, corner, opposite, float(rng.uniform(0.25, 0.75)), -1)
            cv2.rectangle(stones, corner, opposite, 1.0, -1)
    rough = fractal_noise(rng, shape, 2.5 * unit, 3)
    pattern = np.clip(blurred(tone, 0.8) + 0.12 * rough, 0, 1)
    return Sheet(pattern, blurred(stones, 1.2) * np.float32(rng.uniform(0.2, 0.8)) + 0.12 * rough)


def _marble(rng: np.random.Generator, shape: tuple[int, int], unit: float) -> Sheet:
    clouds = fractal_noise(rng, shape, float(rng.uniform(8, 22)) * unit, 4)
    veins = 1 - np.abs(fractal_noise(rng, shape, float(rng.uniform(14, 30)) * unit, 4))
    pattern = np.clip(0.4 + 0.22 * clouds + 0.6 * ramp(veins - 0.93, 0.07) * rng.choice([0, 1]), 0, 1)
    return Sheet(pattern.astype(np.float32), blurred(grain(rng, shape), 0.8) * np.float32(0.05))


_RECIPES: tuple[Recipe, ...] = (_plain, _woven, _embossed, _striped, _damask, _lattice, _brick, _marble)
_SHARES = (0.2, 0.2, 0.22, 0.1, 0.09, 0.06, 0.07, 0.06)
