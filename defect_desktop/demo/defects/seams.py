"""Defects where two finishes meet: a bad seam between strips, and too wide a gap beside a frame."""

from __future__ import annotations

import numpy as np

from defect_desktop.demo.canvas import Canvas, Spot
from defect_desktop.demo.defects.tears import substrate_colour
from defect_desktop.demo.fields import axes, line_noise, ramp, smooth_noise


def draw_bad_seam(canvas: Canvas, spot: Spot, rng: np.random.Generator) -> None:
    """이음부불량: along the whole row `spot.edge` two strips gape, overlap, or do not match in pattern and tone."""
    along, across = axes(canvas.shape, spot.x, spot.edge)
    kind = int(rng.choice(3, p=[0.42, 0.33, 0.25]))
    if kind != 0 or rng.random() < 0.4:
        _offset_pattern(canvas, spot, rng)
    if kind == 0:
        slope = float(rng.normal(0, 0.5)) * canvas.unit / canvas.shape[1]
        half = float(rng.uniform(0.35, 0.8)) * canvas.unit * (1 + 0.15 * line_noise(rng, along, 12 * canvas.unit))
        half = np.clip(half + slope * along, 0.12 * canvas.unit, None)
        gap = ramp(half - np.abs(across) + 0.4, 1.2)
        canvas.paint(gap, substrate_colour(rng))
        canvas.relief[:] = canvas.relief * (1 - gap) - 0.8 * canvas.unit * gap
        canvas.darken(gap, float(rng.uniform(0.05, 0.4)))
    else:
        _overlap(canvas, spot, rng, strong=kind == 1)


def _offset_pattern(canvas: Canvas, spot: Spot, rng: np.random.Generator) -> None:
    """The second strip was hung a few centimetres off, or comes from another roll."""
    rows = np.s_[int(spot.edge) :]
    slip = int(rng.choice([-1, 1]) * rng.uniform(1.5, 4.0) * canvas.unit)
    canvas.albedo[rows] = np.roll(canvas.albedo[rows], slip, axis=1)
    canvas.relief[rows] = np.roll(canvas.relief[rows], slip, axis=1)
    canvas.albedo[rows] *= np.float32(1 + float(rng.choice([-1, 1])) * float(rng.uniform(0.03, 0.09)))


def _overlap(canvas: Canvas, spot: Spot, rng: np.random.Generator, strong: bool) -> None:
    """One strip lies over the other: a step with a shadow, and a raised band as broad as the overlap."""
    along, across = axes(canvas.shape, spot.x, spot.edge)
    across = across + 0.15 * canvas.unit * line_noise(rng, along, 15 * canvas.unit)
    width = float(rng.uniform(1.2, 3.0)) * canvas.unit
    height = float(rng.uniform(0.5, 0.9) if strong else rng.uniform(0.25, 0.45)) * canvas.unit
    band = ramp(across + 0.5, 1.5) * ramp(width - across, 0.8 * canvas.unit)
    canvas.relief[:] += height * band * (1 + 0.2 * smooth_noise(rng, canvas.shape, 10 * canvas.unit))
    edge = np.exp(-np.clip(-across, 0, None) / (0.5 * canvas.unit)) * (across < 0)
    canvas.darken(edge.astype(np.float32), float(rng.uniform(0.35, 0.65) if strong else rng.uniform(0.15, 0.3)))


def draw_wide_gap(canvas: Canvas, spot: Spot, rng: np.random.Generator) -> None:
    """틈새과다: the paper was cut short of the frame; between its straight edge and the frame the wall lies bare."""
    top = max(0, int(spot.edge - 12 * canvas.unit))
    part = np.s_[top : int(spot.edge)]
    local = Canvas(canvas.albedo[part], canvas.relief[part], canvas.shadow[part], canvas.light, canvas.unit)
    along, across = axes(local.shape, spot.x, local.shape[0])
    widest = float(rng.uniform(1.6, 4.0)) * canvas.unit
    wedge = 1 + float(rng.choice([-1, 1])) * float(rng.uniform(0, 0.7)) * along / canvas.shape[1]
    cut = widest * np.clip(wedge, 0.2, 2) + 0.12 * canvas.unit * line_noise(rng, along, 7 * canvas.unit)
    gap = ramp(across + cut + 0.5, 1.5)
    rough = 1 + 0.12 * smooth_noise(rng, local.shape, 1.2 * canvas.unit)
    local.paint(gap, rough[..., None] * np.asarray(substrate_colour(rng), np.float32) * float(rng.uniform(0.5, 1.0)))
    local.relief[:] = local.relief * (1 - gap) - gap * (canvas.unit + 0.3 * rough)
    shade = np.exp(across / (0.45 * widest)) + 0.7 * np.exp(-np.clip(across + cut, 0, None) / (0.35 * canvas.unit))
    local.darken(np.clip(shade, 0, 1) * gap, float(rng.uniform(0.35, 0.7)))
