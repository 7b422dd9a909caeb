from contextlib import closing

import pytest

from defect_desktop.core.history import EVERYTHING
from defect_desktop.errors import PackError, SourceError
from defect_desktop.store.database import Database
from defect_desktop.workflows import compare_packs as workflow
from defect_desktop.workflows.classify_photos import ClassifyRequest, classify_photos
from defect_desktop.workflows.compare_packs import Judged, Looked, compare_packs
from tests.packs import write_pack
from tests.photos import save_photos
from tests.store.samples import accept


def run(work):
    events = []
    while True:
        try:
            events.append(next(work))
        except StopIteration as end:
            return events, end.value


@pytest.fixture
def both(paths, tmp_path):
    """The folders, with a second pack that says something else of some photos."""
    write_pack(paths.user_models / "other", members=1)
    return paths


@pytest.fixture
def reviewed(both, tmp_path):
    """Photos that `tiny` has judged, reviewed by a person; their records."""
    save_photos(tmp_path / "photos", 6)
    run(classify_photos(ClassifyRequest((tmp_path / "photos",), "tiny", "torch"), both))
    with Database.open(both.database) as database:
        records = database.history.where(EVERYTHING).page().records
        accept(database, [record.photo_id for record in records[:4]])
        database.reviews.judge([records[4].photo_id], ("=cmd", records[4].outcome.verdict.label))
    return records


def test_what_a_pack_has_not_judged_it_judges_now_and_nothing_is_stored(both, reviewed):
    events, compared = run(compare_packs(("tiny", "other"), both, "torch"))
    assert [pack.card.name for pack in compared.packs] == ["tiny", "other"]
    assert {event.pack for event in events} == {"other"}
    assert [event.progress.done for event in events][-1] == 5
    assert (compared.reviewed, compared.sample, compared.comparison.photos) == (5, 5, 5)
    tiny, other = compared.comparison.scores
    assert tiny.right == 5  # the fifth was named second
    assert sum(tiny.confusion.values()) == sum(other.confusion.values()) == 5
    with Database.open(both.database) as database:
        after = sorted(database.history.where(EVERYTHING).page().records, key=lambda record: record.photo_id)
    before = sorted(reviewed, key=lambda record: record.photo_id)
    assert [record.outcome for record in after] == [record.outcome for record in before]
    assert {record.settings.pack_name for record in after} == {"tiny"}


def test_the_verdicts_are_those_of_the_pipeline(both, reviewed, tmp_path):
    _, compared = run(compare_packs(("tiny", "other"), both, "torch"))
    run(classify_photos(ClassifyRequest((tmp_path / "photos",), "other", "torch"), both))
    events, again = run(compare_packs(("tiny", "other"), both, "torch"))
    assert events == []  # now both have judged them, and nothing is left to do
    assert again.comparison == compared.comparison


def test_photos_that_are_gone_or_changed_are_left_out(both, reviewed):
    gone, changed = reviewed[0].outcome.photo.path, reviewed[1].outcome.photo.path
    gone.unlink()
    changed.write_bytes(changed.read_bytes() + b"more")
    _, compared = run(compare_packs(("tiny", "other"), both, "torch"))
    assert (compared.comparison.photos, compared.comparison.left_out) == (3, 2)


def test_of_very_many_photos_a_sample_is_taken_always_the_same(both, reviewed, monkeypatch):
    monkeypatch.setattr(workflow, "SAMPLE", 3)
    monkeypatch.setattr(workflow, "_STEP", 2)
    events, compared = run(compare_packs(("tiny", "tiny"), both, "torch"))
    assert events == [Looked(2), Looked(4)]
    assert (compared.reviewed, compared.sample) == (5, 3)
    assert run(compare_packs(("tiny", "tiny"), both, "torch"))[1] == compared


def test_closing_stops_it(both, reviewed):
    with closing(compare_packs(("tiny", "other"), both, "torch")) as work:
        assert isinstance(next(work), Judged)
    events, _ = run(compare_packs(("tiny", "other"), both, "torch"))
    assert events


def test_without_reviewed_photos_there_is_nothing_to_compare(both):
    with pytest.raises(SourceError, match="review some photos first"):
        run(compare_packs(("tiny", "other"), both))


def test_an_unknown_pack_is_told(both, reviewed):
    with pytest.raises(PackError, match="no model pack 'absent'"):
        run(compare_packs(("tiny", "absent"), both))


def test_progress_counts_only_what_is_to_be_judged(both, reviewed):
    events, _ = run(compare_packs(("other", "tiny"), both, "torch"))
    assert events[0] == Judged("other", events[0].progress._replace(done=0, total=5))
