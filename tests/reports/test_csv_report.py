import csv
import errno
import os
from dataclasses import replace
from datetime import UTC, datetime
from itertools import repeat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from defect_desktop.core.record import PhotoRecord
from defect_desktop.core.review import NO_REMARKS, Remarks, Review, ReviewState
from defect_desktop.errors import PhotoProblem, ReportError, StoreError
from defect_desktop.language import Bilingual, Language
from defect_desktop.reports.csv_report import write_csv
from defect_desktop.reports.replacing import check_target
from tests.reports.pages import page_of
from tests.store.permissions import ordinary_folder, posix
from tests.store.samples import SETTINGS, classified, failed, photo

AT = datetime(2026, 1, 31, 0, 5, tzinfo=UTC)


def record(outcome, human_label=None, run_settings=SETTINGS, run_id=7):
    remarks = Remarks(Review(ReviewState.CORRECTED, (human_label,))) if human_label is not None else NO_REMARKS
    return PhotoRecord(outcome, remarks, AT, run_id, run_settings, 1)


def write(records, target, language):
    return write_csv([page_of(records)], target, language)


def rows_of(target):
    with target.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))


@pytest.fixture
def target(tmp_path):
    return tmp_path / "결과.csv"


def test_a_classified_photo(target, in_zone):
    in_zone("KST-9")
    assert write([record(classified(photo("창.jpg")), human_label="창틀,문틀수정")], target, Language.ENGLISH) == 1
    assert rows_of(target) == [
        {
            "Path": str(Path("/사진/1층/창.jpg")),
            "Status": "Classified",
            "AI label": "오염",
            "Defect": "Stain",
            "Confidence": "0.7",
            "Needs check": "Yes",
            "Check reasons": "Low confidence; The models disagree",
            "Review": "Corrected",
            "Human label": "창틀,문틀수정",
            "Human defect": "Frame repair",
            "Note": "",
            **dict.fromkeys(("Project", "Building", "Unit", "Room", "Part", "Trade"), ""),
            "Defect number": "",
            "Shot": "",
            "Photo quality": "",
            "Top 1 label": "오염",
            "Top 1 probability": "0.7",
            "Top 2 label": "창틀,문틀수정",
            "Top 2 probability": "0.2",
            "Top 3 label": "들뜸",
            "Top 3 probability": "0.1",
            "Margin": "0.5",
            "Agreement": "0.666667",
            "Networks asked": "",
            "Failure code": "",
            "Failure reason": "",
            "File size (bytes)": "1000",
            "Modified (local time)": "2023-11-15 07:13:20",
            "Content hash (SHA-256)": "a" * 64,
            "Classified at (local time)": "2026-01-31 09:05:00",
            "Run": "7",
            "Model pack": "starter",
            "Model pack version": "1.0.0",
            "Model pack fingerprint": "f" * 64,
            "Engine": "torch",
            "Device": "cpu",
            "Program version": "0.1.0",
            "Options": '{"sources": ["/사진"], "again": false}',
        }
    ]


def test_a_failure_is_a_row_with_its_reason(target):
    write([record(failed(photo("a.jpg", None, None), PhotoProblem.MISSING))], target, Language.KOREAN)
    (row,) = rows_of(target)
    assert (row["상태"], row["실패 코드"]) == ("실패", "missing")
    assert row["실패 이유"] == PhotoProblem.MISSING.sentence.ko
    filled = {header for header, cell in row.items() if cell}
    assert not filled & {
        "AI 라벨",
        "하자 유형",
        "확신도",
        "확인 필요",
        "1순위 라벨",
        "파일 크기(바이트)",
        "수정 시각(현지)",
    }
    assert filled >= {"파일 경로", "분류 시각(현지)", "실행 번호", "모델 팩", "엔진", "장치"}


def test_the_headers_and_words_are_korean_in_korean(target):
    write([record(classified(photo("a.jpg")))], target, Language.KOREAN)
    (row,) = rows_of(target)
    assert (row["상태"], row["확인 필요"], row["하자 유형"]) == ("분류됨", "예", "오염")
    assert row["확인 사유"] == "확신도가 낮음; 모델들의 의견이 다름"


def test_excel_in_korea_can_read_it(target):
    write([record(classified(photo("a.jpg"))), record(classified(photo("b.jpg")))], target, Language.KOREAN)
    content = target.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf" + "파일 경로,".encode())
    assert content.count(b"\r\n") == content.count(b"\n") == 3


def test_no_records_are_a_report_too(target):
    assert write_csv([], target, Language.ENGLISH) == 0
    assert rows_of(target) == []


def test_bytes_that_are_no_text_are_made_visible(target):
    write([record(classified(photo("caf\udce9.jpg")))], target, Language.ENGLISH)
    assert rows_of(target)[0]["Path"] == str(Path("/사진/1층/caf\\udce9.jpg"))


@pytest.mark.parametrize("mtime_ns", [2**63, -(2**70), 2**70], ids=["2262", "before our time", "beyond the calendar"])
def test_odd_times_do_not_break_a_report(target, mtime_ns):
    assert write([record(classified(photo("a.jpg", mtime_ns=mtime_ns)))], target, Language.ENGLISH) == 1


# What a spreadsheet must not run

DANGEROUS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


@pytest.mark.parametrize("start", [*DANGEROUS, " =", "\ufeff=", "\ufeff @", "\x00+", "\u200b-", "\u3000="])
def test_text_that_looks_like_a_formula_is_disarmed(target, start):
    text = start + "cmd|' /C calc'!A0"
    write([record(classified(photo("a.jpg")), human_label=text)], target, Language.ENGLISH)
    assert rows_of(target)[0]["Human label"] == "'" + text


@pytest.mark.parametrize("text", ["들뜸", "a=b", "1+1", "창틀,문틀수정", "'=1", "#1", ""])
def test_other_text_is_left_alone(target, text):
    write([record(classified(photo("a.jpg")), human_label=text)], target, Language.ENGLISH)
    assert rows_of(target)[0]["Human label"] == text


def test_negative_numbers_are_left_alone(target):
    write([record(classified(photo("a.jpg", size=-5)))], target, Language.ENGLISH)
    assert rows_of(target)[0]["File size (bytes)"] == "-5"


cells = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("=+-@\t\r\n ,;\"\ufeff'＝"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=5))
def test_every_text_comes_back_and_none_is_a_formula(target, texts):
    records = [
        record(
            classified(photo("a.jpg")),
            human_label=label,
            run_settings=replace(SETTINGS, device=device, class_names={label: Bilingual(ko=name, en=name)}),
            run_id=run_id,
        )
        for run_id, (label, device, name) in enumerate(texts)
    ]
    write(records, target, Language.ENGLISH)
    rows = rows_of(target)
    assert len(rows) == len(texts)
    for row, expected in zip(rows, texts, strict=True):
        for header, text in zip(("Human label", "Device", "Human defect"), expected, strict=True):
            assert row[header] in {text, "'" + text}
            assert not row[header].lstrip(" \ufeff").startswith(DANGEROUS)


# Where a report cannot be written


def refusal(target, language=Language.ENGLISH):
    """The sentence with which both the check and the writing are refused."""
    before = sorted(target.parent.iterdir()) if target.parent.is_dir() else None
    with pytest.raises(ReportError) as checked:
        check_target(target)
    with pytest.raises(ReportError) as written:
        write([record(classified(photo("a.jpg")))], target, language)
    assert checked.value.sentence == written.value.sentence
    assert str(target) in checked.value.sentence.ko
    assert before is None or sorted(target.parent.iterdir()) == before
    return checked.value.sentence.en


def test_a_target_in_order_is_left_as_it_is_by_the_check(target):
    check_target(target)
    assert not target.exists()
    target.write_text("old")
    check_target(target)
    assert target.read_text() == "old"
    assert list(target.parent.iterdir()) == [target]


def test_a_folder_is_no_target(tmp_path):
    assert "not a file" in refusal(tmp_path)


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="there is no such device here")
def test_a_device_is_no_target():
    with pytest.raises(ReportError, match="not a file"):
        check_target(Path("/dev/null"))


def test_the_folder_must_exist(tmp_path):
    assert "does not exist" in refusal(tmp_path / "no" / "out.csv")


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "file").write_text("")
    assert "does not exist" in refusal(tmp_path / "file" / "out.csv")


def test_a_name_that_the_drive_refuses(tmp_path):
    assert "choose another place" in refusal(tmp_path / ("n" * 300))


@posix
def test_a_folder_and_a_report_that_may_not_be_written():
    with ordinary_folder() as folder:
        report = folder / "out.csv"
        report.write_text("old")
        report.chmod(0o444)
        assert "may write to" in refusal(report)
        folder.chmod(0o555)
        assert "may write to" in refusal(folder / "new.csv")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EACCES, "open in Excel"),
        (errno.EROFS, "may write to"),
        (errno.ENOSPC, "disk is full"),
        (errno.EIO, "check the drive"),
    ],
)
def test_a_report_that_cannot_be_put_in_its_place(target, monkeypatch, number, words):
    """As on Windows where the old report is open in Excel."""
    target.write_text("old")

    def refused(*_args):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(ReportError, match=words):
        write([record(classified(photo("a.jpg")))], target, Language.ENGLISH)
    assert target.read_text() == "old"
    assert list(target.parent.iterdir()) == [target]


def test_a_disk_that_fills_up_leaves_the_old_report(target):
    resource = pytest.importorskip("resource")
    target.write_text("old")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, limits[1]))
    try:
        with pytest.raises(ReportError, match="disk is full"):
            write_csv(repeat(page_of([record(classified(photo("a.jpg")))] * 1000), 10), target, Language.ENGLISH)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert target.read_text() == "old"
    assert list(target.parent.iterdir()) == [target]


def test_records_that_break_off_leave_the_old_report(target):
    target.write_text("old")

    def pages():
        yield page_of([record(classified(photo("a.jpg")))])
        raise StoreError(ko="손상", en="damaged")

    with pytest.raises(StoreError, match="damaged"):
        write_csv(pages(), target, Language.ENGLISH)
    assert target.read_text() == "old"
    assert list(target.parent.iterdir()) == [target]


def test_the_old_report_is_replaced(target):
    target.write_text("old " * 10_000)
    write_csv([], target, Language.ENGLISH)
    assert target.read_bytes().startswith(b"\xef\xbb\xbfPath,")
    assert list(target.parent.iterdir()) == [target]


def test_a_link_keeps_leading_to_the_report(tmp_path):
    (tmp_path / "shared").mkdir()
    real, link = tmp_path / "shared" / "out.csv", tmp_path / "out.csv"
    link.symlink_to(real)
    write_csv([], link, Language.ENGLISH)
    assert link.is_symlink()
    assert real.is_file()
