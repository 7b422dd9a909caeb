"""Why a photo got its label: a real pack behind it, and what is laid over the photo."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

from defect_desktop.core.record import Outcome, PhotoFile, PhotoRecord
from defect_desktop.core.review import NO_REMARKS
from defect_desktop.errors import PackError, PhotoError, PhotoProblem
from defect_desktop.ui.pages.review import services
from defect_desktop.ui.pages.review.explaining import Explaining, heat_image
from defect_desktop.ui.pages.review.services import CANNOT_EXPLAIN, OTHER_PACK, PackExplainer, Reasons
from defect_desktop.vision.pack import find_pack
from tests.packs import write_pack
from tests.photos import save_photos
from tests.ui.fakes import SETTINGS, make_record, wait_until
from tests.ui.review_data import STAIN, verdict


@pytest.fixture
def explainer(paths):
    return PackExplainer(paths)


@pytest.fixture
def record(paths, tiny_shelf, tmp_path):
    """A photo that the tiny pack classified."""
    paths = paths._replace(models=tiny_shelf)
    fingerprint = find_pack("tiny", paths.pack_shelves).fingerprint
    (path,) = save_photos(tmp_path / "photos", 1, (160, 120))
    settings = replace(SETTINGS, pack_name="tiny", fingerprint=fingerprint, engine="torch")
    outcome = Outcome(PhotoFile(path, 1, 1), "0" * 64, verdict=verdict(STAIN, 0.5))
    return PhotoRecord(outcome, NO_REMARKS, make_record(0).classified_at, 1, settings, 1)


@pytest.fixture
def paths(paths, tiny_shelf):
    return paths._replace(models=tiny_shelf)


def test_every_member_has_an_opinion_and_the_heat_has_the_photos_shape(explainer, record):
    reasons = explainer.explain(record)
    assert [len(ranked) for ranked in reasons.opinions] == [3, 3, 3]
    assert reasons.heat.shape == (120, 160)
    assert (reasons.heat.min(), reasons.heat.max()) == (0, 1)
    assert reasons.sentence is None


def test_the_pack_is_loaded_once(explainer, record, monkeypatch):
    loads = []

    class Counted(services.Explainer):
        def __init__(self, *arguments):
            loads.append(arguments)
            super().__init__(*arguments)

    monkeypatch.setattr(services, "Explainer", Counted)
    for _ in range(3):
        explainer.explain(record)
    assert [arguments[1:] for arguments in loads] == [("tiny", "torch")]


def test_a_pack_that_changed_since_is_told(explainer, record):
    older = replace(record, settings=replace(record.settings, fingerprint="f" * 64))
    reasons = explainer.explain(older)
    assert reasons.heat is not None
    assert reasons.sentence == OTHER_PACK


def test_networks_without_maps_cannot_tell(tmp_path, paths, record):
    write_pack(tmp_path / "shelf" / "blind", members=1, architecture="test_convnext")
    blind = replace(record, settings=replace(record.settings, pack_name="blind"))
    assert PackExplainer(paths._replace(models=tmp_path / "shelf")).explain(blind).sentence == CANNOT_EXPLAIN


def test_a_label_that_the_pack_no_longer_knows_cannot_be_explained(explainer, record):
    other = replace(record, outcome=replace(record.outcome, verdict=verdict("사라진 하자", 0.5)))
    assert explainer.explain(other).sentence == CANNOT_EXPLAIN


def test_a_pack_that_is_gone_says_so(explainer, record):
    with pytest.raises(PackError):
        explainer.explain(replace(record, settings=replace(record.settings, pack_name="gone")))


def test_cold_places_let_the_photo_through_and_hot_ones_do_not():
    image = heat_image(np.array([[0, 0.5, 1]], np.float32))
    alphas = [image.pixelColor(x, 0).alpha() for x in range(3)]
    assert image.format() is QImage.Format.Format_RGBA8888
    assert alphas[0] == 0
    assert alphas[0] < alphas[1] < alphas[2]


@pytest.mark.usefixtures("application")
class TestAsking:
    def test_a_photo_that_is_gone_is_a_sentence_and_a_bug_is_told(self):
        answers = {
            "gone": PhotoError(PhotoProblem.MISSING),
            "bug": ZeroDivisionError(),
        }

        def explain(record):
            raise answers[record.outcome.photo.path.name]

        explaining, heard, failures = Explaining(explain), [], []
        explaining.explained.connect(heard.append)
        explaining.failed.connect(failures.append)
        for name in answers:
            explaining.ask(make_record(1, Path(name)))
            wait_until(lambda: not explaining.busy)
        explaining.close()
        assert [one.sentence for one in heard] == [PhotoProblem.MISSING.sentence]
        assert heard[0].heat.isNull()
        assert [type(error) for error in failures] == [ZeroDivisionError]

    def test_only_the_photo_that_was_asked_for_last_is_answered(self):
        explaining, heard = Explaining(lambda record: Reasons()), []
        explaining.explained.connect(heard.append)
        for number in range(5):
            explaining.ask(make_record(number))
        wait_until(lambda: not explaining.busy)
        explaining.close()
        assert [one.photo for one in heard] == [4]
