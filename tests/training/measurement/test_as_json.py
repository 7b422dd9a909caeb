from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from defect_desktop.training.measurement import as_json
from defect_desktop.training.measurement.measure import Measurement
from defect_desktop.training.measurement.subject import Subject

Measure = Callable[[np.ndarray], Measurement]


@pytest.fixture
def content(measured: Measure, predictions: np.ndarray, subject: Subject) -> dict:
    found = as_json.measurement_as_json(measured(predictions), subject)
    return json.loads(json.dumps(found, allow_nan=False))


def test_the_keys_are_those_that_the_module_documents(content: dict) -> None:
    keys = re.findall(r"^    (\S.*?)  ", as_json.__doc__, re.MULTILINE)
    assert list(content) == ", ".join(keys).split(", ")


def test_a_class_without_evidence_says_so(content: dict) -> None:
    classes = {entry["label"]: entry for entry in content["classes"]}
    assert [entry["support"] for entry in content["classes"]] == [40, 25, 3, 0]
    assert [entry["enough_evidence"] for entry in content["classes"]] == [True, True, False, False]
    assert classes["=cmd"]["f1"] is None and classes["=cmd"]["precision"] is None
    damage = classes["훼손"]
    assert damage["f1"]["low"] <= damage["f1"]["value"] <= damage["f1"]["high"]
    assert damage["f1"]["value"] == pytest.approx(2 * damage["right"] / (damage["support"] + damage["said"]))
    assert classes["창틀,문틀수정"]["name"] == {"ko": "창틀, 문틀 수정", "en": "Window or door frame repair"}


def test_the_figures_fit_each_other(content: dict) -> None:
    assert sum(map(sum, content["confusion"])) == content["data"]["photos"] == 68
    assert content["scores"]["accuracy"]["value"] == pytest.approx(1 - len(content["mistakes"]) / 68)
    assert len(content["bag"]["members"]) == content["pack"]["members"] == 3
    curve = content["risk_coverage"]["curve"]
    assert len(curve) == 100 and curve[-1] == {
        "coverage": 1.0,
        "risk": pytest.approx(1 - content["scores"]["accuracy"]["value"]),
    }
    assert content["thresholds"]["present"]["confidence"] == 0.5
    assert {"here", "elsewhere"} <= set(content["thresholds"]["chosen"])
    assert content["data"]["failures"][0]["path"] == str(Path("훼손/<broken>.jpg"))
    assert content["mistakes"][0]["path"] == str(Path("사진/photo 0000.jpg"))
    assert content["measured_at"] == "2026-11-24T09:30:00+00:00"
