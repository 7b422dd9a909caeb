from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from defect_desktop.training.early_exit import MOST_CHANGED, fit_early_exit


def rising(photos: int) -> np.ndarray:
    return np.linspace(0.6, 0.9, photos, dtype=np.float32)


def unchanged(photos: int) -> np.ndarray:
    return np.zeros(photos, dtype=bool)


def test_everybody_may_exit_where_nothing_changes() -> None:
    fit = fit_early_exit(rising(598), unchanged(598))
    assert fit is not None
    assert (fit.sure, fit.share) == (pytest.approx(0.6), 1.0)


def test_too_few_photos_promise_nothing() -> None:
    assert fit_early_exit(rising(597), unchanged(597)) is None
    assert fit_early_exit(rising(0), unchanged(0)) is None


def test_the_threshold_lies_above_what_it_must() -> None:
    fit = fit_early_exit(rising(700), unchanged(700), above=0.85)
    assert fit is not None
    assert 0.85 < fit.sure < 0.86
    assert fit_early_exit(rising(700), unchanged(700), above=0.9) is None


def test_the_threshold_lies_above_what_changes() -> None:
    sureness = rising(700)
    fit = fit_early_exit(sureness, sureness < 0.7)
    assert fit is not None
    assert 0.69 < fit.sure < 0.71


@given(st.data())
def test_the_promise_holds_on_the_photos_it_was_fitted_with(data: st.DataObject) -> None:
    photos = data.draw(st.integers(550, 1200))
    generator = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    sureness = np.round(generator.uniform(0.5, 0.99, photos), data.draw(st.integers(1, 4)))  # rounded: many are equal
    changed = generator.random(photos) < data.draw(st.floats(0, 0.05))
    fit = fit_early_exit(sureness.astype(np.float32), changed)
    if fit is None:
        return
    alone = sureness.astype(np.float32) >= fit.sure
    changes = int((alone & changed).sum())
    assert fit.share == pytest.approx(alone.mean())
    assert beta.ppf(0.95, changes + 1, photos - changes) <= MOST_CHANGED
