from __future__ import annotations

import os
from pathlib import Path

import pytest

from defect_desktop.capture import scan
from defect_desktop.capture.folder import list_photos
from defect_desktop.capture.scan import scan_folder
from defect_desktop.errors import SourceError
from tests.photos import save_photos


def test_it_sees_what_a_single_listing_sees(tmp_path: Path) -> None:
    save_photos(tmp_path / "나" / "방", 3)
    save_photos(tmp_path, 2)
    (tmp_path / "notes.txt").write_text("no photo")
    assert list(scan_folder(tmp_path).photos) == list_photos([tmp_path])


def test_a_way_back_up_in_a_path_makes_no_other_photo_of_it(tmp_path: Path) -> None:
    photos = save_photos(tmp_path / "card", 1)
    (tmp_path / "work").mkdir()
    assert [each.path for each in scan_folder(tmp_path / "work" / ".." / "card").photos] == photos


def test_names_of_unfinished_and_thrown_away_files_are_passed_over(tmp_path: Path) -> None:
    for name in (".photo.jpg", "._photo.jpg", ".sync/photo.jpg", "$RECYCLE.BIN/photo.jpg", "photo.jpg.part"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    assert scan_folder(tmp_path).photos == ()


def test_a_link_that_leads_back_up_ends(tmp_path: Path) -> None:
    save_photos(tmp_path / "photos", 1)
    (tmp_path / "photos" / "again").symlink_to(tmp_path)
    assert len(scan_folder(tmp_path).photos) == 1


def test_a_link_to_nowhere_has_no_size(tmp_path: Path) -> None:
    (tmp_path / "gone.jpg").symlink_to(tmp_path / "nowhere.jpg")
    (photo,) = scan_folder(tmp_path).photos
    assert (photo.size, photo.mtime_ns) == (None, None)


def test_a_folder_that_is_gone_says_that_the_watch_goes_on(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="goes on by itself"):
        scan_folder(tmp_path / "none")


def test_a_share_that_drops_while_it_is_listed_costs_what_was_not_seen_yet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photos = save_photos(tmp_path / "unit", 2)

    def drop(path: Path) -> str:
        raise OSError(64, "The specified network name is no longer available")  # as Windows does

    monkeypatch.setattr(scan.os.path, "realpath", drop)
    assert [each.path for each in scan_folder(tmp_path).photos] == photos


def test_a_subfolder_that_cannot_be_read_costs_itself_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (photo,) = save_photos(tmp_path / "open", 1)
    save_photos(tmp_path / "closed", 1)
    real = os.scandir

    def scandir(folder: str | Path) -> object:
        if Path(folder).name == "closed":
            raise PermissionError(13, "Permission denied")
        return real(folder)

    monkeypatch.setattr(scan.os, "scandir", scandir)
    seen = scan_folder(tmp_path)
    assert [each.path for each in seen.photos] == [photo]
    assert seen.unreadable == (tmp_path / "closed",)
