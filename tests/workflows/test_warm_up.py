"""What the first use of an engine does to the garbage collector."""

import gc

import pytest

from defect_desktop.workflows import warm_up


@pytest.fixture(autouse=True)
def frozen(monkeypatch):
    """How often what there is was frozen, which nothing undoes."""
    calls = []
    monkeypatch.setattr(warm_up, "_over", False)
    monkeypatch.setattr(gc, "freeze", lambda: calls.append(True))
    return calls


def test_only_the_first_use_goes_without_the_collector_and_freezes_what_it_leaves(frozen):
    with warm_up.quiet_start():
        assert not gc.isenabled()
    assert gc.isenabled()
    with warm_up.quiet_start():
        assert gc.isenabled()
    assert len(frozen) == 1


def test_events_come_as_they_are_and_the_collector_is_back_after_the_first():
    def events():
        yield gc.isenabled()
        yield gc.isenabled()

    assert list(warm_up.quietly(events())) == [False, True]


def test_an_engine_that_cannot_be_loaded_leaves_the_collector_on():
    def events():
        raise OSError
        yield

    with pytest.raises(OSError):
        next(warm_up.quietly(events()))
    assert gc.isenabled()
