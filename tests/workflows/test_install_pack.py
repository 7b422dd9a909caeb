from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import pytest

from defect_desktop.cli.run import run as run_program
from defect_desktop.core.progress import Progress
from defect_desktop.errors import PackError
from defect_desktop.paths import Paths
from defect_desktop.vision import shelf
from defect_desktop.vision.compiled_form import form_key, read_form, write_form
from defect_desktop.vision.pack import Pack, find_pack, open_pack, pack_folders
from defect_desktop.workflows.export_pack import export_pack
from defect_desktop.workflows.install_pack import install_pack
from defect_desktop.workflows.remove_pack import remove_pack
from tests.packs import write_pack
from tests.store.permissions import ordinary_folder, posix
from tests.vision.test_compiled_form import FORM, age


def archive(folder: Path, stick: Path, version: str = "1.0", name: str = "mine") -> Path:
    """A zip file that holds a pack `name`."""
    stick.mkdir(exist_ok=True)
    places = Paths(assets=folder, models=folder, data=folder)
    write_pack(folder / name, members=1, version=version)
    file = stick / f"{name}-{version}.zip"
    for _ in export_pack(name, file, places):
        pass
    return file


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    return tmp_path / "USB 스틱"


@pytest.fixture
def first(tmp_path: Path, stick: Path) -> Path:
    return archive(tmp_path / "a", stick)


@pytest.fixture
def second(tmp_path: Path, stick: Path) -> Path:
    return archive(tmp_path / "b", stick, version="2.0")


def install(file: Path, paths: Paths, replace: bool = False) -> tuple[list[Progress], Pack]:
    work, moments = install_pack(file, paths, replace), []
    while True:
        try:
            moments.append(next(work))
        except StopIteration as finished:
            return moments, finished.value


def names_on(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_pack_is_installed_and_found(first: Path, paths: Paths) -> None:
    moments, pack = install(first, paths)
    assert pack.folder == paths.user_models / "mine"
    assert find_pack("mine", paths.pack_shelves).fingerprint == pack.fingerprint
    pack.verify()
    assert moments[-1].done == moments[-1].total == pack.size()
    assert names_on(paths.user_models) == ["mine"]


@posix
def test_everybody_may_read_an_installed_pack(first: Path, paths: Paths) -> None:
    _, pack = install(first, paths)
    assert pack.folder.stat().st_mode & 0o777 == 0o755


def test_the_form_of_a_pack_that_is_gone_goes_once_nobody_uses_it(first: Path, paths: Paths, tmp_path: Path) -> None:
    elsewhere = open_pack(write_pack(tmp_path / "elsewhere", members=2))
    packs = install(first, paths)[1], elsewhere, find_pack("tiny", paths.pack_shelves)
    forms = paths.compiled_forms

    def kept() -> list[bool]:
        return [any(forms.glob(f"{form_key(pack.card)}*")) for pack in packs]

    for pack in packs:
        write_form(forms, pack.card, FORM)
    remove_pack("mine", paths)
    assert kept() == [True, True, True]  # it was made just now, for somebody who named its folder perhaps
    install(first, paths)
    age(forms)
    assert read_form(forms, elsewhere.card, FORM.precision) == FORM
    install(first, paths, replace=True)
    assert kept() == [True, True, True]
    remove_pack("mine", paths)
    assert kept() == [False, True, True]


def test_the_same_version_is_not_installed_twice(first: Path, paths: Paths) -> None:
    install(first, paths)
    with pytest.raises(PackError, match=r"'mine' 1.0 is here already; add --replace to install it once more"):
        install(first, paths)
    install(first, paths, replace=True)
    assert names_on(paths.user_models) == ["mine"]


def test_another_version_needs_a_word(first: Path, second: Path, paths: Paths) -> None:
    install(first, paths)
    with pytest.raises(PackError, match=r"here already in another version \(1.0\); add --replace to put 2.0"):
        install(second, paths)
    assert open_pack(paths.user_models / "mine").card.version == "1.0"
    install(second, paths, replace=True)
    assert open_pack(paths.user_models / "mine").card.version == "2.0"
    assert names_on(paths.user_models) == ["mine"]


def test_a_damaged_pack_can_be_replaced(first: Path, paths: Paths) -> None:
    install(first, paths)
    (paths.user_models / "mine" / "card.json").unlink()
    with pytest.raises(PackError, match=r"another version \(\?\)"):
        install(first, paths)
    install(first, paths, replace=True)[1].verify()


def test_a_pack_that_came_along_is_hidden_but_stays(tmp_path: Path, stick: Path, paths: Paths) -> None:
    newer = archive(tmp_path / "c", stick, version="9", name="tiny")
    with pytest.raises(PackError, match=r"another version \(1.0\)"):
        install(newer, paths)
    install(newer, paths, replace=True)
    assert find_pack("tiny", paths.pack_shelves).card.version == "9"
    remove_pack("tiny", paths)
    assert find_pack("tiny", paths.pack_shelves).card.version == "1.0"
    with pytest.raises(PackError, match="came with the program and cannot be removed"):
        remove_pack("tiny", paths)
    assert open_pack(paths.models / "tiny").card.version == "1.0"


def test_names_that_differ_by_case_are_one_pack(tmp_path: Path, stick: Path, first: Path, paths: Paths) -> None:
    install(first, paths)
    with pytest.raises(PackError, match="another version"):
        install(archive(tmp_path / "c", stick, version="3", name="MINE"), paths)


@pytest.mark.parametrize("step", [0, 1])
def test_a_stopped_installation_leaves_everything_as_it_was(first: Path, second: Path, paths: Paths, step: int) -> None:
    install(first, paths)
    work = install_pack(second, paths, replace=True)
    for _ in range(step + 1):
        next(work)
    assert list(pack_folders(paths.pack_shelves)) == [paths.user_models / "mine", paths.models / "tiny"]
    work.close()
    assert names_on(paths.user_models) == ["mine"]
    assert open_pack(paths.user_models / "mine").card.version == "1.0"


def test_a_tampered_archive_leaves_nothing(first: Path, paths: Paths) -> None:
    content = bytearray(first.read_bytes())
    content[len(content) // 2] ^= 1
    first.write_bytes(content)
    with pytest.raises(PackError):
        install(first, paths)
    assert names_on(paths.user_models) == []


@posix
@pytest.mark.parametrize("replaced", [False, True])
def test_a_killed_installation_is_cleaned_up_by_the_next(
    first: Path, second: Path, paths: Paths, replaced: bool
) -> None:
    if replaced:
        install(first, paths)
    code = f"""
import time
from pathlib import Path
from defect_desktop.paths import Paths
from defect_desktop.workflows.install_pack import install_pack
work = install_pack(Path({str(second)!r}), Paths(Path(), Path(), Path({str(paths.data)!r})), replace=True)
next(work)
print("under way", flush=True)
time.sleep(60)
"""
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "under way\n"
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    assert len(names_on(paths.user_models)) == 1 + replaced
    assert [folder.name for folder in pack_folders((paths.user_models,))] == ["mine"] * replaced
    install(second, paths, replace=True)
    assert open_pack(paths.user_models / "mine").card.version == "2.0"
    (draft,) = paths.user_models.glob(".draft-*")  # for all that this one knows, the other is at work
    os.utime(draft, (0, 0))
    install(second, paths, replace=True)
    assert names_on(paths.user_models) == ["mine"]


def test_an_old_pack_that_something_holds_is_cleared_away_later(
    first: Path, second: Path, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(first, paths)
    rename = Path.rename

    def refuse_what_is_aside(self: Path, target: Path) -> Path:
        if self.name.startswith(".aside-"):
            raise PermissionError(13, "in use")
        return rename(self, target)

    with monkeypatch.context() as held:
        held.setattr(Path, "rename", refuse_what_is_aside)
        install(second, paths, replace=True)
    assert open_pack(paths.user_models / "mine").card.version == "2.0"
    install(first, paths, replace=True)
    assert names_on(paths.user_models) == ["mine"]


def test_a_pack_that_was_aside_when_the_program_died_comes_back(
    tmp_path: Path, stick: Path, first: Path, paths: Paths
) -> None:
    install(first, paths)
    (paths.user_models / "mine").rename(paths.user_models / ".aside-mine")
    install(archive(tmp_path / "c", stick, name="other"), paths)
    assert names_on(paths.user_models) == ["mine", "other"]


def test_the_old_pack_stands_again_where_the_new_one_cannot(
    first: Path, second: Path, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(first, paths)
    rename = Path.rename

    def fail_for_drafts(self: Path, target: Path) -> Path:
        if self.name.startswith(".draft-") and target.name == "mine":
            raise PermissionError("a virus scanner holds it")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail_for_drafts)
    with pytest.raises(PackError, match="cannot be written"):
        install(second, paths, replace=True)
    assert names_on(paths.user_models) == ["mine"]
    assert open_pack(paths.user_models / "mine").card.version == "1.0"


def test_of_two_installations_at_once_the_last_stands_whole(first: Path, second: Path, paths: Paths) -> None:
    one, other = install_pack(first, paths), install_pack(second, paths)
    next(one)
    next(other)  # leaves the first one's unfinished folder alone
    list(one)
    list(other)
    pack = open_pack(paths.user_models / "mine")
    pack.verify()
    assert pack.card.version == "2.0"
    assert names_on(paths.user_models) == ["mine"]


def test_a_disk_without_room_is_told_before_anything_is_written(
    first: Path, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shelf.shutil, "disk_usage", lambda _: usage(10, 10, 16_000_000))
    with pytest.raises(PackError, match=r"needs \d+ MB, and only 16 MB are free"):
        install(first, paths)
    assert names_on(paths.user_models) == []


@posix
def test_a_shelf_that_cannot_be_written_is_told(first: Path) -> None:
    content = first.read_bytes()
    with ordinary_folder() as folder:
        file = folder / first.name
        file.write_bytes(content)
        folder.chmod(0o555)
        with pytest.raises(PackError, match=r"cannot be written .*check the permissions"):
            install(file, Paths(folder, folder, folder / "data"))


@pytest.mark.parametrize("name", ["..", ".", "", "/", "none", ".draft-x"])
def test_only_what_was_installed_can_be_removed(first: Path, paths: Paths, name: str) -> None:
    install(first, paths)
    with pytest.raises(PackError, match=r"No model pack .* \(those that can be removed: mine\)"):
        remove_pack(name, paths)
    assert paths.data.is_dir()


def test_removing_a_link_keeps_what_it_leads_to(tmp_path: Path, paths: Paths) -> None:
    target = write_pack(tmp_path / "elsewhere", members=1)
    paths.user_models.mkdir(parents=True)
    (paths.user_models / "linked").symlink_to(target, target_is_directory=True)
    remove_pack("linked", paths)
    open_pack(target).verify()
    assert names_on(paths.user_models) == []


def test_the_commands(first: Path, second: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def run(*arguments: str) -> int:
        return run_program(["models", *arguments, "--data-dir", str(tmp_path / "data")], lambda paths: 99)

    assert run("install", str(first)) == 0
    assert "This is a test model." in capsys.readouterr().err
    assert run("install", str(second)) == 2
    assert "--replace" in capsys.readouterr().err
    assert run("install", str(second), "--replace") == 0
    assert run("export", "mine", str(tmp_path / "again.zip")) == 0
    assert (tmp_path / "again.zip").read_bytes() == second.read_bytes()
    assert run("remove", "mine") == 0
    assert run("remove", "mine") == 2
    assert run("remove", "starter") == 2
    assert "came with the program" in capsys.readouterr().err
