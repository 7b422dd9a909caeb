from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from defect_desktop.training.early_exit import MOST_CHANGED, fit_early_exit


def answers(sureness: list[float], changed: list[bool]) -> np.ndarray:
    """The softmax of three members: the first as sure as `sureness`, the others of another mind where `changed`."""
    photos = np.zeros((len(sureness), 3, 2), np.float32)
    photos[:, 0, 0], photos[:, 0, 1] = sureness, 1 - np.array(sureness)
    photos[:, 1:] = np.eye(2, dtype=np.float32)[np.array(changed, int)][:, None]
    return photos


def test_everybody_may_exit_where_nothing_changes() -> None:
    fit = fit_early_exit(answers(list(np.linspace(0.6, 0.9, 598)), [False] * 598))
    assert fit is not None
    assert (fit.sure, fit.share) == (pytest.approx(0.6), 1.0)


def test_too_few_photos_promise_nothing() -> None:
    assert fit_early_exit(answers(list(np.linspace(0.6, 0.9, 597)), [False] * 597)) is None
    assert fit_early_exit(np.zeros((0, 3, 2), np.float32)) is None


def test_one_member_cannot_exit_early() -> None:
    assert fit_early_exit(answers([0.9] * 1000, [False] * 1000)[:, :1]) is None


def test_the_threshold_lies_above_what_changes() -> None:
    sureness = list(np.linspace(0.6, 0.99, 700))
    changed = [sure < 0.7 for sure in sureness]
    fit = fit_early_exit(answers(sureness, changed))
    assert fit is not None
    assert 0.69 < fit.sure < 0.71


@given(st.data())
def test_the_promise_holds_on_the_photos_it_was_fitted_with(data: st.DataObject) -> None:
    photos = data.draw(st.integers(550, 1200))
    generator = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    sureness = np.round(generator.uniform(0.5, 0.99, photos), data.draw(st.integers(1, 4)))  # rounded: many are equal
    members = answers(list(sureness), list(generator.random(photos) < data.draw(st.floats(0, 0.05))))
    fit = fit_early_exit(members)
    if fit is None:
        return
    alone = members[:, 0].max(axis=1) >= fit.sure
    changes = int((alone & (members[:, 0].argmax(1) != members.mean(1).argmax(1))).sum())
    assert fit.share == pytest.approx(alone.mean())
    assert beta.ppf(0.95, changes + 1, photos - changes) <= MOST_CHANGED
