"""What tests ask of a finished page."""

from __future__ import annotations

import base64
import io
import re
from html.parser import HTMLParser

from fontTools.ttLib import TTFont

_EMPTY = {"meta", "img", "br", "hr", "input", "link"}


class _Balance(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag, f"</{tag}> closes nothing"


def assert_whole(page: str) -> None:
    """Every element of the page is closed, and nothing in it points out of it."""
    parser = _Balance()
    parser.feed(page)
    assert parser.open == []
    addresses = re.findall(r"""(?:src|href)=["']([^"']*)""", page) + re.findall(r"url\(([^)]*)\)", page)
    assert addresses and all(address.startswith(("data:", "#")) for address in addresses)
    assert "<script" not in page


def font_characters(page: str) -> list[set[str]]:
    """The characters that each of the page's fonts holds."""
    fonts = re.findall(r"url\(data:font/woff;base64,([^)]*)\)", page)
    return [{chr(code) for code in TTFont(io.BytesIO(base64.b64decode(font))).getBestCmap()} for font in fonts]
