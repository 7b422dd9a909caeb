"""Writes a copy of a model pack that comes with its compiled forms, and so runs where there is no torch."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from defect_desktop.training.pack_writer import pack_draft, publish, write_card, write_file
from defect_desktop.vision.card import Card, Graph, GraphWeights, ShippedForm
from defect_desktop.vision.compiled_form import CompiledForm
from defect_desktop.vision.pack import Pack, open_pack


def write_compiled_pack(pack: Pack, forms: Sequence[CompiledForm], folder: Path, compiled_only: bool) -> Pack:
    """The pack with these forms and no others, in the new `folder`; its card is another, and so is its fingerprint.

    `compiled_only` leaves the members' own files behind.

    Raises PackError where the pack is not whole or `folder` cannot be written.
    """
    with pack_draft(folder) as draft:
        for member in () if compiled_only else pack.card.members:
            write_file(draft / member.file, pack.read_file(member))
        compiled = {form.precision: _write_form(draft, form) for form in forms}
        least_format = 4 if any(form.sure is not None for form in forms) else 3 if compiled_only else 2
        news = {
            "format": max(pack.card.format, least_format),
            "compiled": compiled,
            "compiled_only": compiled_only or None,
        }
        content = pack.card.model_dump() | news
        write_card(draft, Card.model_validate(content))
        publish(draft, folder)
    return open_pack(folder)


def _write_form(draft: Path, form: CompiledForm) -> ShippedForm:
    graph = Graph(file=f"compiled-{form.precision}.xml", sha256=hashlib.sha256(form.graph).hexdigest())
    weights = GraphWeights(file=f"compiled-{form.precision}.bin", sha256=hashlib.sha256(form.weights).hexdigest())
    write_file(draft / graph.file, form.graph)
    write_file(draft / weights.file, form.weights)
    return ShippedForm(graph=graph, weights=weights, made_with=form.made_with, check=form.check, sure=form.sure)
