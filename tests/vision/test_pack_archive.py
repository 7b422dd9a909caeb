from __future__ import annotations

import io
import json
import re
import shutil
import stat
import warnings
import zipfile
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from defect_desktop.errors import PackError
from defect_desktop.vision.pack import Pack, open_pack
from defect_desktop.vision.pack_archive import open_archive, write_archive
from tests.packs import card_content

FILES = ("card.json", "member-1.safetensors", "member-2.safetensors", "member-3.safetensors")


@pytest.fixture(scope="module")
def pack(tiny_shelf: Path) -> Pack:
    return open_pack(tiny_shelf / "tiny")


@pytest.fixture(scope="module")
def whole(pack: Pack, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the pack `tiny`. Read-only by convention."""
    return export(pack, tmp_path_factory.mktemp("stick") / "tiny.zip")


def export(pack: Pack, file: Path) -> Path:
    written = sum(write_archive(pack, file))
    assert written == pack.size()
    return file


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def extract(file: Path, folder: Path) -> dict[str, bytes]:
    folder.mkdir()
    with open_archive(file) as archive:
        assert sum(archive.extract(folder)) == archive.size
    return contents(folder)


def rewritten(whole: Path, file: Path, method: int = ZIP_STORED, **changes: bytes | None) -> Path:
    """The archive with some entries changed, added or (None) left out; `__` in a key stands for a dot."""
    with ZipFile(whole) as source:
        entries: dict[str, bytes | None] = {name: source.read(name) for name in FILES}
    entries |= {name.replace("__", "."): content for name, content in changes.items()}
    with ZipFile(file, "w", method) as target:
        for name, content in entries.items():
            if content is not None:
                target.writestr(name, content)
    return file


def with_entry(whole: Path, file: Path, name: str, content: bytes = b"x", **attributes: object) -> Path:
    """The archive with one more entry, called whatever `name` says."""
    shutil.copy(whole, file)
    entry = ZipInfo("placeholder")
    entry.filename = entry.orig_filename = name
    for attribute, value in attributes.items():
        setattr(entry, attribute, value)
    with warnings.catch_warnings(), ZipFile(file, "a") as archive:
        warnings.simplefilter("ignore", UserWarning)  # that a name is there twice
        archive.writestr(entry, content)
    return file


def test_what_goes_in_comes_out(pack: Pack, whole: Path, tmp_path: Path) -> None:
    assert extract(whole, tmp_path / "out") == contents(pack.folder)
    assert open_pack(tmp_path / "out").fingerprint == pack.fingerprint


def test_the_same_pack_gives_the_same_bytes(pack: Pack, whole: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(pack.folder, tmp_path / "elsewhere"))
    (copy / "notes.txt").write_text("no part of the pack")
    assert export(open_pack(copy), tmp_path / "again.zip").read_bytes() == whole.read_bytes()


def test_an_archive_that_another_program_deflated_is_read(pack: Pack, whole: Path, tmp_path: Path) -> None:
    deflated = rewritten(whole, tmp_path / "a.zip", ZIP_DEFLATED)
    assert extract(deflated, tmp_path / "out") == contents(pack.folder)


def test_a_damaged_pack_is_not_exported(pack: Pack, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(pack.folder, tmp_path / "copy"))
    (copy / FILES[2]).write_bytes(b"changed")
    target = tmp_path / "out.zip"
    target.write_bytes(b"an earlier export")
    with pytest.raises(PackError, match=r"member-2.safetensors.*changed or damaged"):
        list(write_archive(open_pack(copy), target))
    assert target.read_bytes() == b"an earlier export"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy", "out.zip"]


def test_a_card_that_changed_since_it_was_read_is_not_exported(pack: Pack, tmp_path: Path) -> None:
    opened = open_pack(Path(shutil.copytree(pack.folder, tmp_path / "copy")))
    (tmp_path / "copy" / "card.json").write_text("{}")
    with pytest.raises(PackError, match=r"card.json.*changed or damaged"):
        list(write_archive(opened, tmp_path / "out.zip"))


def test_an_export_that_is_stopped_leaves_nothing(pack: Pack, tmp_path: Path) -> None:
    work = write_archive(pack, tmp_path / "out.zip")
    next(work)
    assert list(tmp_path.iterdir())
    work.close()
    assert list(tmp_path.iterdir()) == []


def test_where_no_archive_can_be_written_it_says_so(pack: Pack, tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"name that ends in .zip, not .*card.json"):
        list(write_archive(pack, pack.folder / "card.json"))
    with pytest.raises(PackError, match="cannot be written"):
        list(write_archive(pack, tmp_path / "none" / "out.zip"))


@pytest.mark.parametrize(
    "name",
    [
        "../evil", "/etc/evil", "C:evil", "C:\\evil", "..\\evil", "sub/card.json", "sub/", "readme.txt", "CARD.JSON",
        "Member-1.safetensors", "card.json", "member-1.safetensors", "member-1.safetensors\0.exe", "", ".", "é",
    ],
)  # fmt: skip
def test_what_does_not_belong_in_a_pack_is_refused(whole: Path, tmp_path: Path, name: str) -> None:
    file = with_entry(whole, tmp_path / "evil.zip", name)
    with pytest.raises(PackError, match=r"does not belong in a model pack; .*with “Export” on the page"):
        extract(file, tmp_path / "out")
    assert contents(tmp_path / "out") == {}


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFDIR, stat.S_IFBLK])
def test_links_and_devices_are_refused(whole: Path, tmp_path: Path, kind: int) -> None:
    short = rewritten(whole, tmp_path / "short.zip", member_1__safetensors=None, **{FILES[1]: None})
    file = with_entry(short, tmp_path / "link.zip", FILES[1], b"/etc/passwd", external_attr=(kind | 0o777) << 16)
    with pytest.raises(PackError, match=f"'{FILES[1]}', which does not belong"):
        extract(file, tmp_path / "out")


def test_a_zip_bomb_is_refused_unread(whole: Path, tmp_path: Path) -> None:
    bomb = rewritten(whole, tmp_path / "bomb.zip", ZIP_DEFLATED, **{FILES[1]: bytes(100 << 20)})
    with pytest.raises(PackError, match=f"'{FILES[1]}', which does not belong"):
        extract(bomb, tmp_path / "out")


def test_a_file_larger_than_it_declares_is_refused(whole: Path, tmp_path: Path) -> None:
    content = bytearray(rewritten(whole, tmp_path / "a.zip", ZIP_DEFLATED).read_bytes())
    with ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo(FILES[1]).file_size
    for lie in (size - 1, 10):
        smaller = content.replace(size.to_bytes(4, "little"), lie.to_bytes(4, "little"))
        (tmp_path / "lie.zip").write_bytes(smaller)
        shutil.rmtree(tmp_path / "out", ignore_errors=True)
        with pytest.raises(PackError):
            extract(tmp_path / "lie.zip", tmp_path / "out")
        assert "card.json" not in contents(tmp_path / "out")
        assert (tmp_path / "out" / FILES[1]).stat().st_size <= lie


def test_other_compression_and_encryption_are_refused(whole: Path, tmp_path: Path) -> None:
    with pytest.raises(PackError, match="does not belong"):
        extract(rewritten(whole, tmp_path / "bzip2.zip", ZIP_BZIP2), tmp_path / "out")
    encrypted = bytearray(whole.read_bytes())
    for signature, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        encrypted[encrypted.index(signature) + offset] |= 1
    (tmp_path / "encrypted.zip").write_bytes(encrypted)
    with pytest.raises(PackError, match=r"'card.json', which does not belong"):
        extract(tmp_path / "encrypted.zip", tmp_path / "out2")


@pytest.mark.parametrize("missing", FILES)
def test_an_incomplete_archive_is_refused(whole: Path, tmp_path: Path, missing: str) -> None:
    with pytest.raises(PackError, match=f"lacks '{missing}'.*export the pack again, with “Export” on the page"):
        extract(rewritten(whole, tmp_path / "a.zip", **{missing: None}), tmp_path / "out")


def test_changed_weights_are_refused(whole: Path, tmp_path: Path) -> None:
    file = rewritten(whole, tmp_path / "a.zip", **{FILES[3]: b"other weights"})
    with pytest.raises(PackError, match=f"'{FILES[3]}' in .*a.zip' was changed or damaged"):
        extract(file, tmp_path / "out")
    assert "card.json" not in contents(tmp_path / "out")


def test_a_newer_format_is_refused(whole: Path, tmp_path: Path) -> None:
    file = rewritten(whole, tmp_path / "new.zip", card__json=b'{"format": 99}')
    with pytest.raises(PackError, match=r"newer format \(99\); update the program"):
        extract(file, tmp_path / "out")


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("con", ["a.safetensors"]), ("NUL.v2", ["a.safetensors"]), ("dot.", ["a.safetensors"]),
        ("fine", ["aux.safetensors"]), ("fine", ["a.safetensors", "A.safetensors"]),
    ],
)  # fmt: skip
def test_names_that_some_system_reads_otherwise_are_refused(tmp_path: Path, name: str, files: list[str]) -> None:
    card = card_content([{"file": file, "sha256": "0" * 64} for file in files], name=name)
    with ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("card.json", json.dumps(card))
        for file in files:
            archive.writestr(file, b"")
    with pytest.raises(PackError, match="does not belong in a model pack"):
        extract(tmp_path / "a.zip", tmp_path / "out")


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x05\x06" + bytes(18), b"not a zip file" * 100])
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(content)
    with pytest.raises(PackError, match=r"is no model pack or is damaged|lacks 'card.json'"):
        extract(tmp_path / "a.zip", tmp_path / "out")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="cannot be read; check that it is there"):
        extract(tmp_path / "gone.zip", tmp_path / "out")


@pytest.fixture(scope="module")
def headers(whole: Path) -> list[int]:
    """Where the headers of the archive begin: the local ones, then the table of contents and its end."""
    return [found.start() for found in re.finditer(rb"PK(\x01\x02|\x03\x04|\x05\x06)", whole.read_bytes())]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_archive_never_gives_another_pack(
    pack: Pack, whole: Path, headers: list[int], tmp_path: Path, data: st.DataObject
) -> None:
    content = bytearray(whole.read_bytes())
    # Half of the changes fall into the headers, where they do most harm.
    near = st.builds(lambda start, step: start + step, st.sampled_from(headers), st.integers(0, 60))
    for _ in range(data.draw(st.integers(1, 6))):
        place = min(data.draw(near | st.integers(0, len(content) - 1)), len(content) - 1)
        content[place] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        del content[data.draw(st.integers(0, len(content))) :]
    (tmp_path / "a.zip").write_bytes(content)
    shutil.rmtree(tmp_path / "out", ignore_errors=True)
    try:
        extracted = extract(tmp_path / "a.zip", tmp_path / "out")
    except PackError:
        assert not (tmp_path / "out" / "card.json").exists()
    else:
        assert extracted == contents(pack.folder)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.text(max_size=12) | st.sampled_from([*FILES, "../card.json"]), max_size=8))
def test_no_choice_of_names_writes_anything_but_the_pack(
    pack: Pack, whole: Path, tmp_path: Path, names: list[str]
) -> None:
    stage = tmp_path / "stage"
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir()
    with ZipFile(whole) as source, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        with ZipFile(stage / "a.zip", "w") as target:
            for name in names:
                entry = ZipInfo("placeholder")
                entry.filename = entry.orig_filename = name
                try:
                    target.writestr(entry, source.read(name) if name in FILES else b"evil")
                except UnicodeEncodeError:  # a lone surrogate, which no archive can hold
                    continue
    complete = sorted(names) == sorted(FILES)
    try:
        extracted = extract(stage / "a.zip", stage / "out")
    except PackError:
        assert not complete
    else:
        assert extracted == contents(pack.folder)
    assert {path.name for path in stage.iterdir()} == {"a.zip", "out"}
    assert zipfile.is_zipfile(stage / "a.zip")
