"""Classifies the contest's test photos and writes the submission file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from defect_desktop import settings
from defect_desktop.core.printable import printable
from defect_desktop.core.progress import Progress, ProgressMeter
from defect_desktop.core.record import Outcome, PhotoFile
from defect_desktop.errors import PhotoProblem, ReportError, SourceError
from defect_desktop.paths import Paths
from defect_desktop.reports.replacing import check_target
from defect_desktop.reports.submission_csv import COLUMNS, write_submission
from defect_desktop.vision.engine import load_engine
from defect_desktop.vision.pack import find_pack
from defect_desktop.vision.pipeline import classify

if TYPE_CHECKING:
    from defect_desktop.training.data.contest import TestPhoto


@dataclass(frozen=True, slots=True)
class SubmitRequest:
    """Label the photos that `test_list` names with `pack` (a name or a folder), and write `target`.

    `sample` is the contest's own form to check against; where it is None, a `sample_submission.csv` beside the list is.
    """

    pack: str
    test_list: Path
    target: Path
    sample: Path | None = None
    engine: str = settings.ENGINE.default
    device: str = settings.DEVICE.default


@dataclass(frozen=True, slots=True)
class Submission:
    """The file that was written: `rows` photos a label, and the form that it was checked against, None without one.

    `failures` are the photos that could not be read; their rows hold `stopgap`, None where there are none.
    """

    labels: Counter[str]
    sample: Path | None
    failures: tuple[tuple[Path, PhotoProblem], ...]
    stopgap: str | None

    @property
    def rows(self) -> int:
        """The rows below the header."""
        return self.labels.total()


def submit(request: SubmitRequest, paths: Paths) -> Generator[Progress, None, Submission]:
    """Yields progress in photos and returns what was written, by the pipeline that `classify` runs.

    The contest takes no file that lacks a row, so one photo that cannot be read must not cost the other 791: its row
    gets the label that the pack gave most often, the likeliest guess there is, and it is told. What does not fit the
    form is refused before the work. Raises SourceError, DataSetError, PackError, DeviceError, ReportError.
    """
    from defect_desktop.training.data.contest import read_test_list
    from defect_desktop.training.data.submission_form import SAMPLE_FILE, check_form

    photos = read_test_list(request.test_list)
    sample = request.sample or _existing(request.test_list.with_name(SAMPLE_FILE))
    _check_target(request.target, [request.test_list, *([sample] if sample else [])])
    if sample:
        check_form(sample, COLUMNS, [photo.id for photo in photos])
    pack = find_pack(request.pack, paths.pack_shelves)
    engine = load_engine(pack, request.engine, request.device, paths.compiled_forms)
    meter = ProgressMeter(len(photos))
    outcomes: list[Outcome] = []
    for batch in classify((PhotoFile(photo.path, None, None) for photo in photos), pack.card, engine):
        outcomes += batch
        yield meter.advance(len(batch))
    return _written(photos, outcomes, request.target, sample)


def _written(photos: list[TestPhoto], outcomes: list[Outcome], target: Path, sample: Path | None) -> Submission:
    said = [outcome.verdict.label if outcome.verdict else None for outcome in outcomes]
    given = Counter(label for label in said if label)
    if not given:
        raise SourceError(
            ko="시험 목록의 사진을 한 장도 읽을 수 없습니다. 사진이 목록에 적힌 위치에 온전히 있는지 확인하세요.",
            en="Not one photo of the test list can be read; check that they lie, undamaged, where the list says.",
        )
    commonest = given.most_common(1)[0][0]
    labels = [label or commonest for label in said]
    write_submission(zip((photo.id for photo in photos), labels, strict=True), target)
    failures = tuple((outcome.photo.path, outcome.problem) for outcome in outcomes if outcome.problem)
    return Submission(Counter(labels), sample, failures, commonest if failures else None)


def _existing(file: Path) -> Path | None:
    return file if file.is_file() else None


def _check_target(target: Path, sources: list[Path]) -> None:
    """Raises ReportError where the file cannot be written, or would take the place of one that it is made from."""
    if target.resolve() in [source.resolve() for source in sources]:
        raise ReportError(
            ko=f"'{printable(target)}'은(는) 대회에서 받은 파일입니다. 제출 파일에 다른 이름을 주세요.",
            en=f"'{printable(target)}' is one of the contest's own files; give the submission another name.",
        )
    check_target(target)
