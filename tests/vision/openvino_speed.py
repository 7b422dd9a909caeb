"""How close the networks come to OpenVINO's own benchmark: the same graph, in turns, on the processor.

    python -m tests.vision.openvino_speed ARCHITECTURE [MEMBERS]

The weights are random, and so are the pixels: neither changes how long a convolution takes. What calibrates the 8 bits
here says nothing of how well they would answer.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray

from defect_desktop.training.quantization import quantize
from defect_desktop.training.random_pack import write_random_pack
from defect_desktop.vision.compiled_form import CompiledForm
from defect_desktop.vision.conversion import convert
from defect_desktop.vision.openvino_engine import OpenVinoEngine, engine_of
from defect_desktop.vision.pack import Pack
from defect_desktop.vision.stopwatch import Racer

ROUNDS = 5
SECONDS = 10
"""What a turn of OpenVINO's benchmark takes."""
PHOTOS = 8


def main() -> None:
    architecture, members = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with tempfile.TemporaryDirectory() as folder:
        pack = write_random_pack(architecture, members, Path(folder))
        pixels = _pixels(pack)
        single = convert(pack)
        for form in (single, quantize(single, pixels)):
            _compare(pack, form, pixels, Path(folder))


def _compare(pack: Pack, form: CompiledForm, pixels: NDArray[np.uint8], folder: Path) -> None:
    graph = folder / f"{form.precision}.xml"
    graph.write_bytes(form.graph)
    graph.with_suffix(".bin").write_bytes(form.weights)
    engine = engine_of(form, pack.card)
    ours = _racer(engine, pixels)
    ours.warm_up()
    theirs = []
    for _ in range(ROUNDS):
        ours.take_turn()
        theirs.append(_benchmark_app(graph, folder))
    shares = [other / own for own, other in zip(ours.seconds, theirs, strict=True)]
    sys.stdout.write(
        f"{form.precision}: {1000 * median(ours.seconds):.1f} ms a photo, OpenVINO's own benchmark "
        f"{1000 * median(theirs):.1f} ms, {median(shares):.0%} of its speed ({min(shares):.0%} to {max(shares):.0%})\n"
    )
    sys.stdout.flush()


def _racer(engine: OpenVinoEngine, pixels: NDArray[np.uint8]) -> Racer:
    def work(numbers: Sequence[int]) -> dict[Path, str]:
        for start in range(0, len(numbers), engine.batch_size):
            engine.predict(pixels[list(numbers[start : start + engine.batch_size])])
        return {}

    return Racer(work, len(pixels), engine.batch_size)


def _benchmark_app(graph: Path, folder: Path) -> float:
    """Seconds a photo, by OpenVINO's benchmark for throughput in the same precision."""
    command = [str(Path(sys.executable).with_name("benchmark_app")), "-m", str(graph), "-d", "CPU", "-t", str(SECONDS)]
    command += ["-hint", "throughput", "-infer_precision", "f32"]
    command += ["-report_type", "no_counters", "-json_stats", "-report_folder", str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    report = json.loads((folder / "benchmark_report.json").read_text(encoding="utf-8"))
    return 1 / float(report["execution_results"]["throughput"])


def _pixels(pack: Pack) -> NDArray[np.uint8]:
    shape = (PHOTOS, pack.card.preprocessing.height, pack.card.preprocessing.width, 3)
    return np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)


if __name__ == "__main__":
    main()
