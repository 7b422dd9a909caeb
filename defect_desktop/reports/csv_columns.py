"""The columns of the CSV report, as a table."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from defect_desktop.core.decision import TOP, Verdict
from defect_desktop.core.place import PlacePart
from defect_desktop.core.printable import printable
from defect_desktop.core.record import PhotoRecord, RunSettings
from defect_desktop.language import Bilingual, Language
from defect_desktop.reports.times import local_text, modified_at

Cell = str | int | float | None
"""Text may hold anything and is made formula-safe when it is written; numbers are written as they are."""

Value = Callable[[PhotoRecord, Language], Cell]

_DECIMALS = 6

_STATUS = {True: Bilingual(ko="분류됨", en="Classified"), False: Bilingual(ko="실패", en="Failed")}
_YES_NO = {True: Bilingual(ko="예", en="Yes"), False: Bilingual(ko="아니요", en="No")}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what stands at its head, and what it shows of a record.

    `shared_by` is set where many records show the same: it gives what they have in common.
    """

    header: Bilingual
    value: Value
    shared_by: Callable[[PhotoRecord], Hashable] | None = None


def _run(record: PhotoRecord) -> Hashable:
    return record.run_id


def _place(record: PhotoRecord) -> Hashable:
    return record.remarks.place


def _review(record: PhotoRecord) -> Hashable:
    return record.run_id, record.remarks.review


def _of_verdict(value: Callable[[Verdict], Cell]) -> Value:
    def cell(record: PhotoRecord, _language: Language) -> Cell:
        verdict = record.outcome.verdict
        return None if verdict is None else value(verdict)

    return cell


def _of_settings(header: Bilingual, value: Callable[[RunSettings], Cell]) -> Column:
    return Column(header, lambda record, _language: value(record.settings), _run)


def _class_name(record: PhotoRecord, language: Language) -> Cell:
    verdict = record.outcome.verdict
    return None if verdict is None else record.name_of(verdict.label).text(language)


def _needs_check(record: PhotoRecord, language: Language) -> Cell:
    verdict = record.outcome.verdict
    return None if verdict is None else _YES_NO[verdict.needs_check].text(language)


def _check_reasons(record: PhotoRecord, language: Language) -> Cell:
    verdict = record.outcome.verdict
    return None if verdict is None else "; ".join(reason.sentence.text(language) for reason in verdict.check_reasons)


def _problem(record: PhotoRecord, language: Language) -> Cell:
    problem = record.outcome.problem
    return problem and problem.sentence.text(language)


def _human_names(record: PhotoRecord, language: Language) -> Cell:
    return "; ".join(record.name_of(label).text(language) for label in record.remarks.review.labels)


def _quality(record: PhotoRecord, language: Language) -> Cell:
    return "; ".join(finding.sentence.text(language) for finding in record.outcome.quality)


def _shot(record: PhotoRecord, language: Language) -> Cell:
    shot = record.remarks.shot
    return shot and shot.words.text(language)


def _of_place(part: PlacePart) -> Column:
    def name(record: PhotoRecord, language: Language) -> Cell:
        return part.name_of(record.remarks.place.value(part)).text(language)

    return Column(part.words, name, _place)


def _ranked(rank: int) -> tuple[Column, Column]:
    def label(verdict: Verdict) -> Cell:
        return verdict.top[rank].label if rank < len(verdict.top) else None

    def probability(verdict: Verdict) -> Cell:
        return round(verdict.top[rank].probability, _DECIMALS) if rank < len(verdict.top) else None

    place = rank + 1
    return (
        Column(Bilingual(ko=f"{place}순위 라벨", en=f"Top {place} label"), _of_verdict(label)),
        Column(Bilingual(ko=f"{place}순위 확률", en=f"Top {place} probability"), _of_verdict(probability)),
    )


COLUMNS: tuple[Column, ...] = (
    Column(Bilingual("파일 경로", "Path"), lambda record, _: printable(record.outcome.photo.path)),
    Column(
        Bilingual("상태", "Status"),
        lambda record, language: _STATUS[record.outcome.verdict is not None].text(language),
    ),
    Column(Bilingual("AI 라벨", "AI label"), _of_verdict(lambda verdict: verdict.label)),
    Column(Bilingual("하자 유형", "Defect"), _class_name),
    Column(Bilingual("확신도", "Confidence"), _of_verdict(lambda verdict: round(verdict.confidence, _DECIMALS))),
    Column(Bilingual("확인 필요", "Needs check"), _needs_check),
    Column(Bilingual("확인 사유", "Check reasons"), _check_reasons),
    Column(
        Bilingual("검토", "Review"),
        lambda record, language: record.remarks.review.state.words.text(language),
        _review,
    ),
    Column(Bilingual("사람 라벨", "Human label"), lambda record, _: "; ".join(record.remarks.review.labels), _review),
    Column(Bilingual("사람이 정한 하자 유형", "Human defect"), _human_names, _review),
    Column(Bilingual("메모", "Note"), lambda record, _: record.remarks.note),
    *(_of_place(part) for part in PlacePart),
    Column(Bilingual("하자 번호", "Defect number"), lambda record, _: record.remarks.group),
    Column(Bilingual("촬영 구분", "Shot"), _shot),
    Column(Bilingual("촬영 품질", "Photo quality"), _quality),
    *(column for rank in range(TOP) for column in _ranked(rank)),
    Column(Bilingual("1·2순위 차이", "Margin"), _of_verdict(lambda verdict: round(verdict.margin, _DECIMALS))),
    Column(Bilingual("모델 일치도", "Agreement"), _of_verdict(lambda verdict: round(verdict.agreement, _DECIMALS))),
    Column(Bilingual("판정한 모델 수", "Networks asked"), _of_verdict(lambda verdict: verdict.asked)),
    Column(Bilingual("실패 코드", "Failure code"), lambda record, _: record.outcome.problem),
    Column(Bilingual("실패 이유", "Failure reason"), _problem),
    Column(Bilingual("파일 크기(바이트)", "File size (bytes)"), lambda record, _: record.outcome.photo.size),
    Column(
        Bilingual("수정 시각(현지)", "Modified (local time)"),
        lambda record, _: local_text(modified_at(record.outcome.photo.mtime_ns)),
    ),
    Column(Bilingual("내용 해시(SHA-256)", "Content hash (SHA-256)"), lambda record, _: record.outcome.content_hash),
    Column(
        Bilingual("분류 시각(현지)", "Classified at (local time)"), lambda record, _: local_text(record.classified_at)
    ),
    Column(Bilingual("실행 번호", "Run"), lambda record, _: record.run_id, _run),
    _of_settings(Bilingual("모델 팩", "Model pack"), lambda settings: settings.pack_name),
    _of_settings(Bilingual("모델 팩 버전", "Model pack version"), lambda settings: settings.pack_version),
    _of_settings(Bilingual("모델 팩 지문", "Model pack fingerprint"), lambda settings: settings.fingerprint),
    _of_settings(Bilingual("엔진", "Engine"), lambda settings: settings.engine),
    _of_settings(Bilingual("장치", "Device"), lambda settings: settings.device),
    _of_settings(Bilingual("프로그램 버전", "Program version"), lambda settings: settings.program_version),
    _of_settings(Bilingual("설정", "Options"), lambda settings: json.dumps(dict(settings.options), ensure_ascii=False)),
)
"""In the order of the report: what a person looks for first, then the evidence, the file, and what made the result."""
