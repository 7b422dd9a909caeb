"""The compiled form of a pack: all its members as one OpenVINO graph, and the folder that keeps such forms.

A form is three files: the graph, its weights, and a description with the hashes of both, which is written last. A form
of which anything is missing or changed counts as absent: it can be made again.
"""

from __future__ import annotations

import hashlib
import json
import logging
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from defect_desktop.vision.card import Card
from defect_desktop.vision.whole_file import written_whole

REVISION = 1
"""Grows whenever the same pack would be compiled into another graph, so that older forms are made again."""

Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]

_log = logging.getLogger(__name__)


class Precision(StrEnum):
    """What the networks compute in."""

    FP32 = "fp32"
    INT8 = "int8"


class QuantizationCheck(BaseModel):
    """How a form in 8 bits compares with its pack on labelled photos; F1 and shares from 0 to 1."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    photos: Annotated[int, Field(ge=1)]
    equal_labels: Annotated[float, Field(ge=0, le=1)]
    weighted_f1_loss: Annotated[float, Field(ge=-1, le=1)]


@dataclass(frozen=True, slots=True)
class CompiledForm:
    """A graph that takes one photo (1, height, width, 3) in 8 bits and gives every member's softmax.

    `graph` and `weights` are the two files of an OpenVINO IR; the output is (members, 1, classes). `made_with` is the
    version of OpenVINO that made it, `check` what was measured of a form in 8 bits.
    """

    precision: Precision
    graph: bytes
    weights: bytes
    made_with: str
    check: QuantizationCheck | None = None


class _Description(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1] = 1
    graph: Hash
    weights: Hash
    made_with: str
    check: QuantizationCheck | None


def form_key(card: Card) -> str:
    """Names what a compiled form is made of, in hex: packs that differ in nothing but their calibration share one."""
    made_of = {
        "revision": REVISION,
        "architecture": card.architecture,
        "members": [member.sha256 for member in card.members],
        "classes": len(card.classes),
        "input": card.preprocessing.model_dump(include={"height", "width", "mean", "std"}),
    }
    return hashlib.sha256(json.dumps(made_of, sort_keys=True).encode()).hexdigest()


def read_form(folder: Path, card: Card, precision: Precision) -> CompiledForm | None:
    """The pack's form in `folder`; None where there is none, or where it is damaged."""
    described, graph, weights = _files(folder, card, precision)
    try:
        description = _Description.model_validate_json(described.read_bytes())
        form = CompiledForm(
            precision, graph.read_bytes(), weights.read_bytes(), description.made_with, description.check
        )
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        _log.warning("compiled form %s cannot be read: %s", described, error)
        return None
    if (_hash(form.graph), _hash(form.weights)) != (description.graph, description.weights):
        _log.warning("compiled form %s is damaged", described)
        return None
    return form


def write_form(folder: Path, card: Card, form: CompiledForm) -> None:
    """Keeps the form in `folder`, in the place of an earlier one; raises OSError where it cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    description = _Description(
        graph=_hash(form.graph), weights=_hash(form.weights), made_with=form.made_with, check=form.check
    )
    described, graph, weights = _files(folder, card, form.precision)
    for path, content in ((graph, form.graph), (weights, form.weights), (described, _as_json(description))):
        with written_whole(path) as file:
            file.write(content)


def remove_form(folder: Path, card: Card, precision: Precision) -> None:
    """Removes the pack's form from `folder`, if there is one; raises OSError where it cannot be removed."""
    for path in _files(folder, card, precision):
        path.unlink(missing_ok=True)


def _files(folder: Path, card: Card, precision: Precision) -> tuple[Path, Path, Path]:
    """Where a form's description, graph and weights lie."""
    stem = f"{form_key(card)}-{precision}"
    return folder / f"{stem}.json", folder / f"{stem}.xml", folder / f"{stem}.bin"


def _as_json(description: _Description) -> bytes:
    return description.model_dump_json(indent=2).encode()


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
