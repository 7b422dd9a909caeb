from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from defect_desktop.errors import DataSetError, PhotoProblem
from defect_desktop.training import photo_cache
from defect_desktop.training.data.data_set import DataSet, read_data_set
from defect_desktop.training.photo_cache import load_photos
from defect_desktop.training.recipes.recipe import Recipe
from defect_desktop.vision.photo_loader import decode_photo, read_photo
from tests.training.stripes import STRIPES_ACROSS, draw_data_set, finish


def test_pixels_are_what_classification_sees(data: DataSet, tiny: Recipe) -> None:
    counts, cache = finish(load_photos(data, tiny.preprocessing))
    assert counts == list(range(1, 33))
    expected = tiny.preprocessing.fit(decode_photo(read_photo(data.paths[20]), tiny.preprocessing.decode_side))
    assert np.array_equal(cache.pixels[20], expected) and cache.pixels.dtype == np.uint8
    assert cache.counts() == dict.fromkeys(data.labels, 16)


def test_the_fingerprint_follows_the_content_not_the_names(data: DataSet, tmp_path: Path, tiny: Recipe) -> None:
    def fingerprint(data: DataSet) -> str:
        return finish(load_photos(data, tiny.preprocessing))[1].fingerprint

    again = read_data_set([draw_data_set(tmp_path / "a", photos=16, seed=0)])
    again.paths[0].rename(again.paths[0].with_name("renamed.jpg"))
    assert fingerprint(read_data_set([tmp_path / "a"])) == fingerprint(data)
    assert fingerprint(read_data_set([draw_data_set(tmp_path / "b", photos=16, seed=1)])) != fingerprint(data)


def test_files_that_are_no_photos_are_left_out_and_listed(tmp_path: Path, tiny: Recipe) -> None:
    folder = draw_data_set(tmp_path, photos=2, seed=0)
    notes = folder / "train" / STRIPES_ACROSS / "notes.txt"
    notes.write_text("not a photo")
    _, cache = finish(load_photos(read_data_set([folder]), tiny.preprocessing))
    assert cache.failures == ((notes, PhotoProblem.NOT_AN_IMAGE),)
    assert len(cache.pixels) == len(cache.targets) == 4


def test_closing_stops_the_decoders(data: DataSet, tiny: Recipe) -> None:
    loading = load_photos(data, tiny.preprocessing)
    next(loading)
    loading.close()


def test_what_is_too_much_for_memory_goes_to_a_file_that_leaves_no_trace(
    data: DataSet, tiny: Recipe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, in_memory = finish(load_photos(data, tiny.preprocessing, spill=tmp_path / "unused"))
    monkeypatch.setattr(photo_cache, "IN_MEMORY", 1000)
    _, spilled = finish(load_photos(data, tiny.preprocessing, spill=tmp_path / "spill"))
    assert isinstance(spilled.pixels, np.memmap) and not isinstance(in_memory.pixels, np.memmap)
    assert np.array_equal(spilled.pixels, in_memory.pixels)
    if os.name == "posix":  # elsewhere the file has its name for as long as the photos are in use
        assert list((tmp_path / "spill").iterdir()) == []
    assert not (tmp_path / "unused").exists()


def test_nobody_needs_to_name_a_folder(
    data: DataSet, tiny: Recipe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photo_cache, "IN_MEMORY", 1000)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    _, spilled = finish(load_photos(data, tiny.preprocessing))
    assert isinstance(spilled.pixels, np.memmap)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1000))
    with pytest.raises(DataSetError, match=f"free space in '{re.escape(str(tmp_path))}'"):
        finish(load_photos(data, tiny.preprocessing))


def test_memory_that_is_short_already_sends_photos_to_the_file(
    data: DataSet, tiny: Recipe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_memory(shape: tuple[int, ...], dtype: type) -> np.ndarray:
        raise MemoryError(shape, dtype)

    monkeypatch.setattr(photo_cache.np, "empty", no_memory)
    _, spilled = finish(load_photos(data, tiny.preprocessing, spill=tmp_path))
    assert isinstance(spilled.pixels, np.memmap) and spilled.pixels.any()


def test_what_lies_in_a_file_stays_there_when_a_photo_cannot_be_read(
    tmp_path: Path, tiny: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = draw_data_set(tmp_path / "data", photos=4, seed=0)
    _, whole = finish(load_photos(read_data_set([folder]), tiny.preprocessing))
    damaged = read_data_set([folder])
    for index in (1, 2, 6):
        damaged.paths[index].write_bytes(b"no photo")
    monkeypatch.setattr(photo_cache, "IN_MEMORY", 1000)
    _, spilled = finish(load_photos(damaged, tiny.preprocessing, spill=tmp_path))
    assert isinstance(spilled.pixels, np.memmap)
    assert np.array_equal(spilled.pixels, whole.pixels[[0, 3, 4, 5, 7]])


def test_a_disk_without_room_is_told_before_the_photos_are_read(
    data: DataSet, tiny: Recipe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photo_cache, "IN_MEMORY", 1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1000))
    with pytest.raises(DataSetError, match=r"32 photos takes 0\.0 GB of free space"):
        finish(load_photos(data, tiny.preprocessing, spill=tmp_path))


@pytest.mark.skipif(not hasattr(os, "posix_fallocate"), reason="no way to reserve room here")
def test_a_disk_that_fills_up_meanwhile_is_told_too(
    data: DataSet, tiny: Recipe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int, offset: int, size: int) -> None:
        assert (offset, size) == (0, 32 * 32 * 32 * 3)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(photo_cache, "IN_MEMORY", 1000)
    monkeypatch.setattr(os, "posix_fallocate", full)
    with pytest.raises(DataSetError, match=r"32 photos takes 0\.0 GB of free space"):
        finish(load_photos(data, tiny.preprocessing, spill=tmp_path))
