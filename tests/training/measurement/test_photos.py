from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from defect_desktop.errors import DataSetError, PhotoProblem
from defect_desktop.training.data.data_set import read_data_set
from defect_desktop.training.measurement.photos import STEPS, read_photos
from defect_desktop.vision.pack import Pack
from tests.photos import save_photos
from tests.training.stripes import finish


def test_copies_share_a_group_and_damaged_files_are_named(pack: Pack, tmp_path: Path) -> None:
    first = save_photos(tmp_path / "훼손", 3)
    second = save_photos(tmp_path / "오염", 2, start=10)
    shutil.copy(first[2], tmp_path / "훼손" / "z copy.jpg")
    content = first[1].read_bytes()
    first[1].write_bytes(content[: len(content) // 2])

    data = read_data_set([tmp_path], pack.card.labels)
    moments, found = finish(read_photos(data, pack.card.photo_preprocessing()))
    assert moments == sorted(moments) and moments[-1] == STEPS * len(data.paths) - 1  # the damaged one ends early
    assert found.paths == (first[0], first[2], tmp_path / "훼손" / "z copy.jpg", *second)
    assert found.cache.failures == ((first[1], PhotoProblem.TRUNCATED),)
    assert [found.cache.labels[target] for target in found.cache.targets] == ["훼손"] * 3 + ["오염"] * 2
    groups = found.groups.tolist()
    assert groups[1] == groups[2] and len(set(groups)) == 4


def test_not_one_readable_photo_is_said_with_an_example(pack: Pack, tmp_path: Path) -> None:
    (tmp_path / "훼손").mkdir()
    (tmp_path / "훼손" / "0.jpg").write_bytes(b"no photo")
    data = read_data_set([tmp_path], pack.card.labels)
    with pytest.raises(DataSetError, match=r"No photo .* '0\.jpg': The file is not a photo"):
        finish(read_photos(data, pack.card.photo_preprocessing()))
