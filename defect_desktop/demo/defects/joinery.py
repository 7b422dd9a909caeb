"""Defects of what stands against the paper: skirting, ceiling moulding, frames and built-in furniture.

The fixture lies below row `spot.edge`, its face `spot.face` rows broad, whatever side of the photo it will be on.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from defect_desktop.demo.canvas import Canvas, Colour, Spot
from defect_desktop.demo.fields import Field, axes, blurred, disc, fractal_noise, grain, line_noise, ramp, smooth_noise


def draw_skirting_repair(canvas: Canvas, spot: Spot, rng: np.random.Generator) -> None:
    """걸레받이수정: the skirting stands off the wall, gapes at a joint, or is chipped, scratched or dented."""
    _draw_one(canvas, spot, rng, (_wall_gap, _butt_joint, _chip, _scrape, _dent), (0.3, 0.25, 0.2, 0.15, 0.1))


def draw_moulding_repair(canvas: Canvas, spot: Spot, rng: np.random.Generator) -> None:
    """몰딩수정: the ceiling moulding gapes at the wall or at a joint, or is chipped or scraped."""
    _draw_one(canvas, spot, rng, (_wall_gap, _butt_joint, _chip, _scrape), (0.35, 0.33, 0.18, 0.14))


def draw_frame_repair(canvas: Canvas, spot: Spot, rng: np.random.Generator) -> None:
    """창틀,문틀수정: the frame is scraped, chipped, dented, or its mitre is open."""
    _draw_one(canvas, spot, rng, (_mitre, _chip, _scrape, _dent), (0.25, 0.27, 0.3, 0.18))


def draw_furniture_repair(canvas: Canvas, spot: Spot, rng: np.random.Generator) -> None:
    """가구수정: the cupboard's edge has lost its edging or is chipped to the chipboard, or its side is scraped."""
    # A cupboard's side panel is narrow, but its doors go on below it: damage reaches over both.
    broad = Spot(spot.x, spot.y, spot.size, spot.edge, max(spot.face, 9 * canvas.unit))
    _draw_one(canvas, broad, rng, (_edging, _chip, _scrape), (0.42, 0.38, 0.2))


_Drawer = Callable[[Canvas, Spot, np.random.Generator], None]


def _draw_one(
    canvas: Canvas, spot: Spot, rng: np.random.Generator, drawers: tuple[_Drawer, ...], shares: tuple[float, ...]
) -> None:
    drawers[int(rng.choice(len(drawers), p=shares))](canvas, spot, rng)


def _core_colour(rng: np.random.Generator) -> Colour:
    """Fibreboard, chipboard or bare wood under the film."""
    red, green, blue = ((0.58, 0.43, 0.28), (0.7, 0.57, 0.4), (0.45, 0.33, 0.22))[int(rng.integers(3))]
    level = float(rng.uniform(0.85, 1.1))
    return red * level, green * level, blue * level


def _wall_gap(canvas: Canvas, spot: Spot, rng: np.random.Generator) -> None:
    """The board leans out: a dark wedge opens between it and the paper."""
    half = float(rng.uniform(2.2, 5.5)) * spot.size
    local, at = canvas.crop(Spot(spot.x, spot.edge, spot.size, spot.edge), half, 4 * canvas.unit)
    along, across = axes(local.shape, at.x, at.edge)
    opening = np.clip(1 - (along / half) ** 2, 0, 1) + 0.06 * line_noise(rng, along, 3 * canvas.unit)
    width = np.clip(opening, 0, 1) * float(rng.uniform(1.1, 2.8)) * canvas.unit
    gap = ramp(width - np.abs(across + 0.35 * width) * 1.6 + 0.2, 1.2) * (opening > 0.03)
    local.paint(gap, (0.1, 0.085, 0.07))
    local.relief[:] = local.relief * (1 - gap)
    lit = np.exp(-(((across - 0.55 * width) / (0.3 * canvas.unit)) ** 2)) * np.clip(opening, 0, 1)
    local.paint(0.35 * lit, (0.95, 0.93, 0.9))
    local.darken(np.exp(-np.abs(across + width) / canvas.unit) * (1 - gap) * np.clip(opening, 0, 1), 0.25)


def _butt_joint(canvas: Canvas, spot: Spot, rng: np.random.Generator) -> None:
    """Two lengths of the board do not meet: a dark slit across the face, and one length stands higher."""
    _slit(canvas, spot, float(rng.normal(0, 0.06)), rng)


def _mitre(canvas: Canvas, spot: Spot, rng: np.random.Generator) -> None:
    """A frame's corner or joint gapes, at right angles or on the mitre."""
    _slit(canvas, spot, float(rng.choice([0.0, 0.75, -0.75])) + float(rng.normal(0, 0.05)), rng)


def _slit(canvas: Canvas, spot: Spot, slant: float, rng: np.random.Generator) -> None:
    rows = slice(int(spot.edge), max(int(spot.edge) + 3, int(spot.edge + spot.face)))
    local = Canvas(canvas.albedo[rows], canvas.relief[rows], canvas.shadow[rows], canvas.light, canvas.unit)
    along, across = axes(local.shape, spot.x, spot.face / 2)
    offset = along - math.tan(slant) * across
    taper = float(rng.uniform(-0.6, 0.6)) * across / max(spot.face, 1)
    half = float(rng.uniform(0.4, 1.1)) * canvas.unit * (1 + taper)
    local.relief[:] += float(rng.uniform(0.4, 1.1)) * canvas.unit * (offset > 0)
    local.albedo[:] *= (1 - float(rng.uniform(0, 0.06)) * (offset > 0))[..., None].astype(np.float32)
    slit = ramp(half - np.abs(offset) + 0.5 + 0.12 * canvas.unit * line_noise(rng, across, canvas.unit), 1.2)
    local.paint(slit, (0.09, 0.075, 0.06))
    local.relief[:] = local.relief * (1 - slit)
    if rng.random() < 0.4:
        chips = ramp(
            0.8 * canvas.unit - np.abs(offset) + canvas.unit * smooth_noise(rng, local.shape, canvas.unit), 1.5
        )
        local.paint(chips * (1 - slit), _core_colour(rng))


def _on_face(spot: Spot, rng: np.random.Generator, low: float, high: float) -> Spot:
    """A spot somewhere across the face; damage is never broader than the face is."""
    size = min(spot.size, 0.62 * spot.face)
    return Spot(spot.x, spot.edge + float(rng.uniform(low, high)) * spot.face, size, spot.edge, spot.face)


def _chip(canvas: Canvas, spot: Spot, rng: np.random.Generator) -> None:
    """A piece has broken off the arris: rough brown core, deep, with a sharp dark upper edge."""
    place = _on_face(spot, rng, 0.0, 0.35)
    local, at = canvas.crop(place, 3.2 * place.size)
    along, across = axes(local.shape, at.x, at.y, float(rng.normal(0, 0.15)))
    noise = fractal_noise(rng, local.shape, 0.5 * place.size, 5)
    body = disc(along, across, place.size * float(rng.uniform(1.0, 2.2)), 0.55 * place.size) + 0.35 * noise
    body = np.where(np.arange(local.shape[0])[:, None] > at.edge, body, -1).astype(np.float32)
    _strip(local, body, place.size, rng)


def _strip(local: Canvas, body: Field, size: float, rng: np.random.Generator) -> None:
    """Bare the core where `body` > 0, a little below the face."""
    mask = ramp(body, 0.08)
    crumbs = 1 + 0.14 * blurred(grain(rng, local.shape), 0.7) + 0.1 * smooth_noise(rng, local.shape, 1.5 * local.unit)
    local.paint(ramp(body + 0.1, 0.08), (0.88, 0.86, 0.8))
    local.paint(mask, crumbs[..., None] * np.asarray(_core_colour(rng), np.float32))
    depth = min(0.9 * local.unit, 0.2 * size)
    local.relief[:] -= mask * (depth + 0.35 * blurred(grain(rng, local.shape), 1.0))


def _edging(canvas: Canvas, spot: Spot, rng: np.random.Generator) -> None:
    """The edging strip has come off for some length: chipboard in a long band along the arris."""
    half = float(rng.uniform(1.2, 2.6)) * spot.size
    breadth = float(rng.uniform(1.8, 3.6)) * canvas.unit
    local, at = canvas.crop(Spot(spot.x, spot.edge, half, spot.edge), 1.4 * half, 2.5 * breadth)
    along, across = axes(local.shape, at.x, at.edge)
    ragged = 0.35 * canvas.unit * line_noise(rng, along, 1.2 * canvas.unit)
    inside = np.minimum(half - np.abs(along) + 3 * ragged, breadth + ragged - across) / np.float32(breadth)
    _strip(local, np.where(across > 0, inside, -1).astype(np.float32), half, rng)
    end = at.x + half * float(rng.choice([-1, 1]))
    u, v = axes(local.shape, end, at.edge + 0.5 * breadth, float(rng.normal(0, 0.2)))
    curl = ramp(np.minimum(1 - np.abs(u) / (0.35 * half), 1 - np.abs(v) / (0.45 * breadth)), 0.3)
    local.cast_shadow(curl, 0.8 * canvas.unit, 0.6, 0.3 * canvas.unit + 0.5)
    local.paint(curl, (0.85, 0.82, 0.76))
    local.relief[:] += curl * canvas.unit


def _scrape(canvas: Canvas, spot: Spot, rng: np.random.Generator) -> None:
    """Scraped through the film: a few parallel cuts along the face, pale or showing the core."""
    place = _on_face(spot, rng, 0.3, 0.65)
    size = max(place.size, 5 * canvas.unit)
    local, at = canvas.crop(place, 2.6 * size, 0.6 * place.face)
    along, across = axes(local.shape, at.x, at.y, float(rng.normal(0, 0.22)))
    reach = ramp(1 - np.abs(along) / (size * float(rng.uniform(1.2, 2.4))), 0.3)
    lines = line_noise(rng, across, 0.55 * canvas.unit) + 0.55 * smooth_noise(
        rng, local.shape, (0.8 * canvas.unit, 4 * canvas.unit)
    )
    band = disc(0 * along, across, 1.0, max(0.32 * place.face, 2 * canvas.unit))
    cuts = ramp(lines - 0.9 + 0.9 * np.clip(band, -2, 1), 0.35) * reach
    cuts = cuts * (np.arange(local.shape[0])[:, None] > at.edge)
    is_dark = float(local.albedo.mean()) < 0.6
    local.paint(cuts.astype(np.float32), (0.9, 0.87, 0.8) if is_dark else _core_colour(rng))
    local.relief[:] -= 0.4 * canvas.unit * cuts


def _dent(canvas: Canvas, spot: Spot, rng: np.random.Generator) -> None:
    """Hit by something: a deep dent, the film cracked white around it and torn in the middle."""
    place = _on_face(spot, rng, 0.2, 0.6)
    local, at = canvas.crop(place, 2.4 * place.size)
    along, across = axes(local.shape, at.x, at.y, float(rng.uniform(0, math.pi)))
    distance = np.hypot(along, across * float(rng.uniform(1.0, 1.6)))
    face = (np.arange(local.shape[0])[:, None] > at.edge).astype(np.float32)
    local.relief[:] -= face * 0.35 * place.size * np.exp(-((distance / (0.6 * place.size)) ** 2))
    noise = fractal_noise(rng, local.shape, 0.25 * place.size, 4)
    _strip(local, (0.4 - distance / place.size + 0.25 * noise) * face - (1 - face), place.size, rng)
