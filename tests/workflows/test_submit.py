from __future__ import annotations

import csv
import io
import unicodedata
from pathlib import Path

import pytest

from defect_desktop.core.taxonomy import CONTEST_CLASSES
from defect_desktop.errors import DataSetError, ReportError, SourceError
from defect_desktop.paths import Paths
from defect_desktop.workflows.classify_photos import Advanced, ClassifyRequest, classify_photos
from defect_desktop.workflows.draw_practice_photos import DrawRequest, draw_practice_photos
from defect_desktop.workflows.submit import SubmitRequest, submit
from tests.packs import write_pack
from tests.training.stripes import finish

LABELS = [defect.label for defect in CONTEST_CLASSES]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A practice set in the contest's layout: 19 test photos. Read-only by convention."""
    folder = tmp_path_factory.mktemp("contest") / "set"
    finish(draw_practice_photos(DrawRequest(folder=folder, train_per_class=1, test_per_class=1, megapixels=0.05)))
    return folder


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A pack of the contest's first four classes and the one whose name holds a comma."""
    classes = [{"label": label, "ko": label, "en": label} for label in (*LABELS[:3], "창틀,문틀수정")]
    return str(write_pack(tmp_path_factory.mktemp("packs") / "contest", classes=classes))


@pytest.fixture
def contest(drawn: Path, tmp_path: Path) -> Path:
    """The list and the sample in a folder of their own, with the photos linked in: tests may change it."""
    folder = tmp_path / "contest"
    (folder / "test").mkdir(parents=True)
    for photo in (drawn / "test").iterdir():
        (folder / "test" / photo.name).write_bytes(photo.read_bytes())
    for name in ("test.csv", "sample_submission.csv"):
        (folder / name).write_bytes((drawn / name).read_bytes())
    return folder


@pytest.fixture
def request_(contest: Path, pack: str, tmp_path: Path) -> SubmitRequest:
    return SubmitRequest(pack, contest / "test.csv", tmp_path / "submission.csv", device="cpu")


def rows_of(file: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.read_bytes().decode("utf-8"), newline="")))


def change(request: SubmitRequest, **changes: object) -> SubmitRequest:
    return SubmitRequest(**({name: getattr(request, name) for name in SubmitRequest.__slots__} | changes))


def test_a_row_a_photo_in_the_order_and_with_the_labels_of_classification(
    request_: SubmitRequest, contest: Path, paths: Paths
) -> None:
    moments, written = finish(submit(request_, paths))
    assert (moments[-1].done, written.rows, written.failures, written.stopgap) == (19, 19, (), None)
    assert written.sample == contest / "sample_submission.csv"

    content = request_.target.read_bytes()
    assert content.startswith(b"id,label\n") and content.endswith(b"\n") and b"\r" not in content
    assert content.decode("utf-8") == unicodedata.normalize("NFC", content.decode("utf-8"))
    header, *rows = rows_of(request_.target)
    assert header == ["id", "label"]
    assert [row[0] for row in rows] == [row[0] for row in rows_of(contest / "sample_submission.csv")[1:]]

    photos = ClassifyRequest((contest / "test",), request_.pack, device="cpu")
    events, _ = finish(classify_photos(photos, paths))
    records = [record for event in events if isinstance(event, Advanced) for record in event.records]
    said = {record.outcome.photo.path.name: record.outcome.verdict.label for record in records}
    listed = rows_of(contest / "test.csv")[1:]
    assert [row[1] for row in rows] == [said[Path(path).name] for _, path in listed]
    assert len({row[1] for row in rows}) > 1


def test_a_label_with_a_comma_is_one_cell(request_: SubmitRequest, tmp_path: Path, paths: Paths) -> None:
    only = [{"label": f"창틀,문틀 {number}", "ko": "창틀", "en": "Frame"} for number in range(4)]
    pack = write_pack(tmp_path / "comma", members=1, classes=only)
    finish(submit(change(request_, pack=str(pack)), paths))
    assert {len(row) for row in rows_of(request_.target)} == {2}
    assert '"창틀,문틀' in request_.target.read_text(encoding="utf-8")


def test_a_photo_that_cannot_be_read_keeps_its_row_with_the_commonest_label(
    request_: SubmitRequest, contest: Path, paths: Paths
) -> None:
    (contest / "test" / "003.jpg").write_bytes(b"no photo")
    (contest / "test" / "007.jpg").unlink()
    _, written = finish(submit(request_, paths))
    assert [path.name for path, _ in written.failures] == ["003.jpg", "007.jpg"]
    rows = dict(rows_of(request_.target)[1:])
    others = [label for key, label in rows.items() if key not in ("TEST_003", "TEST_007")]
    assert len(rows) == 19
    assert rows["TEST_003"] == rows["TEST_007"] == written.stopgap
    assert others.count(written.stopgap) == max(others.count(label) for label in LABELS)
    assert written.labels.total() == 19


def test_not_one_readable_photo_is_no_submission(request_: SubmitRequest, contest: Path, paths: Paths) -> None:
    for photo in (contest / "test").iterdir():
        photo.write_bytes(b"no photo")
    with pytest.raises(SourceError, match="Not one photo"):
        finish(submit(request_, paths))
    assert not request_.target.exists()


def swap(text: str) -> str:
    lines = text.splitlines(keepends=True)
    return "".join([lines[0], lines[2], lines[1], *lines[3:]])


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (lambda text: text.replace("id,label", "label,id", 1), "header"),
        (lambda text: text.replace("id,label", "ID,label", 1), "header"),
        (lambda text: text.rsplit("TEST_018", 1)[0], "18 rows"),
        (lambda text: text.replace("TEST_004", "TEST_400"), "Line 6 .* 'TEST_400'.* 'TEST_004'"),
        (swap, "Line 2 .* 'TEST_001'.* 'TEST_000'"),
    ],
)
def test_what_does_not_fit_the_sample_is_refused_before_the_work(
    changed: object, sentence: str, request_: SubmitRequest, contest: Path, paths: Paths
) -> None:
    sample = contest / "sample_submission.csv"
    sample.write_text(changed(sample.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(DataSetError, match=sentence):
        next(submit(request_, paths))
    assert not request_.target.exists()


def test_a_sample_may_lie_elsewhere_carry_a_byte_order_mark_or_be_absent(
    request_: SubmitRequest, contest: Path, tmp_path: Path, paths: Paths
) -> None:
    beside, elsewhere = contest / "sample_submission.csv", tmp_path / "form.csv"
    elsewhere.write_bytes(b"\xef\xbb\xbf" + beside.read_bytes().replace(b"\n", b"\r\n"))
    beside.unlink()
    assert finish(submit(request_, paths))[1].sample is None
    assert finish(submit(change(request_, sample=elsewhere), paths))[1].sample == elsewhere
    with pytest.raises(SourceError):
        next(submit(change(request_, sample=tmp_path / "none.csv"), paths))


@pytest.mark.parametrize("name", ["test.csv", "sample_submission.csv"])
def test_the_contests_own_files_are_never_overwritten(
    name: str, request_: SubmitRequest, contest: Path, paths: Paths
) -> None:
    before = (contest / name).read_bytes()
    with pytest.raises(ReportError, match="contest's own files"):
        next(submit(change(request_, target=contest / "test" / ".." / name), paths))
    assert (contest / name).read_bytes() == before


def test_a_submission_that_is_stopped_leaves_the_old_one(request_: SubmitRequest, paths: Paths) -> None:
    request_.target.write_text("old")
    work = submit(request_, paths)
    next(work)
    work.close()
    assert request_.target.read_text() == "old"
    assert [path.name for path in request_.target.parent.glob(".defect*")] == []
