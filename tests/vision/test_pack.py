from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from defect_desktop.errors import PackError
from defect_desktop.vision.pack import find_pack, open_pack, pack_folders
from tests.packs import write_pack

FORM = {
    "graph": {"file": "a.xml", "sha256": "0" * 64},
    "weights": {"file": "a.bin", "sha256": "0" * 64},
    "made_with": "2026.4",
}


@pytest.fixture
def folder(tiny_shelf: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(tiny_shelf / "tiny", tmp_path / "tiny"))


def change_card(folder: Path, **changes: Any) -> None:
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    (folder / "card.json").write_text(json.dumps(card | changes), encoding="utf-8")


def test_a_whole_pack_verifies(folder: Path) -> None:
    pack = open_pack(folder)
    pack.verify()
    assert pack.card.labels == ("훼손", "창틀,문틀수정", "오염", "=cmd")
    assert pack.card.as_json() == (folder / "card.json").read_text(encoding="utf-8")


def test_the_fingerprint_follows_the_card(folder: Path) -> None:
    before = open_pack(folder).fingerprint
    change_card(folder, temperature={"sure": 2.0, "unsure": 2.0})
    assert open_pack(folder).fingerprint != before


def test_changed_weights_are_refused(folder: Path) -> None:
    member = folder / "member-2.safetensors"
    content = bytearray(member.read_bytes())
    content[-1] ^= 1
    member.write_bytes(content)
    with pytest.raises(PackError, match=r"member-2.safetensors.*changed or damaged.*copy the pack again"):
        open_pack(folder).verify()


def test_missing_weights_are_refused(folder: Path) -> None:
    (folder / "member-3.safetensors").unlink()
    with pytest.raises(PackError, match=r"lacks a readable 'member-3.safetensors'; copy the whole pack"):
        open_pack(folder).verify()


def test_a_newer_format_is_refused_even_if_nothing_else_makes_sense(folder: Path) -> None:
    (folder / "card.json").write_text('{"format": 5, "classes": "other"}')
    with pytest.raises(PackError, match=r"newer format .* update the program"):
        open_pack(folder)


@pytest.mark.parametrize("content", ["", "{", "[]", "null", "\0", '{"format": "1"}', "[" * 100_000])
def test_a_card_that_is_no_card_is_refused(folder: Path, content: str) -> None:
    (folder / "card.json").write_text(content)
    with pytest.raises(PackError, match=r"not valid .*; copy the pack again"):
        open_pack(folder)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("temperature", 1.0), ("temperature", {"sure": 0, "unsure": 1}), ("temperature", "1; import os"),
        ("members", []), ("classes", []), ("name", "../evil"),
        ("members", [{"file": "../../etc/passwd.safetensors", "sha256": "0" * 64}]),
        ("members", [{"file": "C:evil.safetensors", "sha256": "0" * 64}]),
        ("members", [{"file": "weights.pth", "sha256": "0" * 64}]),
        ("members", [{"file": "a.safetensors", "sha256": "short"}]),
        ("classes", [{"label": "a", "ko": "a", "en": "a"}] * 2),
        ("thresholds", {"confidence": 2, "margin": 0, "agreement": 0}),
        ("surprise", True), ("compiled", {"fp16": FORM}),
        ("compiled", {"fp32": FORM | {"graph": {"file": "../a.xml", "sha256": "0" * 64}}}),
    ],
)  # fmt: skip
def test_a_card_with_an_impossible_value_is_refused(folder: Path, field: str, value: object) -> None:
    change_card(folder, **{field: value})
    with pytest.raises(PackError, match=f"not valid .*{'classes' if field == 'classes' else field}"):
        open_pack(folder)


def test_compiled_forms_need_a_card_that_older_programs_refuse(folder: Path) -> None:
    change_card(folder, compiled={"fp32": FORM})
    with pytest.raises(PackError, match="not valid"):
        open_pack(folder)
    change_card(folder, format=2)
    with pytest.raises(PackError, match=r"lacks a readable 'a.xml'"):
        open_pack(folder).verify()
    change_card(folder, compiled={"fp32": FORM | {"weights": {"file": "b.bin", "sha256": "0"}}})
    with pytest.raises(PackError, match=r"not valid .*compiled.fp32.weights.sha256"):
        open_pack(folder)


def test_a_pack_without_its_members_needs_compiled_forms_and_a_card_that_older_programs_refuse(folder: Path) -> None:
    change_card(folder, compiled_only=True, compiled={"fp32": FORM}, format=2)
    with pytest.raises(PackError, match="not valid"):
        open_pack(folder)
    change_card(folder, format=3)
    assert [entry.file for entry in open_pack(folder).card.files] == ["a.xml", "a.bin"]
    change_card(folder, compiled={})
    with pytest.raises(PackError, match="not valid"):
        open_pack(folder)


def test_early_exit_needs_a_card_that_older_programs_refuse(folder: Path) -> None:
    change_card(folder, sure=0.9, format=3)
    with pytest.raises(PackError, match="not valid"):
        open_pack(folder)
    change_card(folder, format=4)
    assert open_pack(folder).card.sure == 0.9
    assert open_pack(folder).card.exits_early


def test_a_folder_without_a_card_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"no card.json"):
        open_pack(tmp_path)


def test_packs_are_found_by_name_or_folder(tmp_path: Path, folder: Path, tiny_shelf: Path) -> None:
    mine = tmp_path / "mine"
    shutil.copytree(folder, mine / "tiny")
    assert find_pack("tiny", (mine, tiny_shelf)).folder == mine / "tiny"
    assert find_pack("tiny", (tmp_path / "none", tiny_shelf)).folder == tiny_shelf / "tiny"
    assert find_pack(str(folder), ()).folder == folder
    assert list(pack_folders((mine, tiny_shelf))) == [mine / "tiny"]
    with pytest.raises(PackError, match=r"no model pack 'other' \(installed: tiny\)"):
        find_pack("other", (mine, tiny_shelf))
    with pytest.raises(PackError, match="no model pack"):
        find_pack("x" * 300, (mine, tiny_shelf))  # longer than names can be


def test_a_name_that_the_window_keeps_is_that_of_a_shelf_wherever_it_was_started(
    tmp_path: Path, tiny_shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = write_pack(tmp_path / "tiny", members=1)
    monkeypatch.chdir(tmp_path)
    assert find_pack("tiny", (tiny_shelf,)).folder == tiny_shelf / "tiny"
    assert find_pack("./tiny", (tiny_shelf,)).folder.absolute() == here


def test_any_list_of_classes_works(tmp_path: Path) -> None:
    classes = [{"label": str(index), "ko": f"등급 {index}", "en": f"Grade {index}"} for index in range(4)]
    pack = open_pack(write_pack(tmp_path / "grades", members=1, classes=classes))
    assert [str(entry.name.en) for entry in pack.card.defect_classes()] == ["Grade 0", "Grade 1", "Grade 2", "Grade 3"]
