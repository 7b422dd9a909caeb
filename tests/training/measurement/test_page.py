from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from defect_desktop.paths import Paths
from defect_desktop.training.measurement.measure import Measurement
from defect_desktop.training.measurement.page import evaluation_page
from defect_desktop.training.measurement.subject import Subject
from tests.training.report.pages import assert_whole, font_characters

ASSETS = Paths.find().assets
Measure = Callable[[np.ndarray], Measurement]


@pytest.fixture
def page(measured: Measure, predictions: np.ndarray, subject: Subject) -> str:
    return evaluation_page(ASSETS, measured(predictions), subject)


def row_of(page: str, name: str) -> str:
    """The text of a class's row in the table of classes."""
    (row,) = re.findall(rf'<tr>\s*<th scope="row">{re.escape(name)}</th><td class="figure">.*?</tr>', page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", row).split())


def test_the_page_is_whole_and_escaped(page: str) -> None:
    assert_whole(page)
    assert "&lt;broken&gt;.jpg" in page and "<broken>" not in page
    assert "This is a test model." in page
    assert page.count('src="data:image/jpeg') == page.count("<li>") > 0


def test_a_class_without_evidence_gets_no_score(page: str) -> None:
    assert re.search(r"Damage 40( \d\.\d{3}){3} \d\.\d{3}–\d\.\d{3}", row_of(page, "Damage"))
    assert re.search(r"Stain 3 Insufficient evidence · \d of 3 right", row_of(page, "Stain"))
    assert "No photos in this data" in row_of(page, "Formula")
    assert "The macro F1 is the mean over the classes that have photos in the data." in page


def test_the_korean_page_is_korean(
    measured: Measure, predictions: np.ndarray, subject: Subject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEFECT_DESKTOP_LANGUAGE", "ko")
    page = evaluation_page(ASSETS, measured(predictions), subject)
    assert_whole(page)
    assert "근거 부족 · 3장 중" in row_of(page, "오염") and "작은 시험용 팩" in page
    assert set("근거부족확신도창틀") <= font_characters(page)[0]
    english = re.findall(r">([^<>]*[A-Za-z]{4,}[^<>]*)<", page[page.index("<body>") :])
    allowed = {"Defect Desktop", "test_efficientnet", "photo 0000.jpg", "broken", "torch", "tiny", "ffff"}
    assert [text for text in english if not any(name in text for name in {*allowed, subject.data.name})] == []


def test_a_faultless_pack_has_a_page_too(
    measured: Measure, predictions: np.ndarray, cache: object, subject: Subject
) -> None:
    faultless = np.repeat(np.eye(4, dtype=np.float32)[cache.targets][:, np.newaxis], 3, axis=1)
    page = evaluation_page(ASSETS, measured(faultless), subject)
    assert_whole(page)
    assert "There are none." in page and "1.000" in row_of(page, "Damage")
    assert page.count("interval unknown") == 5 and "cannot tell how rare mistakes are" in page


def test_a_pack_that_is_always_wrong_has_a_page_too(measured: Measure, cache: object, subject: Subject) -> None:
    hopeless = np.repeat(0.01 + 0.96 * np.eye(4, dtype=np.float32)[(cache.targets + 1) % 4][:, np.newaxis], 3, axis=1)
    page = evaluation_page(ASSETS, measured(hopeless), subject)
    assert_whole(page)
    assert "every photo would need a check" in page


def test_a_photo_that_has_gone_costs_its_picture_only(
    measured: Measure, predictions: np.ndarray, subject: Subject, tmp_path: Path
) -> None:
    found = measured(predictions)
    (tmp_path / "사진" / "photo 0000.jpg").unlink()
    page = evaluation_page(ASSETS, found, subject)
    assert_whole(page)
    assert "<img" not in page and "photo 0000.jpg" in page
