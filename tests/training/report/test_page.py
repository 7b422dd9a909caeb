from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from defect_desktop.language import Bilingual
from defect_desktop.paths import Paths
from defect_desktop.training.report.page import render_page
from tests.training.report.pages import assert_whole, font_characters

TITLE = Bilingual(ko="평가 <보고서>", en="Report & figures")
BODY = "{% extends 'base.html' %}{% block content %}<p>{{ t('벽지', 'Wallpaper') }} {{ word }}</p>{% endblock %}"


@pytest.fixture
def assets(tmp_path: Path) -> Path:
    """The program's assets with one small template more."""
    shipped = Paths.find().assets
    (tmp_path / "fonts").symlink_to(shipped / "fonts")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "base.html").write_text(
        (shipped / "templates" / "base.html").read_text(encoding="utf-8"), encoding="utf-8"
    )
    (tmp_path / "templates" / "small.html").write_text(BODY, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        ("ko", "평가 &lt;보고서&gt;", "<p>벽지 틈새</p>"),
        ("en", "Report &amp; figures", "<p>Wallpaper 틈새</p>"),
    ],
)
def test_a_page_speaks_the_language_of_the_system(
    language: str, title: str, text: str, assets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEFECT_DESKTOP_LANGUAGE", language)
    page = render_page(assets, "small.html", TITLE, word="틈새")
    assert f"<h1>{title}</h1>" in page and text in page and f'<html lang="{language}">' in page
    assert_whole(page)


def test_the_fonts_hold_the_characters_of_the_page_and_hardly_more(assets: Path) -> None:
    page = render_page(assets, "small.html", TITLE, word="훼손 漢")
    regular, semi_bold = font_characters(page)
    assert regular == semi_bold
    assert {*"훼손Wallpaper0"} <= regular and "漢" not in regular
    assert regular <= {chr(code) for code in range(128)} | {*"훼손·"}


def test_what_is_shown_is_escaped_and_markup_is_not(assets: Path) -> None:
    page = render_page(assets, "small.html", TITLE, word="<script>alert(1)</script>")
    assert "&lt;script&gt;" in page and "<script>" not in page
    assert "<b>bold</b>" in render_page(assets, "small.html", TITLE, word=Markup("<b>bold</b>"))


def test_a_missing_value_is_a_bug_not_a_gap(assets: Path) -> None:
    with pytest.raises(UndefinedError):
        render_page(assets, "small.html", TITLE)
