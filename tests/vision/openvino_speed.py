"""How close the networks come to OpenVINO's own benchmark: the same graph, in turns, on the processor.

    python -m tests.vision.openvino_speed ARCHITECTURE [MEMBERS]

The weights are random, and so are the pixels: neither changes how long a convolution takes. What calibrates the 8 bits
here says nothing of how well they would answer.

Both have the same photos to do in a turn. A turn takes seconds and its neighbour is the other's, so a pair of them sees
the same mood of the machine; what other programs take from one of the two is the noise that is left, and is told: the
quartiles of the pairs, and the share of the processor that others had. The benchmark is that of `benchmark_app`, with
its settings for throughput, but in this process: to load it anew for every turn would take longer than the turns.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles

import numpy as np
import psutil
from numpy.typing import NDArray

from defect_desktop.training.quantization import quantize
from defect_desktop.training.random_pack import write_random_pack
from defect_desktop.vision.card import Card
from defect_desktop.vision.compiled_form import CompiledForm
from defect_desktop.vision.conversion import convert
from defect_desktop.vision.engine import answers
from defect_desktop.vision.openvino_engine import OpenVinoEngine, engine_of
from defect_desktop.vision.openvino_runtime import openvino
from defect_desktop.vision.pack import Pack

SECONDS = 75
"""What the turns of one precision take."""
PHOTOS = 8
"""What a turn has at least, and at least so many batches."""
CALIBRATION = 2

Turn = Callable[[], object]


def main() -> None:
    architecture, members = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with tempfile.TemporaryDirectory() as folder:
        pack = write_random_pack(architecture, members, Path(folder))
        single = convert(pack)
        for form in (single, quantize(single, _pixels(pack.card, CALIBRATION))):
            compare(pack, form, Path(folder))


def compare(pack: Pack, form: CompiledForm, folder: Path) -> None:
    """Prints how a form of the pack compares."""
    engine = engine_of(form, pack.card)
    pixels = _pixels(pack.card, max(PHOTOS, 4 * engine.batch_size))
    both = _ours(engine, pixels), _theirs(form, pixels, folder)
    for turn in both:
        turn()
    busy, start = _others(), time.perf_counter()
    pairs: list[dict[Turn, float]] = []
    while time.perf_counter() - start < SECONDS:
        # Who was last begins, so that what changes steadily favours nobody.
        pairs.append({turn: _seconds(turn) for turn in both[:: 1 if len(pairs) % 2 else -1]})
    others = max(0.0, _others() - busy) / (time.perf_counter() - start) / (psutil.cpu_count() or 1)
    ours, theirs = ([1000 * pair[turn] / len(pixels) for pair in pairs] for turn in both)
    shares = [other / own for own, other in zip(ours, theirs, strict=True)]
    low, middle, high = quantiles(shares, n=4)
    sys.stdout.write(
        f"{form.precision}: {median(ours):.1f} ms a photo, OpenVINO's own benchmark {median(theirs):.1f} ms; "
        f"{middle:.0%} of its speed (quartiles {low:.0%} and {high:.0%} of {len(pairs)} pairs of turns with "
        f"{len(pixels)} photos; others had {others:.0%} of the processor)\n"
    )
    sys.stdout.flush()


def _ours(engine: OpenVinoEngine, pixels: NDArray[np.uint8]) -> Turn:
    starts = range(0, len(pixels), engine.batch_size)
    return lambda: list(answers(engine, (pixels[start : start + engine.batch_size] for start in starts)))


def _theirs(form: CompiledForm, pixels: NDArray[np.uint8], folder: Path) -> Turn:
    from openvino.tools.benchmark.benchmark import Benchmark  # noqa: TID251 - openvino_runtime was before it

    class Counted:
        def get_next_batch_size(self) -> int:
            return 1

    graph = folder / f"{form.precision}.xml"
    graph.write_bytes(form.graph)
    graph.with_suffix(".bin").write_bytes(form.weights)
    benchmark = Benchmark("CPU", number_iterations=len(pixels), api_type="async", inference_only=True)
    settings = {"PERFORMANCE_HINT": "THROUGHPUT", "INFERENCE_PRECISION_HINT": "f32"}
    requests = benchmark.create_infer_requests(
        benchmark.core.compile_model(benchmark.read_model(str(graph)), "CPU", settings)
    )
    for request, photo in zip(requests, pixels, strict=False):
        request.set_input_tensor(openvino.Tensor(photo[np.newaxis].copy()))
    return lambda: benchmark.async_inference_only(requests, Counted())


def _seconds(turn: Turn) -> float:
    start = time.perf_counter()
    turn()
    return time.perf_counter() - start


def _others() -> float:
    """Seconds of all cores that went to other programs, or to other guests of the same host."""
    times = psutil.cpu_times()
    return float(
        times.user + times.system + getattr(times, "nice", 0) + getattr(times, "steal", 0) - time.process_time()
    )


def _pixels(card: Card, photos: int) -> NDArray[np.uint8]:
    shape = (photos, card.preprocessing.height, card.preprocessing.width, 3)
    return np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)


if __name__ == "__main__":
    main()
