"""Defects of colour: stain, mould, rust and spots. The paper stays flat under all of them."""

from __future__ import annotations

import colorsys
import math

import numpy as np

from defect_desktop.demo.canvas import Canvas, Colour, Spot
from defect_desktop.demo.fields import Field, axes, disc, fractal_noise, grain, line_noise, ramp, smooth_noise


def draw_stain(canvas: Canvas, spot: Spot, rng: np.random.Generator) -> None:
    """오염: a liquid's mark, a smear, a hand print, or glue that ran and dried."""
    drawer = (_liquid, _smear, _hand, _glue)[int(rng.choice(4, p=[0.34, 0.3, 0.16, 0.2]))]
    drawer(canvas, spot, rng)


def _dirt_colour(rng: np.random.Generator) -> Colour:
    """Coffee and water marks, dust and soot, ink and paint."""
    kind = rng.choice(3, p=[0.5, 0.35, 0.15])
    if kind == 0:
        hue, saturation, value = rng.uniform(0.07, 0.14), rng.uniform(0.2, 0.6), rng.uniform(0.45, 0.75)
    elif kind == 1:
        hue, saturation, value = rng.uniform(0.05, 0.12), rng.uniform(0.0, 0.2), rng.uniform(0.3, 0.6)
    else:
        hue, saturation, value = rng.uniform(0, 1), rng.uniform(0.4, 0.8), rng.uniform(0.35, 0.7)
    return colorsys.hsv_to_rgb(float(hue), float(saturation), float(value))


def _liquid(canvas: Canvas, spot: Spot, rng: np.random.Generator) -> None:
    """An uneven patch with a darker rim where it dried, sometimes with a run below."""
    local, at = canvas.crop(spot, 2.2 * spot.size, 3.0 * spot.size)
    along, across = axes(local.shape, at.x, at.y, float(rng.uniform(-0.6, 0.6)))
    noise = fractal_noise(rng, local.shape, 0.7 * spot.size, 4)
    body = disc(along, across, spot.size, spot.size * float(rng.uniform(0.45, 0.9))) + 0.35 * noise
    if rng.random() < 0.5:
        body = np.maximum(body, _run(local, at, rng))
    mask = ramp(body, float(rng.uniform(0.14, 0.6)))
    rim = mask * ramp(0.35 - body, 0.3) * float(rng.uniform(0.0, 0.6))
    strength = np.clip((0.55 + 0.2 * noise) * mask + rim, 0, 1) * float(rng.uniform(0.5, 1.0))
    local.tint(strength.astype(np.float32), _dirt_colour(rng))


def _run(local: Canvas, at: Spot, rng: np.random.Generator) -> Field:
    """Drips that ran down from the patch: positive inside."""
    along, across = axes(local.shape, at.x, at.y)
    field = np.full(local.shape, -1.0, np.float32)
    for _ in range(int(rng.integers(1, 4))):
        offset = float(rng.uniform(-0.5, 0.5)) * at.size
        length = float(rng.uniform(0.8, 2.3)) * at.size
        width = float(rng.uniform(0.03, 0.09)) * at.size + 1
        middle = offset + 0.04 * at.size * line_noise(rng, across[:, :1], 0.5 * at.size)
        inside = np.minimum((width - np.abs(along - middle)) / width, (length - across) / (0.3 * at.size))
        field = np.maximum(field, np.where(across > 0, inside, -1))
    return field


def _smear(canvas: Canvas, spot: Spot, rng: np.random.Generator) -> None:
    """Something dragged along the wall: streaks in one direction, fading out."""
    local, at = canvas.crop(spot, 2.0 * spot.size)
    along, across = axes(local.shape, at.x, at.y, float(rng.uniform(-math.pi, math.pi)))
    bend = float(rng.normal(0, 0.25)) / spot.size
    across = across - bend * along**2
    breadth = float(rng.uniform(0.18, 0.5)) * spot.size
    body = disc(along, across, 1.5 * spot.size, breadth)
    streaks = line_noise(rng, across, 0.09 * spot.size + 1) * 0.5 + 0.35 * smooth_noise(
        rng, local.shape, 0.3 * spot.size
    )
    strength = ramp(body, 0.5) * np.clip(0.55 + 0.5 * streaks, 0, 1) * float(rng.uniform(0.45, 0.95))
    local.tint(strength.astype(np.float32), _dirt_colour(rng))


def _hand(canvas: Canvas, spot: Spot, rng: np.random.Generator) -> None:
    """A dirty hand: a palm and the fingers above it, patchy."""
    local, at = canvas.crop(spot, 1.8 * spot.size)
    lean = float(rng.uniform(-0.5, 0.5))
    along, across = axes(local.shape, at.x, at.y, lean)
    size = spot.size
    print_ = disc(along, across - 0.5 * size, 0.5 * size, 0.45 * size)
    for finger in range(5):
        turn = (finger - 2) * 0.3
        reach = (0.55, 0.85, 0.95, 0.88, 0.65)[finger] * size
        x, y = reach * math.sin(turn), 0.3 * size - reach * math.cos(turn)
        u = (along - x) * math.cos(turn) + (across - y) * math.sin(turn)
        v = (across - y) * math.cos(turn) - (along - x) * math.sin(turn)
        print_ = np.maximum(print_, disc(u, v, 0.12 * size, 0.38 * size))
    patchy = np.clip(0.65 + 0.5 * fractal_noise(rng, local.shape, 0.2 * size, 3), 0, 1)
    strength = ramp(print_, 0.35) * patchy * float(rng.uniform(0.35, 0.8))
    local.tint(strength.astype(np.float32), _dirt_colour(rng))


def _glue(canvas: Canvas, spot: Spot, rng: np.random.Generator) -> None:
    """Paste that was not wiped off: glossy pale or yellowish drops and runs with a faint rim."""
    local, at = canvas.crop(spot, 2.0 * spot.size, 3.0 * spot.size)
    along, across = axes(local.shape, at.x, at.y, float(rng.uniform(-0.4, 0.4)))
    noise = fractal_noise(rng, local.shape, 0.35 * spot.size, 3)
    body = disc(along, across, spot.size, spot.size * float(rng.uniform(0.25, 0.7))) + 0.25 * noise
    if rng.random() < 0.6:
        body = np.maximum(body, _run(local, at, rng))
    mask = ramp(body, 0.2)
    rim = ramp(0.3 - np.abs(body - 0.08), 0.3) * ramp(body + 0.2, 0.2)
    local.tint(0.8 * mask, (0.93, 0.86, 0.66) if rng.random() < 0.6 else (0.85, 0.85, 0.87))
    local.tint(float(rng.uniform(0.2, 0.6)) * rim, (0.62, 0.54, 0.4))
    local.paint(ramp(noise - 0.5, 0.5) * mask * float(rng.uniform(0.1, 0.5)), (1.0, 0.99, 0.96))


def draw_mould(canvas: Canvas, spot: Spot, rng: np.random.Generator) -> None:
    """곰팡이: a colony of dark specks of all sizes, dense in its middle, with a greenish-grey bloom."""
    size = 1.25 * spot.size
    local, at = canvas.crop(spot, 2.2 * size)
    envelope = np.full(local.shape, -2.0, np.float32)
    for _ in range(int(rng.integers(2, 6))):
        x, y = at.x + float(rng.normal(0, 0.5)) * size, at.y + float(rng.normal(0, 0.4)) * size
        along, across = axes(local.shape, x, y, float(rng.uniform(0, math.pi)))
        lobe = float(rng.uniform(0.4, 1.0)) * size
        envelope = np.maximum(envelope, disc(along, across, lobe, lobe * float(rng.uniform(0.4, 1.0))))
    envelope = envelope + 0.3 * fractal_noise(rng, local.shape, 0.5 * size, 3)
    hue, saturation = float(rng.uniform(0.1, 0.4)), float(rng.uniform(0.03, 0.2))
    dark = colorsys.hsv_to_rgb(hue, saturation, float(rng.uniform(0.08, 0.25)))
    bloom = colorsys.hsv_to_rgb(hue, saturation, 0.55)
    local.tint(ramp(envelope + 0.1, 1.0) * float(rng.uniform(0.2, 0.7)), bloom)
    for share in (0.45, 0.9, 1.7):
        cell = max(1.6, share * canvas.unit * float(rng.uniform(0.8, 1.2)))
        specks = smooth_noise(rng, local.shape, cell) + 1.3 * np.clip(envelope, -3, 0.75)
        local.paint(ramp(specks - 1.1, 0.6) * float(rng.uniform(0.65, 0.95)), dark)


def draw_rust(canvas: Canvas, spot: Spot, rng: np.random.Generator) -> None:
    """녹오염: an orange-brown halo around a nail head, or along a hidden metal bead, bleeding downwards."""
    local, at = canvas.crop(spot, 2.4 * spot.size, 4.5 * spot.size)
    deep = colorsys.hsv_to_rgb(float(rng.uniform(0.03, 0.06)), 0.85, float(rng.uniform(0.35, 0.5)))
    bright = colorsys.hsv_to_rgb(float(rng.uniform(0.055, 0.085)), 0.75, float(rng.uniform(0.65, 0.85)))
    heads = [(at.x, at.y)]
    if rng.random() < 0.35:
        heads += [(at.x + float(rng.normal(0, 0.9)) * at.size, at.y + float(rng.normal(0, 0.9)) * at.size)]
    is_bead = rng.random() < 0.25
    for x, y in heads:
        _rust_mark(local, Spot(x, y, at.size), rng, (deep, bright), is_bead)


def _rust_mark(
    local: Canvas, at: Spot, rng: np.random.Generator, colours: tuple[Colour, Colour], is_bead: bool
) -> None:
    deep, bright = colours
    along, across = axes(local.shape, at.x, at.y)
    noise = fractal_noise(rng, local.shape, 0.35 * at.size, 4)
    stretch = float(rng.uniform(1.5, 2.5)) if is_bead else 1.0
    halo = disc(along, across, 0.6 * at.size, 0.65 * at.size * stretch) + 0.28 * noise
    length = float(rng.uniform(0.8, 3.6)) * at.size
    width = (0.35 - 0.22 * np.clip(across / length, 0, 1)) * at.size
    streak = np.minimum((width - np.abs(along)) / (0.35 * at.size), 1 - across / length) + 0.22 * noise
    streak = np.where(across > 0, streak, -1)
    local.tint(0.85 * ramp(halo, 0.7), bright)
    local.tint(float(rng.uniform(0.4, 0.85)) * ramp(streak, 0.8), bright)
    core = disc(along, across, 0.24 * at.size, 0.24 * at.size * stretch**1.5) + 0.25 * noise
    local.paint(0.8 * ramp(core, 0.5), deep)
    if not is_bead:
        head = disc(along, across, 0.13 * at.size, 0.13 * at.size)
        local.paint(ramp(head, 0.25), (0.16, 0.1, 0.07))
        local.relief[:] += 0.12 * at.size * ramp(head, 0.6)


def draw_spots(canvas: Canvas, spot: Spot, rng: np.random.Generator) -> None:
    """반점: round spots of one colour, each by itself, dotted over the paper."""
    field = 2.0 * spot.size
    hue = float(rng.choice([0.02, 0.08, 0.12, 0.15, 0.6, 0.9]) + rng.normal(0, 0.02)) % 1.0
    colour = colorsys.hsv_to_rgb(hue, float(rng.uniform(0.35, 0.75)), float(rng.uniform(0.35, 0.75)))
    radius = float(rng.uniform(0.9, 1.7)) * canvas.unit
    placed: list[tuple[float, float]] = []
    for _ in range(int(rng.integers(25, 90))):
        turn, reach = float(rng.uniform(0, 2 * math.pi)), math.sqrt(float(rng.random())) * field
        x, y = spot.x + reach * math.cos(turn), spot.y + 0.8 * reach * math.sin(turn)
        if all(math.hypot(x - a, y - b) > 3.2 * radius for a, b in placed):
            placed.append((x, y))
            _round_spot(canvas, Spot(x, y, radius * float(rng.uniform(0.6, 1.25))), colour, rng)


def _round_spot(canvas: Canvas, spot: Spot, colour: Colour, rng: np.random.Generator) -> None:
    if not (spot.size < spot.x < canvas.shape[1] - spot.size and spot.size < spot.y < canvas.shape[0] - spot.size):
        return
    local, at = canvas.crop(spot, 1.8 * spot.size)
    along, across = axes(local.shape, at.x, at.y, float(rng.uniform(0, math.pi)))
    body = disc(along, across, spot.size, spot.size * float(rng.uniform(0.85, 1.0)))
    patchy = 1 + 0.08 * grain(rng, local.shape)
    local.tint(np.clip(ramp(body, 0.35) * patchy * float(rng.uniform(0.6, 0.95)), 0, 1).astype(np.float32), colour)
