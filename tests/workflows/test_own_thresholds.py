from defect_desktop.core.decision import CheckReason, Thresholds
from defect_desktop.preferences import OwnThresholds
from defect_desktop.store.database import Database
from defect_desktop.store.threshold_preview import CheckCount
from defect_desktop.workflows.classify_photos import Advanced, ClassifyRequest, classify_photos
from defect_desktop.workflows.preview_thresholds import preview_thresholds
from tests.photos import save_photos


def classified(paths, folder, thresholds):
    request = ClassifyRequest((folder,), pack="tiny", device="cpu", again=True, thresholds=thresholds)
    events = [event for event in classify_photos(request, paths) if isinstance(event, Advanced)]
    return [record for event in events for record in event.records]


def test_the_users_thresholds_decide_and_are_recorded(paths, tmp_path):
    save_photos(tmp_path / "photos", 4)
    lenient = OwnThresholds(confidence=0.0, margin=0.0, agreement=0.0)
    strict = OwnThresholds(confidence=1.0, margin=0.0, agreement=0.0)
    assert not any(record.outcome.verdict.needs_check for record in classified(paths, tmp_path / "photos", lenient))
    for record in classified(paths, tmp_path / "photos", strict):
        assert record.outcome.verdict.check_reasons == (CheckReason.LOW_CONFIDENCE,)
        assert record.settings.options["thresholds"] == {"confidence": 1.0, "margin": 0.0, "agreement": 0.0}
    with Database.open(paths.database) as database:
        latest = list(database.all_records())
    assert all(record.outcome.verdict.needs_check for record in latest)
    assert preview_thresholds(paths, Thresholds(1.0, 0.0, 0.0)) == CheckCount(4, 4)
    assert preview_thresholds(paths, Thresholds(0.0, 0.0, 0.0)) == CheckCount(4, 0)


def test_without_a_database_there_is_nothing_to_count(paths):
    assert preview_thresholds(paths, Thresholds(1.0, 0.0, 0.0)) == CheckCount(0, 0)
    assert not paths.database.exists()
