"""A pack's name on the command line may be that of an installed pack and of a folder here at once."""

from __future__ import annotations

import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest

from defect_desktop.cli.run import run
from tests.packs import write_pack


def open_nothing(*_: object, **__: object) -> int:
    return 99


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """A folder for data where the pack `mine` is installed."""
    write_pack(tmp_path / "data" / "models" / "mine", members=1, version="old")
    return tmp_path / "data"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, where another pack is in the folder `mine`."""
    write_pack(tmp_path / "here" / "mine", members=1, version="new")
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "here"


def exported(name: str, data_dir: Path) -> str:
    """The card of the pack that `name` stands for."""
    assert run(["models", "export", name, "out.zip", "--data-dir", str(data_dir)], open_nothing) == 0
    with ZipFile("out.zip") as archive:
        return next(archive.read(name).decode() for name in archive.namelist() if name.endswith("card.json"))


@pytest.mark.parametrize(
    "command",
    [
        ["evaluate", "mine", "."],
        ["submit", "mine", "test.csv", "out.csv"],
        ["classify", ".", "--pack", "mine"],
        ["watch", ".", "--pack", "mine"],
        ["benchmark", ".", "--pack", "mine"],
        ["models", "verify", "mine"],
        ["models", "export", "mine", "out.zip"],
        ["models", "compile", "mine"],
        ["window", "--pack", "mine"],
    ],
    ids=" ".join,
)
def test_where_a_name_has_two_meanings_no_command_guesses(
    command: list[str], data_dir: Path, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*command, "--data-dir", str(data_dir)], open_nothing) == 2
    said = capsys.readouterr().err.replace("\n", " ")
    assert "two model packs 'mine'" in said and "'./mine'" in said and str(data_dir / "models" / "mine") in said


def test_each_of_the_two_has_a_way_to_write_it(data_dir: Path, here: Path) -> None:
    assert '"new"' in exported("./mine", data_dir)
    assert '"new"' in exported(str(here / "mine"), data_dir)
    assert '"old"' in exported(str(data_dir / "models" / "mine"), data_dir)


def test_one_pack_in_both_places_is_no_question(data_dir: Path, here: Path) -> None:
    shutil.rmtree(here / "mine")
    shutil.copytree(data_dir / "models" / "mine", here / "mine")
    assert '"old"' in exported("mine", data_dir)


def test_the_list_has_the_names_that_packs_are_asked_for_by(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data_dir / "models" / "mine").rename(data_dir / "models" / "site-a")
    assert run(["models", "list", "--data-dir", str(data_dir)], open_nothing) == 0
    told = capsys.readouterr().out
    assert "site-a" in told and "mine" not in told
