"""Defects of the wall below the paper: an uneven surface, a plasterboard joint or patch, a screw that stands out."""

from __future__ import annotations

import math

import numpy as np

from defect_desktop.demo.canvas import Canvas, Spot
from defect_desktop.demo.fields import Field, axes, blurred, disc, fractal_noise, grain, line_noise, ramp, smooth_noise


def draw_uneven(canvas: Canvas, spot: Spot, rng: np.random.Generator) -> None:
    """면불량: lumps, dents, grit or trowel ridges under the paper, seen in grazing light; the paper is whole."""
    drawer = (_lumps, _grit, _trowel)[int(rng.choice(3, p=[0.5, 0.28, 0.22]))]
    drawer(canvas, spot, rng)


def _lumps(canvas: Canvas, spot: Spot, rng: np.random.Generator) -> None:
    sign = 1.0 if rng.random() < 0.7 else -1.0
    for _ in range(int(rng.integers(4, 12))):
        radius = float(rng.uniform(1.6, 4.2)) * canvas.unit
        x, y = spot.x + float(rng.normal(0, 0.8)) * spot.size, spot.y + float(rng.normal(0, 0.8)) * spot.size
        place = Spot(float(np.clip(x, 1, canvas.shape[1] - 2)), float(np.clip(y, 1, canvas.shape[0] - 2)), radius)
        local, at = canvas.crop(place, 3 * radius)
        along, across = axes(local.shape, at.x, at.y, float(rng.uniform(0, math.pi)))
        stretch = float(rng.uniform(1.0, 1.9))
        dome = np.exp(-((along / (radius * stretch)) ** 2) - (across / radius) ** 2)
        local.relief[:] += sign * radius * float(rng.uniform(0.16, 0.32)) * dome


def _grit(canvas: Canvas, spot: Spot, rng: np.random.Generator) -> None:
    """Sand and crumbs under the paper: a field of small hard grains."""
    size = 1.4 * spot.size
    local, at = canvas.crop(spot, 2 * size)
    along, across = axes(local.shape, at.x, at.y, float(rng.uniform(0, math.pi)))
    envelope = ramp(disc(along, across, 1.4 * size, size) + 0.3 * smooth_noise(rng, local.shape, 0.5 * size), 0.5)
    cell = max(2.5, float(rng.uniform(0.5, 1.0)) * canvas.unit)
    grains = ramp(smooth_noise(rng, local.shape, cell) - 0.55, 1.0)
    local.relief[:] += envelope * grains * cell * float(rng.uniform(0.4, 0.8))


def _trowel(canvas: Canvas, spot: Spot, rng: np.random.Generator) -> None:
    """Ridges that a filling knife left: broad flats that end in long, slightly bent steps."""
    size = 1.5 * spot.size
    local, at = canvas.crop(spot, 1.8 * size)
    along, across = axes(local.shape, at.x, at.y, float(rng.uniform(-0.7, 0.7)))
    across = across + float(rng.normal(0, 0.25)) / size * along**2
    envelope = ramp(disc(along, across, 1.5 * size, 1.2 * size), 0.5)
    for _ in range(int(rng.integers(3, 7))):
        ridge = across - float(rng.normal(0, 0.45)) * size + 0.3 * canvas.unit * line_noise(rng, along, 8 * canvas.unit)
        width = float(rng.uniform(2.0, 5.0)) * canvas.unit
        step = np.exp(-np.abs(ridge) / np.where(ridge > 0, width, 0.4 * width))
        patch = ramp(0.9 + smooth_noise(rng, local.shape, 0.6 * size), 0.8)
        local.relief[:] += envelope * patch * step * width * float(rng.uniform(0.14, 0.26))


def draw_plasterboard(canvas: Canvas, spot: Spot, rng: np.random.Generator) -> None:
    """석고수정: the board needs repair: a cut-out rectangle, a filled joint with screws, or a patch under the paper."""
    drawer = (_cut_out, _filled_joint, _hidden_patch)[int(rng.choice(3, p=[0.4, 0.35, 0.25]))]
    drawer(canvas, spot, rng)


def _rectangle(local: Canvas, at: Spot, rng: np.random.Generator, wobble: float) -> tuple[Field, Field, Field]:
    """A rectangle as (inside in pixels, along, across); `wobble` pixels of unsteady hand in its edges."""
    along, across = axes(local.shape, at.x, at.y, float(rng.normal(0, 0.05)))
    half_along = at.size * float(rng.uniform(0.9, 1.4))
    half_across = at.size * float(rng.uniform(0.6, 1.1))
    side = half_along - np.abs(along) + wobble * line_noise(rng, across, 4 * local.unit)
    end = half_across - np.abs(across) + wobble * line_noise(rng, along, 4 * local.unit)
    return np.minimum(side, end), along, across


def _cut_out(canvas: Canvas, spot: Spot, rng: np.random.Generator) -> None:
    """The paper is cut away in a rectangle: the board's ivory or grey face, straight edges, putty over screws."""
    local, at = canvas.crop(spot, 2.0 * spot.size)
    inside, along, across = _rectangle(local, at, rng, 0.15 * canvas.unit)
    board = (0.85, 0.81, 0.72) if rng.random() < 0.5 else (0.66, 0.67, 0.66)
    mask = ramp(inside, 1.5)
    mottle = 1 + 0.025 * fractal_noise(rng, local.shape, 3 * canvas.unit, 3)
    local.paint(mask, mottle[..., None] * np.asarray(board, np.float32))
    local.relief[:] = local.relief * (1 - mask) - 0.7 * canvas.unit * mask
    joint = np.abs(across if rng.random() < 0.5 else along) + 0.15 * canvas.unit * line_noise(
        rng, along, 6 * canvas.unit
    )
    if rng.random() < 0.6:
        local.paint(mask * ramp(0.3 * canvas.unit - joint, 1.0), (0.3, 0.28, 0.26))
    _putty(local, mask * ramp(1.8 * canvas.unit - joint, 1.5 * canvas.unit), rng)
    for _ in range(int(rng.integers(1, 5))):
        u, v = (float(rng.uniform(-0.75, 0.75)) * spot.size for _ in range(2))
        _putty(local, mask * ramp(disc(along - u, across - v, 1.9 * canvas.unit, 1.6 * canvas.unit), 0.4), rng)


def _putty(local: Canvas, mask: Field, rng: np.random.Generator) -> None:
    streaks = 1 + 0.03 * smooth_noise(rng, local.shape, (1.2 * local.unit, 5 * local.unit))
    local.paint(mask * 0.9, streaks[..., None] * np.array([0.93, 0.93, 0.91], np.float32))
    local.relief[:] += mask * (0.3 * local.unit + 0.2 * blurred(grain(rng, local.shape), 1.5))


def _filled_joint(canvas: Canvas, spot: Spot, rng: np.random.Generator) -> None:
    """Putty was spread over the paper in a trowelled white rectangle, thick at its ends."""
    local, at = canvas.crop(spot, 2.0 * spot.size)
    inside, _, across = _rectangle(local, at, rng, 0.5 * canvas.unit)
    worn = inside + 0.6 * canvas.unit * smooth_noise(rng, local.shape, 2 * canvas.unit)
    mask = ramp(worn, 1.2 * canvas.unit)
    tone = np.array([0.92, 0.915, 0.9], np.float32) * float(rng.uniform(0.82, 1.0))
    strokes = line_noise(rng, across, 1.4 * canvas.unit) + smooth_noise(
        rng, local.shape, (2 * canvas.unit, 9 * canvas.unit)
    )
    local.paint(mask * float(rng.uniform(0.85, 1.0)), (1 + 0.025 * strokes)[..., None] * tone)
    thick = 0.5 * canvas.unit * np.exp(-np.clip(worn, 0, None) / canvas.unit)
    local.relief[:] = local.relief * (1 - 0.8 * mask) + mask * (thick + 0.06 * canvas.unit * blurred(strokes, 1.2))


def _hidden_patch(canvas: Canvas, spot: Spot, rng: np.random.Generator) -> None:
    """A board let into the wall below the paper: its straight outline shows as a groove or step all around."""
    local, at = canvas.crop(spot, 2.0 * spot.size)
    inside, along, across = _rectangle(local, at, rng, 0.1 * canvas.unit)
    step = float(rng.choice([-1, 1])) * float(rng.uniform(0.8, 1.4)) * canvas.unit
    local.relief[:] += step * ramp(inside + 0.3 * canvas.unit, 0.9 * canvas.unit)
    groove = np.exp(-((inside / (0.45 * canvas.unit)) ** 2))
    local.relief[:] -= 0.6 * canvas.unit * groove
    local.darken(groove, float(rng.uniform(0.0, 0.2)))
    for u, v in ((-0.6, -0.4), (0.6, 0.4)):
        dome = np.exp(-((along - u * spot.size) ** 2 + (across - v * spot.size) ** 2) / (1.1 * canvas.unit) ** 2)
        local.relief[:] += 0.5 * canvas.unit * dome * ramp(inside, 2.0)


def draw_screw(canvas: Canvas, spot: Spot, rng: np.random.Generator) -> None:
    """피스: a screw that stands out: a hard round head under the taut paper, or through it with its metal showing."""
    is_through = rng.random() < 0.4
    count = int(rng.choice([1, 1, 2, 3]))
    gap = spot.size + float(rng.uniform(2, 9)) * canvas.unit
    for index in range(count):
        place = Spot(spot.x + float(rng.normal(0, 0.4)) * canvas.unit, spot.y + index * gap, spot.size)
        if place.y < canvas.shape[0] - 2 and place.x > 2:
            _screw_head(canvas, place, is_through, rng)


def _screw_head(canvas: Canvas, spot: Spot, is_through: bool, rng: np.random.Generator) -> None:
    radius = float(rng.uniform(0.9, 1.15)) * spot.size * 0.42
    local, at = canvas.crop(spot, 5 * radius)
    along, across = axes(local.shape, at.x, at.y, float(rng.uniform(0, math.pi)))
    distance = np.hypot(along, across)
    head = ramp(1 - distance / radius, 0.45)
    tent = np.exp(-distance / (1.2 * radius))
    local.relief[:] += radius * (0.24 * head + 0.28 * tent)
    if not is_through:
        local.darken(np.exp(-(((distance - 1.15 * radius) / (0.3 * radius)) ** 2)), 0.16)
        return
    noise = fractal_noise(rng, local.shape, 0.5 * radius, 3)
    local.paint(ramp(1.35 - distance / radius + 0.2 * noise, 0.1) * 0.85, (0.9, 0.89, 0.86))
    metal = 0.42 + 0.3 * np.clip(-(along * local.light.x + across * local.light.y) / radius, -1, 1)
    disc_mask = ramp(1 - distance / radius, 1.6 / radius)
    local.paint(disc_mask, metal[..., None] * np.array([1.0, 0.99, 0.95], np.float32))
    cross = np.minimum(np.abs(along), np.abs(across)) - 0.14 * radius
    local.paint(ramp(-cross, 1.0) * ramp(0.62 - distance / radius, 0.1), (0.08, 0.08, 0.08))
    local.darken(np.exp(-(((distance - 1.1 * radius) / (0.2 * radius)) ** 2)), 0.4)
