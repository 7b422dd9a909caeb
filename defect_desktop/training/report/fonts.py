"""The program's fonts, cut down to the characters of one page, so that Korean looks the same on every computer."""

from __future__ import annotations

import base64
import io
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FAMILY = "Pretendard"
WEIGHTS = {400: "Pretendard-Regular.ttf", 600: "Pretendard-SemiBold.ttf"}
"""The files in `assets/fonts`, a weight each."""


def font_faces(assets: Path, text: str) -> str:
    """CSS that brings along the glyphs of every character in `text`; what the font lacks is left to the browser's."""
    return "\n".join(
        f"@font-face {{ font-family: '{FAMILY}'; font-weight: {weight}; "
        f"src: url(data:font/woff;base64,{_subset(assets / 'fonts' / file, text)}) format('woff'); }}"
        for weight, file in WEIGHTS.items()
    )


def _subset(font_file: Path, text: str) -> str:
    """The font as WOFF in base64, with the glyphs of `text`, its kerning and its figures of equal width."""
    options = Options(hinting=False, layout_features=["ccmp", "kern", "tnum"], name_IDs=[1, 2, 13, 14])
    with TTFont(font_file, lazy=True) as font:
        subsetter = Subsetter(options)
        subsetter.populate(text=text)
        subsetter.subset(font)
        font.flavor = "woff"
        buffer = io.BytesIO()
        font.save(buffer)
    return base64.b64encode(buffer.getvalue()).decode("ascii")
