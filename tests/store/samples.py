"""Photos, outcomes and runs to fill databases and reports with."""

from collections.abc import Iterable
from pathlib import Path

from defect_desktop.core.decision import CheckReason, Ranked, Verdict
from defect_desktop.core.place import NOWHERE, Place
from defect_desktop.core.record import Outcome, PhotoFile, RunSettings
from defect_desktop.core.review import Action
from defect_desktop.errors import PhotoProblem
from defect_desktop.language import Bilingual
from defect_desktop.store.database import Database

SETTINGS = RunSettings(
    pack_name="starter",
    pack_version="1.0.0",
    fingerprint="f" * 64,
    engine="torch",
    device="cpu",
    program_version="0.1.0",
    notice=Bilingual(ko="연습용입니다.", en="For practice."),
    class_names={
        "오염": Bilingual(ko="오염", en="Stain"),
        "창틀,문틀수정": Bilingual(ko="창틀 수정", en="Frame repair"),
    },
    options={"sources": ["/사진"], "again": False},
)

STAIN = Verdict(
    top=(Ranked("오염", 0.7), Ranked("창틀,문틀수정", 0.2), Ranked("들뜸", 0.1)),
    margin=0.5,
    agreement=2 / 3,
    check_reasons=(CheckReason.LOW_CONFIDENCE, CheckReason.MEMBERS_DISAGREE),
)
FRAME = Verdict(top=(Ranked("창틀,문틀수정", 0.98), Ranked("오염", 0.02)), margin=0.96, agreement=1.0, check_reasons=())


def photo(name: str, size: int | None = 1000, mtime_ns: int | None = 1_700_000_000_123_456_789) -> PhotoFile:
    """A photo named `name` in the folder of samples."""
    return PhotoFile(Path("/사진/1층") / name, size, mtime_ns)


def classified(file: PhotoFile, content: str = "a", verdict: Verdict = STAIN) -> Outcome:
    """An outcome with a verdict; `content` is the digit that the photo's hash consists of."""
    return Outcome(file, content * 64, verdict=verdict)


def failed(file: PhotoFile, problem: PhotoProblem = PhotoProblem.MISSING, content: str = "") -> Outcome:
    """An outcome with a problem."""
    return Outcome(file, content * 64, problem=problem)


def many(count: int) -> list[Outcome]:
    """`count` outcomes of photos whose names are in order, every tenth a failure."""
    outcomes = []
    for index in range(count):
        file = photo(f"{index:07}.jpg", size=index + 1)
        problem = PhotoProblem.CORRUPT if index % 10 == 9 else None
        outcomes.append(Outcome(file, f"{index:064x}", verdict=None if problem else FRAME, problem=problem))
    return outcomes


def verdict(label: str, confidence: float, *reasons: CheckReason) -> Verdict:
    """A verdict for `label`, with a runner-up for the rest."""
    return Verdict((Ranked(label, confidence), Ranked("들뜸", 1 - confidence)), confidence, 1.0, reasons)


def record_all(
    database: Database, *outcomes: Outcome, settings: RunSettings = SETTINGS, place: Place = NOWHERE
) -> list[int]:
    """Records outcomes as a run of their own; the numbers of the photos."""
    run = database.begin_run(settings)
    return [record.photo_id for record in database.add_outcomes(run, list(enumerate(outcomes)), place)]


def accept(database: Database, photos: Iterable[int], who: str = "") -> Action | None:
    """Agrees with what the program says of the photos now."""
    verdicts = {photo_id: database.history.record(photo_id).outcome.verdict for photo_id in photos}
    return database.reviews.accept({photo_id: found.label for photo_id, found in verdicts.items() if found}, who)
