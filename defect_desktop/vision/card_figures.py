"""What a card's provenance tells of each class.

It is free-form JSON that anybody may have written: nothing is believed that has not the right shape.
"""

from __future__ import annotations

from dataclasses import dataclass

from defect_desktop.core.taxonomy import DefectClass
from defect_desktop.vision.card import Card


@dataclass(frozen=True, slots=True)
class MeasuredClass:
    """One class: its F1 from 0 to 1, measured on so many photos of it."""

    known_as: DefectClass
    f1: float
    photos: int


def measured_classes(card: Card) -> list[MeasuredClass]:
    """The classes that the pack was measured on, the weakest first; empty where the card does not tell."""
    evaluation = card.provenance.get("evaluation")
    if not isinstance(evaluation, dict):
        return []
    scores, counts = evaluation.get("class_f1"), evaluation.get("class_photos")
    if not isinstance(scores, dict) or not isinstance(counts, dict):
        return []
    measured = [
        MeasuredClass(each, float(scores[each.label]), counts[each.label])
        for each in card.defect_classes()
        if _is_share(scores.get(each.label)) and isinstance(counts.get(each.label), int)
    ]
    return sorted(measured, key=lambda entry: entry.f1)


def _is_share(value: object) -> bool:
    return isinstance(value, (int, float)) and 0 <= value <= 1
