from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from defect_desktop.core.record import PhotoFile
from defect_desktop.errors import DeviceError
from defect_desktop.vision.card import Precision
from defect_desktop.vision.compiled_form import read_form, write_form
from defect_desktop.vision.conversion import convert
from defect_desktop.vision.early_exit import require_early_exit
from defect_desktop.vision.engine import load_engine
from defect_desktop.vision.engine_choice import EngineChoice, write_choice
from defect_desktop.vision.openvino_engine import engine_of
from defect_desktop.vision.pack import Pack, open_pack
from defect_desktop.vision.pipeline import classify
from tests.packs import write_pack
from tests.photos import save_photos, scene


@pytest.fixture(scope="module")
def pack(tiny_shelf: Path) -> Pack:
    return open_pack(tiny_shelf / "tiny")


@pytest.fixture(scope="module")
def photos() -> np.ndarray:
    return np.stack([np.asarray(scene(64, 64, seed=seed)) for seed in range(40)])


@pytest.fixture(scope="module")
def forms(pack: Pack, photos: np.ndarray, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the pack's form, whose first member is sure of half of the photos."""
    folder = tmp_path_factory.mktemp("forms")
    form = convert(pack)
    sureness = engine_of(form, pack.card).predict(photos)[0].max(axis=1)
    write_form(folder, pack.card, replace(form, sure=float(np.median(sureness))))
    return folder


def trained_with(pack: Pack, sure: float | None) -> Pack:
    """The pack, as if its training had fitted it."""
    return replace(pack, card=pack.card.model_copy(update={"format": 4, "sure": sure}))


def test_only_unsure_photos_reach_the_other_members(pack: Pack, photos: np.ndarray, forms: Path) -> None:
    whole = load_engine(pack, "openvino", "cpu", forms).predict(photos)
    early = load_engine(pack, "auto", "cpu", forms, early_exit=True).predict(photos)
    sure = whole[0].max(axis=1) >= np.median(whole[0].max(axis=1))
    assert sure.sum() == 20
    assert np.array_equal(early[0], whole[0])
    assert np.array_equal(early[:, ~sure], whole[:, ~sure])
    assert np.isnan(early[1:, sure]).all()


def test_photos_that_are_all_sure_ask_nobody_else(pack: Pack, photos: np.ndarray, forms: Path) -> None:
    engine = load_engine(pack, "openvino", "cpu", forms, early_exit=True)
    sure = np.isnan(engine.predict(photos)[1, :, 0])
    assert engine.predict(photos[sure]).shape == (1, 20, 4)


def test_a_verdict_says_how_many_were_asked(pack: Pack, forms: Path, tmp_path: Path) -> None:
    photos = [PhotoFile(path, 1, 1) for path in save_photos(tmp_path, 20)]

    def verdicts(early_exit: bool) -> list:
        engine = load_engine(pack, "openvino", "cpu", forms, early_exit=early_exit)
        return [outcome.verdict for batch in classify(photos, pack.card, engine) for outcome in batch]

    whole, early = verdicts(False), verdicts(True)
    assert {verdict.asked for verdict in whole} == {3}
    assert {verdict.asked for verdict in early} == {1, 3}
    assert [verdict for verdict in early if verdict.asked == 3] == [
        verdict for verdict, other in zip(whole, early, strict=True) if other.asked == 3
    ]
    assert {verdict.agreement for verdict in early if verdict.asked == 1} == {1.0}


def test_a_pack_that_was_not_fitted_asks_everybody(pack: Pack, photos: np.ndarray, tmp_path: Path) -> None:
    write_form(tmp_path, pack.card, convert(pack))
    engine = load_engine(pack, "openvino", "cpu", tmp_path, early_exit=True)
    assert not engine.exits_early
    assert not np.isnan(engine.predict(photos)).any()
    with pytest.raises(DeviceError, match=r"not fitted for early exit; do so with 'models compile' and 600 photos"):
        require_early_exit(engine, pack)


def test_a_pack_that_was_fitted_in_training_needs_nothing_else(
    pack: Pack, photos: np.ndarray, forms: Path, tmp_path: Path
) -> None:
    form = read_form(forms, pack.card, Precision.FP32)
    assert form is not None
    engine = load_engine(trained_with(pack, form.sure), "openvino", "cpu", tmp_path, early_exit=True)
    early = load_engine(pack, "openvino", "cpu", forms, early_exit=True)
    assert np.array_equal(engine.predict(photos), early.predict(photos), equal_nan=True)
    assert np.isnan(engine.predict(photos)).any()


@pytest.mark.parametrize("sure", [0.7, None])
def test_what_photos_showed_outlives_another_openvino(pack: Pack, forms: Path, tmp_path: Path, sure: float) -> None:
    """Be it that the training's promise does not hold."""
    form = read_form(forms, pack.card, Precision.FP32)
    assert form is not None
    write_form(tmp_path, pack.card, replace(form, sure=sure, made_with="an earlier one"))
    engine = load_engine(trained_with(pack, 0.6), "openvino", "cpu", tmp_path, early_exit=True)
    made = read_form(tmp_path, pack.card, Precision.FP32)
    assert made is not None
    assert (made.sure, made.made_with) == (sure, form.made_with)
    assert engine.exits_early is (sure is not None)


def test_why_it_cannot_be_is_told(pack: Pack, forms: Path, tmp_path: Path) -> None:
    form = read_form(forms, pack.card, Precision.FP32)
    assert form is not None
    write_form(tmp_path, pack.card, replace(form, precision=Precision.INT8, sure=None))
    with pytest.raises(DeviceError, match=r"The 8-bit form of .* use --engine openvino, or fit it"):
        require_early_exit(load_engine(pack, "openvino-int8", "cpu", tmp_path, early_exit=True), pack)
    alone = open_pack(write_pack(tmp_path / "alone", members=1))
    with pytest.raises(DeviceError, match="has one network only"):
        require_early_exit(load_engine(alone, "openvino", "cpu", early_exit=True), alone)


def test_only_openvino_exits_early(pack: Pack, forms: Path) -> None:
    engine = load_engine(pack, "torch", "cpu", forms, early_exit=True)
    with pytest.raises(DeviceError, match=r"takes the engine OpenVINO; use --engine openvino"):
        require_early_exit(engine, pack)


def test_what_a_benchmark_chose_exits_early_too(pack: Pack, forms: Path) -> None:
    write_choice(forms, pack, EngineChoice(engine="openvino", device="cpu"))
    engine = load_engine(pack, forms=forms, early_exit=True)
    assert engine.exits_early
    require_early_exit(engine, pack)
