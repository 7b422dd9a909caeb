from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from defect_desktop.errors import DataSetError, DeviceError, PackError, UserError
from defect_desktop.language import Bilingual
from defect_desktop.paths import Paths
from defect_desktop.training.recipe import Recipe
from defect_desktop.vision.pack import open_pack
from defect_desktop.workflows.evaluate_pack import EvaluateRequest, evaluate_pack
from defect_desktop.workflows.train_model import PackTexts, Stage, TestPhotos, TrainingRequest, train_model, user_texts
from tests.training.stripes import STRIPES_ACROSS, STRIPES_DOWN, draw_data_set, finish

TEXTS = PackTexts(
    title=Bilingual(ko="줄무늬", en="Stripes"),
    training_data=Bilingual(ko="그린 줄무늬", en="Drawn stripes"),
    notice=None,
    version="1.0",
    licence="Apache-2.0",
)


@pytest.fixture
def request_(data_folder: Path, tmp_path: Path, tiny: Recipe) -> TrainingRequest:
    test = TestPhotos(draw_data_set(tmp_path / "test", photos=6, seed=9), Bilingual(ko="새 줄무늬", en="New stripes"))
    return TrainingRequest((data_folder,), tmp_path / "packs" / "stripes", TEXTS, tiny.name, test=test, device="cpu")


def change(request: TrainingRequest, **changes: object) -> TrainingRequest:
    values = {name: getattr(request, name) for name in TrainingRequest.__slots__}
    return TrainingRequest(**(values | changes))


def test_photos_in_a_verified_and_measured_pack_out(request_: TrainingRequest, paths: Paths) -> None:
    events, result = finish(train_model(request_))

    stages = [event.stage for event in events]
    assert stages == sorted(stages, key=[Stage.READING, Stage.TRAINING, Stage.EVALUATING].index)
    training = [event for event in events if event.stage is Stage.TRAINING]
    assert training[-1].progress.done == training[-1].progress.total == 2 * 4 * 24
    assert (training[-1].step.member, training[-1].step.members) == (2, 2)

    pack = open_pack(request_.output)
    pack.verify()
    card = pack.card
    assert (card.name, card.labels, len(card.members)) == ("stripes", (STRIPES_ACROSS, STRIPES_DOWN), 2)
    assert card.classes[1].en == "Window or door frame repair"
    assert card.metrics.photos == 12 and card.metrics.measured_on.en == "New stripes"
    assert card.metrics.weighted_f1 == result.evaluation.bag.weighted_f1 >= 0.8
    provenance = card.provenance
    assert provenance["recipe"]["name"] == "tiny" and provenance["library_versions"]["torch"]
    assert provenance["training_photos"] == {STRIPES_ACROSS: 12, STRIPES_DOWN: 12}
    assert provenance["held_out_photos"] == 8 and len(provenance["member_seeds"]) == 2
    assert json.loads(card.as_json())["temperature"] == result.calibration.temperature
    assert [path.name for path in request_.output.parent.iterdir()] == ["stripes"]

    _, evaluation = finish(
        evaluate_pack(EvaluateRequest(request_.test.folder, str(request_.output), device="cpu"), paths)
    )
    assert evaluation == result.evaluation


def test_a_training_that_is_stopped_leaves_nothing(request_: TrainingRequest) -> None:
    training = train_model(request_)
    assert any(event.stage is Stage.TRAINING for event in training)
    training.close()
    assert not list(request_.output.parent.glob("*"))


@pytest.mark.parametrize(
    ("changes", "error", "sentence"),
    [
        ({"recipe": "unheard of"}, UserError, "no training recipe"),
        ({"device": "abacus"}, DeviceError, "no device 'abacus'"),
        ({"output": Path("훼손")}, PackError, "Latin letters"),
    ],
)
def test_what_cannot_be_done_is_refused_at_once(
    request_: TrainingRequest, changes: dict[str, object], error: type[Exception], sentence: str
) -> None:
    with pytest.raises(error, match=sentence):
        next(train_model(change(request_, **changes)))


def test_a_data_set_with_nothing_to_hold_out_is_refused(request_: TrainingRequest, tmp_path: Path) -> None:
    single = draw_data_set(tmp_path / "single", photos=1, seed=0)
    with pytest.raises(DataSetError, match="No photos are left"):
        finish(train_model(change(request_, data=(single,), test=None)))


def test_a_folder_without_a_readable_photo_cannot_measure(tmp_path: Path, paths: Paths) -> None:
    (tmp_path / "훼손").mkdir()
    (tmp_path / "훼손" / "0.jpg").write_bytes(b"no photo")
    with pytest.raises(DataSetError, match="can be read"):
        finish(evaluate_pack(EvaluateRequest(tmp_path, "tiny", device="cpu"), paths))


def test_a_users_card_names_the_folders_and_not_where_they_are() -> None:
    texts = user_texts("site-7", (Path("/home/kim/벽 사진"), Path("spring")))
    assert texts.title.en == "site-7" and texts.training_data.en == "The user's own photos: 벽 사진, spring"


def test_the_workflows_leave_torch_alone_until_they_are_used() -> None:
    code = (
        "import sys, defect_desktop.workflows.train_model, defect_desktop.workflows.evaluate_pack; "
        "sys.exit(bool(sorted({'torch', 'timm', 'sklearn'} & set(sys.modules))))"
    )
    finished = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert finished.returncode == 0 and finished.stderr.strip() in ("", "[]"), finished.stderr
