"""The 19 defects: for each label how it is drawn, how large it is and where on a wall it is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from defect_desktop.demo.canvas import Canvas, Spot
from defect_desktop.demo.defects.bumps import draw_plasterboard, draw_screw, draw_uneven
from defect_desktop.demo.defects.joinery import (
    draw_frame_repair,
    draw_furniture_repair,
    draw_moulding_repair,
    draw_skirting_repair,
)
from defect_desktop.demo.defects.seams import draw_bad_seam, draw_wide_gap
from defect_desktop.demo.defects.stains import draw_mould, draw_rust, draw_spots, draw_stain
from defect_desktop.demo.defects.tears import draw_burst, draw_damage, draw_hole
from defect_desktop.demo.defects.wrinkles import draw_lift, draw_twist, draw_wrinkles
from defect_desktop.demo.fixtures import Kind


class Place(StrEnum):
    """Where a defect is found."""

    WALL = "wall"
    """Anywhere on the paper."""
    SEAM = "seam"
    """On the line between two strips of paper, or in the inner corner of two walls."""
    PAPER_END = "paper_end"
    """Where the paper ends at a fixture."""
    FACE = "face"
    """On the fixture itself."""


@dataclass(frozen=True, slots=True)
class Defect:
    """How one class is drawn: `size` is its half extent in hundredths of the photo's short side, seen from nearby."""

    draw: Callable[[Canvas, Spot, np.random.Generator], None]
    size: tuple[float, float]
    places: tuple[Place, ...] = (Place.WALL,)
    fixtures: tuple[Kind, ...] = ()
    likes_raking_light: bool = False


_EDGES = (Place.SEAM, Place.PAPER_END)
_ANY_FIXTURE = tuple(Kind)

DEFECTS: dict[str, Defect] = {
    "가구수정": Defect(draw_furniture_repair, (5, 14), (Place.FACE,), (Kind.FURNITURE,)),
    "걸레받이수정": Defect(draw_skirting_repair, (5, 12), (Place.FACE,), (Kind.SKIRTING,)),
    "곰팡이": Defect(draw_mould, (7, 18)),
    "꼬임": Defect(draw_twist, (12, 24), (Place.PAPER_END, Place.PAPER_END, Place.SEAM), _ANY_FIXTURE),
    "녹오염": Defect(draw_rust, (6, 13)),
    "들뜸": Defect(draw_lift, (9, 18), _EDGES, _ANY_FIXTURE),
    "면불량": Defect(draw_uneven, (9, 18), likes_raking_light=True),
    "몰딩수정": Defect(draw_moulding_repair, (5, 12), (Place.FACE,), (Kind.MOULDING,)),
    "반점": Defect(draw_spots, (11, 20)),
    "석고수정": Defect(draw_plasterboard, (10, 22)),
    "오염": Defect(draw_stain, (6, 18)),
    "오타공": Defect(draw_hole, (4, 10)),
    "울음": Defect(draw_wrinkles, (10, 20), likes_raking_light=True),
    "이음부불량": Defect(draw_bad_seam, (10, 20), (Place.SEAM,)),
    "창틀,문틀수정": Defect(draw_frame_repair, (5, 13), (Place.FACE,), (Kind.FRAME,)),
    "터짐": Defect(draw_burst, (9, 20), (Place.SEAM, Place.SEAM, Place.PAPER_END), (Kind.MOULDING, Kind.FRAME)),
    "틈새과다": Defect(draw_wide_gap, (10, 20), (Place.PAPER_END,), (Kind.FRAME, Kind.FURNITURE)),
    "피스": Defect(draw_screw, (4.5, 9)),
    "훼손": Defect(draw_damage, (5, 16)),
}
"""By label; the contest's 19 classes."""
