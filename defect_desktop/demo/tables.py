"""The small files beside the photos: the contest's two tables, the answers, and a note that everything is drawn."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from defect_desktop.demo.plan import LABELS, PlannedPhoto, PracticeSet

README = """\
이 폴더의 사진은 모두 Defect Desktop이 그린 연습용 그림입니다. 실제 현장 사진이 아닙니다.
대회(Dacon 236082)의 폴더 구조와 하자 이름만 따르며, 대회 데이터는 들어 있지 않습니다.
여기서 나온 점수는 프로그램이 동작한다는 뜻일 뿐, 실제 사진에서의 정확도가 아닙니다.

  train/<하자>/<번호>.jpg   학습용 사진
  test/<번호>.jpg           시험용 사진
  test.csv                  시험용 사진 목록
  sample_submission.csv     제출 양식 (label 열은 자리만 채운 값)
  test_answers.csv          시험용 사진의 정답 (그린 사진이므로 정답을 압니다)

Every photo in this folder was drawn by Defect Desktop for practice. None was taken on a site.
The set follows the folders and class names of the contest Dacon 236082 and holds none of its data.
A score on it shows that the program works, not how accurate it is on real photos.

  train/<class>/<n>.jpg     photos to train on
  test/<n>.jpg              photos to test on
  test.csv                  the list of test photos
  sample_submission.csv     the form of a submission (its labels are placeholders)
  test_answers.csv          the true classes of the test photos, known because they were drawn
"""


def side_files(practice_set: PracticeSet) -> dict[str, str]:
    """File name -> text, all to be written as UTF-8."""
    files = {"README.txt": README}
    if practice_set.test:
        test = [(_test_id(photo), photo) for photo in practice_set.test]
        files["test.csv"] = _table(("id", "img_path"), ((key, f"./{photo.path}") for key, photo in test))
        files["sample_submission.csv"] = _table(("id", "label"), ((key, LABELS[0]) for key, _ in test))
        files["test_answers.csv"] = _table(("id", "label"), ((key, photo.label) for key, photo in test))
    return files


def _test_id(photo: PlannedPhoto) -> str:
    return f"TEST_{photo.path.stem}"


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    # One label contains a comma, so only a real CSV writer will do.
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return buffer.getvalue()
