"""Proves that this installation works, from the model pack to the window, without touching the user's data."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path

from defect_desktop import __version__
from defect_desktop.errors import UserError
from defect_desktop.language import Language
from defect_desktop.logs import report_bug
from defect_desktop.paths import Paths
from defect_desktop.workflows.classify_photos import ClassifyRequest, Started, classify_photos
from defect_desktop.workflows.export_results import export_results

Step = Callable[[Paths], str]
"""Proves one thing with folders of its own; what it found, in a few English words. Raises where it fails."""


@dataclass(frozen=True, slots=True)
class StepResult:
    """What became of one step; `found` says what it found, or what went wrong."""

    name: str
    passed: bool
    found: str
    seconds: float


@dataclass(frozen=True, slots=True)
class SelfTest:
    """The result of all steps; later steps run even where an earlier one fails."""

    steps: tuple[StepResult, ...]

    @property
    def passed(self) -> bool:
        """Whether the installation works."""
        return all(step.passed for step in self.steps)

    def as_json(self) -> dict[str, object]:
        """The result with stable English keys."""
        return {"version": __version__, "passed": self.passed, "steps": [asdict(step) for step in self.steps]}


def self_test(paths: Paths, show_window: Step) -> SelfTest:
    """Runs every step in a temporary data folder; `show_window` opens the window, and closes it again."""
    steps: dict[str, Step] = {
        "models": _verify_models,
        "classify": _classify_samples,
        **({"torch": _classify_with_torch} if find_spec("torch") else {}),  # the field edition has none
        "export": _export_results,
        "window": show_window,
    }
    with tempfile.TemporaryDirectory(prefix="defect-desktop-", ignore_cleanup_errors=True) as folder:
        elsewhere = paths._replace(data=Path(folder))
        return SelfTest(tuple(_run(name, step, elsewhere) for name, step in steps.items()))


def _run(name: str, step: Step, paths: Paths) -> StepResult:
    begin = time.monotonic()
    try:
        passed, found = True, step(paths)
    except UserError as error:
        passed, found = False, error.sentence.en
    except Exception as error:  # noqa: BLE001 - it is what a self-test is for; the log has the traceback
        report_bug(error)
        passed, found = False, f"{type(error).__name__}: {error}"
    return StepResult(name, passed, found, round(time.monotonic() - begin, 2))


def _verify_models(paths: Paths) -> str:
    from defect_desktop.vision.pack import open_pack, pack_folders

    packs = [open_pack(folder) for folder in pack_folders(paths.pack_shelves)]
    for pack in packs:
        pack.verify()
    if not packs:
        raise FileNotFoundError(f"no model pack in {paths.models}")
    return ", ".join(f"{pack.card.name} {pack.card.version}" for pack in packs)


def _classify_samples(paths: Paths) -> str:
    return _classify(ClassifyRequest((paths.assets / "samples",)), paths)


def _classify_with_torch(paths: Paths) -> str:
    return _classify(ClassifyRequest((paths.assets / "samples",), engine="torch", device="cpu", again=True), paths)


def _classify(request: ClassifyRequest, paths: Paths) -> str:
    events = classify_photos(request, paths)
    started = next(events)
    assert isinstance(started, Started)
    try:
        while True:
            next(events)
    except StopIteration as end:
        summary = end.value
    if summary.failed or not summary.total:
        raise ValueError(f"{summary.failed} of {summary.total} sample photos failed")
    return f"{summary.total} sample photos with {started.engine} on {started.device}"


def _export_results(paths: Paths) -> str:
    rows = export_results(paths, paths.data / "results.csv", Language.ENGLISH)
    if not rows:
        raise ValueError("the report has no rows")
    return f"{rows} rows"
