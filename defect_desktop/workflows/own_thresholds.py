"""The user's thresholds in the place of the pack's own."""

from __future__ import annotations

from dataclasses import replace

from defect_desktop.preferences import OwnThresholds
from defect_desktop.vision.card import CardThresholds
from defect_desktop.vision.pack import Pack


def judged_by(pack: Pack, own: OwnThresholds) -> Pack:
    """The pack, whose verdicts ask for a check by the user's thresholds where there are any.

    Its fingerprint stays: the networks are the same, and what they said of a photo still holds.
    """
    merged = own.over(pack.card.decision_thresholds())
    thresholds = CardThresholds(confidence=merged.confidence, margin=merged.margin, agreement=merged.agreement)
    return replace(pack, card=pack.card.model_copy(update={"thresholds": thresholds}))
