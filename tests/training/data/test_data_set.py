from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from defect_desktop.errors import DataSetError, SourceError
from defect_desktop.training.data.data_set import read_data_set
from defect_desktop.training.data.names import plain_name
from tests.store.permissions import ordinary_folder, posix


def make(folder: Path, **files: str) -> Path:
    for name, file in files.items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name / file).write_bytes(b"x")
    return folder


@pytest.mark.parametrize(
    "name",
    [
        "창틀,문틀수정",
        unicodedata.normalize("NFD", "창틀,문틀수정"),
        "#Ucc3d#Ud2c0,#Ubb38#Ud2c0#Uc218#Uc815",
        "#UCC3D#UD2C0,문틀수정",
        "#U110e#U1161#U11bc틀,문틀수정",
    ],
)
def test_every_spelling_of_a_folder_is_one_label(name: str) -> None:
    assert plain_name(name) == "창틀,문틀수정"


def test_an_escape_that_is_no_character_stays() -> None:
    assert plain_name("#Ud800") == "#Ud800"
    assert plain_name("C#Unit") == "C#Unit"


def test_spellings_of_one_class_are_merged_and_leftovers_passed_over(tmp_path: Path) -> None:
    make(tmp_path, 훼손="1.png", __MACOSX="1.png", 오염="1.png", **{".cache": "1.png"})
    make(tmp_path, **{unicodedata.normalize("NFD", "훼손"): "2.png"})
    (tmp_path / "훼손" / ".DS_Store").write_bytes(b"x")
    (tmp_path / "notes.txt").write_bytes(b"x")
    data = read_data_set([tmp_path])
    assert data.labels == ("오염", "훼손")
    assert sorted(path.name for path in data.paths) == ["1.png", "1.png", "2.png"]
    assert data.targets.tolist() == [0, 1, 1]


def told(folder: Path) -> list[str]:
    return [note.en for note in read_data_set([folder]).notes]


def test_photos_in_subfolders_are_of_their_class_and_told(tmp_path: Path) -> None:
    make(tmp_path, 훼손="1.png", 오염="1.png")
    assert told(tmp_path) == []
    make(tmp_path / "훼손", **{"2층": "2.png", "2층/안방": "3.png", ".trash": "4.png", "@eaDir": "5.png"})
    make(tmp_path, **{"반점/1층": "6.png"})
    assert read_data_set([tmp_path]).counts() == {"반점": 1, "오염": 1, "훼손": 3}
    assert told(tmp_path) == [
        "Photos found in subfolders of class folders: 3; their label is the name of the class folder."
    ]


def test_photos_beside_the_class_folders_are_told_unless_a_table_labels_them(tmp_path: Path) -> None:
    make(tmp_path, 훼손="1.png", 오염="1.png")
    for name in ("2.PNG", "3.png", ".4.png", "notes.txt"):
        (tmp_path / name).write_bytes(b"x")
    (note,) = told(tmp_path)
    assert note.startswith("Files beside the class folders, which take no part: 2;")
    assert not read_data_set([tmp_path, table(tmp_path, "2.PNG,훼손", "3.png,오염")]).notes


def test_links_lead_neither_round_nor_out_of_a_class(tmp_path: Path) -> None:
    data, elsewhere = make(tmp_path / "data", a="0.png", b="0.png"), make(tmp_path / "elsewhere", a="1.png")
    try:
        (data / "round").symlink_to(data, target_is_directory=True)
        (data / "a" / "round").symlink_to(data, target_is_directory=True)
        (data / "a" / "out").symlink_to(elsewhere, target_is_directory=True)
        (data / "c").symlink_to(elsewhere, target_is_directory=True)
    except OSError:
        pytest.skip("this system lets nobody make links")
    assert read_data_set([data]).counts() == {"a": 1, "b": 1, "c": 1}


@pytest.mark.parametrize(
    ("tops", "classes"), [(("training", "validation"), ("crack", "stain")), (("101동", "102동"), ("곰팡이", "들뜸"))]
)
def test_classes_that_lie_a_level_deeper_are_not_taken_for_photos_of_what_holds_them(
    tmp_path: Path, tops: tuple[str, str], classes: tuple[str, str]
) -> None:
    for top in tops:
        for name in classes:
            (tmp_path / top / name).mkdir(parents=True)
            (tmp_path / top / name / "a.jpg").touch()
    with pytest.raises(DataSetError, match=f"level deeper; name the folders that hold them, such as '.*{tops[0]}'"):
        read_data_set((tmp_path,))
    assert read_data_set(tuple(tmp_path / top for top in tops)).labels == classes


@posix
def test_a_subfolder_that_cannot_be_read_is_named() -> None:
    with ordinary_folder() as folder:
        locked = make(folder, a="0.png", b="0.png", **{"a/locked": "1.png"}) / "a" / "locked"
        locked.chmod(0)
        with pytest.raises(SourceError, match="locked"):
            read_data_set([folder])
        locked.chmod(0o700)


def test_the_contest_folder_is_entered(tmp_path: Path) -> None:
    make(tmp_path / "train", 훼손="0.png", 오염="0.png")
    make(tmp_path, test="000.png")
    assert read_data_set([tmp_path]).labels == ("오염", "훼손")


def test_several_folders_are_joined_by_label(tmp_path: Path) -> None:
    first, second = make(tmp_path / "1", 훼손="0.png", 오염="0.png"), make(tmp_path / "2", 훼손="0.png", 반점="0.png")
    data = read_data_set([first, second])
    assert data.labels == ("반점", "오염", "훼손") and data.targets.tolist() == [0, 1, 2, 2]


def test_a_class_may_be_called_train(tmp_path: Path) -> None:
    assert read_data_set([make(tmp_path, train="0.png", plane="0.png")]).labels == ("plane", "train")


def test_the_order_of_a_pack_is_kept(tmp_path: Path) -> None:
    data = read_data_set([make(tmp_path, b="0.png", a="0.png")], labels=("c", "b", "a"))
    assert data.labels == ("c", "b", "a") and data.targets.tolist() == [1, 2]


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({}, "no class folders"),
        ({"a": "0.png"}, "single class"),
        ({"a": "0.png", "b\u202e": "0.png"}, "cannot be read"),
    ],
)
def test_unusable_classes_are_refused(tmp_path: Path, files: dict[str, str], sentence: str) -> None:
    with pytest.raises(DataSetError, match=sentence):
        read_data_set([make(tmp_path, **files)])


def test_an_empty_class_is_named(tmp_path: Path) -> None:
    make(tmp_path, a="0.png", b="0.png")
    (tmp_path / "반점").mkdir()
    with pytest.raises(DataSetError, match="반점"):
        read_data_set([tmp_path])


def test_a_class_that_the_pack_does_not_know_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataSetError, match="'b'"):
        read_data_set([make(tmp_path, a="0.png", b="0.png")], labels=("a", "c"))


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="nowhere"):
        read_data_set([tmp_path / "nowhere"])


def table(folder: Path, *rows: str, header: str = "path,label") -> Path:
    file = folder / "labels.csv"
    file.write_text("\n".join((header, *rows)), encoding="utf-8")
    return file


def test_a_name_that_no_file_could_have_is_of_one_that_is_not_there(tmp_path: Path) -> None:
    make(tmp_path, a="0.png")
    endless = "벽지의 이음새가 벌어져 있음 " * 20
    assert len(read_data_set([table(tmp_path, f"{endless},b", "a/0.png,a")]).paths) == 2
    with pytest.raises(DataSetError, match="None of the photos"):
        read_data_set([table(tmp_path, f"{endless},b")])
    with pytest.raises(SourceError, match="cannot be found or read"):
        read_data_set([tmp_path / endless])


def test_a_table_names_paths_and_labels(tmp_path: Path) -> None:
    make(tmp_path / "photos", a="0.png", b="0.png", c="0.png")
    rows = ('photos/a/0.png,"창틀,문틀수정"', "./photos/b/0.png,#Ubc18#Uc810", f"{tmp_path}/photos/c/0.png,반점")
    data = read_data_set([table(tmp_path, *rows, "photos/a/gone.png,반점", header="경로,라벨")])
    assert data.labels == ("반점", "창틀,문틀수정") and data.counts() == {"반점": 3, "창틀,문틀수정": 1}
    assert [data.label_of(index) for index in range(4)] == ["반점"] * 3 + ["창틀,문틀수정"]
    assert [path.exists() for path in data.paths] == [True, True, False, True]


def test_a_photo_that_is_named_twice_counts_once(tmp_path: Path) -> None:
    make(tmp_path, a="0.png", b="0.png")
    data = read_data_set([tmp_path, table(tmp_path, "a/0.png,a", "b/../a/0.png,a", "b/0.png,b")])
    assert data.counts() == {"a": 1, "b": 1}


def test_a_photo_that_is_named_once_from_here_and_once_in_full_counts_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, a="0.png", b="0.png")
    monkeypatch.chdir(tmp_path)
    assert read_data_set([Path("."), table(tmp_path, f"{tmp_path}/a/0.png,a")]).counts() == {"a": 1, "b": 1}


def test_a_photo_with_two_labels_is_named(tmp_path: Path) -> None:
    make(tmp_path, a="0.png", b="0.png")
    with pytest.raises(DataSetError, match=r"two labels: 1, for instance .*0\.png', which is both 'a' and 'b'"):
        read_data_set([tmp_path, table(tmp_path, "a/0.png,b")])


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (("a/0.png,",), "Line 2 .* lacks the label"),
        (("x/0.png,a", "y/0.png,b"), "None of the photos"),
        (("a/0.png,a", "b/0.png,unheard of"), "does not know the class 'unheard of', only 'a', 'b'"),
    ],
)
def test_a_table_that_cannot_be_used_is_told(tmp_path: Path, rows: tuple[str, ...], sentence: str) -> None:
    make(tmp_path, a="0.png", b="0.png")
    with pytest.raises(DataSetError, match=sentence):
        read_data_set([table(tmp_path, *rows)], labels=("a", "b"))
