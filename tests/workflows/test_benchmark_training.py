"""The training's pace beside the plain loop's: what is counted and told, not how fast this machine is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from defect_desktop.cli.app import app
from defect_desktop.errors import DataSetError
from defect_desktop.training.recipes.recipe import Recipe
from defect_desktop.training.throughput.pace import Pace
from defect_desktop.workflows.benchmark_training import Budget, TrainingBenchmarkRequest, benchmark_training
from tests.training.conftest import tiny as tiny
from tests.training.stripes import draw_data_set, finish

BUDGET = Budget("test_efficientnet", 32, 2, None, 8)


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return draw_data_set(tmp_path_factory.mktemp("photos"), photos=10, seed=0)


def test_a_pace_counts_the_whole_and_what_follows_the_first_epoch() -> None:
    pace = Pace(photos=100, ends=(10.0, 12.0, 14.0))
    assert pace.in_all == pytest.approx(300 / 14)
    assert pace.warm == pytest.approx(200 / 4)


def test_both_ways_train_on_the_same_full_batches_in_turns(photos: Path, tiny: Recipe) -> None:
    (photos / "train" / "걸레받이수정" / "broken.jpg").write_bytes(b"no photo")
    moments, result = finish(benchmark_training(TrainingBenchmarkRequest((photos,), tiny.name, BUDGET, "cpu")))
    assert (result.photos, result.device) == (20, "cpu")
    assert (result.recipe.architecture, result.recipe.distractors) == ("test_efficientnet", None)
    for pace in (result.ours, result.plain):
        assert pace.photos == 16 and len(pace.ends) == 2
        assert 0 < pace.ends[0] < pace.ends[1]
    trained = [moment for moment in moments if moment.total == 2 * 2 * 2 * 16]
    assert trained[-1].done == trained[-1].total


def test_it_is_printed_as_lines_or_json(photos: Path) -> None:
    means = ["--arch", "test_efficientnet", "--side", "32", "--epochs", "2", "--batch", "8", "--device", "cpu"]
    plain = CliRunner().invoke(app, ["benchmark-training", str(photos), *means])
    assert plain.exit_code == 0 and "test_efficientnet" in plain.stdout
    told = json.loads(CliRunner().invoke(app, ["benchmark-training", str(photos), *means, "--json"]).stdout)
    assert (told["side"], told["batch"], told["device"]) == (32, 8, "cpu")
    assert told["ours"]["in_all"] > 0 and told["plain"]["warm"] > 0


@pytest.mark.parametrize(
    ("budget", "words"),
    [
        (Budget("test_efficientnet", 32, 1, None, 8), "--epochs must be 2 or more"),
        (Budget("test_efficientnet", 32, 2, None, 64), "20 photos do not make up one batch of 64"),
    ],
)
def test_what_cannot_be_measured_is_refused(photos: Path, budget: Budget, words: str) -> None:
    with pytest.raises(DataSetError, match=words):
        finish(benchmark_training(TrainingBenchmarkRequest((photos,), "contest", budget, "cpu")))
