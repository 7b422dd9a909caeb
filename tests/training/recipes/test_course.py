from __future__ import annotations

import dataclasses

import pytest

from defect_desktop.training.recipes.course import course_of, warmup_cosine
from defect_desktop.training.recipes.presets import CONTEST, RECOMMENDED, STARTER
from defect_desktop.training.recipes.recipe import Loss, Recipe


def scheduled(recipe: Recipe, **changes: object) -> Recipe:
    return dataclasses.replace(recipe, schedule=dataclasses.replace(recipe.schedule, **changes))


def test_the_rate_rises_and_falls_to_nothing() -> None:
    rates = [warmup_cosine(step, warmup_steps=10, steps=100) for step in range(100)]
    assert rates[:10] == sorted(rates[:10]) and rates[10:] == sorted(rates[10:], reverse=True)
    assert rates[10] == 1.0 and 0 < rates[-1] < 0.001 and rates[55] == pytest.approx(0.5)


def test_the_shortest_training_has_a_rate() -> None:
    assert warmup_cosine(0, warmup_steps=0, steps=1) == 1.0


def test_a_training_grows_to_full_size_and_settles_there() -> None:
    course = course_of(scheduled(STARTER, epochs=2, scales=(4 / 7, 1.0)), photos=100)
    assert [epoch.side for epoch in course] == [(128, 128), (224, 224), (224, 224)]
    assert [epoch.settling for epoch in course] == [False, False, True]
    assert [len(epoch.rates) for epoch in course] == [3, 3, 3]
    assert course[2].rates[0] == STARTER.distractors.settling_rate
    assert [epoch.distractors for epoch in course] == [4, 4, 12]


def test_sizes_are_spread_over_however_many_epochs() -> None:
    course = course_of(scheduled(RECOMMENDED, epochs=6, scales=(0.5, 1.0)), photos=64)
    assert [epoch.side[0] for epoch in course] == [112, 112, 112, 224, 224, 224]


def test_the_contests_rate_falls_by_a_fifth_an_epoch() -> None:
    course = course_of(scheduled(CONTEST, epochs=3), photos=64)
    assert [epoch.rates for epoch in course] == [
        pytest.approx((rate, rate)) for rate in (7e-4, 7e-4 * 0.8, 7e-4 * 0.64)
    ]


def test_reweighting_can_wait() -> None:
    recipe = dataclasses.replace(scheduled(RECOMMENDED, epochs=4), loss=Loss(class_balance=0.999, reweighted_from=0.75))
    assert [epoch.reweighted for epoch in course_of(recipe, photos=64)] == [False, False, False, True]
    assert not any(epoch.reweighted for epoch in course_of(scheduled(RECOMMENDED, epochs=4), photos=64))


def test_fewer_photos_than_a_batch_make_one() -> None:
    assert len(course_of(STARTER, photos=3)[0].rates) == 1
