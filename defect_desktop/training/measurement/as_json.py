"""A measurement for other programs: `evaluation.json`, whose keys stay.

    format                  1; grows when a key changes its meaning
    program_version         of this program
    measured_at             ISO 8601
    pack                    name, version, fingerprint (SHA-256 of the card), architecture, members (count)
    engine, device          in words
    data                    path, photos (measured), fingerprint (SHA-256 over the photos and labels),
                            groups (sets of near-duplicates, resampled as one), failures [path, problem]
    method                  seed, error_rate (asked for), interval_level, bootstrap_draws
    scores                  weighted_f1, macro_f1, accuracy: each value, low, high; low and high are null where
                            there is no mistake, so that nothing can be said
    classes                 in the pack's order: label, name (ko, en), support, said, right (photos),
                            enough_evidence, and precision, recall, f1 (value, low, high); null where a class
                            has no photos at all. Quote none of these where enough_evidence is false
    confusion               rows by true class, columns by the class said, both in the pack's order; photos
    reliability             before, after (the calibration): ece, bins [low, high, photos, confidence, accuracy]
    risk_coverage           area, best_area, random_area, curve [coverage, risk] at every percent of coverage
    thresholds              present: the pack's own; chosen: for error_rate. Each confidence, margin, agreement and
                            here: photos, unchecked, mistakes; chosen also has elsewhere, by cross-validation
    bag                     members [weighted_f1, macro_f1, accuracy], gain_weighted_f1 and gain_macro_f1 over the
                            members' mean: each value, low, high
    mistakes                the surest first: path, label (true), said, confidence, needs_check

Shares, scores and confidences lie between 0 and 1; paths are relative to the data's folder where they lie in it.
"""

from __future__ import annotations

from dataclasses import asdict

import numpy as np

from defect_desktop import __version__
from defect_desktop.core.decision import Thresholds
from defect_desktop.core.printable import printable
from defect_desktop.errors import PhotoProblem
from defect_desktop.training.measurement.intervals import DRAWS, LEVEL, Interval, f1_interval
from defect_desktop.training.measurement.measure import Measurement, Mistake
from defect_desktop.training.measurement.operation import Operation
from defect_desktop.training.measurement.risk import RiskCoverage
from defect_desktop.training.measurement.subject import Subject
from defect_desktop.training.metrics import ClassScore, Scores

FORMAT = 1


def measurement_as_json(measurement: Measurement, subject: Subject) -> dict[str, object]:
    """The measurement, ready for `json.dumps`; the module's docstring names the keys."""
    plan, bag = measurement.plan, measurement.evaluation.bag
    return {
        "format": FORMAT,
        "program_version": __version__,
        "measured_at": subject.measured_at.isoformat(timespec="seconds"),
        "pack": _pack(subject),
        "engine": subject.engine,
        "device": subject.device,
        "data": {
            "path": printable(subject.data),
            "photos": bag.photos,
            "fingerprint": measurement.fingerprint,
            "groups": measurement.groups,
            "failures": [
                {"path": subject.path_shown(path), "problem": _problem(problem)}
                for path, problem in measurement.failures
            ],
        },
        "method": {
            "seed": plan.seed,
            "error_rate": plan.error_rate,
            "interval_level": LEVEL,
            "bootstrap_draws": DRAWS,
        },
        "scores": _scores(measurement),
        "classes": [_class(scored, subject) for scored in bag.classes],
        "confusion": measurement.confusion.tolist(),
        "reliability": {"before": asdict(measurement.before), "after": asdict(measurement.after)},
        "risk_coverage": _risk(measurement.risk),
        "thresholds": {
            "present": _thresholds(subject.pack.card.decision_thresholds(), here=measurement.present),
            "chosen": _thresholds(
                measurement.choice.thresholds, here=measurement.choice.here, elsewhere=measurement.choice.elsewhere
            ),
        },
        "bag": _bag(measurement),
        "mistakes": [_mistake(mistake, subject) for mistake in measurement.mistakes],
    }


def _pack(subject: Subject) -> dict[str, object]:
    card = subject.pack.card
    return {
        "name": card.name,
        "version": card.version,
        "fingerprint": subject.pack.fingerprint,
        "architecture": card.architecture,
        "members": len(card.members),
    }


def _problem(problem: PhotoProblem) -> dict[str, str]:
    return {"code": problem.value, "ko": problem.sentence.ko, "en": problem.sentence.en}


def _scores(measurement: Measurement) -> dict[str, object]:
    bag, intervals = measurement.evaluation.bag, measurement.intervals
    return {
        "weighted_f1": _figure(bag.weighted_f1, intervals.weighted_f1),
        "macro_f1": _figure(bag.macro_f1, intervals.macro_f1),
        "accuracy": _figure(bag.accuracy, intervals.accuracy),
    }


def _class(scored: ClassScore, subject: Subject) -> dict[str, object]:
    name = next(entry.name for entry in subject.pack.card.defect_classes() if entry.label == scored.label)
    there = scored.support > 0
    return {
        "label": scored.label,
        "name": {"ko": name.ko, "en": name.en},
        "support": scored.support,
        "said": scored.said,
        "right": scored.right,
        "enough_evidence": scored.is_evidence,
        "precision": scored.precision if there else None,
        "recall": scored.recall if there else None,
        "f1": _figure(scored.f1, f1_interval(scored)) if there else None,
    }


def _risk(risk: RiskCoverage) -> dict[str, object]:
    coverages = np.arange(1, 101) / 100
    return {
        "area": risk.area,
        "best_area": risk.best_area,
        "random_area": risk.random_area,
        "curve": [{"coverage": float(coverage), "risk": risk.risk_at(float(coverage))} for coverage in coverages],
    }


def _thresholds(thresholds: Thresholds, **operations: Operation) -> dict[str, object]:
    return asdict(thresholds) | {name: asdict(operation) for name, operation in operations.items()}


def _bag(measurement: Measurement) -> dict[str, object]:
    evaluation, intervals = measurement.evaluation, measurement.intervals
    return {
        "members": [_plain(member) for member in evaluation.members],
        "gain_weighted_f1": _figure(evaluation.gain_weighted_f1, intervals.gain_weighted_f1),
        "gain_macro_f1": _figure(evaluation.gain_macro_f1, intervals.gain_macro_f1),
    }


def _plain(scores: Scores) -> dict[str, float]:
    return {"weighted_f1": scores.weighted_f1, "macro_f1": scores.macro_f1, "accuracy": scores.accuracy}


def _mistake(mistake: Mistake, subject: Subject) -> dict[str, object]:
    return asdict(mistake) | {"path": subject.path_shown(mistake.path)}


def _figure(value: float, interval: Interval | None) -> dict[str, float | None]:
    return {"value": value, "low": interval.low if interval else None, "high": interval.high if interval else None}
