"""Which part of a picture is seen, and where: zooming and moving as plain geometry. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace

MOST = 8.0
"""So many times as large as fitted a picture can be looked at."""


@dataclass(frozen=True, slots=True)
class Viewport:
    """A picture of `wide` × `high` in a view of `width` × `height`; `zoom` is 1 where it just fits.

    `x` and `y` are the place in the picture, from 0 to 1, that is in the middle of the view.
    """

    width: float = 1
    height: float = 1
    wide: float = 1
    high: float = 1
    zoom: float = 1.0
    x: float = 0.5
    y: float = 0.5

    @property
    def scale(self) -> float:
        """How large a pixel of the picture is in the view."""
        return min(self.width / self.wide, self.height / self.high) * self.zoom

    @property
    def magnified(self) -> bool:
        """Whether more is to be seen by moving the picture."""
        return self.zoom > 1

    @property
    def place(self) -> tuple[float, float, float, float]:
        """Where the whole picture lies in the view: left, top, width, height."""
        wide, high = self.wide * self.scale, self.high * self.scale
        return self.width / 2 - self.x * wide, self.height / 2 - self.y * high, wide, high

    def of(self, wide: float, high: float) -> Viewport:
        """The view of another picture, fitted."""
        return Viewport(self.width, self.height, max(1, wide), max(1, high))

    def sized(self, width: float, height: float) -> Viewport:
        """The same in a larger or smaller view."""
        return replace(self, width=max(1, width), height=max(1, height))._within()

    def zoomed(self, factor: float, x: float, y: float) -> Viewport:
        """Larger or smaller; what is at (x, y) of the view stays there, as far as the picture's edges allow."""
        zoom = min(MOST, max(1.0, self.zoom * factor))
        left, top, wide, high = self.place
        at_x, at_y = (x - left) / wide, (y - top) / high
        larger = replace(self, zoom=zoom)
        _, _, wide, high = larger.place
        return replace(larger, x=at_x + (self.width / 2 - x) / wide, y=at_y + (self.height / 2 - y) / high)._within()

    def moved(self, by_x: float, by_y: float) -> Viewport:
        """With the picture moved along, no farther than its edges."""
        _, _, wide, high = self.place
        return replace(self, x=self.x - by_x / wide, y=self.y - by_y / high)._within()

    def _within(self) -> Viewport:
        """No space beside the picture where there is picture to show."""
        _, _, wide, high = self.place
        return replace(self, x=_inside(self.x, self.width / wide), y=_inside(self.y, self.height / high))


def _inside(middle: float, share: float) -> float:
    """The middle of a view that shows this share of the picture."""
    return 0.5 if share >= 1 else min(1 - share / 2, max(share / 2, middle))
