from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest
from PIL import ExifTags, Image

from defect_desktop.core.place import Place
from defect_desktop.core.waiting import PhotoSource
from defect_desktop.errors import CaptureError, SourceError
from defect_desktop.paths import Paths
from defect_desktop.store.database import Database
from defect_desktop.vision.photo_loader import decode_photo
from defect_desktop.workflows.fill_queue import queue_files, queue_picture, queue_strays
from defect_desktop.workflows.keep_picture import keep_picture
from tests.photos import save_photos, scene
from tests.store.samples import SETTINGS, failed

SEOUL = timezone(timedelta(hours=9))
NOON = datetime(2026, 3, 1, 12, 0, 5, 250_000, SEOUL)
PICTURE = np.asarray(scene(200, 150))
HALL = Place(building="103동", unit="1502호", room="현관")


def test_files_and_folders_are_queued_once_however_they_are_named(tmp_path: Path, paths: Paths) -> None:
    photos = save_photos(tmp_path / "a", 3)
    filled = queue_files([tmp_path / "a", photos[1]], paths, HALL)
    assert (filled.found, filled.queued) == (3, 3)
    assert queue_files([photos[0]], paths).queued == 0
    with Database.open(paths.database) as database:
        turns = database.queue.next(10)
    assert [turn.photo.path for turn in turns] == photos
    assert {(turn.source, turn.place) for turn in turns} == {(PhotoSource.FOLDER, HALL)}


def test_a_folder_that_is_gone_is_told(tmp_path: Path, paths: Paths) -> None:
    with pytest.raises(SourceError):
        queue_files([tmp_path / "gone"], paths)


def test_a_pasted_picture_becomes_a_photo_that_waits(paths: Paths) -> None:
    photo = queue_picture(PICTURE, paths, HALL)
    assert photo.path.is_relative_to(paths.captures)
    with Database.open(paths.database) as database:
        (turn,) = database.queue.next(10)
    assert (turn.photo, turn.source, turn.place) == (photo, PhotoSource.PASTED, HALL)


def test_a_kept_picture_is_the_same_photo_however_its_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    assert keep_picture(PICTURE, NOON, tmp_path / "work" / ".." / "captures").path.is_relative_to(tmp_path / "captures")


def began(paths: Paths, since: timedelta = timedelta(minutes=1)) -> None:
    """A run began, so long before the pictures that are kept from now on."""
    with Database.open(paths.database) as database:
        database.begin_run(SETTINGS)
    moment = (datetime.now(UTC) - since).strftime("%Y-%m-%d %H:%M:%S.%f")
    with closing(sqlite3.connect(paths.database)) as connection, connection:
        connection.execute("UPDATE run SET started_at = ?", [moment])


def test_a_picture_that_was_kept_when_the_program_was_killed_waits_after_the_next_start(paths: Paths) -> None:
    began(paths)
    pasted = queue_picture(PICTURE, paths)
    stray = keep_picture(PICTURE, NOON, paths.captures)
    (stray.path.parent / ".defect-desktop-0123abcd.partial").write_bytes(b"half")
    (stray.path.parent / "turned by the user.jpg").write_bytes(stray.path.read_bytes())
    assert queue_strays(paths) == 1
    with Database.open(paths.database) as database:
        assert [turn.photo for turn in database.queue.next(10)] == [pasted, stray]
        database.queue.cancel()
    os.utime(stray.path)  # another program may have turned it, too
    assert queue_strays(paths) == 0


@pytest.mark.parametrize("dropped", [False, True], ids=["as it was", "dropped as a file since"])
def test_pictures_that_moved_with_the_data_folder_are_no_strays(paths: Paths, dropped: bool) -> None:
    began(paths)
    pasted = queue_picture(PICTURE, paths)
    if dropped:
        with Database.open(paths.database) as database:
            database.queue.cancel()
        queue_files([pasted.path], paths)
    moved = paths._replace(data=paths.data.rename(paths.data.with_name("moved")))
    assert queue_strays(moved) == 0


def test_what_was_classified_as_a_file_is_no_stray(paths: Paths) -> None:
    began(paths)
    stray = keep_picture(PICTURE, NOON, paths.captures)
    with Database.open(paths.database) as database:
        database.add_outcomes(database.begin_run(SETTINGS), [(0, failed(stray))])
    assert queue_strays(paths) == 0


def test_whoever_takes_the_database_away_begins_anew(paths: Paths) -> None:
    keep_picture(PICTURE, NOON, paths.captures)
    assert queue_strays(paths) == 0
    assert not paths.database.exists()
    Database.open(paths.database).close()
    assert queue_strays(paths) == 0
    began(paths, timedelta(minutes=-1))
    assert queue_strays(paths) == 0


@pytest.mark.parametrize("shape", [(65_501, 1, 3), (1, 65_501, 3)])
def test_a_picture_that_is_too_long_for_a_photo_is_told(paths: Paths, shape: tuple[int, int, int]) -> None:
    with pytest.raises(CaptureError, match="no side is longer than 65,500 pixels"):
        queue_picture(np.zeros(shape, np.uint8), paths)
    assert keep_picture(np.zeros((65_500, 1, 3), np.uint8), NOON, paths.captures).size


def test_a_kept_picture_is_of_full_size_and_knows_when_it_was_taken(tmp_path: Path) -> None:
    photo = keep_picture(PICTURE, NOON, tmp_path)
    content = photo.path.read_bytes()
    kept = decode_photo(content)
    assert kept.shape == PICTURE.shape
    assert np.abs(kept.astype(int) - PICTURE).mean() < 1.5
    assert (photo.size, photo.mtime_ns) == (len(content), photo.path.stat().st_mtime_ns)
    with Image.open(photo.path) as image:  # noqa: TID251 - its EXIF is what is tested
        exif = image.getexif().get_ifd(ExifTags.IFD.Exif)
    assert exif[ExifTags.Base.DateTimeOriginal] == "2026:03:01 12:00:05"
    assert exif[ExifTags.Base.OffsetTimeOriginal] == "+09:00"
    assert exif[ExifTags.Base.SubsecTimeOriginal] == "250000"


def test_names_are_never_used_twice_even_if_the_clock_goes_backwards(tmp_path: Path) -> None:
    moments = [NOON, NOON, NOON - timedelta(days=400), NOON.astimezone(UTC), NOON]
    photos = [keep_picture(PICTURE, moment, tmp_path) for moment in moments]
    assert len({photo.path for photo in photos}) == len(moments)
    assert len({photo.path.name for photo in photos}) == len(moments)


def test_a_picture_that_cannot_be_kept_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "captures").write_text("in the way")
    with pytest.raises(CaptureError):
        keep_picture(PICTURE, NOON, tmp_path / "captures")
    assert [path.name for path in tmp_path.iterdir()] == ["captures"]
