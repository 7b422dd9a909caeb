from __future__ import annotations

import dataclasses

import pytest

from defect_desktop.training.course import courses, warmup_cosine
from defect_desktop.training.recipe import STARTER


def test_the_rate_rises_and_falls_to_nothing() -> None:
    rates = [warmup_cosine(step, warmup_steps=10, steps=100) for step in range(100)]
    assert rates[:10] == sorted(rates[:10]) and rates[10:] == sorted(rates[10:], reverse=True)
    assert rates[10] == 1.0 and 0 < rates[-1] < 0.001 and rates[55] == pytest.approx(0.5)


def test_the_shortest_training_has_a_rate() -> None:
    assert warmup_cosine(0, warmup_steps=0, steps=1) == 1.0


def test_a_training_grows_to_full_size_and_settles_there() -> None:
    recipe = dataclasses.replace(STARTER, scales=(4 / 7, 1.0))
    main, settling = courses(recipe, photos=100)
    assert main.sides == ((128, 128), (224, 224)) and settling.sides == ((224, 224),)
    assert (main.steps, settling.steps) == (6, 3)
    assert next(iter(settling.rates())) == recipe.settling_rate and len([*main.rates()]) == 6
    assert (main.distractors, settling.distractors) == (recipe.distractors, recipe.settling_distractors)


def test_fewer_photos_than_a_batch_make_one() -> None:
    assert courses(STARTER, photos=3)[0].batches_an_epoch == 1
