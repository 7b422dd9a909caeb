"""A pack's compiled form in 8 bits: quantized on real photos, and kept only where it answers as before.

Post-training quantization of NNCF: the ranges of all activations are measured on photos of the kind the pack was
trained on; noise would give ranges that no photo has. Each member's first convolution and last layer stay in floating
point: on the starter pack that raised the share of equal labels from 98.9 to 99.7 % (380 drawn photos; from 99.5 to
100 % with 100 photos to calibrate on) at no cost in speed.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterable
from contextlib import redirect_stdout
from typing import Any

import numpy as np
from numpy.typing import NDArray

from defect_desktop.training.metrics import bag_answers, score_bag
from defect_desktop.vision.card import Precision, QuantizationCheck
from defect_desktop.vision.compiled_form import CompiledForm
from defect_desktop.vision.conversion import form_of
from defect_desktop.vision.openvino_runtime import CORE, openvino

LEAST_EQUAL_LABELS = 0.99
MOST_F1_LOSS = 0.005
CALIBRATION_PHOTOS = 300
"""How many photos the ranges are measured on; NNCF's own default, after which little changes."""
FEWEST_PHOTOS = 100
"""To calibrate or to check: with fewer, a single photo would decide whether 99 % of the labels are equal."""

_LAYERS = ("Convolution", "GroupConvolution", "MatMul")


def quantize(form: CompiledForm, photos: NDArray[np.uint8]) -> CompiledForm:
    """The form in 8 bits, not yet checked, calibrated on up to CALIBRATION_PHOTOS of `photos` (N, height, width, 3)."""
    import nncf

    logging.getLogger("nncf").setLevel(logging.ERROR)
    model = CORE.read_model(form.graph, form.weights)
    kept = nncf.IgnoredScope(names=_first_layers(model) + _last_layers(model))
    chosen = np.random.default_rng(0).permutation(len(photos))[:CALIBRATION_PHOTOS]
    batches = nncf.Dataset([photos[index : index + 1] for index in chosen])
    with redirect_stdout(io.StringIO()):  # NNCF draws progress bars there, where results belong
        quantized = nncf.quantize(model, batches, subset_size=len(chosen), ignored_scope=kept)
    return form_of(quantized, Precision.INT8)


def check(
    reference: NDArray[np.float32], quantized: NDArray[np.float32], targets: NDArray[np.int64], labels: tuple[str, ...]
) -> QuantizationCheck:
    """Compares two engines' softmax (photos, members, classes) for the same photos, whose classes are `targets`."""
    before, after = (score_bag(members, targets, labels).weighted_f1 for members in (reference, quantized))
    return QuantizationCheck(
        photos=len(targets),
        equal_labels=float((bag_answers(reference) == bag_answers(quantized)).mean()),
        weighted_f1_loss=before - after,
    )


def is_good(found: QuantizationCheck) -> bool:
    """Whether a form with these figures may stand in for its pack."""
    return found.equal_labels >= LEAST_EQUAL_LABELS and found.weighted_f1_loss <= MOST_F1_LOSS


def _first_layers(model: openvino.Model) -> list[str]:
    """The layers that a photo reaches before any other."""
    return _nearest(
        model.get_parameters(),
        lambda node: [each.get_node() for out in node.outputs() for each in out.get_target_inputs()],
    )


def _last_layers(model: openvino.Model) -> list[str]:
    """The layers that the answers come from."""
    return _nearest(model.get_results(), lambda node: [each.get_node() for each in node.input_values()])


def _nearest(start: Iterable[Any], neighbours: Callable[[Any], Iterable[Any]]) -> list[str]:
    """The names of the layers with weights that are met first on every way that leads from `start`."""
    found, seen, waiting = set(), set(), list(start)
    while waiting:
        node = waiting.pop()
        name = node.get_friendly_name()
        if name in seen:
            continue
        seen.add(name)
        if node.get_type_name() in _LAYERS:
            found.add(name)
        else:
            waiting.extend(neighbours(node))
    return sorted(found)
