"""What can go wrong, drawn as a tree.

    DefectDesktopError
    ├── UserError            the user can mend it: one sentence, in both languages, that says what to do
    │   ├── PackError        a model pack is tampered with, incomplete, too new or absent
    │   ├── StoreError       the results database is locked, read-only, newer than the program, or the disk is full
    │   │   ├── BusyError    another program kept it locked for longer than one waits
    │   │   └── ReplacedError  a backup was put in its place, and what one saw of it is gone
    │   ├── DeviceError      the engine or device that was asked for cannot be used here
    │   ├── ReportError      a report cannot be written where the user wants it
    │   ├── SourceError      a folder or photo that was named cannot be found or read
    │   ├── CaptureError     a picture cannot be taken or kept
    │   ├── DataSetError     a labelled data set cannot be trained on as it is
    │   ├── TrainingError    a training cannot start or go on as it was asked for
    │   │   ├── DivergedError  its loss ceased to be a number
    │   │   └── UnsavedError   what it came to cannot be saved, above all because the disk is full
    │   └── PreferencesError the window's settings cannot be saved, or not be as they were asked for
    └── PhotoError           one photo cannot be used; it costs that photo, never the batch

Anything else that is raised is a bug of ours: it is reported with a traceback in the log, never swallowed.
"""

from __future__ import annotations

from enum import StrEnum
from functools import partial

from defect_desktop.language import Bilingual


class DefectDesktopError(Exception):
    """The root of every error this program raises on purpose."""


class UserError(DefectDesktopError):
    """Something the user can mend; `sentence` says what happened and what to do."""

    def __init__(self, *, ko: str, en: str) -> None:
        super().__init__(en)
        self.sentence = Bilingual(ko=ko, en=en)

    def __reduce__(self) -> tuple[object, ...]:
        """An exception is otherwise made again from its positional arguments, of which it has none."""
        return partial(type(self), ko=self.sentence.ko, en=self.sentence.en), ()


class PackError(UserError):
    """A model pack cannot be used."""


class StoreError(UserError):
    """The results database cannot be opened or written."""


class BusyError(StoreError):
    """Another program kept the results database locked for longer than one waits."""


class ReplacedError(StoreError):
    """A backup was put in the place of the results database: what was seen of it before may be gone, or another."""


class DeviceError(UserError):
    """The engine or device asked for is not usable on this machine."""


class ReportError(UserError):
    """A report cannot be written."""


class SourceError(UserError):
    """A photo source that was named cannot be used."""


class CaptureError(UserError):
    """A picture cannot be taken with the camera, or cannot be kept."""


class DataSetError(UserError):
    """A labelled data set cannot be used."""


class TrainingError(UserError):
    """A training cannot start or go on as it was asked for."""


class DivergedError(TrainingError):
    """The loss of a training ceased to be a number."""


class UnsavedError(TrainingError):
    """What a training came to cannot be saved where it was to be kept: others that go there fail alike."""


class PreferencesError(UserError):
    """The window's settings cannot be saved, or not be as they were asked for."""


class PhotoProblem(StrEnum):
    """Why one photo could not be classified: the value is what the database keeps, `sentence` what a person reads."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    EMPTY = "empty"
    NOT_AN_IMAGE = "not_an_image"
    TRUNCATED = "truncated"
    CORRUPT = "corrupt"
    TOO_LARGE = "too_large"

    @property
    def sentence(self) -> Bilingual:
        """What happened to the photo and what to do about it."""
        return _PROBLEM_SENTENCES[self]


_PROBLEM_SENTENCES: dict[PhotoProblem, Bilingual] = {
    PhotoProblem.MISSING: Bilingual(
        ko="파일이 사라졌습니다. 폴더나 저장 장치의 연결을 확인하고 다시 실행하세요.",
        en="The file is gone; check that its folder or drive is still connected and run again.",
    ),
    PhotoProblem.UNREADABLE: Bilingual(
        ko="파일을 읽을 수 없습니다. 읽기 권한과 저장 장치를 확인하세요.",
        en="The file cannot be read; check its permissions and the drive.",
    ),
    PhotoProblem.EMPTY: Bilingual(
        ko="빈 파일입니다. 원본에서 다시 복사하세요.",
        en="The file is empty; copy it again from the original.",
    ),
    PhotoProblem.NOT_AN_IMAGE: Bilingual(
        ko="사진 형식이 아닙니다. 파일 이름만 사진인지 확인하세요.",
        en="The file is not a photo in a known format; check whether only its name says so.",
    ),
    PhotoProblem.TRUNCATED: Bilingual(
        ko="사진 파일의 뒷부분이 없습니다. 원본에서 다시 복사하세요.",
        en="The photo breaks off before its end; copy it again from the original.",
    ),
    PhotoProblem.CORRUPT: Bilingual(
        ko="사진 데이터가 손상되었습니다. 원본에서 다시 복사하세요.",
        en="The photo's data is damaged; copy it again from the original.",
    ),
    PhotoProblem.TOO_LARGE: Bilingual(
        ko="사진이 안전하게 열 수 있는 크기를 넘습니다. 크기를 줄여 다시 저장하세요.",
        en="The photo is larger than is safe to open; save it at a smaller size.",
    ),
}


class PhotoError(DefectDesktopError):
    """One photo cannot be used, for `problem`; `detail` is for the log."""

    def __init__(self, problem: PhotoProblem, detail: str = "") -> None:
        super().__init__(f"{problem.value}: {detail}" if detail else problem.value)
        self.problem = problem
        self.detail = detail
