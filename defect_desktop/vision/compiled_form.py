"""The compiled form of a pack: all its members as one OpenVINO graph, and where such forms are kept.

A pack may come with its forms, which its card names. Others are kept in a folder of their own, each as three files: the
graph, its weights, and a description with the hashes of both, which is written last. A form there of which anything is
missing or changed counts as absent: it can be made again. The description's time is that of the form's last use. A
form that answered otherwise than torch is not kept, but that it did, so that nobody waits for it at every start.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from defect_desktop.errors import DeviceError
from defect_desktop.vision.card import Card, Hash, Precision, Probability, QuantizationCheck
from defect_desktop.vision.pack import Pack
from defect_desktop.vision.whole_file import written_whole

UNUSED_SECONDS = 30 * 86_400.0
"""After so long without use a form of a pack that is not installed is nobody's any more."""

_WEIGHTS = re.compile(r"([0-9a-f]{64})-\w+\.bin")

REVISION = 3
"""Grows whenever the same pack would be compiled into another graph, so that older forms are made again."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CompiledForm:
    """A graph that takes one photo (1, height, width, 3) in 8 bits and gives every member's softmax (1, classes).

    Where the networks have class maps (see `vision.torch_maps`), they are as many outputs more: (1, classes, rows,
    columns) a member. `graph` and `weights` are the two files of an OpenVINO IR. `made_with` is the version of OpenVINO
    that made it, `check` what was measured of a form in 8 bits, `sure` the softmax from which on its first member may
    answer alone; None where no photos showed it.
    """

    precision: Precision
    graph: bytes
    weights: bytes
    made_with: str
    check: QuantizationCheck | None = None
    sure: float | None = None


class OtherAnswersError(DeviceError):
    """The compiled form of a pack is of no use, since torch gives other answers."""


def other_answers(pack: str) -> OtherAnswersError:
    """The error, for the pack of this name."""
    return OtherAnswersError(
        ko=f"모델 팩 '{pack}'의 컴파일된 형태가 torch와 다르게 답합니다. "
        "torch 엔진을 고르세요(설정 또는 --engine torch).",
        en=f"The compiled form of model pack '{pack}' answers otherwise than torch; "
        "choose the engine torch (Settings, or --engine torch).",
    )


class _Description(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1] = 1
    graph: Hash
    weights: Hash
    made_with: str
    check: QuantizationCheck | None
    sure: Probability | None = None


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


def shipped_form(pack: Pack, precision: Precision) -> CompiledForm | None:
    """The form that comes with the pack, None where it has none; raises PackError where its files were changed."""
    entry = (pack.card.compiled or {}).get(precision)
    if entry is None:
        return None
    graph, weights = pack.read_file(entry.graph), pack.read_file(entry.weights)
    return CompiledForm(precision, graph, weights, entry.made_with, entry.check, entry.sure)


def read_form(folder: Path, card: Card, precision: Precision) -> CompiledForm | None:
    """The pack's form in `folder`; None where there is none, or where it is damaged."""
    described, graph, weights = _files(folder, card, precision)
    try:
        description = _Description.model_validate_json(described.read_bytes())
        form = CompiledForm(
            precision,
            graph.read_bytes(),
            weights.read_bytes(),
            description.made_with,
            description.check,
            description.sure,
        )
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        _log.warning("compiled form %s cannot be read: %s", described, error)
        return None
    if (_hash(form.graph), _hash(form.weights)) != (description.graph, description.weights):
        _log.warning("compiled form %s is damaged", described)
        return None
    with suppress(OSError):  # a folder that can only be read is not cleared either
        described.touch()
    return form


def as_fitted_before(form: CompiledForm, folder: Path, card: Card) -> CompiledForm:
    """The form of the pack, made anew, with what the one in `folder` was fitted with: the networks are the same."""
    earlier = read_form(folder, card, form.precision)
    return replace(form, sure=earlier.sure) if earlier else form


def write_form(folder: Path, card: Card, form: CompiledForm) -> None:
    """Keeps the form in `folder`, in the place of an earlier one; raises OSError where it cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    description = _Description(
        graph=_hash(form.graph),
        weights=_hash(form.weights),
        made_with=form.made_with,
        check=form.check,
        sure=form.sure,
    )
    described, graph, weights = _files(folder, card, form.precision)
    for path, content in ((graph, form.graph), (weights, form.weights), (described, _as_json(description))):
        with written_whole(path) as file:
            file.write(content)
    _refusal(folder, card).unlink(missing_ok=True)


def note_refusal(folder: Path, card: Card, made_with: str) -> None:
    """Notes that the form which `made_with` makes of the pack answers otherwise than torch; raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    with written_whole(_refusal(folder, card)) as file:
        file.write(made_with.encode())


def is_refused(folder: Path, card: Card, made_with: str) -> bool:
    """Whether that was noted of the pack, and of nothing older or newer than what `made_with` names."""
    try:
        return _refusal(folder, card).read_bytes() == made_with.encode()
    except OSError:  # most of all, that nothing was
        return False


def remove_form(folder: Path, card: Card, precision: Precision) -> None:
    """Removes the pack's form from `folder`, if there is one; raises OSError where it cannot be removed."""
    for path in _files(folder, card, precision):
        path.unlink(missing_ok=True)


def clear_unused(folder: Path, installed: Iterable[Card]) -> None:
    """Removes forms that belong to none of the `installed` packs and were not used for long.

    What cannot be removed is left to the next time; a form that somebody reads meanwhile is absent to them.
    """
    kept = {found[1] for file in folder.glob("*.bin") if (found := _WEIGHTS.fullmatch(file.name))}
    for key in kept - {form_key(card) for card in installed}:
        files = [*folder.glob(f"{key}*")]
        with suppress(OSError):
            last_use = max((file.stat().st_mtime for file in files), default=time.time())  # none: others cleared them
            if time.time() - last_use > UNUSED_SECONDS:
                for file in files:
                    file.unlink(missing_ok=True)


def _files(folder: Path, card: Card, precision: Precision) -> tuple[Path, Path, Path]:
    """Where a form's description, graph and weights lie."""
    stem = f"{form_key(card)}-{precision}"
    return folder / f"{stem}.json", folder / f"{stem}.xml", folder / f"{stem}.bin"


def _refusal(folder: Path, card: Card) -> Path:
    return folder / f"{form_key(card)}.refused"


def _as_json(description: _Description) -> bytes:
    return description.model_dump_json(indent=2).encode()


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
