from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from defect_desktop.cli.run import run as run_program
from defect_desktop.core.progress import Progress
from defect_desktop.errors import DataSetError, DeviceError, PackError
from defect_desktop.paths import Paths
from defect_desktop.training import quantization
from defect_desktop.vision.card import Precision
from defect_desktop.vision.compiled_form import read_form, shipped_form, write_form
from defect_desktop.vision.conversion import convert
from defect_desktop.vision.engine import load_engine
from defect_desktop.vision.pack import find_pack, open_pack
from defect_desktop.workflows.compile_pack import CompileRequest, CompileResult, LabelledPhotos, compile_pack
from defect_desktop.workflows.export_pack import export_pack
from defect_desktop.workflows.install_pack import install_pack
from tests.packs import CLASSES, write_pack
from tests.photos import save_photos


def compiled(request: CompileRequest, paths: Paths) -> tuple[list[Progress], CompileResult]:
    work, moments = compile_pack(request, paths), []
    while True:
        try:
            moments.append(next(work))
        except StopIteration as finished:
            return moments, finished.value


def fitted(folder: Path, sure: float | None) -> Path:
    """A pack of three equal networks, none of which ever says anything else than all do; its folder."""
    write_pack(folder, members=1)
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    (member,) = card["members"]
    for number in (2, 3):
        shutil.copy(folder / member["file"], folder / f"member-{number}.safetensors")
    members = [member | {"file": f"member-{number}.safetensors"} for number in (1, 2, 3)]
    news = {"format": 4, "members": members, "sure": sure}
    (folder / "card.json").write_text(json.dumps(card | news), encoding="utf-8")
    return folder


def labelled(folder: Path, photos: int) -> Path:
    for number, entry in enumerate(CLASSES):
        save_photos(folder / entry["label"], photos, size=(64, 64), start=number * photos)
    return folder


def test_a_pack_is_compiled_ahead_of_its_first_use(paths: Paths) -> None:
    moments, result = compiled(CompileRequest("tiny"), paths)
    assert (moments, result.check) == ([], None)
    assert read_form(paths.compiled_forms, result.pack.card, Precision.FP32)
    assert read_form(paths.compiled_forms, result.pack.card, Precision.INT8) is None


def test_a_compiled_pack_travels_whole(paths: Paths, tmp_path: Path) -> None:
    _, result = compiled(CompileRequest("tiny", output=tmp_path / "tiny-compiled"), paths)
    assert not paths.compiled_forms.exists()
    archive = tmp_path / "tiny.zip"
    list(export_pack(str(result.pack.folder), archive, paths))
    list(install_pack(archive, paths, replace=True))
    installed = find_pack("tiny", paths.pack_shelves)
    installed.verify()
    assert installed.fingerprint == result.pack.fingerprint
    form = shipped_form(installed, Precision.FP32)
    assert form
    assert form.weights == convert(open_pack(paths.models / "tiny")).weights
    assert shipped_form(installed, Precision.INT8) is None


def test_a_copy_may_leave_everything_but_the_compiled_form_behind(paths: Paths, tmp_path: Path) -> None:
    _, result = compiled(CompileRequest("tiny", output=tmp_path / "small", compiled_only=True), paths)
    assert {path.suffix for path in result.pack.folder.iterdir()} == {".json", ".xml", ".bin"}
    result.pack.verify()
    archive = tmp_path / "tiny.zip"
    list(export_pack(str(result.pack.folder), archive, paths))
    list(install_pack(archive, paths, replace=True))
    installed = find_pack("tiny", paths.pack_shelves)
    photos = np.zeros((1, 64, 64, 3), dtype=np.uint8)
    expected = load_engine(open_pack(paths.models / "tiny"), "openvino", forms=paths.compiled_forms).predict(photos)
    np.testing.assert_array_equal(load_engine(installed).predict(photos), expected)
    for refused in (lambda: load_engine(installed, "torch"), lambda: compiled(CompileRequest("tiny"), paths)):
        with pytest.raises(PackError, match=r"holds only its compiled form.*take the original pack"):
            refused()


def test_what_was_fitted_here_makes_the_copy_one_that_older_programs_refuse_as_newer(
    paths: Paths, tmp_path: Path
) -> None:
    pack = open_pack(paths.models / "tiny")
    write_form(paths.compiled_forms, pack.card, replace(convert(pack), sure=0.5))
    _, result = compiled(CompileRequest("tiny", output=tmp_path / "copy"), paths)
    assert pack.card.format == 1 and result.pack.card.format == 4


@pytest.mark.parametrize("compiled_only", [False, True])
def test_a_copy_knows_from_where_on_its_first_member_may_answer_alone(
    paths: Paths, tmp_path: Path, compiled_only: bool
) -> None:
    trained = tmp_path / "trained"
    shutil.copytree(paths.models / "tiny", trained)
    card = json.loads((trained / "card.json").read_text(encoding="utf-8"))
    (trained / "card.json").write_text(json.dumps(card | {"format": 4, "sure": 0.0}), encoding="utf-8")
    _, result = compiled(CompileRequest(str(trained), output=tmp_path / "copy", compiled_only=compiled_only), paths)
    engine = load_engine(result.pack, "openvino", "cpu", early_exit=True)
    assert engine.predict(np.zeros((2, 64, 64, 3), dtype=np.uint8)).shape == (1, 2, len(CLASSES))


def test_only_a_copy_may_leave_something_behind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["models", "compile", "starter", "--compiled-only", "--data-dir", str(tmp_path)]
    assert run_program(arguments, lambda paths: 99) == 2
    assert "--compiled-only takes --out" in capsys.readouterr().err


def test_a_compiled_pack_needs_a_new_folder(paths: Paths, tmp_path: Path) -> None:
    with pytest.raises(PackError, match="exists already; choose another folder"):
        compiled(CompileRequest("tiny", output=tmp_path), paths)


def test_a_folder_that_cannot_be_written_is_told(paths: Paths) -> None:
    paths.data.parent.mkdir(exist_ok=True)
    paths.data.touch()
    with pytest.raises(PackError, match=r"compiled form cannot be written to .*check the permissions"):
        compiled(CompileRequest("tiny"), paths)


def test_too_few_photos_are_told(paths: Paths, tmp_path: Path) -> None:
    few = labelled(tmp_path / "few", 5)
    with pytest.raises(DataSetError, match=r"takes 100 readable photos, and .*few' holds 20; put more there"):
        compiled(CompileRequest("tiny", LabelledPhotos(few, few)), paths)


def test_photos_come_with_others_to_check_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["models", "compile", "starter", "--photos", str(tmp_path), "--data-dir", str(tmp_path / "data")]
    assert run_program(arguments, lambda paths: 99) == 2
    assert "--photos and --check go together" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize("good", [True, False])
def test_a_form_in_8_bits_is_kept_where_it_answers_as_before(
    paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, good: bool
) -> None:
    opinions = iter([True, good])  # of single precision, of 8 bits
    monkeypatch.setattr(quantization, "is_good", lambda _: next(opinions))
    photos = LabelledPhotos(labelled(tmp_path / "a", 25), labelled(tmp_path / "b", 30))
    card = open_pack(paths.models / "tiny").card
    compiled(CompileRequest("tiny"), paths)
    form = read_form(paths.compiled_forms, card, Precision.FP32)
    assert form
    write_form(paths.compiled_forms, card, replace(form, precision=Precision.INT8, made_with="earlier"))

    moments, result = compiled(CompileRequest("tiny", photos), paths)
    assert moments[-1].done == moments[-1].total == 360
    assert result.check
    assert result.check.photos == 120
    assert result.is_good is good
    kept = read_form(paths.compiled_forms, card, Precision.INT8)
    assert (kept.check if kept else None) == (result.check if result.is_good else None)


@pytest.mark.slow
def test_a_form_that_answers_otherwise_than_torch_is_not_kept(
    paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quantization, "is_good", lambda _: False)
    photos = LabelledPhotos(labelled(tmp_path / "a", 25), labelled(tmp_path / "b", 30))
    with pytest.raises(DeviceError, match="answers otherwise than torch"):
        compiled(CompileRequest("tiny", photos), paths)
    assert not paths.compiled_forms.exists()


@pytest.mark.slow
def test_a_form_in_8_bits_travels_with_what_was_found_about_it(
    paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quantization, "LEAST_EQUAL_LABELS", 0.0)
    monkeypatch.setattr(quantization, "MOST_F1_LOSS", 1.0)
    photos = LabelledPhotos(labelled(tmp_path / "a", 25), labelled(tmp_path / "b", 30))
    _, result = compiled(CompileRequest("tiny", photos, tmp_path / "tiny-compiled"), paths)
    result.pack.verify()
    form = shipped_form(result.pack, Precision.INT8)
    assert form
    assert form.check == result.check


@pytest.mark.slow
def test_copies_of_a_photo_are_no_evidence_for_early_exit(paths: Paths, tmp_path: Path) -> None:
    pack = fitted(tmp_path / "equal", sure=None)
    check = labelled(tmp_path / "b", 30)
    for photo in list(check.rglob("*.jpg")):
        for copy in range(4):
            shutil.copy(photo, photo.with_stem(f"{photo.stem}, copy {copy}"))
    _, result = compiled(CompileRequest(str(pack), LabelledPhotos(labelled(tmp_path / "a", 25), check)), paths)
    assert result.check
    assert result.check.photos == 600
    assert result.early_exit is None


@pytest.mark.slow
def test_too_few_photos_to_say_anything_of_early_exit_leave_what_the_training_fitted(
    paths: Paths, tmp_path: Path
) -> None:
    pack = fitted(tmp_path / "equal", sure=0.75)
    photos = LabelledPhotos(labelled(tmp_path / "a", 25), labelled(tmp_path / "b", 30))
    compiled(CompileRequest(str(pack), photos), paths)
    form = read_form(paths.compiled_forms, open_pack(pack).card, Precision.FP32)
    assert form
    assert form.sure == 0.75


@pytest.mark.slow
def test_what_is_odd_about_the_photos_is_told(paths: Paths, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    photos, check = labelled(tmp_path / "a", 25), labelled(tmp_path / "b", 25)
    save_photos(photos / "훼손" / "1층", 2)
    (check / "오염" / "broken.jpg").write_bytes(b"no photo")
    arguments = ["models", "compile", str(paths.models / "tiny"), "--photos", str(photos), "--check", str(check)]
    assert run_program([*arguments, "--data-dir", str(paths.data)], lambda paths: 99) == 0
    told = capsys.readouterr().err
    assert "subfolders of class folders: 2;" in told and "broken.jpg: The file is not a photo" in told
