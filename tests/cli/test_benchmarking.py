from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest
from rich.cells import cell_len

from defect_desktop.cli.run import run
from defect_desktop.core.progress import Progress
from defect_desktop.vision.engine_choice import EngineChoice
from defect_desktop.workflows.benchmark import BenchmarkResult, EngineFigures

ENGINES = tuple(
    EngineFigures(engine, device, exits_early, 1166.4, 1238.5, 1.15, 21.37, 1.0, 200)
    for engine, device, exits_early in (("openvino-int8", "intel-gpu", True), ("torch", "cpu", False))
)


def measured(*_: object) -> Generator[Progress, None, BenchmarkResult]:
    choice = EngineChoice(engine="torch", device="cpu")
    return BenchmarkResult("starter", 200, 1688.0, 17.4, ENGINES, choice, None, kept=True)
    yield


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_engine_has_one_line_in_a_terminal_of_80_columns(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DEFECT_DESKTOP_LANGUAGE", language)
    monkeypatch.setattr("defect_desktop.workflows.benchmark.benchmark", measured)
    assert run(["benchmark", "--data-dir", str(tmp_path)], lambda *_, **__: 99) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(cell_len, lines)) <= 80
    *_, first, second, remark = (line.split() for line in lines)
    figures = ["1166.4", "1238.5", "21.37", "115%", "100.0%", "/", "200"]
    assert first == ["openvino-int8", "*", "intel-gpu", *figures]
    assert second == ["torch", "cpu", *figures]
    assert remark[0] == "*"
