"""The columns of the CSV report, as a table."""

from __future__ import annotations

import json
from collections.abc import Callable
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
    """A column: what stands at its head, and what it shows of a record."""

    header: Bilingual
    value: Value


def _of_verdict(value: Callable[[Verdict], Cell]) -> Value:
    def cell(record: PhotoRecord, _language: Language) -> Cell:
        verdict = record.outcome.verdict
        return None if verdict is None else value(verdict)

    return cell


def _of_settings(value: Callable[[RunSettings], Cell]) -> Value:
    return lambda record, _language: value(record.settings)


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
    return Column(part.words, lambda record, language: part.name_of(record.remarks.place.value(part)).text(language))


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
    ),
    Column(Bilingual("사람 라벨", "Human label"), lambda record, _: "; ".join(record.remarks.review.labels)),
    Column(Bilingual("사람이 정한 하자 유형", "Human defect"), _human_names),
    Column(Bilingual("메모", "Note"), lambda record, _: record.remarks.note),
    *(_of_place(part) for part in PlacePart),
    Column(Bilingual("하자 번호", "Defect number"), lambda record, _: record.remarks.group),
    Column(Bilingual("촬영 구분", "Shot"), _shot),
    Column(Bilingual("촬영 품질", "Photo quality"), _quality),
    *(column for rank in range(TOP) for column in _ranked(rank)),
    Column(Bilingual("1·2순위 차이", "Margin"), _of_verdict(lambda verdict: round(verdict.margin, _DECIMALS))),
    Column(Bilingual("모델 일치도", "Agreement"), _of_verdict(lambda verdict: round(verdict.agreement, _DECIMALS))),
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
    Column(Bilingual("실행 번호", "Run"), lambda record, _: record.run_id),
    Column(Bilingual("모델 팩", "Model pack"), _of_settings(lambda settings: settings.pack_name)),
    Column(Bilingual("모델 팩 버전", "Model pack version"), _of_settings(lambda settings: settings.pack_version)),
    Column(Bilingual("모델 팩 지문", "Model pack fingerprint"), _of_settings(lambda settings: settings.fingerprint)),
    Column(Bilingual("엔진", "Engine"), _of_settings(lambda settings: settings.engine)),
    Column(Bilingual("장치", "Device"), _of_settings(lambda settings: settings.device)),
    Column(Bilingual("프로그램 버전", "Program version"), _of_settings(lambda settings: settings.program_version)),
    Column(
        Bilingual("설정", "Options"),
        _of_settings(lambda settings: json.dumps(dict(settings.options), ensure_ascii=False)),
    ),
)
"""In the order of the report: what a person looks for first, then the evidence, the file, and what made the result."""
