"""The CSV report made the plain way, a record and a cell at a time: the fast one equals it to the byte."""

import csv
import io
import json

from defect_desktop.core.decision import TOP
from defect_desktop.core.formula import formula_safe
from defect_desktop.core.place import PlacePart
from defect_desktop.core.printable import printable
from defect_desktop.language import Language
from defect_desktop.reports.times import local_text, modified_at

HEADERS = {
    Language.KOREAN: (
        "파일 경로,상태,AI 라벨,하자 유형,확신도,확인 필요,확인 사유,검토,사람 라벨,사람이 정한 하자 유형,메모,"
        "현장,동,호,실,부위,공종,하자 번호,촬영 구분,촬영 품질,"
        "1순위 라벨,1순위 확률,2순위 라벨,2순위 확률,3순위 라벨,3순위 확률,1·2순위 차이,모델 일치도,판정한 모델 수,"
        "실패 코드,실패 이유,파일 크기(바이트),수정 시각(현지),내용 해시(SHA-256),분류 시각(현지),"
        "실행 번호,모델 팩,모델 팩 버전,모델 팩 지문,엔진,장치,프로그램 버전,설정"
    ),
    Language.ENGLISH: (
        "Path,Status,AI label,Defect,Confidence,Needs check,Check reasons,Review,Human label,Human defect,Note,Project,"
        "Building,Unit,Room,Part,Trade,Defect number,Shot,Photo quality,Top 1 label,Top 1 probability,Top 2 label,"
        "Top 2 probability,Top 3 label,Top 3 probability,Margin,Agreement,Networks asked,Failure code,Failure reason,"
        "File size (bytes),Modified (local time),Content hash (SHA-256),Classified at (local time),Run,Model pack,"
        "Model pack version,Model pack fingerprint,Engine,Device,Program version,Options"
    ),
}


def plain_csv(records, language):
    """The bytes of the report of these records."""
    text = io.StringIO(newline="")
    text.write(HEADERS[language] + "\r\n")
    writer = csv.writer(text, lineterminator="\r\n")
    for record in records:
        cells = [
            *_verdict(record, language),
            *_people(record, language),
            *_evidence(record, language),
            *_origin(record),
        ]
        writer.writerow([formula_safe(cell) if isinstance(cell, str) else cell for cell in cells])
    return text.getvalue().encode("utf-8-sig")


def _verdict(record, language):
    verdict = record.outcome.verdict
    path = printable(record.outcome.photo.path)
    if verdict is None:
        return [path, "실패" if language is Language.KOREAN else "Failed", *[None] * 5]
    yes, no = ("예", "아니요") if language is Language.KOREAN else ("Yes", "No")
    return [
        path,
        "분류됨" if language is Language.KOREAN else "Classified",
        verdict.label,
        record.name_of(verdict.label).text(language),
        round(verdict.confidence, 6),
        yes if verdict.needs_check else no,
        "; ".join(reason.sentence.text(language) for reason in verdict.check_reasons),
    ]


def _people(record, language):
    remarks = record.remarks
    return [
        remarks.review.state.words.text(language),
        "; ".join(remarks.review.labels),
        "; ".join(record.name_of(label).text(language) for label in remarks.review.labels),
        remarks.note,
        *(part.name_of(remarks.place.value(part)).text(language) for part in PlacePart),
        remarks.group,
        remarks.shot and remarks.shot.words.text(language),
    ]


def _evidence(record, language):
    outcome = record.outcome
    return [
        "; ".join(finding.sentence.text(language) for finding in outcome.quality),
        *(_measures(outcome.verdict) if outcome.verdict else [None] * (2 * TOP + 3)),
        outcome.problem and outcome.problem.value,
        outcome.problem and outcome.problem.sentence.text(language),
    ]


def _measures(verdict):
    ranks = [(ranked.label, round(ranked.probability, 6)) for ranked in verdict.top]
    ranks += [(None, None)] * (TOP - len(ranks))
    numbers = [round(verdict.margin, 6), round(verdict.agreement, 6), verdict.asked]
    return [cell for rank in ranks for cell in rank] + numbers


def _origin(record):
    photo, run = record.outcome.photo, record.settings
    return [
        photo.size,
        local_text(modified_at(photo.mtime_ns)),
        record.outcome.content_hash,
        local_text(record.classified_at),
        record.run_id,
        *(run.pack_name, run.pack_version, run.fingerprint, run.engine, run.device, run.program_version),
        json.dumps(dict(run.options), ensure_ascii=False),
    ]
