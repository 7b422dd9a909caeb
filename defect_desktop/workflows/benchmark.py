"""Measures this machine: its limits, the pipeline on every engine, and the plain way, in turns within one run.

What it recommends for a pack is what the engine `auto` is from then on.
"""

from __future__ import annotations

import logging
import random
import tempfile
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from defect_desktop import settings
from defect_desktop.capture.folder import list_photos
from defect_desktop.core.progress import Progress, ProgressMeter
from defect_desktop.errors import DeviceError, SourceError
from defect_desktop.paths import Paths
from defect_desktop.vision.card_race import CardFigures, CardRace
from defect_desktop.vision.cuda_driver import has_cuda_card
from defect_desktop.vision.engine import INTEL_DEVICES, Engine, load_engine, torch_runs
from defect_desktop.vision.engine_choice import EngineChoice, write_choice
from defect_desktop.vision.pack import Pack, find_pack
from defect_desktop.vision.pipeline import Prepared, prepare_all
from defect_desktop.vision.stopwatch import Racer, decoding, inference, pipeline, plain_way

ROUNDS = 5
"""How often everything gets its turn; the medians count, so that a busy moment of the machine does not."""
_MOST_PHOTOS = 200
"""Photos beyond these are left out, evenly: their pixels stay in memory to time the inference alone."""
_DRAWN_MEGAPIXELS = 12.0
_CLEARLY_FASTER = 1.2
"""How many times as fast as what `auto` is by itself another engine must be: what is less may be the machine's mood."""

_LEAST_EQUAL = 0.9
"""The share of equal labels below which an engine is recommended to nobody: rounding costs a label in a hundred."""

_CARD = EngineChoice(engine="torch", device="cuda")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RandomPack:
    """An architecture with random weights instead of a pack."""

    architecture: str
    members: int = 3


@dataclass(frozen=True, slots=True)
class BenchmarkRequest:
    """What to measure with: photos, drawn ones of 12 megapixels where there are no `sources`, and a pack."""

    sources: tuple[Path, ...] = ()
    pack: str | RandomPack = settings.PACK.default


@dataclass(frozen=True, slots=True)
class EngineFigures:
    """One engine: milliseconds a photo, and how the whole pipeline compares.

    `times_as_fast` compares with the plain way, `equal_labels` is the share of equal labels among the `compared` photos
    that both got to; both are None where there is no torch, the latter for random weights too, or where that is none.
    `share_of_limit` is how much of the speed is reached that decoding and inference allow: on one processor they share
    it, so their times add up, otherwise the slower one counts. `exits_early` tells that only the first network is asked
    where it is sure.
    """

    engine: str
    device: str
    exits_early: bool
    inference_ms: float
    pipeline_ms: float
    share_of_limit: float
    times_as_fast: float | None
    equal_labels: float | None
    compared: int


@dataclass(frozen=True, slots=True)
class BenchmarkResult:
    """Medians over the rounds; ratios are taken round by round. `recommended` is the one of the `engines` to use.

    `card` is None where there is no CUDA card, or its memory is too small for the plain way. `kept` tells that `auto`
    is the recommended one from now on; it is not for random weights, nor where that could not be written.
    """

    pack: str
    photos: int
    plain_ms: float | None
    decoding_ms: float
    engines: tuple[EngineFigures, ...]
    recommended: EngineChoice
    card: CardFigures | None
    kept: bool = False


@dataclass(frozen=True, slots=True)
class _Contender:
    """An engine under the names that chose it, and what is timed of it."""

    choice: EngineChoice
    engine: Engine
    inference: Racer
    pipeline: Racer


def benchmark(request: BenchmarkRequest, paths: Paths) -> Generator[Progress, None, BenchmarkResult]:
    """Yields progress in photos drawn, then in turns; returns the result, and keeps what it recommends for a pack.

    Closing the generator keeps nothing. Raises SourceError, PackError, DeviceError, TrainingError (no such network).
    """
    with tempfile.TemporaryDirectory() as place:
        sources = request.sources or (yield from _draw(Path(place, "photos")))
        if isinstance(request.pack, RandomPack):
            pack, forms = _random_pack(request.pack, Path(place, "pack")), Path(place, "forms")
        else:
            pack, forms = find_pack(request.pack, paths.pack_shelves), paths.compiled_forms
        prepared = _readable(sources, pack)
        is_trained = not isinstance(request.pack, RandomPack)
        if not is_trained:
            _quantize(pack, forms, prepared)
        result = yield from _measure(pack, forms, prepared, is_trained)
    return replace(result, kept=is_trained and _keep(forms, pack, result.recommended))


def _measure(
    pack: Pack, forms: Path, prepared: Sequence[Prepared], is_trained: bool
) -> Generator[Progress, None, BenchmarkResult]:
    photos = [each.photo for each in prepared]
    plain = plain_way(pack, photos) if torch_runs(pack) else None
    decoder = decoding(pack.card, photos)
    contenders = [
        _Contender(choice, engine, inference(engine, prepared), pipeline(engine, pack.card, photos))
        for choice, engine in _engines(pack, forms)
    ]
    racers = [decoder, *(racer for each in contenders for racer in (each.inference, each.pipeline))]
    racers += [plain] if plain else []
    for racer in racers:
        racer.warm_up()
    race = _card_race(pack, forms, prepared, contenders)
    racers += race.racers if race else ()
    meter = ProgressMeter(ROUNDS * len(racers))
    for _ in range(ROUNDS):
        for racer in racers:
            racer.take_turn()
            yield meter.advance(1)
    # Networks with random weights are never sure: a label more or less the same says nothing.
    labels = plain.labels if plain and is_trained else {}
    figures = tuple(_figures(each, decoder, plain, labels) for each in contenders)
    plain_ms = 1000 * median(plain.seconds) if plain else None
    return BenchmarkResult(
        pack=pack.card.name,
        photos=len(photos),
        plain_ms=plain_ms,
        decoding_ms=1000 * median(decoder.seconds),
        engines=figures,
        recommended=_recommended(contenders, labels),
        card=race.figures() if race else None,
    )


def _card_race(
    pack: Pack, forms: Path, prepared: Sequence[Prepared], contenders: Sequence[_Contender]
) -> CardRace | None:
    on_card = next((each for each in contenders if each.choice == _CARD), None)
    try:
        return CardRace(pack, forms, prepared, on_card.inference) if on_card else None
    except DeviceError as error:
        _log.warning("the card is not measured beside the plain way: %s", error)
        return None


def _engines(pack: Pack, forms: Path) -> list[tuple[EngineChoice, Engine]]:
    """All engines that run here, what `auto` would rather take first; raises DeviceError where there is none.

    One that was fitted for early exit comes a second time, with it.
    """
    names = [(engine, device) for engine in ("openvino-int8", "openvino") for device in ("cpu", *INTEL_DEVICES)]
    if torch_runs(pack):
        names = [*([(_CARD.engine, _CARD.device)] if has_cuda_card() else []), *names, ("torch", "cpu")]
    running: list[tuple[EngineChoice, Engine]] = []
    failure = None
    for engine, device in names:
        try:
            choice = EngineChoice(engine=engine, device=device)
            loaded = load_engine(pack, engine, device, forms, early_exit=True)
            if loaded.exits_early:
                running.append((choice, load_engine(pack, engine, device, forms)))
            running.append((choice, loaded))
        except DeviceError as error:
            _log.info("%s on %s is left out: %s", engine, device, error)
            failure = failure or error.with_traceback(None)  # it would hold on to this frame, and so to the engines
    if not running and failure:
        raise failure
    return running


def _recommended(contenders: Sequence[_Contender], labels: Mapping[Path, str]) -> EngineChoice:
    """The first, or the fastest where that is clearly faster; whether to exit early is for the user to decide.

    One whose answers are not those of the plain way, `labels`, is left out, unless all are such.
    """
    every = [each for each in contenders if not each.engine.exits_early]
    equal = ((each, _equal(labels, each.pipeline.labels)) for each in every)
    eligible = [each for each, share in equal if share is None or share >= _LEAST_EQUAL] or every
    first, fastest = eligible[0], min(eligible, key=lambda each: median(each.pipeline.seconds))
    gain = _ratio(first.pipeline.seconds, fastest.pipeline.seconds)
    return fastest.choice if gain >= _CLEARLY_FASTER else first.choice


def _figures(contender: _Contender, decoder: Racer, plain: Racer | None, labels: Mapping[Path, str]) -> EngineFigures:
    whole, alone = contender.pipeline, contender.inference
    on_processor = contender.engine.device == "cpu"
    limits = [
        decoding + inferring if on_processor else max(decoding, inferring)
        for decoding, inferring in zip(decoder.seconds, alone.seconds, strict=True)
    ]
    return EngineFigures(
        engine=contender.engine.name,
        device=contender.engine.device,
        exits_early=contender.engine.exits_early,
        inference_ms=1000 * median(alone.seconds),
        pipeline_ms=1000 * median(whole.seconds),
        share_of_limit=_ratio(limits, whole.seconds),
        times_as_fast=_ratio(plain.seconds, whole.seconds) if plain else None,
        equal_labels=_equal(labels, whole.labels),
        compared=len(labels.keys() & whole.labels.keys()),
    )


def _ratio(slow: Sequence[float], fast: Sequence[float]) -> float:
    return median(one / other for one, other in zip(slow, fast, strict=True))


def _equal(expected: Mapping[Path, str], labels: Mapping[Path, str]) -> float | None:
    """The share of equal labels among the photos that both saw, None where there is no such photo."""
    both = expected.keys() & labels.keys()
    return sum(expected[path] == labels[path] for path in both) / len(both) if both else None


def _draw(folder: Path) -> Generator[Progress, None, tuple[Path, ...]]:
    from defect_desktop.workflows.draw_practice_photos import DrawRequest, draw_practice_photos

    request = DrawRequest(folder=folder, train_per_class=1, megapixels=_DRAWN_MEGAPIXELS)
    yield from draw_practice_photos(request)
    return (folder,)


def _readable(sources: Sequence[Path], pack: Pack) -> list[Prepared]:
    """The photos that can be used, prepared; raises SourceError where there are none."""
    photos = list_photos(sources)
    chosen = photos[:: -(-len(photos) // _MOST_PHOTOS) or 1]
    random.Random(0).shuffle(chosen)  # every contender, however slow, gets to see the same mixture
    readable = [each for each in prepare_all(chosen, pack.card) if each.pixels is not None]
    if not readable:
        raise SourceError(
            ko="쓸 수 있는 사진을 찾지 못했습니다. 사진이 있는 폴더를 고르거나, 폴더를 빼면 연습용 사진을 그립니다.",
            en="There are no usable photos there; name a folder of photos, or none to have some drawn.",
        )
    return readable


def _random_pack(wanted: RandomPack, folder: Path) -> Pack:
    if not find_spec("torch"):
        raise DeviceError(
            ko="무작위 가중치로 재려면 torch가 필요합니다. --pack으로 모델 팩을 고르세요.",
            en="Random weights take torch, which is not here; choose a model pack with --pack.",
        )
    from defect_desktop.training.random_pack import write_random_pack

    folder.mkdir()
    return write_random_pack(wanted.architecture, wanted.members, folder)


def _quantize(pack: Pack, forms: Path, prepared: Sequence[Prepared]) -> None:
    """Keeps a form in 8 bits too: how well networks with random weights answer is no question."""
    if not find_spec("nncf"):
        return
    import numpy as np

    from defect_desktop.training.quantization import quantize
    from defect_desktop.vision.compiled_form import write_form
    from defect_desktop.vision.conversion import convert

    form = convert(pack)
    write_form(forms, pack.card, form)
    pixels = np.stack([each.pixels for each in prepared if each.pixels is not None])
    write_form(forms, pack.card, quantize(form, pixels))


def _keep(forms: Path, pack: Pack, choice: EngineChoice) -> bool:
    """Whether it could be written: the figures are worth having where it could not be, too."""
    try:
        write_choice(forms, pack, choice)
    except OSError as error:
        _log.warning("the choice of engine cannot be kept in %s: %s", forms, error)
        return False
    return True
