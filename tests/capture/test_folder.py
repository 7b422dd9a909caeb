from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from defect_desktop.capture.folder import list_photos, spelled_as
from defect_desktop.errors import SourceError


def touch(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    return path


def listed(*sources: Path) -> list[Path]:
    return [photo.path for photo in list_photos(sources)]


def test_folders_are_listed_with_their_subfolders_in_order(tmp_path: Path) -> None:
    names = ["b.jpg", "a.HEIC", "2동/거실.png", "1동/벽지.jpeg", "1동/notes.txt", "1동/._벽지.jpeg", "movie.mp4"]
    for name in names:
        touch(tmp_path / name)
    assert listed(tmp_path) == [tmp_path / name for name in ("a.HEIC", "b.jpg", "1동/벽지.jpeg", "2동/거실.png")]


def test_what_was_thrown_away_and_previews_are_no_photos(tmp_path: Path) -> None:
    hidden = [".Trash-1000/files/a.jpg", "$RECYCLE.BIN/a.jpg", ".thumbnails/a.jpg", ".a.jpg", "방/.Trashes/501/a.jpg"]
    for name in ["a.jpg", *hidden]:
        touch(tmp_path / name)
    assert listed(tmp_path) == [tmp_path / "a.jpg"]


@pytest.mark.parametrize("name", ["", ".Trash-1000/files", ".Trash-1000/files/a.jpg", "$RECYCLE.BIN"])
def test_what_the_user_names_is_listed_wherever_it_lies(tmp_path: Path, name: str) -> None:
    root = tmp_path / ".card"
    photos = {touch(root / place / "a.jpg") for place in (".Trash-1000/files", "$RECYCLE.BIN", "")}
    named = root / name
    assert listed(named) == [named if named in photos else named / "a.jpg"]


def test_a_file_that_is_named_needs_no_photo_ending(tmp_path: Path) -> None:
    assert listed(touch(tmp_path / "IMG_0001")) == [tmp_path / "IMG_0001"]


def test_size_and_time_come_along(tmp_path: Path) -> None:
    path = touch(tmp_path / "a.jpg")
    os.utime(path, ns=(5, 123_456_789))
    (photo,) = list_photos([tmp_path])
    assert (photo.size, photo.mtime_ns) == (1, path.stat().st_mtime_ns)


def test_overlapping_sources_list_a_photo_once(tmp_path: Path) -> None:
    photo = touch(tmp_path / "sub" / "a.jpg")
    assert listed(photo, tmp_path, tmp_path / "sub", tmp_path) == [photo]


def test_a_relative_source_gives_absolute_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch(tmp_path / "a.jpg")
    monkeypatch.chdir(tmp_path)
    assert listed(Path()) == [tmp_path / "a.jpg"]


def test_a_way_back_up_in_a_path_makes_no_other_photo_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    photo = touch(tmp_path / "photos" / "a.jpg")
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    assert listed(Path("../photos")) == listed(Path("../photos/a.jpg")) == [photo]


@pytest.mark.parametrize(
    ("named", "real", "spelled"),
    [
        ("c:/SITE/a.JPG", "C:/Site/A.jpg", "C:/Site/A.jpg"),
        ("z:/site/a.jpg", "//server/share/Site/A.jpg", "z:/Site/A.jpg"),  # a share that has a letter
        ("C:/way/link/a.jpg", "D:/elsewhere/A.jpg", "C:/way/link/A.jpg"),
        ("C:/gone", "C:/gone", "C:/gone"),
    ],
)
def test_windows_paths_are_spelled_as_on_the_drive(named: str, real: str, spelled: str) -> None:
    assert str(spelled_as(PureWindowsPath(named), PureWindowsPath(real))) == str(PureWindowsPath(spelled))
    assert spelled_as(PurePosixPath(named), PurePosixPath(real)) == PurePosixPath(named)


@pytest.mark.skipif(sys.platform != "win32", reason="capitals are other letters here")
def test_a_photo_is_one_however_its_path_is_spelled(tmp_path: Path) -> None:
    photo = touch(tmp_path / "Photos" / "A.jpg")
    (found,) = listed(tmp_path / "PHOTOS")
    (named,) = listed(Path(str(photo).swapcase()))
    assert str(found) == str(named) == str(photo)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows takes a way back up for text, links or not")
def test_a_way_back_up_behind_a_link_leads_where_the_link_does(tmp_path: Path) -> None:
    photo = touch(tmp_path / "elsewhere" / "photos" / "a.jpg")
    touch(tmp_path / "photos" / "another.jpg")
    (tmp_path / "elsewhere" / "deep").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere" / "deep")
    (found,) = listed(tmp_path / "link" / ".." / "photos")
    assert found.samefile(photo)


def test_links_are_followed_and_loops_end(tmp_path: Path) -> None:
    touch(tmp_path / "photos" / "a.jpg")
    touch(tmp_path / "elsewhere" / "b.jpg")
    (tmp_path / "photos" / "loop").symlink_to(tmp_path / "photos")
    (tmp_path / "photos" / "other").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "back").symlink_to(tmp_path / "photos")
    assert sorted(path.name for path in listed(tmp_path / "photos")) == ["a.jpg", "b.jpg"]


def test_a_dangling_link_is_listed_so_that_it_gets_its_reason(tmp_path: Path) -> None:
    (tmp_path / "gone.jpg").symlink_to(tmp_path / "nowhere.jpg")
    (photo,) = list_photos([tmp_path])
    assert (photo.path, photo.size) == (tmp_path / "gone.jpg", None)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps names that are no text")
def test_names_that_are_no_text_are_listed(tmp_path: Path) -> None:
    path = touch(tmp_path / os.fsdecode(b"caf\xe9.jpg"))
    assert listed(tmp_path) == [path]


def test_a_source_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="does not exist"):
        list_photos([tmp_path / "no"])


@pytest.fixture
def closed_folder() -> Iterator[Path]:
    """A folder, beside one that is open, that this user may not read; the administrator acts as somebody else."""
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        touch(Path(place) / "open" / "a.jpg")
        folder = Path(place) / "closed"
        folder.mkdir(mode=0)
        administrator = os.geteuid() == 0
        if administrator:
            os.seteuid(65534)
        yield folder
        if administrator:
            os.seteuid(0)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_a_folder_that_may_not_be_read_is_refused_when_it_is_named(closed_folder: Path) -> None:
    with pytest.raises(SourceError, match="Permission denied"):
        list_photos([closed_folder])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_a_folder_that_may_not_be_read_is_listed_when_it_is_met(closed_folder: Path) -> None:
    assert listed(closed_folder.parent) == [closed_folder.parent / "open" / "a.jpg", closed_folder]
