"""One scene: paper, fixtures that are only context, and one defect at a place where it is really found."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from defect_desktop.demo.canvas import Canvas, Light, Side, Spot
from defect_desktop.demo.defects import Defect, Place
from defect_desktop.demo.fields import ramp
from defect_desktop.demo.fixtures import FACE_UNITS, SIDES, Band, Kind, draw_band, draw_outlet
from defect_desktop.demo.lighting import choose_light
from defect_desktop.demo.papers import draw_paper

VISIBLE = (0.08, 0.92)
"""The share of the canvas, each way, that the camera frames; the rest is margin for tilt and perspective."""

_BYSTANDERS: tuple[tuple[Kind, float], ...] = (
    (Kind.SKIRTING, 0.2), (Kind.MOULDING, 0.15), (Kind.FRAME, 0.17), (Kind.FURNITURE, 0.08),
)  # fmt: skip
"""How often a fixture that has nothing to do with the defect is in the picture."""

_DRAWING_ORDER = (Kind.MOULDING, Kind.SKIRTING, Kind.FURNITURE, Kind.FRAME)
"""A frame cuts off the skirting that meets it, not the other way round."""


@dataclass(frozen=True, slots=True)
class _Free:
    """The rows and columns of the canvas that are neither margin nor fixture."""

    left: float
    right: float
    top: float
    bottom: float

    def along(self, side: Side) -> tuple[float, float]:
        """The range along `side`, in the columns of the canvas turned to it."""
        return (self.top, self.bottom) if side in (Side.LEFT, Side.RIGHT) else (self.left, self.right)


@dataclass(frozen=True, slots=True)
class _Plan:
    place: Place
    side: Side
    bands: tuple[Band, ...]
    subject: Band | None
    free: _Free


def draw_scene(defect: Defect, rng: np.random.Generator, shape: tuple[int, int], unit: float) -> Canvas:
    """A canvas of `shape` with one defect; `unit` is the number of pixels in 1/100 of the photo's short side."""
    light = choose_light(rng, raking=defect.likes_raking_light and rng.random() < 0.7)
    canvas = _papered_wall(rng, shape, unit, light)
    plan = _plan(defect, rng, canvas)
    spot = _choose_spot(defect, plan, rng, canvas)
    _draw_context(canvas, plan, spot, rng)
    if plan.place is not Place.FACE:
        defect.draw(canvas.turned(plan.side), spot, rng)
    for band in sorted(plan.bands, key=lambda band: _DRAWING_ORDER.index(band.kind)):
        draw_band(canvas, band, rng, may_be_sealed=band is not plan.subject)
    if plan.place is Place.FACE:
        defect.draw(canvas.turned(plan.side), spot, rng)
    return canvas


def _papered_wall(rng: np.random.Generator, shape: tuple[int, int], unit: float, light: Light) -> Canvas:
    paper = draw_paper(rng, shape, unit)
    return Canvas(paper.albedo, paper.relief, np.ones(shape, np.float32), light, unit)


def _plan(defect: Defect, rng: np.random.Generator, canvas: Canvas) -> _Plan:
    place = defect.places[int(rng.integers(len(defect.places)))]
    subject = None
    side = Side.BOTTOM
    if place in (Place.FACE, Place.PAPER_END):
        kind = defect.fixtures[int(rng.integers(len(defect.fixtures)))]
        depth = (0.42, 0.74) if place is Place.FACE else (0.5, 0.82)
        subject = _band(kind, depth, rng, canvas)
        side = subject.side
    elif place is Place.SEAM:
        side = (Side.LEFT, Side.RIGHT, Side.BOTTOM)[int(rng.choice(3, p=[0.45, 0.45, 0.1]))]
    bands = _with_bystanders(subject, rng, canvas)
    return _Plan(place, side, bands, subject, _free_area(bands, canvas))


def _band(kind: Kind, depth: tuple[float, float], rng: np.random.Generator, canvas: Canvas) -> Band:
    """A band of `kind` whose paper ends at a share of the canvas within `depth`, seen from the opposite side."""
    side = SIDES[kind][int(rng.integers(len(SIDES[kind])))]
    rows = canvas.turned(side).shape[0]
    return Band(kind, side, round(float(rng.uniform(*depth)) * rows), _face(kind, rng, canvas.unit))


def _face(kind: Kind, rng: np.random.Generator, unit: float) -> int:
    return max(4, round(float(rng.uniform(*FACE_UNITS[kind])) * unit))


def _with_bystanders(subject: Band | None, rng: np.random.Generator, canvas: Canvas) -> tuple[Band, ...]:
    bands = [] if subject is None else [subject]
    for kind, chance in _BYSTANDERS:
        band = _band(kind, (0.7, 0.86), rng, canvas)
        if rng.random() < chance and band.side not in {other.side for other in bands}:
            bands.append(band)
    return tuple(bands)


def _free_area(bands: tuple[Band, ...], canvas: Canvas) -> _Free:
    rows, columns = canvas.shape
    ends = {
        Side.LEFT: VISIBLE[0] * columns, Side.RIGHT: VISIBLE[1] * columns,
        Side.TOP: VISIBLE[0] * rows, Side.BOTTOM: VISIBLE[1] * rows,
    }  # fmt: skip
    for band in bands:
        depth = canvas.turned(band.side).shape[0]
        ends[band.side] = depth - band.edge if band.side in (Side.LEFT, Side.TOP) else band.edge
    return _Free(ends[Side.LEFT], ends[Side.RIGHT], ends[Side.TOP], ends[Side.BOTTOM])


def _choose_spot(defect: Defect, plan: _Plan, rng: np.random.Generator, canvas: Canvas) -> Spot:
    """Where the defect lies, in the canvas turned to `plan.side`: anywhere it is seen, seldom in the middle."""
    size = float(rng.uniform(*defect.size)) * canvas.unit
    x = _between(rng, *plan.free.along(plan.side))
    if plan.subject is not None:
        edge, face = float(plan.subject.edge), float(plan.subject.face)
        return Spot(x, edge + face / 2 if plan.place is Place.FACE else edge, size, edge, face)
    low, high = plan.free.along(Side.LEFT if plan.side in (Side.TOP, Side.BOTTOM) else Side.TOP)
    y = _between(rng, low, high)
    if plan.side in (Side.LEFT, Side.TOP):
        y = canvas.turned(plan.side).shape[0] - 1 - y
    return Spot(x, y, size, y)


def _between(rng: np.random.Generator, low: float, high: float) -> float:
    share = 0.5 + 0.38 * math.copysign(abs(float(rng.uniform(-1, 1))) ** 0.8, float(rng.uniform(-1, 1)))
    return low + share * (high - low)


def _draw_context(canvas: Canvas, plan: _Plan, spot: Spot, rng: np.random.Generator) -> None:
    """Seams, a room's inner corner and cover plates, as any wall has them."""
    if plan.place is Place.SEAM:
        if rng.random() < 0.35 and plan.side is not Side.BOTTOM:
            _inner_corner(canvas.turned(plan.side), spot.edge, rng)
        else:
            _sound_seam(canvas.turned(plan.side), spot.edge, rng)
    else:
        _line_beside(canvas, plan, spot, rng)
    if rng.random() < 0.14:
        _outlet(canvas, plan, spot, rng)


def _line_beside(canvas: Canvas, plan: _Plan, spot: Spot, rng: np.random.Generator) -> None:
    """A corner or a seam somewhere; what is drawn flat on one wall cannot go around a corner."""
    column = _between(rng, plan.free.left, plan.free.right)
    is_clear = plan.place is not Place.WALL or abs(column - spot.x) > 1.7 * spot.size
    kind = rng.random()
    if kind < 0.2 and is_clear:
        _inner_corner(canvas.turned(Side.RIGHT), column, rng)
    elif kind > 0.7:
        _sound_seam(canvas.turned(Side.RIGHT), column, rng)


def _inner_corner(turned: Canvas, row: float, rng: np.random.Generator) -> None:
    """The wall beyond `row` stands at right angles: it gets another share of the light; the corner itself is dim."""
    beyond = np.arange(turned.shape[0], dtype=np.float32)[:, None] - np.float32(row)
    other = float(rng.uniform(0.72, 0.95))
    share = np.where(beyond > 0, other, 1.0) if rng.random() < 0.5 else np.where(beyond > 0, 1.0, other)
    dim = 1 - float(rng.uniform(0.08, 0.25)) * np.exp(-np.abs(beyond) / (5 * turned.unit))
    line = 1 - float(rng.uniform(0.1, 0.4)) * np.exp(-((beyond / (0.25 * turned.unit)) ** 2))
    turned.shadow[:] *= (share * dim * line).astype(np.float32)


def _sound_seam(turned: Canvas, row: float, rng: np.random.Generator) -> None:
    """A seam as it should be: a hairline, here and there."""
    across = np.abs(np.arange(turned.shape[0], dtype=np.float32)[:, None] - np.float32(row))
    hairline = ramp(1.4 - across, 1.2)
    turned.albedo[:] *= 1 - np.float32(rng.uniform(0.04, 0.16)) * hairline[..., None]


def _outlet(canvas: Canvas, plan: _Plan, spot: Spot, rng: np.random.Generator) -> None:
    """A cover plate, well away from the defect."""
    x, y = _between(rng, plan.free.left, plan.free.right), _between(rng, plan.free.top, plan.free.bottom)
    along, across = (x, y) if plan.side not in (Side.LEFT, Side.RIGHT) else (y, x)
    if plan.side in (Side.LEFT, Side.TOP):
        across = canvas.turned(plan.side).shape[0] - 1 - across
    if plan.place is Place.SEAM:
        clearance = abs(across - spot.edge)
    else:
        clearance = math.hypot(along - spot.x, across - spot.y) - 1.6 * spot.size
    if clearance > 14 * canvas.unit:
        draw_outlet(canvas, x, y, rng)
