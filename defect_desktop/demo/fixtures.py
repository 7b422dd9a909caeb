"""What stands against the paper: skirting, ceiling moulding, door and window frames, furniture, sockets and switches.

Everything is drawn intact here, as if it lay at the bottom of the canvas; `Canvas.turned` brings it to its side.
"""

from __future__ import annotations

import colorsys
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from defect_desktop.demo.canvas import Canvas, Colour, Side
from defect_desktop.demo.fields import Field, grain, ramp, smooth_noise


class Kind(StrEnum):
    """What a band of joinery along one side of the picture is."""

    SKIRTING = "skirting"
    MOULDING = "moulding"
    FRAME = "frame"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Band:
    """A fixture along `side`: the paper ends at row `edge` of the turned canvas, and its face is `face` rows broad."""

    kind: Kind
    side: Side
    edge: int
    face: int


SIDES: dict[Kind, tuple[Side, ...]] = {
    Kind.SKIRTING: (Side.BOTTOM,),
    Kind.MOULDING: (Side.TOP,),
    Kind.FRAME: (Side.LEFT, Side.RIGHT, Side.BOTTOM, Side.TOP),
    Kind.FURNITURE: (Side.LEFT, Side.RIGHT, Side.BOTTOM),
}
"""Where each kind may lie in an upright photo."""

FACE_UNITS: dict[Kind, tuple[float, float]] = {
    Kind.SKIRTING: (9.0, 20.0),
    Kind.MOULDING: (7.0, 17.0),
    Kind.FRAME: (8.0, 19.0),
    Kind.FURNITURE: (3.0, 6.0),
}
"""How broad a face is, in hundredths of the photo's short side."""


def draw_band(canvas: Canvas, band: Band, rng: np.random.Generator, *, may_be_sealed: bool) -> None:
    """Draw `band` over whatever the whole (unturned) `canvas` shows there; sealant may hide its joint."""
    turned = canvas.turned(band.side)
    _JOINERS[band.kind](turned, band, rng)
    _contact_shadow(turned, band, rng)
    if may_be_sealed and rng.random() < 0.4:
        _sealant(turned, band)


def _contact_shadow(turned: Canvas, band: Band, rng: np.random.Generator) -> None:
    """The paper is a little darker where it meets the fixture."""
    distance = band.edge - np.arange(turned.shape[0], dtype=np.float32)[:, None]
    near = np.exp(-np.clip(distance, 0, None) / np.float32(1.5 * turned.unit)) * (distance >= 0)
    turned.darken(near, float(rng.uniform(0.05, 0.25)))


def _sealant(turned: Canvas, band: Band) -> None:
    distance = band.edge - np.arange(turned.shape[0], dtype=np.float32)[:, None]
    bead = ramp(np.float32(0.5 * turned.unit) - np.abs(distance - 0.3 * turned.unit), 1.0)
    turned.paint(np.broadcast_to(bead, turned.shape) * np.float32(0.6), (0.88, 0.87, 0.84))


def _skirting(canvas: Canvas, band: Band, rng: np.random.Generator) -> None:
    _board(canvas, band.edge, band.edge + band.face, _material(rng), _flat_profile(rng, canvas, band.face), rng)
    _floor(canvas, band.edge + band.face, rng)


def _moulding(canvas: Canvas, band: Band, rng: np.random.Generator) -> None:
    colour = _white(rng) if rng.random() < 0.75 else _material(rng)
    _board(canvas, band.edge, band.edge + band.face, colour, _cove_profile(rng, canvas, band.face), rng)
    _plate(canvas, band.edge + band.face, canvas.shape[0], _white(rng), 0.0)
    fine = grain(rng, canvas.shape)[band.edge + band.face :]
    canvas.relief[band.edge + band.face :] = 0.1 * fine


def _frame(canvas: Canvas, band: Band, rng: np.random.Generator) -> None:
    end = band.edge + band.face
    _board(canvas, band.edge, end, _material(rng), _flat_profile(rng, canvas, band.face), rng)
    if rng.random() < 0.45:
        _pane(canvas, end, rng)
    else:
        _leaf(canvas, end, rng)


def _furniture(canvas: Canvas, band: Band, rng: np.random.Generator) -> None:
    """A cupboard built against the wall: the edge of its side panel, then its doors with a dark gap between."""
    colour = _material(rng)
    end = band.edge + band.face
    _board(canvas, band.edge, end, colour, _flat_profile(rng, canvas, band.face), rng)
    gap = max(2, round(0.5 * canvas.unit))
    _plate(canvas, end, end + gap, (0.12, 0.1, 0.09), -3.0)
    height = 1.5 * canvas.unit
    _board(canvas, end + gap, canvas.shape[0], colour, _level(height), rng)
    if rng.random() < 0.5:
        across = int(rng.uniform(0.15, 0.85) * canvas.shape[1])
        canvas.darken(_column(canvas, across, gap, end), 0.75)


def _column(canvas: Canvas, centre: int, width: int, top: int) -> Field:
    mask = np.zeros(canvas.shape, np.float32)
    mask[top:, max(0, centre - width // 2) : centre + width // 2 + 1] = 1
    return mask


def _floor(canvas: Canvas, top: int, rng: np.random.Generator) -> None:
    """Vinyl or wood floor, with the dark joint under the skirting."""
    if top >= canvas.shape[0] - 2:
        return
    colour = _wood(rng) if rng.random() < 0.7 else _grey(rng)
    _board(canvas, top, canvas.shape[0], colour, _level(-2.0), rng)
    depth = np.arange(canvas.shape[0], dtype=np.float32)[:, None] - top
    canvas.darken(np.broadcast_to(np.exp(-np.abs(depth) / (0.8 * canvas.unit)), canvas.shape), 0.5)
    for seam in rng.uniform(0, canvas.shape[1], size=int(rng.integers(0, 4))):
        canvas.darken(_column(canvas, int(seam), 2, top), 0.3)


def _leaf(canvas: Canvas, top: int, rng: np.random.Generator) -> None:
    """A door set back behind its frame."""
    if top >= canvas.shape[0] - 2:
        return
    depth = float(-rng.uniform(2, 5)) * canvas.unit / 6
    _board(canvas, top, canvas.shape[0], _material(rng), _level(depth), rng)
    rows = np.arange(canvas.shape[0], dtype=np.float32)[:, None] - top
    fall = np.exp(-np.clip(rows, 0, None) / (2.0 * canvas.unit)) * (rows >= 0)
    canvas.darken(np.broadcast_to(fall, canvas.shape), float(rng.uniform(0.3, 0.6)))


def _pane(canvas: Canvas, top: int, rng: np.random.Generator) -> None:
    """A window's glass: bright sky, or dark with a reflection, behind a rubber seal."""
    if top >= canvas.shape[0] - 2:
        return
    seal = top + max(2, round(0.7 * canvas.unit))
    _plate(canvas, top, seal, (0.2, 0.2, 0.21), -1.0)
    bright = rng.random() < 0.6
    level = float(rng.uniform(0.7, 1.0)) if bright else float(rng.uniform(0.12, 0.35))
    _plate(canvas, seal, canvas.shape[0], (level * 0.9, level * 0.97, level), -1.5)
    shine = smooth_noise(rng, canvas.shape, 40 * canvas.unit)[seal:]
    canvas.albedo[seal:] *= (1 + 0.12 * shine)[..., None]


def _board(
    canvas: Canvas, top: int, end: int, colour: Colour, profile: Callable[[Field], Field], rng: np.random.Generator
) -> None:
    """A board from row `top` to `end` with `profile` (rows from its top -> height in pixels) and a grain along it."""
    end = min(end, canvas.shape[0])
    if end <= top:
        return
    _plate(canvas, top, end, colour, 0.0)
    rows = np.arange(end - top, dtype=np.float32)[:, None]
    canvas.relief[top:end] = profile(rows)
    value = max(colour)
    saturation = (value - min(colour)) / max(value, 1e-3)
    # Painted boards have no visible grain, wood does; the colour tells which it is.
    strength = np.float32(0.012 + 0.35 * max(0.0, saturation - 0.15))
    fibres = smooth_noise(rng, (end - top, canvas.shape[1]), (max(1.3, 0.5 * canvas.unit), 14 * canvas.unit))
    canvas.albedo[top:end] *= (1 + strength * fibres)[..., None]


def _plate(canvas: Canvas, top: int, end: int, colour: Colour, height: float) -> None:
    canvas.albedo[top:end] = np.asarray(colour, np.float32)
    canvas.relief[top:end] = height
    canvas.shadow[top:end] = 1


def _level(height: float) -> Callable[[Field], Field]:
    """The same height everywhere."""
    return lambda rows: np.full_like(rows, height)


def _flat_profile(rng: np.random.Generator, canvas: Canvas, face: int) -> Callable[[Field], Field]:
    """A flat board with a rounded or stepped edge."""
    thickness = np.float32(rng.uniform(0.6, 1.4) * canvas.unit)
    rounding = np.float32(rng.uniform(0.3, 1.5) * canvas.unit)
    groove_at = np.float32(rng.uniform(0.15, 0.4) * face)
    groove = np.float32(rng.choice([0.0, 0.0, 0.6]) * canvas.unit)

    def profile(rows: Field) -> Field:
        body = thickness * np.sqrt(ramp(rows + 0.5, float(rounding) + 0.5))
        cut = groove * np.exp(-(((rows - groove_at) / (0.35 * np.float32(canvas.unit))) ** 2))
        return np.asarray(body - cut, dtype=np.float32)

    return profile


def _cove_profile(rng: np.random.Generator, canvas: Canvas, face: int) -> Callable[[Field], Field]:
    """Steps and a hollow curve, as extruded ceiling mouldings have; it leans further out towards the ceiling."""
    unit = np.float32(canvas.unit)
    steps = [(np.float32(rng.uniform(0, 0.9) * face), np.float32(rng.uniform(0.3, 0.9))) for _ in range(3)]
    lean = np.float32(rng.uniform(0.1, 0.4))

    def profile(rows: Field) -> Field:
        height = unit * (0.7 * np.sqrt(ramp(rows + 0.5, 2.0))) + lean * rows
        for start, rise in steps:
            height = height + rise * unit * ramp(rows - start, 0.6 * float(unit) + 1)
        return np.asarray(height, dtype=np.float32)

    return profile


def _material(rng: np.random.Generator) -> Colour:
    choice = rng.choice(4, p=[0.45, 0.35, 0.14, 0.06])
    return (_white, _wood, _grey, _dark)[int(choice)](rng)


def _white(rng: np.random.Generator) -> Colour:
    return colorsys.hsv_to_rgb(
        float(rng.uniform(0.06, 0.16)), float(rng.uniform(0, 0.08)), float(rng.uniform(0.8, 0.95))
    )


def _wood(rng: np.random.Generator) -> Colour:
    return colorsys.hsv_to_rgb(
        float(rng.uniform(0.05, 0.1)), float(rng.uniform(0.25, 0.6)), float(rng.uniform(0.35, 0.8))
    )


def _grey(rng: np.random.Generator) -> Colour:
    return colorsys.hsv_to_rgb(float(rng.uniform(0, 1)), float(rng.uniform(0, 0.08)), float(rng.uniform(0.35, 0.75)))


def _dark(rng: np.random.Generator) -> Colour:
    return colorsys.hsv_to_rgb(float(rng.uniform(0, 0.1)), float(rng.uniform(0, 0.3)), float(rng.uniform(0.12, 0.3)))


_JOINERS: dict[Kind, Callable[[Canvas, Band, np.random.Generator], None]] = {
    Kind.SKIRTING: _skirting,
    Kind.MOULDING: _moulding,
    Kind.FRAME: _frame,
    Kind.FURNITURE: _furniture,
}


def draw_outlet(canvas: Canvas, x: float, y: float, rng: np.random.Generator) -> None:
    """An intact cover plate at (`x`, `y`): a socket with two holes, a switch with rockers, or a blank plate."""
    unit = canvas.unit
    half_height = float(rng.uniform(5, 9)) * unit
    half_width = half_height * float(rng.choice([0.62, 1.0, 1.5]))
    xs = np.abs(np.arange(canvas.shape[1], dtype=np.float32) - x)[None, :]
    ys = np.abs(np.arange(canvas.shape[0], dtype=np.float32) - y)[:, None]
    plate = ramp(np.minimum(half_width - xs, half_height - ys), 1.5)
    height = float(rng.uniform(0.5, 1.0)) * unit
    canvas.cast_shadow(plate, height, 0.45, 0.4 * unit)
    canvas.paint(plate, _white(rng) if rng.random() < 0.8 else _grey(rng))
    # A plate is flat: it lies in one light even where it hides a corner of the wall.
    canvas.shadow[:] += plate * (canvas.shadow[int(y), int(x)] - canvas.shadow)
    rounded = np.sqrt(ramp(np.minimum(half_width - xs, half_height - ys), 1.2 * unit))
    canvas.relief[:] = canvas.relief * (1 - plate) + height * rounded
    if rng.random() < 0.5:
        _socket(canvas, xs, ys, 0.5 * min(half_width, half_height))
    else:
        inner = np.minimum(0.7 * half_width - xs, 0.7 * half_height - ys)
        canvas.relief[:] += 0.5 * unit * ramp(inner, 0.8 * unit)
        canvas.darken(ramp(1.0 - np.abs(inner), 1.0), 0.35)


def _socket(canvas: Canvas, xs: Field, ys: Field, radius: float) -> None:
    well = 1 - np.hypot(xs, ys) / np.float32(radius)
    canvas.relief[:] -= 0.8 * canvas.unit * ramp(well, 0.15)
    holes = 1 - np.hypot(xs - 0.45 * radius, ys) / np.float32(0.13 * radius)
    canvas.paint(ramp(holes, 0.3), (0.08, 0.08, 0.08))
