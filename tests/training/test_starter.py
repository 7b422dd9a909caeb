"""The pack that comes with the program."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from defect_desktop.core.decision import Verdict, decide
from defect_desktop.core.prediction import Prediction
from defect_desktop.core.taxonomy import CONTEST_CLASSES
from defect_desktop.paths import Paths
from defect_desktop.training.learning.distractors import draw_distractors
from defect_desktop.training.recipes.presets import STARTER
from defect_desktop.training.starter import STARTER_TEXTS, starter_request
from defect_desktop.vision.engine import load_engine
from defect_desktop.vision.pack import Pack, open_pack
from defect_desktop.workflows.draw_practice_photos import DrawRequest, draw_practice_photos
from defect_desktop.workflows.evaluate_pack import EvaluateRequest, evaluate_pack
from tests.training.stripes import finish


@pytest.fixture(scope="module")
def starter() -> Pack:
    return open_pack(Paths.find().models / "starter")


def test_the_pack_is_whole_small_and_knows_the_contests_classes(starter: Pack) -> None:
    starter.verify()
    assert sum(file.stat().st_size for file in starter.folder.iterdir()) <= 40e6
    assert starter.card.defect_classes() == CONTEST_CLASSES
    assert len(starter.card.members) == 3
    assert starter.card.exits_early


def test_the_pack_says_what_it_is(starter: Pack) -> None:
    card = starter.card
    assert "practice model" in card.notice.en and "연습용" in card.notice.ko
    assert card.title.bilingual() == STARTER_TEXTS.title
    assert card.training_data.bilingual() == STARTER_TEXTS.training_data
    assert card.metrics.photos == 760 and "2024" in card.metrics.measured_on.en


def test_the_pack_is_what_its_recipe_makes(starter: Pack) -> None:
    request = starter_request((Path("drawn"),), fresh=Path("fresh"), output=Path("starter"))
    recipe = starter.card.provenance["recipe"]
    assert recipe["name"] == request.recipe == STARTER.name
    assert starter.card.provenance["seed"] == request.seed
    assert starter.card.photo_preprocessing() == STARTER.preprocessing


def verdicts(pack: Pack, pixels: np.ndarray) -> list[Verdict]:
    members_first = load_engine(pack, "torch", "cpu").predict(pixels)
    card = pack.card
    return [
        decide(
            Prediction(members_first[:, index]), card.labels, card.decision_temperature(), card.decision_thresholds()
        )
        for index in range(len(pixels))
    ]


def test_what_is_no_wall_needs_a_check(starter: Pack) -> None:
    pixels = draw_distractors(12, 224, np.random.default_rng(77))
    assert all(verdict.needs_check for verdict in verdicts(starter, pixels))


@pytest.mark.slow
def test_new_practice_photos_are_told_apart(starter: Pack, paths: Paths, tmp_path: Path) -> None:
    finish(draw_practice_photos(DrawRequest(folder=tmp_path / "fresh", train_per_class=10, seed=31)))
    _, measured = finish(evaluate_pack(EvaluateRequest(tmp_path / "fresh", str(starter.folder), device="cpu"), paths))
    evaluation = measured.evaluation
    assert evaluation.bag.macro_f1 > 0.88
    assert evaluation.unchecked > 0.5 * 190 and evaluation.unchecked_mistakes <= 4
