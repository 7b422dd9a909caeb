"""Turns a pack's networks into one OpenVINO graph. This takes torch; running the graph does not."""

from __future__ import annotations

import logging
import tempfile
import warnings
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor, nn

from defect_desktop.vision.card import CardPreprocessing, Precision, QuantizationCheck
from defect_desktop.vision.compiled_form import CompiledForm, other_answers
from defect_desktop.vision.openvino_engine import engine_of
from defect_desktop.vision.openvino_runtime import openvino
from defect_desktop.vision.pack import Pack
from defect_desktop.vision.torch_engine import load_member
from defect_desktop.vision.torch_maps import class_maps, has_class_maps

_log = logging.getLogger(__name__)

MOST_DIFFERENCE = 0.05
"""How far a softmax may lie from torch's: rounding made 0.001 of it with trained networks, 0.008 with random ones."""

_PICTURES = 4


class _Bag(nn.Module):
    """All members behind one normalisation: photos (N, height, width, 3) in 8 bits to the outputs of `CompiledForm`."""

    mean: Tensor
    std: Tensor

    def __init__(self, members: Sequence[nn.Module], preprocessing: CardPreprocessing) -> None:
        super().__init__()
        self.members = nn.ModuleList(members)
        self.has_maps = all(has_class_maps(member) for member in members)
        self.register_buffer("mean", torch.tensor(preprocessing.mean).view(1, 3, 1, 1))
        self.register_buffer("std", torch.tensor(preprocessing.std).view(1, 3, 1, 1))

    def forward(self, photos: Tensor) -> tuple[Tensor, ...]:
        normalised = (photos.permute(0, 3, 1, 2).float() / 255 - self.mean) / self.std
        if not self.has_maps:
            return tuple(member(normalised).softmax(dim=1) for member in self.members)
        maps = [class_maps(member, normalised) for member in self.members]
        return (*(each.mean((2, 3)).softmax(dim=1) for each in maps), *maps)


def convert(pack: Pack) -> CompiledForm:
    """The pack in single precision, held against torch on a few pictures.

    Raises PackError where its weights cannot be used, OtherAnswersError where its answers are not torch's.

    The graph takes one photo. With its shape fixed, the paddings that some networks compute from the size of their
    input become constants; left open, a photo took 1.8 to 2.7 times as long (three EfficientNet-Lite0, best times on a
    busy machine). Several photos go through it side by side instead.
    """
    preprocessing = pack.card.preprocessing
    bag = _Bag([load_member(pack, member) for member in pack.card.members], preprocessing).eval()
    example = torch.zeros((1, preprocessing.height, preprocessing.width, 3), dtype=torch.uint8)
    with torch.inference_mode(), warnings.catch_warnings():
        # torch warns that it would rather export models, for which OpenVINO takes 16 s where a trace takes it 4 s
        # (starter pack), and that a trace holds for this size of input only, which is all it is used for.
        warnings.simplefilter("ignore")
        trace = torch.jit.trace(bag, example, check_trace=False)  # type: ignore[no-untyped-call]
        traced = torch.jit.freeze(trace)
        model = openvino.convert_model(traced, example_input=example, input=[(list(example.shape), openvino.Type.u8)])
    form = replace(form_of(model, Precision.FP32), sure=pack.card.sure)
    _require_same_answers(form, bag, pack)
    return form


def form_of(model: openvino.Model, precision: Precision, check: QuantizationCheck | None = None) -> CompiledForm:
    """The model as files hold it: weights that are not in 8 bits are kept in half precision."""
    with tempfile.TemporaryDirectory() as folder:
        graph = Path(folder) / "graph.xml"
        openvino.save_model(model, graph, compress_to_fp16=True)
        content, weights = graph.read_bytes(), graph.with_suffix(".bin").read_bytes()
    return CompiledForm(precision, content, weights, openvino.get_version(), check)


def _require_same_answers(form: CompiledForm, bag: _Bag, pack: Pack) -> None:
    pictures = _pictures(pack.card.preprocessing)
    with torch.inference_mode():
        told = torch.stack(bag(torch.from_numpy(pictures))[: len(bag.members)]).numpy()
    try:
        answered = engine_of(form, pack.card).predict(pictures)
    except RuntimeError as error:  # whoever wants to run the form is told, and what else there is
        _log.warning("the form of pack %s cannot be held against torch: %s", pack.card.name, error)
        return
    difference = float(np.abs(answered - told).max())
    if not difference <= MOST_DIFFERENCE:  # nor where it is no number
        raise other_answers(pack.card.name)


def _pictures(preprocessing: CardPreprocessing) -> NDArray[np.uint8]:
    """Patches of any colour, for the networks to say anything at all of: (pictures, height, width, 3)."""
    patches = np.random.default_rng(0).integers(0, 256, (_PICTURES, 8, 8, 3), dtype=np.uint8)
    size = preprocessing.width, preprocessing.height
    return np.stack([np.asarray(Image.fromarray(each).resize(size, Image.Resampling.BICUBIC)) for each in patches])
