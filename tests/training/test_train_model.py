from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from defect_desktop.errors import DataSetError, DeviceError, PackError, PhotoProblem, TrainingError, UserError
from defect_desktop.language import Bilingual
from defect_desktop.paths import Paths
from defect_desktop.training.data.data_set import read_data_set
from defect_desktop.training.data.split import ALWAYS_TRAINS, HELD_OUT, Split, make_split
from defect_desktop.training.data.split_file import write_split
from defect_desktop.training.data.survey import survey_photos
from defect_desktop.training.recipes.recipe import Recipe
from defect_desktop.vision.pack import open_pack
from defect_desktop.workflows.evaluate_pack import EvaluateRequest, evaluate_pack
from defect_desktop.workflows.train_model import (
    Budget,
    PackTexts,
    Stage,
    TestPhotos,
    TrainingRequest,
    train_model,
    user_texts,
)
from tests.training.stripes import STRIPES_ACROSS, STRIPES_DOWN, draw_data_set, finish

TEXTS = PackTexts(
    title=Bilingual(ko="줄무늬", en="Stripes"),
    training_data=Bilingual(ko="그린 줄무늬", en="Drawn stripes"),
    notice=None,
    version="1.0",
    licence="Apache-2.0",
)


@pytest.fixture
def quick(request_: TrainingRequest) -> TrainingRequest:
    """The same with a network of a few thousand weights."""
    return change(request_, budget=Budget(architecture="test_efficientnet"))


@pytest.fixture
def request_(data_folder: Path, tmp_path: Path, tiny: Recipe) -> TrainingRequest:
    test = TestPhotos(draw_data_set(tmp_path / "test", photos=6, seed=9), Bilingual(ko="새 줄무늬", en="New stripes"))
    return TrainingRequest((data_folder,), tmp_path / "packs" / "stripes", TEXTS, tiny.name, test=test, device="cpu")


def change(request: TrainingRequest, **changes: object) -> TrainingRequest:
    values = {name: getattr(request, name) for name in TrainingRequest.__slots__}
    return TrainingRequest(**(values | changes))


TRAINS_ELSEWHERE = """
import sys
from pathlib import Path
from defect_desktop.training.learning.work_folder import WorkFolder
with WorkFolder(Path(sys.argv[1])).alone():
    print("begun", flush=True)
    sys.stdin.read()
"""


def test_two_processes_cannot_train_one_pack_unawares_and_a_dead_one_keeps_nobody_off(quick: TrainingRequest) -> None:
    arguments = [sys.executable, "-c", TRAINS_ELSEWHERE, str(quick.output)]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout and process.stdout.readline().strip() == b"begun"
        with pytest.raises(TrainingError, match=r"in training elsewhere .*stripes.training.*choose another --out"):
            next(train_model(quick))
        process.kill()
    work = train_model(quick)
    assert "networks start" in str(next(work).note)
    work.close()
    assert list(quick.output.parent.iterdir()) == []


@pytest.mark.slow
def test_photos_in_a_verified_and_measured_pack_out(request_: TrainingRequest) -> None:
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
    assert json.loads(card.as_json())["temperature"] == asdict(result.calibration.temperature)
    assert [path.name for path in request_.output.parent.iterdir()] == ["stripes"]


def stop_after(request: TrainingRequest, steps: int) -> None:
    training = train_model(request)
    while steps:
        steps -= next(training).stage is Stage.TRAINING
    training.close()


@pytest.mark.slow
def test_a_training_that_is_stopped_goes_on_to_the_same_pack(quick: TrainingRequest) -> None:
    _, whole = finish(train_model(quick))
    other = change(quick, output=quick.output.with_name("resumed"))
    stop_after(other, steps=16)
    assert [path.name for path in other.output.parent.iterdir() if "resumed" in path.name] == ["resumed.training"]
    events, resumed = finish(train_model(other))
    training = [event for event in events if event.stage is Stage.TRAINING]
    assert (training[0].step.member, training[0].step.step.epoch) == (2, 2)
    assert training[0].progress.done == 16 * 8 and training[-1].progress.done == training[-1].progress.total
    assert [member.sha256 for member in resumed.pack.card.members] == [
        member.sha256 for member in whole.pack.card.members
    ]
    assert resumed.evaluation == whole.evaluation
    assert sorted(path.name for path in other.output.parent.iterdir()) == ["resumed", "stripes"]


def test_who_is_killed_while_the_pack_is_written_leaves_nothing_that_stays(
    quick: TrainingRequest, tmp_path: Path
) -> None:
    one = change(quick, budget=Budget(architecture="test_efficientnet", epochs=1, members=1))
    folder = one.output.parent
    training = train_model(one)
    while next(training).stage is not Stage.EVALUATING:
        pass
    assert [path.name for path in folder.iterdir()] == ["stripes.training"]
    shutil.copytree(folder, tmp_path / "as a killed one leaves it")
    training.close()
    shutil.rmtree(folder)
    (tmp_path / "as a killed one leaves it").rename(folder)

    events, result = finish(train_model(one))
    assert not any(event.stage is Stage.TRAINING for event in events)
    result.pack.verify()
    assert [path.name for path in folder.iterdir()] == ["stripes"]


@pytest.mark.slow
def test_a_training_that_is_stopped_can_be_finished_with_what_it_has(quick: TrainingRequest) -> None:
    with pytest.raises(TrainingError, match="nothing to make a pack of"):
        finish(train_model(change(quick, finish=True)))
    stop_after(quick, steps=16)
    events, result = finish(train_model(change(quick, finish=True)))
    assert not any(event.stage is Stage.TRAINING for event in events)
    provenance = result.pack.card.provenance
    assert len(result.pack.card.members) == 2 and provenance["finished_early"]
    assert [len(epochs) for epochs in provenance["epochs"]] == [4, 1]
    assert any(event.note and "Member 2/2 was trained to epoch 1 only" in event.note.en for event in events)


def test_of_several_processes_the_leader_alone_finishes(
    quick: TrainingRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_after(quick, steps=4)
    monkeypatch.setenv("RANK", "1")
    _, result = finish(train_model(change(quick, finish=True)))
    assert result is None
    assert [path.name for path in quick.output.parent.iterdir()] == ["stripes.training"]


def test_another_training_in_the_same_place_is_refused(quick: TrainingRequest) -> None:
    stop_after(quick, steps=4)
    with pytest.raises(TrainingError, match=r"differs in recipe, photos, starting weights, seed; .*delete"):
        finish(train_model(change(quick, seed=1, budget=Budget(epochs=2))))
    assert list(quick.output.parent.glob("*.training"))


def test_a_checkpoint_that_a_kill_cut_short_keeps_no_other_training_off(quick: TrainingRequest) -> None:
    stop_after(quick, steps=1)
    (quick.output.parent / "stripes.training" / "member-1.part").write_bytes(b"half of it")
    stop_after(change(quick, seed=1), steps=1)


@pytest.mark.slow
def test_near_duplicates_stay_on_one_side_and_a_split_can_be_given(quick: TrainingRequest, tmp_path: Path) -> None:
    folder = draw_data_set(tmp_path / "copies", photos=16, seed=2)
    for photo in sorted((folder / "train" / STRIPES_DOWN).iterdir()):
        photo.with_name(f"copy of {photo.name}").write_bytes(photo.read_bytes())
    short = change(quick, data=(folder,), budget=Budget(architecture="test_efficientnet", epochs=1, members=1))
    _, result = finish(train_model(short))
    provenance = result.pack.card.provenance
    photos = sum(provenance["training_photos"].values())
    assert photos + provenance["held_out_photos"] == 48 and provenance["training_groups"] < photos
    assert not provenance["split_file"]

    _, survey = finish(survey_photos(read_data_set((folder,))))
    groups = np.arange(48, dtype=np.int64)
    split = make_split(survey.data.targets, groups, held_out_share=0.5, folds=0, seed=0)
    with (tmp_path / "split.csv").open("w", encoding="utf-8", newline="") as file:
        write_split(split, survey, file)
    given = change(short, split=tmp_path / "split.csv", output=quick.output.with_name("given"))
    _, result = finish(train_model(given))
    assert result.pack.card.provenance["held_out_photos"] == len(split.held_out_indices)
    assert result.pack.card.provenance["split_file"]


@pytest.mark.parametrize("with_split", [False, True])
def test_a_photo_that_the_test_holds_neither_trains_nor_calibrates(
    quick: TrainingRequest, tmp_path: Path, with_split: bool
) -> None:
    folder = draw_data_set(tmp_path / "data", photos=12, seed=4)
    copied = [folder / "train" / label / "3.jpg" for label in (STRIPES_ACROSS, STRIPES_DOWN)]
    _, survey = finish(survey_photos(read_data_set((folder,))))
    held_out = np.isin(np.arange(24), [0, 1, survey.data.paths.index(copied[0]), 12])
    with (tmp_path / "split.csv").open("w", encoding="utf-8", newline="") as file:
        write_split(Split(np.arange(24), np.where(held_out, HELD_OUT, ALWAYS_TRAINS), 0), survey, file)
    short = change(
        quick,
        data=(folder,),
        budget=Budget(architecture="test_efficientnet", epochs=1, members=1),
        split=tmp_path / "split.csv" if with_split else None,
    )
    for photo in copied:
        (quick.test.folder / "train" / photo.parent.name / "copy.jpg").write_bytes(photo.read_bytes())
    broken = quick.test.folder / "train" / STRIPES_DOWN / "broken.jpg"
    broken.write_bytes(b"no photo")

    events, result = finish(train_model(short))
    provenance = result.pack.card.provenance
    assert sum(provenance["training_photos"].values()) + provenance["held_out_photos"] == 22
    assert provenance["left_out_photos"] == 2 and result.evaluation.bag.photos == 14
    if with_split:
        assert provenance["held_out_photos"] == 3
    assert any(event.note and "nearly the same as test photos: 2" in event.note.en for event in events)
    assert result.failures == ((broken, PhotoProblem.NOT_AN_IMAGE),) and result.evaluation.failures == 1


def test_a_training_does_not_go_on_once_the_test_holds_its_photos(quick: TrainingRequest) -> None:
    stop_after(quick, steps=4)
    photo = quick.data[0] / "train" / STRIPES_DOWN / "0.jpg"
    shutil.copy(photo, quick.test.folder / "train" / STRIPES_DOWN / "copy.jpg")
    with pytest.raises(TrainingError, match="differs in photos"):
        finish(train_model(quick))


def test_a_class_that_the_test_holds_completely_is_refused(quick: TrainingRequest, data_folder: Path) -> None:
    for photo in (data_folder / "train" / STRIPES_DOWN).iterdir():
        shutil.copy(photo, quick.test.folder / "train" / STRIPES_DOWN / f"same {photo.name}")
    with pytest.raises(DataSetError, match=f"'{STRIPES_DOWN}'.*nearly the same as test photos"):
        finish(train_model(quick))


def test_a_budget_is_what_the_card_says_and_the_pack_measures_as_it_did(
    request_: TrainingRequest, paths: Paths
) -> None:
    budget = Budget(architecture="test_efficientnet", side=48, epochs=1, members=1)
    events, result = finish(train_model(change(request_, budget=budget)))
    card = result.pack.card
    assert (card.architecture, card.preprocessing.height, len(card.members)) == ("test_efficientnet", 48, 1)
    assert card.provenance["recipe"]["schedule"]["epochs"] == 1
    assert "Trained from scratch" in card.training_data.en and "처음부터" in card.training_data.ko
    assert "from scratch" in events[0].note.en
    assert card.provenance["start"]["fingerprint"] == ""

    result.pack.verify()
    again = EvaluateRequest(request_.test.folder, str(request_.output), "torch", "cpu")
    assert finish(evaluate_pack(again, paths))[1].evaluation == result.evaluation


@pytest.mark.parametrize(
    ("changes", "error", "sentence"),
    [
        ({"recipe": "unheard of"}, UserError, "no training recipe"),
        ({"device": "abacus"}, DeviceError, "no device 'abacus'"),
        ({"output": Path("훼손")}, PackError, "Latin letters"),
        ({"budget": Budget(architecture="resnet_152")}, TrainingError, "resnet152"),
        ({"weights": Path("absent.safetensors")}, TrainingError, "cannot be read"),
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


def test_a_class_of_a_single_photo_is_trained_and_named_as_not_measured(quick: TrainingRequest, tmp_path: Path) -> None:
    folder = draw_data_set(tmp_path / "single", photos=8, seed=3)
    for photo in sorted((folder / "train" / STRIPES_DOWN).iterdir())[1:]:
        photo.unlink()
    budget = Budget(architecture="test_efficientnet", epochs=1, members=1)
    events, result = finish(train_model(change(quick, data=(folder,), budget=budget)))
    notes = [event.note.en for event in events if event.note]
    assert any(f"no held-out photos of these classes: '{STRIPES_DOWN}'" in note for note in notes)
    assert not any(STRIPES_ACROSS in note for note in notes)
    assert result.pack.card.provenance["training_photos"][STRIPES_DOWN] == 1


def test_a_class_that_is_not_among_the_test_photos_is_named(quick: TrainingRequest) -> None:
    shutil.rmtree(quick.test.folder / "train" / STRIPES_ACROSS)
    events, _ = finish(train_model(change(quick, budget=Budget(architecture="test_efficientnet", epochs=1, members=1))))
    notes = [event.note.en for event in events if event.note]
    assert [f"no test photos of these classes: '{STRIPES_ACROSS}'" in note for note in notes] == [False, True]


def test_a_folder_without_a_readable_photo_cannot_measure(tmp_path: Path, paths: Paths) -> None:
    (tmp_path / "훼손").mkdir()
    (tmp_path / "훼손" / "0.jpg").write_bytes(b"no photo")
    with pytest.raises(DataSetError, match="can be read"):
        finish(evaluate_pack(EvaluateRequest(tmp_path, "tiny", "torch", "cpu"), paths))


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
