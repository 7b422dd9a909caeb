"""A pack that comes compiled, on a machine without torch."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from defect_desktop.paths import Paths
from defect_desktop.workflows.compile_pack import CompileRequest, compile_pack
from tests.photos import save_photos

CLASSIFY_AND_EXPLAIN = """
import dataclasses, hashlib, json
from pathlib import Path
from defect_desktop.paths import Paths
from defect_desktop.workflows.classify_photos import Advanced, ClassifyRequest, classify_photos
from defect_desktop.workflows.explain_photo import Explainer

def work(photos, pack, data):
    paths = Paths(assets=Path("none"), models=Path("none"), data=Path(data))
    events = classify_photos(ClassifyRequest((Path(photos),), pack, device="cpu"), paths)
    for event in events:
        if isinstance(event, Advanced):
            for record in event.records:
                verdict = record.outcome.verdict
                explanation = Explainer(paths, pack, device="cpu").explain(record.outcome.photo.path)
                heat = explanation.heat(verdict.label, 40, 50)
                seen = hashlib.sha256(heat.tobytes()).hexdigest()
                print(json.dumps([record.settings.engine, dataclasses.asdict(verdict), seen]))
"""


def test_verdicts_and_heat_are_the_same_to_the_last_bit(paths: Paths, tmp_path: Path) -> None:
    save_photos(tmp_path / "photos", 3)
    output = tmp_path / "tiny-compiled"
    list(compile_pack(CompileRequest("tiny", output=output), paths))

    told = StringIO()
    names: dict[str, object] = {}
    exec(CLASSIFY_AND_EXPLAIN, names)
    list(compile_pack(CompileRequest("tiny"), paths))
    with redirect_stdout(told):
        names["work"](tmp_path / "photos", str(paths.models / "tiny"), paths.data)  # type: ignore[operator]

    arguments = [str(tmp_path / "photos"), str(output), str(tmp_path / "field")]
    without = "import sys; sys.modules |= dict.fromkeys(('torch', 'timm', 'torchvision', 'nncf'))"
    done = subprocess.run(
        [sys.executable, "-c", f"{without}\n{CLASSIFY_AND_EXPLAIN}\nwork(*{arguments!r})"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    with_torch, without_torch = (
        [json.loads(line) for line in output.splitlines()] for output in (told.getvalue(), done.stdout)
    )
    assert len(with_torch) == 3
    assert with_torch == without_torch
    assert {engine for engine, _, _ in with_torch} == {"openvino"}
