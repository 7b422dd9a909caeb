"""The columns of the CSV report, as a table of blocks: columns that are told by the same facts and written as one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from pydantic_core import from_json  # three times as fast as json, which counts here

from defect_desktop.core.decision import TOP, CheckReason
from defect_desktop.core.place import NOWHERE, PlacePart
from defect_desktop.core.quality import QualityFinding
from defect_desktop.core.record_page import RecordPage
from defect_desktop.core.review import ReviewState, Shot
from defect_desktop.errors import PhotoProblem
from defect_desktop.language import Bilingual, Language
from defect_desktop.reports.csv_cells import cells, decimal_cell, each_once, text_cell, whole_cell
from defect_desktop.reports.times import local_texts, seconds_of

_STATUS = {True: Bilingual(ko="분류됨", en="Classified"), False: Bilingual(ko="실패", en="Failed")}
_YES_NO = {True: Bilingual(ko="예", en="Yes"), False: Bilingual(ko="아니요", en="No")}
_SECOND = 1_000_000_000

Cells = Callable[[RecordPage, Language], Iterable[str]]
"""The CSV text of some columns side by side, of every row of a page."""


@dataclass(frozen=True, slots=True)
class Block:
    """What stands at the heads of some columns, and what in their cells."""

    headers: tuple[Bilingual, ...]
    cells: Cells


def _verdict(page: RecordPage, language: Language) -> Iterable[str]:
    def made(fact: tuple[int, str | None]) -> str:
        run_id, label = fact
        status = _STATUS[label is not None].text(language)
        return cells((status, label, label and page.runs[run_id].name_of(label).text(language)))

    return each_once(made, zip(page.run_id, page.label, strict=True))


def _check(page: RecordPage, language: Language) -> Iterable[str]:
    def made(reasons_json: str | None) -> str:
        if reasons_json is None:
            return cells((None, None))
        reasons = [CheckReason(reason).sentence.text(language) for reason in json.loads(reasons_json)]
        return cells((_YES_NO[bool(reasons)].text(language), "; ".join(reasons)))

    return each_once(made, page.check_reasons_json)


def _review(page: RecordPage, language: Language) -> Iterable[str]:
    def made(fact: tuple[int, str, str | None]) -> str:
        run_id, review, labels_json = fact
        labels = json.loads(labels_json) if labels_json else []
        names = [page.runs[run_id].name_of(label).text(language) for label in labels]
        return cells((ReviewState(review).words.text(language), "; ".join(labels), "; ".join(names)))

    return each_once(made, zip(page.run_id, page.review, page.labels_json, strict=True))


def _place(page: RecordPage, language: Language) -> Iterable[str]:
    def made(place_id: int | None) -> str:
        place = NOWHERE if place_id is None else page.places[place_id]
        return cells(part.name_of(place.value(part)).text(language) for part in PlacePart)

    return each_once(made, page.place_id)


def _shot(page: RecordPage, language: Language) -> Iterable[str]:
    return each_once(lambda shot: text_cell(shot and Shot(shot).words.text(language)), page.shot)


def _quality(page: RecordPage, language: Language) -> Iterable[str]:
    def made(findings_json: str) -> str:
        return text_cell("; ".join(QualityFinding(each).sentence.text(language) for each in json.loads(findings_json)))

    return each_once(made, page.quality_json)


def _ranked(page: RecordPage, _language: Language) -> Iterable[str]:
    label_cell = cache(text_cell)

    def made(top_json: str | None) -> str:
        ranks = from_json(top_json) if top_json else []
        pairs = [f"{label_cell(rank['label'])},{decimal_cell(rank['probability'])}" for rank in ranks]
        return ",".join(pairs + [","] * (TOP - len(pairs)))

    return map(made, page.top_json)


def _problem(page: RecordPage, language: Language) -> Iterable[str]:
    return each_once(
        lambda problem: cells((problem, problem and PhotoProblem(problem).sentence.text(language))), page.problem
    )


def _modified(page: RecordPage, _language: Language) -> Iterable[str]:
    return local_texts([None if mtime_ns is None else mtime_ns // _SECOND for mtime_ns in page.mtime_ns])


def _classified(page: RecordPage, _language: Language) -> Iterable[str]:
    return local_texts([seconds_of(moment) for moment in page.classified_at])


def _run(page: RecordPage, _language: Language) -> Iterable[str]:
    def made(run_id: int) -> str:
        run = page.runs[run_id]
        options = json.dumps(dict(run.options), ensure_ascii=False)
        made_with = (run.pack_name, run.pack_version, run.fingerprint, run.engine, run.device, run.program_version)
        return cells((str(run_id), *made_with, options))

    return each_once(made, page.run_id)


def _column(ko: str, en: str, of_page: Callable[[RecordPage], Iterable[str]]) -> Block:
    return Block((Bilingual(ko, en),), lambda page, _language: of_page(page))


def _columns(headers: Mapping[str, str], of_page: Cells) -> Block:
    return Block(tuple(Bilingual(ko, en) for ko, en in headers.items()), of_page)


BLOCKS: tuple[Block, ...] = (
    _column("파일 경로", "Path", lambda page: map(text_cell, page.path)),
    _columns({"상태": "Status", "AI 라벨": "AI label", "하자 유형": "Defect"}, _verdict),
    _column("확신도", "Confidence", lambda page: map(decimal_cell, page.confidence)),
    _columns({"확인 필요": "Needs check", "확인 사유": "Check reasons"}, _check),
    _columns({"검토": "Review", "사람 라벨": "Human label", "사람이 정한 하자 유형": "Human defect"}, _review),
    _column("메모", "Note", lambda page: each_once(text_cell, page.note)),
    Block(tuple(part.words for part in PlacePart), _place),
    _column("하자 번호", "Defect number", lambda page: map(whole_cell, page.group)),
    _columns({"촬영 구분": "Shot"}, _shot),
    _columns({"촬영 품질": "Photo quality"}, _quality),
    Block(
        tuple(
            header
            for rank in range(1, TOP + 1)
            for header in (
                Bilingual(f"{rank}순위 라벨", f"Top {rank} label"),
                Bilingual(f"{rank}순위 확률", f"Top {rank} probability"),
            )
        ),
        _ranked,
    ),
    _column("1·2순위 차이", "Margin", lambda page: map(decimal_cell, page.margin)),
    _column("모델 일치도", "Agreement", lambda page: each_once(decimal_cell, page.agreement)),
    _column("판정한 모델 수", "Networks asked", lambda page: each_once(whole_cell, page.asked)),
    _columns({"실패 코드": "Failure code", "실패 이유": "Failure reason"}, _problem),
    _column("파일 크기(바이트)", "File size (bytes)", lambda page: map(whole_cell, page.size)),
    _columns({"수정 시각(현지)": "Modified (local time)"}, _modified),
    _column("내용 해시(SHA-256)", "Content hash (SHA-256)", lambda page: map(text_cell, page.content_hash)),
    _columns({"분류 시각(현지)": "Classified at (local time)"}, _classified),
    _columns(
        {
            "실행 번호": "Run",
            "모델 팩": "Model pack",
            "모델 팩 버전": "Model pack version",
            "모델 팩 지문": "Model pack fingerprint",
            "엔진": "Engine",
            "장치": "Device",
            "프로그램 버전": "Program version",
            "설정": "Options",
        },
        _run,
    ),
)
"""In the order of the report: what a person looks for first, then the evidence, the file, and what made the result."""
