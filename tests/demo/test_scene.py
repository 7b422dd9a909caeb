"""The canvas and its scenes: turning shares memory, light turns with it, defects change the wall where they should."""

from __future__ import annotations

import numpy as np
import pytest

from defect_desktop.demo.canvas import Canvas, Light, Side, Spot
from defect_desktop.demo.defects import DEFECTS, Place
from defect_desktop.demo.fixtures import FACE_UNITS, SIDES, Kind
from defect_desktop.demo.relief import shade

WALL_LABELS = [label for label, defect in DEFECTS.items() if defect.places == (Place.WALL,)]

FROM_ABOVE = Light(0.0, -0.8, 0.6)


def bare_wall(shape: tuple[int, int] = (120, 160), light: Light = FROM_ABOVE) -> Canvas:
    return Canvas(
        albedo=np.full((*shape, 3), 0.7, np.float32),
        relief=np.zeros(shape, np.float32),
        shadow=np.ones(shape, np.float32),
        light=light,
        unit=1.2,
    )


@pytest.mark.parametrize(
    ("side", "corner"),
    [(Side.BOTTOM, (-1, 0)), (Side.TOP, (0, 0)), (Side.LEFT, (0, 0)), (Side.RIGHT, (0, -1))],
)
def test_a_turned_canvas_shows_its_side_at_the_bottom(side: Side, corner: tuple[int, int]):
    canvas = bare_wall()
    canvas.turned(side).relief[-1, 0] = 5
    assert canvas.relief[corner] == 5


@pytest.mark.parametrize("side", list(Side))
def test_light_turns_with_the_canvas(side: Side):
    rng = np.random.default_rng(0)
    canvas = bare_wall(light=Light(0.48, -0.64, 0.6))
    canvas.relief[:] = rng.normal(0, 0.3, canvas.shape)
    turned = canvas.turned(side)
    assert np.allclose(turned_back(shade(turned), side), shade(canvas), atol=0.05)


def turned_back(array: np.ndarray, side: Side) -> np.ndarray:
    array = array[::-1] if side in (Side.TOP, Side.LEFT) else array
    return array.T if side in (Side.LEFT, Side.RIGHT) else array


def test_a_slope_that_faces_the_lamp_is_brighter():
    canvas = bare_wall()
    canvas.relief[:] = np.arange(120, dtype=np.float32)[:, None] * 0.2
    towards = shade(canvas).mean()
    canvas.relief[:] *= -1
    assert towards > 1.05 > 0.95 > shade(canvas).mean()


@pytest.mark.parametrize("label", WALL_LABELS)
def test_a_defect_changes_the_wall_only_around_its_spot(label: str):
    canvas, before = bare_wall((300, 300)), bare_wall((300, 300))
    DEFECTS[label].draw(canvas, Spot(80, 90, 12), np.random.default_rng(3))
    changed = (canvas.albedo != before.albedo).any(axis=-1) | (canvas.relief != before.relief)
    changed |= canvas.shadow != before.shadow
    assert changed.any()
    assert not changed[200:, 200:].any()


def test_every_fixture_has_a_side_and_a_breadth():
    assert set(SIDES) == set(FACE_UNITS) == set(Kind)


def test_a_defect_of_a_fixture_names_its_fixture():
    for label, defect in DEFECTS.items():
        assert not {Place.FACE, Place.PAPER_END} & set(defect.places) or defect.fixtures, label
