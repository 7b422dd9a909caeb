from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from defect_desktop.errors import TrainingError
from defect_desktop.training.recipes.presets import RECIPES, recipe_named
from defect_desktop.training.recipes.recipe import (
    Augmentation,
    Bag,
    Descent,
    Distillation,
    Distractors,
    Loss,
    Mix,
    Recipe,
    Samples,
    Sampling,
    Schedule,
)
from defect_desktop.training.recipes.recipe_file import BOUNDS, read_recipe, recipe_as_json, recipe_from_json
from defect_desktop.vision.preprocessing import CropMode, Interpolation, Preprocessing


def number(part: str) -> st.SearchStrategy[float]:
    return st.floats(*BOUNDS[part])


def whole(part: str) -> st.SearchStrategy[int]:
    return st.integers(*(int(bound) for bound in BOUNDS[part]))


def floats_of(kind: type, part: str, *but: str) -> dict[str, st.SearchStrategy[float]]:
    names = [field.name for field in dataclasses.fields(kind) if field.name not in but]
    return {name: number(f"{part}.{name}") for name in names}


def three(part: str) -> st.SearchStrategy[tuple[float, ...]]:
    return st.tuples(*[number(part)] * 3)


def squares(side: int, **rest: Any) -> Preprocessing:
    return Preprocessing(height=side, width=side, **rest)


DISTILLATIONS = st.builds(Distillation, **floats_of(Distillation, "bag.distillation"))
ANY = st.builds(
    Recipe,
    name=st.text("abc 레시피\"\\'", min_size=1).filter(str.strip),
    architecture=st.sampled_from(["resnet18", "tf_efficientnet_lite0"]),
    preprocessing=st.builds(
        squares,
        side=whole("preprocessing.height"),
        mean=three("preprocessing.mean"),
        std=three("preprocessing.std"),
        interpolation=st.sampled_from(Interpolation),
        crop_mode=st.sampled_from(CropMode),
        crop_share=number("preprocessing.crop_share"),
    ),
    cache_scale=number("cache_scale"),
    dropout=number("dropout"),
    bag=st.builds(
        Bag,
        members=whole("bag.members"),
        samples=st.sampled_from(Samples),
        distillation=st.none() | DISTILLATIONS,
    ),
    schedule=st.builds(
        Schedule,
        epochs=whole("schedule.epochs"),
        batch=whole("schedule.batch"),
        learning_rate=number("schedule.learning_rate"),
        warmup_epochs=number("schedule.warmup_epochs"),
        gamma=st.none() | number("schedule.gamma"),
        scales=st.lists(number("schedule.scales"), min_size=1, max_size=4).map(tuple),
        patience=st.none() | whole("schedule.patience"),
    ),
    descent=st.builds(
        Descent,
        **floats_of(Descent, "descent", "ema_decay"),
        ema_decay=st.none() | number("descent.ema_decay"),
    ),
    loss=st.builds(Loss, **floats_of(Loss, "loss")),
    sampling=st.sampled_from(Sampling),
    augmentation=st.builds(
        Augmentation,
        **floats_of(Augmentation, "augmentation", "operations"),
        operations=whole("augmentation.operations"),
    ),
    mix=st.none() | st.builds(Mix, **floats_of(Mix, "mix")),
    distractors=st.none()
    | st.builds(
        Distractors,
        a_batch=whole("distractors.a_batch"),
        settling_rate=number("distractors.settling_rate"),
        settling_a_batch=whole("distractors.settling_a_batch"),
    ),
    held_out_share=number("held_out_share"),
    unchecked_error_rate=number("unchecked_error_rate"),
)


@given(ANY)
def test_every_recipe_comes_back_from_its_declaration(recipe: Recipe) -> None:
    assert recipe_from_json(recipe_as_json(recipe), "a test") == recipe


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_a_recipe_is_found_by_its_file(recipe: Recipe, tmp_path: Path) -> None:
    file = tmp_path / "나의 레시피.JSON"
    file.write_text(recipe_as_json(recipe), encoding="utf-8-sig")
    assert recipe_named(str(file)) == read_recipe(file) == recipe


def changed(part: str, value: object) -> str:
    declared = json.loads(recipe_as_json(RECIPES["contest"]))
    place, *names = declared, *part.split(".")
    for name in names[:-1]:
        place = place[name]
    place[names[-1]] = value
    return json.dumps(declared)


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("schedule.epochs", 0),
        ("schedule.epochs", "many"),
        pytest.param("schedule.epochs", 10**400, id="more digits than a float can be"),
        ("schedule.learning_rate", -1.0),
        ("schedule.learning_rate", float("nan")),
        ("schedule.scales", []),
        ("schedule.scales", [1.0, 0.0]),
        ("sampling", "sometimes"),
        ("loss.label_smoothing", 1.0),
        ("loss.label_smothing", 0.1),
        ("mix", {"probability": 2}),
        ("name", " "),
        ("name", "a\nb"),
        ("unheard_of", None),
        ("preprocessing.std", [0.5, 0.0, 0.5]),
        ("preprocessing.width", 96),
    ],
)
def test_what_is_wrong_is_named(part: str, value: object) -> None:
    with pytest.raises(TrainingError, match=rf"'my\.json' is no valid recipe; mend '{part}") as raised:
        recipe_from_json(changed(part, value), "my.json")
    assert part in raised.value.sentence.ko


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "{}", '"contest"'])
def test_what_is_no_recipe_is_refused(text: str) -> None:
    with pytest.raises(TrainingError, match="is no valid recipe"):
        recipe_from_json(text, "my.json")


@given(st.binary() | st.text().map(str.encode))
def test_no_file_breaks_the_reader(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "any.json"
    file.write_bytes(content)
    with pytest.raises(TrainingError):
        read_recipe(file)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="cannot be read"):
        recipe_named(str(tmp_path / "absent.json"))
