"""An inspection for other programs: `data.json`, whose keys stay.

format             1; grows when a key changes its meaning
program_version    of this program
sources            the folders and tables, as they were named
fingerprint        SHA-256 in hex over the readable photos' bytes and labels
seed, folds        of the split
classes            label -> photos, held_out, groups (of near-duplicates; a photo alone is a group)
photos             path, label, sha256, height, width (pixels), brightness (0 to 255), sharpness (variance of the
                   Laplacian), group (from 1), fold (from 1; null where it always trains), held_out
unreadable         path, label, problem
duplicates         first, second (positions in photos, from 0), similarity (0 to 1), mirrored, conflict (of labels)
label_agreement    share of the labels that the classifier which judges them would give itself; null likewise
label_errors       the surest first: photo (position), label, suggested, probability_label, probability_suggested;
                   null where the labels were not judged
labels_not_judged  no_weights or no_folds; null where they were judged
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from defect_desktop import __version__
from defect_desktop.core.printable import printable
from defect_desktop.training.data.split import HELD_OUT
from defect_desktop.training.inspection.inspection import Inspection, Judgement, NotJudged

FORMAT = 1


def inspection_as_json(inspection: Inspection, sources: Sequence[Path]) -> dict[str, object]:
    """The inspection, ready for `json.dumps`; the module's docstring names the keys."""
    judgement = inspection.judgement
    return {
        "format": FORMAT,
        "program_version": __version__,
        "sources": [printable(source) for source in sources],
        "fingerprint": inspection.survey.fingerprint(),
        "seed": inspection.seed,
        "folds": inspection.split.folds,
        "classes": _classes(inspection),
        "photos": _photos(inspection),
        "unreadable": [
            {"path": printable(each.path), "label": each.label, "problem": each.problem.value}
            for each in inspection.survey.unreadable
        ],
        "duplicates": _duplicates(inspection),
        "label_agreement": round(judgement.agreement, 4) if isinstance(judgement, Judgement) else None,
        "label_errors": _label_errors(inspection) if isinstance(judgement, Judgement) else None,
        "labels_not_judged": judgement.value if isinstance(judgement, NotJudged) else None,
    }


def _classes(inspection: Inspection) -> dict[str, dict[str, int]]:
    data, split = inspection.survey.data, inspection.split
    members = {label: np.flatnonzero(data.targets == target) for target, label in enumerate(data.labels)}
    return {
        label: {
            "photos": len(own),
            "held_out": int(np.count_nonzero(split.places[own] == HELD_OUT)),
            "groups": len(np.unique(split.groups[own])),
        }
        for label, own in members.items()
    }


def _photos(inspection: Inspection) -> list[dict[str, object]]:
    survey, split = inspection.survey, inspection.split
    return [
        {
            "path": printable(survey.data.paths[index]),
            "label": survey.data.label_of(index),
            "sha256": look.content,
            "height": look.height,
            "width": look.width,
            "brightness": round(look.brightness, 2),
            "sharpness": round(look.sharpness, 2),
            "group": group + 1,
            "fold": place + 1 if place >= 0 else None,
            "held_out": place == HELD_OUT,
        }
        for index, (look, group, place) in enumerate(
            zip(survey.looks, split.groups.tolist(), split.places.tolist(), strict=True)
        )
    ]


def _duplicates(inspection: Inspection) -> list[dict[str, object]]:
    found, conflicts = inspection.duplicates, set(inspection.conflicts.tolist())
    pairs = zip(found.pairs.tolist(), found.similarity.tolist(), found.mirrored.tolist(), strict=True)
    return [
        {
            "first": first,
            "second": second,
            "similarity": round(similarity, 3),
            "mirrored": mirrored,
            "conflict": number in conflicts,
        }
        for number, ((first, second), similarity, mirrored) in enumerate(pairs)
    ]


def _label_errors(inspection: Inspection) -> list[dict[str, object]]:
    data = inspection.survey.data
    return [
        {
            "photo": each.index,
            "label": data.label_of(each.index),
            "suggested": data.labels[each.suggested],
            "probability_label": round(each.own, 4),
            "probability_suggested": round(each.other, 4),
        }
        for each in inspection.suspicions
    ]
