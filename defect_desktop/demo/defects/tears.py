"""Defects that open the paper: damage, a burst line, and a hole drilled in the wrong place."""

from __future__ import annotations

import math

import cv2
import numpy as np

from defect_desktop.demo.canvas import Canvas, Colour, Spot
from defect_desktop.demo.fields import Field, axes, blurred, disc, fractal_noise, grain, line_noise, ramp, smooth_noise

_PAPER_CORE: Colour = (0.93, 0.92, 0.89)
"""Torn paper shows its white core along the rim."""


def substrate_colour(rng: np.random.Generator) -> Colour:
    """What lies under the paper: lining paper, plasterboard's grey face, cement, putty."""
    colours: tuple[Colour, ...] = ((0.72, 0.64, 0.5), (0.62, 0.6, 0.56), (0.5, 0.49, 0.47), (0.86, 0.84, 0.79))
    red, green, blue = colours[int(rng.integers(len(colours)))]
    level = float(rng.uniform(0.85, 1.1))
    return red * level, green * level, blue * level


def draw_damage(canvas: Canvas, spot: Spot, rng: np.random.Generator) -> None:
    """훼손: torn off, scratched, scuffed or knocked in."""
    drawer = (_tear, _scratches, _scuff, _knock)[int(rng.choice(4, p=[0.42, 0.25, 0.15, 0.18]))]
    drawer(canvas, spot, rng)


def _tear(canvas: Canvas, spot: Spot, rng: np.random.Generator) -> None:
    """A piece is torn off: an irregular patch of substrate, a white rim of paper core, often a flap at one end."""
    local, at = canvas.crop(spot, 2.2 * spot.size)
    angle = float(rng.uniform(-math.pi, math.pi))
    along, across = axes(local.shape, at.x, at.y, angle)
    noise = fractal_noise(rng, local.shape, 0.5 * spot.size, 5)
    slim = float(rng.uniform(0.2, 0.7)) * (1 - 0.5 * np.clip(along / spot.size, -0.5, 1))
    body = disc(along, across, spot.size, spot.size * slim) + 0.28 * noise
    open_paper(local, body, 0.22 * float(rng.uniform(0.3, 1.4)), rng)
    if rng.random() < 0.5:
        _flap(local, Spot(at.x, at.y, spot.size), angle, rng)


def open_paper(local: Canvas, body: Field, rim_width: float, rng: np.random.Generator) -> None:
    """Take the paper away where `body` > 0: substrate within, a torn white rim around, one paper's thickness lower."""
    rim = body + rim_width * np.clip(0.6 + 0.6 * smooth_noise(rng, local.shape, 2.5 * local.unit), 0, 2)
    local.paint(ramp(rim, 0.04), _PAPER_CORE)
    hole = ramp(body, 0.05)
    mottle = 1 + 0.05 * fractal_noise(rng, local.shape, 2.0 * local.unit, 3)
    local.paint(hole, mottle[..., None] * np.asarray(substrate_colour(rng), np.float32))
    depth = 0.55 * local.unit
    local.relief[:] = local.relief * (1 - hole) - depth * hole - 0.4 * depth * ramp(rim, 0.04)
    local.relief[:] += hole * 0.25 * blurred(grain(rng, local.shape), 1.0)


def _flap(local: Canvas, at: Spot, angle: float, rng: np.random.Generator) -> None:
    """The torn piece still hangs on: its white back, curled up and throwing a shadow."""
    x, y = at.x + math.cos(angle) * 0.7 * at.size, at.y + math.sin(angle) * 0.7 * at.size
    along, across = axes(local.shape, x, y, angle + float(rng.normal(0, 0.4)))
    noise = fractal_noise(rng, local.shape, 0.4 * at.size, 3)
    half = 0.42 * at.size * (1 - np.clip(along / (0.8 * at.size), -1, 1)) + 1
    body = np.minimum((half - np.abs(across)) / (0.3 * at.size), 1 - np.abs(along) / (0.6 * at.size)) + 0.12 * noise
    mask = ramp(body, 0.1)
    local.cast_shadow(mask, 0.1 * at.size, 0.6, 0.05 * at.size + 1)
    local.paint(mask, (0.9, 0.88, 0.83))
    curl = np.clip(1 - (along / (0.6 * at.size)) ** 2, 0, 1)
    local.relief[:] = local.relief * (1 - mask) + mask * 0.22 * at.size * curl


def _scratches(canvas: Canvas, spot: Spot, rng: np.random.Generator) -> None:
    """One to a few long thin cuts through the print."""
    local, at = canvas.crop(spot, 2.0 * spot.size)
    mask = np.zeros(local.shape, np.uint8)
    angle = float(rng.uniform(-math.pi, math.pi))
    for _ in range(int(rng.integers(1, 6))):
        line = _wandering_line(rng, at, angle + float(rng.normal(0, 0.25)), spot.size * float(rng.uniform(0.6, 1.5)))
        cv2.polylines(mask, [line], False, 255, max(1, round(float(rng.uniform(0.3, 0.7)) * canvas.unit)), cv2.LINE_AA)
    cut = blurred(mask.astype(np.float32) / 255, 0.6)
    cut = cut * np.clip(0.9 + 0.5 * smooth_noise(rng, local.shape, 2.0 * canvas.unit), 0, 1)
    local.paint(cut, _worn_colour(local, rng))
    local.relief[:] -= 0.2 * canvas.unit * cut


def _worn_colour(local: Canvas, rng: np.random.Generator) -> Colour:
    """Scratched dark paper shows its pale core; on pale paper only dirt and rubbed-off rubber are seen."""
    is_pale = float(local.albedo.mean()) > 0.68
    return (0.34, 0.31, 0.28) if rng.random() < (0.8 if is_pale else 0.2) else _PAPER_CORE


def _wandering_line(
    rng: np.random.Generator, at: Spot, angle: float, length: float
) -> np.ndarray[tuple[int, ...], np.dtype[np.int32]]:
    steps = np.linspace(-0.5, 0.5, 12)
    sway = np.cumsum(rng.normal(0, 0.02, size=12)) + float(rng.normal(0, 0.3)) * steps**2
    offset = float(rng.normal(0, 0.25)) * at.size
    x = at.x + length * (steps * math.cos(angle) - sway * math.sin(angle)) - offset * math.sin(angle)
    y = at.y + length * (steps * math.sin(angle) + sway * math.cos(angle)) + offset * math.cos(angle)
    return np.stack([x, y], axis=-1).round().astype(np.int32)


def _scuff(canvas: Canvas, spot: Spot, rng: np.random.Generator) -> None:
    """Rubbed by a piece of furniture: many short parallel marks, the surface roughened and pale or dark."""
    local, at = canvas.crop(spot, 1.8 * spot.size)
    along, across = axes(local.shape, at.x, at.y, float(rng.uniform(-math.pi, math.pi)))
    envelope = disc(along, across, 1.2 * spot.size, 0.55 * spot.size)
    marks = line_noise(rng, across + 0.1 * along, 0.35 * canvas.unit) + 0.7 * smooth_noise(
        rng, local.shape, 1.5 * canvas.unit
    )
    worn = ramp(0.9 * marks + 1.1 * np.clip(envelope, -2, 0.6) - 0.35, 0.5) * ramp(envelope + 0.2, 0.2)
    local.paint(worn * float(rng.uniform(0.6, 0.95)), _worn_colour(local, rng))
    local.relief[:] -= 0.35 * canvas.unit * worn


def _knock(canvas: Canvas, spot: Spot, rng: np.random.Generator) -> None:
    """Something hit the wall: a dent with a torn star in its middle."""
    local, at = canvas.crop(spot, 1.8 * spot.size)
    along, across = axes(local.shape, at.x, at.y, float(rng.uniform(0, math.pi)))
    radius = np.hypot(along, across)
    local.relief[:] -= 0.18 * spot.size * np.exp(-((radius / (0.55 * spot.size)) ** 2))
    angle = np.arctan2(across, along)
    star = 0.5 + 0.3 * np.cos(float(rng.integers(3, 6)) * angle + float(rng.uniform(0, 6)))
    noise = fractal_noise(rng, local.shape, 0.2 * spot.size, 4)
    open_paper(local, star - radius / (0.8 * spot.size) + 0.2 * noise, 0.15, rng)


def draw_burst(canvas: Canvas, spot: Spot, rng: np.random.Generator) -> None:
    """터짐: along the row `spot.edge` the paper has burst open; jagged lips curl up on both sides of a long gap."""
    length = float(rng.uniform(1.6, 3.4)) * spot.size
    # Beside a fixture the paper bursts a little way off, where it bends.
    row = spot.edge - (float(rng.uniform(1.2, 2.5)) * canvas.unit if spot.face else 0)
    local, at = canvas.crop(Spot(spot.x, row, spot.size, row), 1.2 * length, 1.2 * spot.size + 6)
    along, across = axes(local.shape, at.x, at.edge)
    ends = np.sqrt(np.clip(1 - (along / length) ** 2, 0, 1))
    middle = 0.1 * canvas.unit * line_noise(rng, along, 3 * canvas.unit)
    upper = 0.35 + 0.3 * line_noise(rng, along, 1.2 * canvas.unit) + 0.3 * line_noise(rng, along, 5 * canvas.unit)
    lower = 0.35 + 0.3 * line_noise(rng, along, 1.2 * canvas.unit) + 0.3 * line_noise(rng, along, 5 * canvas.unit)
    breadth = float(rng.uniform(0.95, 2.0)) * canvas.unit
    offset = across - middle
    width = breadth * ends * np.where(offset < 0, np.clip(upper, 0.0, 1.5), np.clip(lower, 0.0, 1.5))
    gap = ramp(width - np.abs(offset) + 0.3, 1.2) * (ends > 0)
    lip = ramp(width + 0.6 * canvas.unit * ends - np.abs(offset), 1.5)
    _lift_lips(local, offset, width, ends, rng)
    local.paint(lip * 0.85, _PAPER_CORE)
    local.paint(gap, substrate_colour(rng))
    local.darken(gap, float(rng.uniform(0.35, 0.8)))


def _lift_lips(local: Canvas, offset: Field, width: Field, ends: Field, rng: np.random.Generator) -> None:
    """Both lips bend up towards the gap, each as much as it happened to."""
    reach = float(rng.uniform(1.2, 3.0)) * local.unit
    height = float(rng.uniform(0.6, 1.6)) * local.unit
    bend = np.exp(-np.clip(np.abs(offset) - width, 0, None) / reach) * ends**2
    local.relief[:] += height * bend * np.where(offset < 0, float(rng.uniform(0.3, 1)), float(rng.uniform(0.3, 1)))


def draw_hole(canvas: Canvas, spot: Spot, rng: np.random.Generator) -> None:
    """오타공: a drilled hole, round or cut square for a socket, dark inside, its rim chipped."""
    count = int(rng.choice([1, 1, 1, 2, 3]))
    radius = float(rng.uniform(0.3, 0.8)) * spot.size * (1.0 if count == 1 else 0.6)
    is_square = count == 1 and rng.random() < 0.22
    angle = float(rng.uniform(-math.pi, math.pi))
    for index in range(count):
        step = 3.2 * radius * index
        place = Spot(spot.x + step * math.cos(angle), spot.y + step * math.sin(angle), radius)
        if 0 < place.x < canvas.shape[1] and 0 < place.y < canvas.shape[0]:
            _drill(canvas, place, is_square, rng)


def _drill(canvas: Canvas, spot: Spot, is_square: bool, rng: np.random.Generator) -> None:
    radius = spot.size
    local, at = canvas.crop(spot, 2.2 * radius + 4)
    along, across = axes(local.shape, at.x, at.y, float(rng.normal(0, 0.04)))
    noise = fractal_noise(rng, local.shape, 0.4 * radius + 1, 3)
    body = (
        np.minimum(1 - np.abs(along) / (1.25 * radius), 1 - np.abs(across) / radius)
        if is_square
        else disc(along, across, radius, radius)
    )
    crumbs = body + 0.18 + 0.16 * noise
    local.paint(ramp(crumbs, 0.08) * 0.9, (0.88, 0.86, 0.82))
    local.relief[:] += 0.25 * local.unit * (ramp(crumbs + 0.15, 0.2) - ramp(crumbs, 0.1))
    hole = ramp(body + 0.03 * noise, 1.6 / radius)
    # The lit far wall of the hole: it is lighter on the side away from the lamp.
    away = -(along * local.light.x + across * local.light.y) / radius
    inside = np.clip(0.1 + 0.16 * away, 0.03, 0.35)[..., None] * np.array([1.0, 0.9, 0.78], np.float32)
    local.paint(hole, inside)
    local.relief[:] = local.relief * (1 - hole)
