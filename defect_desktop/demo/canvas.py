"""The wall before it is photographed: colour, height and shadow of every point, and the spot of a defect on it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from defect_desktop.demo.fields import Field, blurred, shifted

Colour = tuple[float, float, float]
"""Red, green, blue from 0 to 1."""


class Side(StrEnum):
    """A side of the picture."""

    TOP = "top"
    BOTTOM = "bottom"
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Light:
    """The direction towards the main lamp: x to the right, y down, z out of the wall; a unit vector."""

    x: float
    y: float
    z: float


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a defect is drawn, in pixels of the canvas it is drawn on.

    `size` is the half extent of the defect. `edge` is the row where the paper ends and a fixture or the next strip
    begins, `face` the breadth of that fixture's face below it.
    """

    x: float
    y: float
    size: float
    edge: float = 0.0
    face: float = 0.0


@dataclass(frozen=True, slots=True)
class Canvas:
    """The wall as arrays that drawers change in place; `turned` and `crop` give canvases on the same memory.

    `albedo`: H x W x 3, the colour in even white light. `relief`: H x W, the height above the wall in pixels.
    `shadow`: H x W, the share of light that arrives. `unit`: pixels in one hundredth of the picture's short side.
    """

    albedo: Field
    relief: Field
    shadow: Field
    light: Light
    unit: float

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.relief.shape[0], self.relief.shape[1]

    def turned(self, side: Side) -> Canvas:
        """The same wall seen so that `side` lies at the bottom (left and right are mirrored on the way)."""
        light = self.light
        if side in (Side.LEFT, Side.RIGHT):
            light = Light(light.y, light.x, light.z)
        if side in (Side.TOP, Side.LEFT):
            light = Light(light.x, -light.y, light.z)
        albedo, relief, shadow = (_turned(array, side) for array in (self.albedo, self.relief, self.shadow))
        return Canvas(albedo, relief, shadow, light, self.unit)

    def crop(self, spot: Spot, reach_x: float, reach_y: float | None = None) -> tuple[Canvas, Spot]:
        """The part within `reach` pixels of `spot`, and the spot in its coordinates."""
        reach_y = reach_x if reach_y is None else reach_y
        top, left = max(0, int(spot.y - reach_y)), max(0, int(spot.x - reach_x))
        part = np.s_[top : int(spot.y + reach_y) + 2, left : int(spot.x + reach_x) + 2]
        canvas = Canvas(self.albedo[part], self.relief[part], self.shadow[part], self.light, self.unit)
        return canvas, Spot(spot.x - left, spot.y - top, spot.size, spot.edge - top, spot.face)

    def paint(self, mask: Field, colour: Colour | Field) -> None:
        """Cover with `colour` where `mask` (H x W, 0 to 1) says so; `colour` may differ from pixel to pixel."""
        self.albedo[:] += mask[..., None] * (np.asarray(colour, dtype=np.float32) - self.albedo)

    def tint(self, mask: Field, colour: Colour) -> None:
        """Stain with a transparent `colour`, which multiplies what is below, where `mask` (H x W, 0 to 1) says so."""
        self.albedo[:] *= 1 - mask[..., None] * (1 - np.asarray(colour, dtype=np.float32))

    def darken(self, mask: Field, amount: float) -> None:
        """Take away `amount` (0 to 1) of the light where `mask` (H x W, 0 to 1) says so."""
        self.shadow[:] *= 1 - mask * np.float32(amount)

    def cast_shadow(self, mask: Field, height: float, amount: float, softness: float) -> None:
        """The shadow that something of the outline `mask`, `height` pixels above the wall, throws beside itself."""
        stretch = min(height / max(self.light.z, 0.25), 3.0 * height)
        fallen = blurred(shifted(mask, -self.light.x * stretch, -self.light.y * stretch), softness)
        self.darken(fallen * (1 - mask), amount)


def _turned(array: Field, side: Side) -> Field:
    if side in (Side.LEFT, Side.RIGHT):
        array = np.swapaxes(array, 0, 1)
    return array[::-1] if side in (Side.TOP, Side.LEFT) else array
