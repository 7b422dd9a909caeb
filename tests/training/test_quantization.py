from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from defect_desktop.training import quantization
from defect_desktop.training.quantization import check, is_good, quantize
from defect_desktop.vision.card import Precision, QuantizationCheck
from defect_desktop.vision.conversion import convert
from defect_desktop.vision.openvino_engine import engine_of
from defect_desktop.vision.openvino_runtime import CORE
from defect_desktop.vision.pack import open_pack
from tests.packs import CLASSES
from tests.photos import scene

LABELS = ("a", "b", "c")


def answers(*classes: int) -> np.ndarray:
    """The softmax (photos, 2 members, 3 classes) of members who are sure and of one mind."""
    return np.eye(3, dtype=np.float32)[list(classes)][:, None].repeat(2, axis=1)


def test_equal_answers_cost_nothing() -> None:
    found = check(answers(0, 1, 2, 0), answers(0, 1, 2, 0), np.array([0, 1, 2, 1]), LABELS)
    assert found == QuantizationCheck(photos=4, equal_labels=1.0, weighted_f1_loss=0.0)


def test_an_answer_that_changes_for_the_better_is_a_changed_answer() -> None:
    found = check(answers(0, 1, 2, 0), answers(0, 1, 2, 1), np.array([0, 1, 2, 1]), LABELS)
    assert found.equal_labels == 0.75
    assert found.weighted_f1_loss < 0


@pytest.mark.parametrize(
    ("equal", "loss", "expected"),
    [(1.0, 0.0, True), (0.99, 0.005, True), (0.989, 0.0, False), (1.0, 0.0051, False), (0.995, -0.01, True)],
)
def test_what_may_stand_in_for_its_pack(equal: float, loss: float, expected: bool) -> None:
    assert is_good(QuantizationCheck(photos=1000, equal_labels=equal, weighted_f1_loss=loss)) is expected


def test_every_members_first_and_last_layer_is_found(tiny_shelf: Path) -> None:
    form = convert(open_pack(tiny_shelf / "tiny"))
    model = CORE.read_model(form.graph, form.weights)
    firsts, lasts = quantization._first_layers(model), quantization._last_layers(model)
    assert ["conv_stem" in name for name in firsts] == [True] * 3
    heads = [node for node in model.get_ordered_ops() if node.get_friendly_name() in lasts]
    assert [node.get_output_shape(0)[1] for node in heads] == [len(CLASSES)] * 3


@pytest.mark.slow
def test_a_form_in_8_bits_is_smaller_and_much_the_same(tiny_shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack = open_pack(tiny_shelf / "tiny")
    form = convert(pack)
    photos = np.stack([np.asarray(scene(64, 64, seed=seed)) for seed in range(200)])
    quantized = quantize(form, photos[:100])
    assert quantized.precision is Precision.INT8
    assert len(quantized.weights) < 0.7 * len(form.weights)
    before, after = (engine_of(each, pack.card).predict(photos[100:]).mean(axis=0) for each in (form, quantized))
    # Networks that never learnt are of two minds about everything; of trained ones far more stays.
    assert (before.argmax(axis=1) == after.argmax(axis=1)).mean() > 0.75
    assert capsys.readouterr().out == ""
