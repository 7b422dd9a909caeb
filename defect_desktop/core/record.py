"""What is known of one photo: the file, the run that looked at it, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from defect_desktop.core.decision import Verdict
from defect_desktop.core.quality import QualityFinding
from defect_desktop.core.review import Remarks
from defect_desktop.errors import PhotoProblem
from defect_desktop.language import Bilingual


@dataclass(frozen=True, slots=True)
class PhotoFile:
    """A photo as its folder lists it: size in bytes and mtime in ns since 1970, None where it cannot be examined."""

    path: Path
    size: int | None
    mtime_ns: int | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one photo: a verdict, or the problem that prevented one; exactly one of the two is set.

    `content_hash` is the SHA-256 of the file's bytes in hex, empty where they could not be read. `quality` holds the
    reasons to take the photo again; a photo without any may still be a bad one.
    """

    photo: PhotoFile
    content_hash: str
    verdict: Verdict | None = None
    problem: PhotoProblem | None = None
    quality: tuple[QualityFinding, ...] = ()


@dataclass(frozen=True, slots=True)
class RunSettings:
    """What a run was made with: everything that is needed to understand, and to repeat, its results.

    `fingerprint` identifies what decides a verdict (the pack's card, which holds the hashes of its weights): two runs
    with the same fingerprint give the same verdicts. `class_names` maps every label to its name. `notice` is
    the warning that the pack comes with, None where there is none. `options` holds the
    choices of the user that are worth remembering, ready for JSON.
    """

    pack_name: str
    pack_version: str
    fingerprint: str
    engine: str
    device: str
    program_version: str
    class_names: Mapping[str, Bilingual]
    notice: Bilingual | None
    options: Mapping[str, object]

    def name_of(self, label: str) -> Bilingual:
        """The name of a class, the label itself where the run's pack does not know it."""
        return self.class_names.get(label, Bilingual(ko=label, en=label))


@dataclass(frozen=True, slots=True)
class PhotoRecord:
    """One photo's row: its outcome, what people say of it, and the run that made the outcome. Times are UTC.

    `photo_id` is the photo's number in the database: what a review is given for.
    """

    outcome: Outcome
    remarks: Remarks
    classified_at: datetime
    run_id: int
    settings: RunSettings
    photo_id: int

    def is_same_photo(self, other: PhotoRecord) -> bool:
        """Whether both tell of one photo; its number alone may be another's once a backup was restored."""
        return (self.photo_id, self.outcome.photo.path) == (other.photo_id, other.outcome.photo.path)

    @property
    def human_label(self) -> str | None:
        """The most important defect that a person named, None where they named none."""
        return next(iter(self.remarks.review.labels), None)

    def name_of(self, label: str) -> Bilingual:
        """The name of a class, as `RunSettings` has it."""
        return self.settings.name_of(label)
