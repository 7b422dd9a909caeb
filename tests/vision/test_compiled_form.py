from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from defect_desktop.core.prediction import Temperature
from defect_desktop.vision.card import Card, CardTemperature, Precision, QuantizationCheck
from defect_desktop.vision.compiled_form import (
    UNUSED_SECONDS,
    CompiledForm,
    clear_unused,
    form_key,
    is_refused,
    note_refusal,
    read_form,
    remove_form,
    write_form,
)
from tests.packs import card_content
from tests.store.permissions import ordinary_folder, posix

FORM = CompiledForm(Precision.FP32, b"<net/>", b"weights", "2026.4")
CHECK = QuantizationCheck(photos=380, equal_labels=0.997, weighted_f1_loss=-0.001)


@pytest.fixture
def card() -> Card:
    return Card.model_validate(card_content([{"file": "a.safetensors", "sha256": "0" * 64}]))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "홍길동" / "compiled"


def age(folder: Path) -> None:
    """The last use of everything there is so long ago that nobody needs it."""
    long_ago = time.time() - UNUSED_SECONDS - 60
    for file in folder.iterdir():
        os.utime(file, (long_ago, long_ago))


def test_a_form_is_kept_and_found(folder: Path, card: Card) -> None:
    eight_bits = replace(FORM, precision=Precision.INT8, weights=b"less", check=CHECK)
    for form in (FORM, eight_bits):
        assert read_form(folder, card, form.precision) is None
        write_form(folder, card, form)
    assert read_form(folder, card, Precision.FP32) == FORM
    assert read_form(folder, card, Precision.INT8) == eight_bits
    remove_form(folder, card, Precision.INT8)
    remove_form(folder, card, Precision.INT8)
    assert read_form(folder, card, Precision.INT8) is None
    assert read_form(folder, card, Precision.FP32) == FORM


def test_a_form_that_is_used_stays_as_long_as_it_is(folder: Path, card: Card) -> None:
    eight_bits = replace(FORM, precision=Precision.INT8)
    for form in (FORM, eight_bits):
        write_form(folder, card, form)
    other = card.model_copy(update={"architecture": "other"})
    write_form(folder, other, FORM)
    age(folder)
    assert read_form(folder, card, Precision.INT8) == eight_bits
    clear_unused(folder, [])
    assert [read_form(folder, card, precision) for precision in Precision] == [FORM, eight_bits]
    assert read_form(folder, other, Precision.FP32) is None


@pytest.mark.parametrize("name", ["-1.bin", "[a]-1.bin"])
def test_a_file_of_somebody_elses_takes_no_form_with_it(folder: Path, card: Card, name: str) -> None:
    write_form(folder, card, FORM)
    (folder / name).touch()
    age(folder)
    clear_unused(folder, [card])
    assert read_form(folder, card, Precision.FP32) == FORM
    assert (folder / name).exists()


def test_a_folder_that_is_not_there_is_clear(folder: Path) -> None:
    clear_unused(folder, [])


def test_a_newer_form_takes_the_place_of_an_older(folder: Path, card: Card) -> None:
    write_form(folder, card, FORM)
    write_form(folder, card, replace(FORM, graph=b"<other/>"))
    assert read_form(folder, card, Precision.FP32) == replace(FORM, graph=b"<other/>")


def test_what_was_refused_is_so_until_somebody_else_makes_it_or_it_is_good(folder: Path, card: Card) -> None:
    assert not is_refused(folder, card, "a maker")
    note_refusal(folder, card, "a maker")
    assert is_refused(folder, card, "a maker")
    assert not is_refused(folder, card, "a newer maker")
    write_form(folder, card, FORM)
    assert not is_refused(folder, card, "a maker")


@pytest.mark.parametrize("suffix", [".json", ".xml", ".bin"])
@pytest.mark.parametrize("damage", ["missing", "empty", "truncated", "changed", "a folder"])
def test_a_damaged_form_counts_as_absent(folder: Path, card: Card, suffix: str, damage: str) -> None:
    write_form(folder, card, FORM)
    (path,) = folder.glob(f"*{suffix}")
    content = path.read_bytes()
    path.unlink()
    if damage == "a folder":
        path.mkdir()
    elif damage != "missing":
        path.write_bytes(
            {"empty": b"", "truncated": content[:-1], "changed": content[:-2] + b"\0" + content[-1:]}[damage]
        )
    assert read_form(folder, card, Precision.FP32) is None


def test_a_description_from_the_future_counts_as_absent(folder: Path, card: Card) -> None:
    write_form(folder, card, FORM)
    (path,) = folder.glob("*.json")
    path.write_text(path.read_text().replace('"format": 1', '"format": 2'))
    assert read_form(folder, card, Precision.FP32) is None


@posix
def test_a_folder_that_cannot_be_written_is_an_error_of_the_system(card: Card) -> None:
    with ordinary_folder() as place:
        place.chmod(0o555)
        with pytest.raises(PermissionError):
            write_form(place / "compiled", card, FORM)


def test_calibrating_a_pack_anew_keeps_its_form(card: Card) -> None:
    colder = card.model_copy(update={"temperature": CardTemperature(sure=0.1, unsure=0.2)})
    assert colder.decision_temperature() == Temperature(0.1, 0.2)
    assert form_key(colder) == form_key(card)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("architecture", "other"),
        ("members", [{"file": "a.safetensors", "sha256": "1" * 64}]),
        ("classes", card_content([])["classes"][:2]),
        ("preprocessing", card_content([])["preprocessing"] | {"mean": [0.4, 0.5, 0.5]}),
        ("preprocessing", card_content([])["preprocessing"] | {"width": 96}),
    ],
)
def test_another_network_has_another_form(card: Card, field: str, value: object) -> None:
    other = Card.model_validate(card.model_dump(mode="json") | {field: value})
    assert form_key(other) != form_key(card)
