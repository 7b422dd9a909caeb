"""Defects of paper that came off or was pulled: a twist, a lifted edge, wrinkles."""

from __future__ import annotations

import math

import numpy as np

from defect_desktop.demo.canvas import Canvas, Spot
from defect_desktop.demo.defects.tears import substrate_colour
from defect_desktop.demo.fields import Field, axes, blurred, disc, grain, line_noise, ramp, smooth_noise


def draw_twist(canvas: Canvas, spot: Spot, rng: np.random.Generator) -> None:
    """꼬임: sharp creases that leave one point of the paper's edge (row `spot.edge`) in a slanting fan."""
    reach = 2.9 * spot.size
    start = Spot(spot.x, spot.edge, spot.size, spot.edge)
    local, at = canvas.crop(start, reach)
    slant = float(rng.choice([-1, 1]))
    first = -math.pi / 2 + slant * float(rng.uniform(0.35, 0.95))
    paper = ramp(at.edge - np.arange(local.shape[0], dtype=np.float32)[:, None], 1.0)
    for fold in range(int(rng.integers(1, 4))):
        angle = first + slant * fold * float(rng.uniform(0.16, 0.38))
        x = at.x + fold * float(rng.uniform(-0.25, 0.25)) * spot.size
        along, across = axes(local.shape, x, at.edge + 0.1 * spot.size, angle)
        length = spot.size * float(rng.uniform(1.5, 2.6)) * (1 - 0.18 * fold)
        local.relief[:] += paper * _crease(along, across, length, canvas.unit, rng)


def _crease(along: Field, across: Field, length: float, unit: float, rng: np.random.Generator) -> Field:
    """One fold: a sharp crest, steep on one side and falling off gently on the other, strongest near its start."""
    bent = across + 0.12 * unit * line_noise(rng, along, 6 * unit) - float(rng.normal(0, 0.12)) / length * along**2
    steep, gentle = float(rng.uniform(0.25, 0.5)) * unit, float(rng.uniform(1.6, 4.0)) * unit
    side = 1.0 if rng.random() < 0.5 else -1.0
    profile = np.exp(-np.abs(bent) / np.where(bent * side > 0, steep, gentle))
    fade = ramp(1 - along / length, 0.9) * ramp(along + 0.2 * length, 0.1 * length)
    return np.asarray(float(rng.uniform(1.2, 2.4)) * unit * profile * fade, dtype=np.float32)


def draw_lift(canvas: Canvas, spot: Spot, rng: np.random.Generator) -> None:
    """들뜸: the paper's edge (row `spot.edge`) has come off; it stands away from the wall and curls."""
    half = float(rng.uniform(1.3, 2.6)) * spot.size
    depth = float(rng.uniform(0.5, 1.0)) * spot.size
    local, at = canvas.crop(Spot(spot.x, spot.edge, spot.size, spot.edge), 1.45 * half, 2.2 * depth + 8)
    along, across = axes(local.shape, at.x, at.edge)
    # The lifted tongue is widest at the edge: a bell along it, with one side steeper.
    skew = 1 + 0.35 * float(rng.choice([-1, 1])) * np.sign(along)
    bell = np.clip(1 - np.abs(along / (half * skew)) ** 2, 0, 1) ** 1.3
    bell = bell * (1 + 0.12 * line_noise(rng, along, 0.4 * spot.size))
    curl = bell * depth * float(rng.uniform(0.3, 0.6))
    torn_to = -curl
    bared = ramp(across - torn_to + 0.5, 1.5) * ramp(1.5 - across, 1.5) * (curl > 0.4)
    _bare(local, bared, rng)
    paper = ramp(torn_to - across + 0.5, 1.5)
    _curl_up(local, paper, (across - torn_to, bell), depth, rng)
    gap = np.exp(-np.abs(across - torn_to - 0.3 * local.unit) / (0.7 * local.unit)) * np.clip(bell * 2, 0, 1)
    local.darken(gap * (1 - paper), float(rng.uniform(0.6, 0.85)))
    fall = np.exp(-np.clip(across - torn_to, 0, None) / (0.25 * depth + 1)) * (1 - paper) * np.clip(bell, 0, 1)
    local.darken(fall, float(rng.uniform(0.35, 0.6)))


def _bare(local: Canvas, bared: Field, rng: np.random.Generator) -> None:
    streaks = 1 + 0.08 * smooth_noise(rng, local.shape, (0.6 * local.unit + 1, 3 * local.unit))
    local.paint(bared, streaks[..., None] * np.asarray(substrate_colour(rng), np.float32))
    local.relief[:] = local.relief * (1 - bared) + bared * 0.2 * blurred(grain(rng, local.shape), 0.8)


def _curl_up(local: Canvas, paper: Field, place: tuple[Field, Field], depth: float, rng: np.random.Generator) -> None:
    """Raise the paper towards its free edge; the rim that has rolled over shows the pale back of the paper."""
    distance, bell = place
    inward = np.clip(-distance, 0, None)
    rise = bell * np.exp(-((inward / (float(rng.uniform(0.45, 0.8)) * depth)) ** 2))
    local.relief[:] += paper * rise * depth * float(rng.uniform(0.3, 0.55))
    roll = float(rng.uniform(0.06, 0.2)) * depth + 1.5
    back = ramp(roll * np.clip(bell, 0, 1) - inward, 1.2) * paper * (bell > 0.05)
    local.paint(back, (0.9, 0.88, 0.84))
    local.darken(np.exp(-((inward - 1.3 * roll) ** 2) / (0.5 * roll) ** 2) * np.clip(bell, 0, 1) * paper, 0.25)


def draw_wrinkles(canvas: Canvas, spot: Spot, rng: np.random.Generator) -> None:
    """울음: the paper weeps: soft waves side by side over a broad part of the wall."""
    size = 1.7 * spot.size
    local, at = canvas.crop(spot, 2.0 * size)
    along, across = axes(local.shape, at.x, at.y, float(rng.normal(math.pi / 2, 0.6)))
    envelope = ramp(disc(along, across, 1.5 * size, size) + 0.25 * smooth_noise(rng, local.shape, 0.6 * size), 0.7)
    wave = float(rng.uniform(3.2, 7.0)) * canvas.unit
    phase = across / wave + 0.6 * smooth_noise(rng, local.shape, (1.6 * size, 1.6 * size))
    phase = phase + 0.1 * smooth_noise(rng, local.shape, 0.5 * size)
    waves = np.sin(2 * math.pi * phase) + 0.35 * np.sin(4 * math.pi * phase + 1.0)
    strength = 1 + 0.45 * smooth_noise(rng, local.shape, 0.7 * size)
    local.relief[:] += envelope * waves * strength * wave * float(rng.uniform(0.035, 0.08))
