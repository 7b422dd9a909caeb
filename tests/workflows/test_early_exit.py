from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from defect_desktop.core.record import PhotoRecord
from defect_desktop.errors import DeviceError
from defect_desktop.paths import Paths
from defect_desktop.vision.compiled_form import write_form
from defect_desktop.vision.conversion import convert
from defect_desktop.vision.pack import find_pack
from defect_desktop.workflows.classify_photos import Advanced, ClassifyRequest, classify_photos
from defect_desktop.workflows.events import Worked, Working
from defect_desktop.workflows.export_results import results_as_json
from defect_desktop.workflows.fill_queue import queue_files
from defect_desktop.workflows.watch_folder import Arrived, WatchRequest, watch_folder
from defect_desktop.workflows.work_queue import WorkRequest, work_queue
from tests.photos import save_photos

MOST_EVENTS = 200
"""No front needs so many for three photos; so a test that fails ends."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save_photos(tmp_path / "photos", 3)
    return tmp_path / "photos"


@pytest.fixture
def compile_tiny(paths: Paths) -> Callable[[float | None], None]:
    """Compiles the pack, its first network sure from a softmax on, or not fitted."""

    def compiled(sure: float | None) -> None:
        pack = find_pack("tiny", paths.pack_shelves)
        write_form(paths.compiled_forms, pack.card, replace(convert(pack), sure=sure))

    return compiled


def by_command(folder: Path, paths: Paths, early_exit: bool) -> Generator[object, None, None]:
    yield from classify_photos(ClassifyRequest((folder,), "tiny", "openvino", "cpu", early_exit=early_exit), paths)


def by_watch(folder: Path, paths: Paths, early_exit: bool) -> Generator[object, None, None]:
    yield from watch_folder(WatchRequest(folder, 0.05, "tiny", "openvino", "cpu", early_exit), paths)


def in_window(folder: Path, paths: Paths, early_exit: bool) -> Generator[object, None, None]:
    queue_files((folder,), paths)
    yield from work_queue(WorkRequest("tiny", "openvino", "cpu", early_exit=early_exit), paths)


FRONTS = pytest.mark.parametrize("front", [by_command, by_watch, in_window])


def classified(events: Generator[object, None, None]) -> list[PhotoRecord]:
    """The records of the three photos, as they come."""
    records: list[PhotoRecord] = []
    with closing(events):
        for event in islice(events, MOST_EVENTS):
            if isinstance(event, Advanced | Arrived | Worked):
                records += event.records
            if len(records) == 3:
                break
    return records


@FRONTS
@pytest.mark.parametrize(("sure", "asked"), [(0.0, 1), (1.0, 3)])
def test_every_row_says_how_many_networks_were_asked(
    paths: Paths, folder: Path, compile_tiny: Callable[[float | None], None], front: Callable, sure: float, asked: int
) -> None:
    compile_tiny(sure)
    records = classified(front(folder, paths, True))
    assert [record.settings.options["early_exit"] for record in records] == [True] * 3
    kept = list(results_as_json(paths, records[0].run_id))
    assert [row["verdict"]["asked"] for row in kept] == [asked] * 3


@FRONTS
def test_who_wants_every_network_takes_no_answer_of_the_first_alone(
    paths: Paths, folder: Path, compile_tiny: Callable[[float | None], None], front: Callable
) -> None:
    compile_tiny(0.0)
    classified(by_command(folder, paths, True))
    records = classified(front(folder, paths, False))
    assert [record.outcome.verdict.asked for record in records] == [3] * 3


@pytest.mark.parametrize("front", [by_command, by_watch])
def test_a_command_that_asks_for_it_in_vain_is_refused(
    paths: Paths, folder: Path, compile_tiny: Callable[[float | None], None], front: Callable
) -> None:
    compile_tiny(None)
    with pytest.raises(DeviceError, match="not fitted for early exit"):
        next(front(folder, paths, True))


def test_the_window_goes_on_with_every_network_where_it_must(
    paths: Paths, folder: Path, compile_tiny: Callable[[float | None], None]
) -> None:
    compile_tiny(None)
    with closing(in_window(folder, paths, True)) as events:
        working = next(events)
        assert isinstance(working, Working)
        assert not working.exits_early
        records = classified(events)
    assert [record.outcome.verdict.asked for record in records] == [3] * 3
    assert not records[0].settings.options["early_exit"]
