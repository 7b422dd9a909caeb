"""`demo-data`, `train`, `evaluate` and `benchmark`: the commands of the lab."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from defect_desktop import settings
from defect_desktop.cli.console import err, out, progress_bar, say
from defect_desktop.cli.options import DataDir, DeviceName, EngineName, PackName, folders, meaning
from defect_desktop.core.printable import printable
from defect_desktop.core.progress import Progress
from defect_desktop.errors import UserError
from defect_desktop.language import Bilingual

if TYPE_CHECKING:
    from defect_desktop.training.evaluation import Evaluation

Event = TypeVar("Event")
Result = TypeVar("Result")


def demo_data(
    target: Annotated[
        Path, typer.Argument(metavar="OUT", help=meaning("새 폴더 또는 빈 폴더", "A new or empty folder"))
    ],
    counts: Annotated[
        str,
        typer.Option(
            help=meaning(
                "클래스당 학습 사진 수, 또는 대회와 같은 수(3,457장과 시험 사진 792장)는 contest",
                "Training photos a class, or 'contest' for the contest's own 3,457 and 792 test photos",
            )
        ),
    ] = "20",
    test: Annotated[int, typer.Option(help=meaning("클래스당 시험 사진 수", "Test photos a class"))] = 0,
    seed: Annotated[
        int, typer.Option(help=meaning("같은 시드는 같은 사진을 그립니다", "The same seed draws the same photos"))
    ] = 0,
    megapixels: Annotated[
        float | None,
        typer.Option(help=meaning("사진의 크기(백만 화소)", "Size of the photos in megapixels")),
    ] = None,
) -> None:
    """Draws labelled practice photos of all 19 defects in the contest's folder layout."""
    from defect_desktop.workflows.draw_practice_photos import DrawRequest, draw_practice_photos

    request = DrawRequest(
        folder=target,
        train_per_class=_train_per_class(counts),
        test_per_class=test,
        seed=seed,
        megapixels=megapixels,
        processes=os.cpu_count() or 1,
    )
    summary = _watch(draw_practice_photos(request), Bilingual(ko="그리기", en="Drawing"), _itself)
    say(
        f"그린 연습용 사진: 학습 {summary.train_photos}장, 시험 {summary.test_photos}장 ({summary.folder})",
        f"Drawn practice photos: {summary.train_photos} to train, {summary.test_photos} to test ({summary.folder})",
    )


def train(
    data: Annotated[
        list[Path],
        typer.Argument(
            metavar="DATA...", help=meaning("클래스별 폴더가 있는 폴더", "Folders that hold a folder per class")
        ),
    ],
    target: Annotated[
        Path, typer.Option("--out", help=meaning("만들 팩의 폴더", "Folder of the pack; its name becomes the pack's"))
    ],
    test: Annotated[
        Path | None,
        typer.Option(
            help=meaning("학습에 쓰지 않고 평가할 사진 폴더", "Labelled photos to measure on, kept from training")
        ),
    ] = None,
    recipe: Annotated[str, typer.Option(help=meaning("학습 레시피", "Training recipe"))] = "starter",
    seed: Annotated[int, typer.Option(help=meaning("난수 시드", "Seed of all that is random"))] = 0,
    device: DeviceName = settings.DEVICE.default,
) -> None:
    """Trains a bag of networks on labelled photos, calibrates it and writes it as a model pack."""
    from defect_desktop.workflows.train_model import TestPhotos, TrainingRequest, train_model, user_texts

    request = TrainingRequest(
        data=tuple(data),
        output=target,
        texts=user_texts(target.name, tuple(data)),
        recipe=recipe,
        seed=seed,
        test=TestPhotos(test, Bilingual(ko=str(test), en=str(test))) if test else None,
        device=device,
    )
    result = _watch(train_model(request), Bilingual(ko="학습", en="Training"), attrgetter("progress"))
    for path, problem in result.failures:
        err.print(f"{printable(path)}: {problem.sentence}")
    _print_evaluation(result.evaluation)
    say(f"모델 팩: {target}", f"Model pack: {target}")


def evaluate(
    pack: Annotated[str, typer.Argument(metavar="PACK", help=str(settings.PACK.meaning))],
    data: Annotated[
        Path,
        typer.Argument(
            metavar="DATA", help=meaning("클래스별 폴더가 있는 폴더", "Folder that holds a folder per class")
        ),
    ],
    engine: EngineName = settings.ENGINE.default,
    device: DeviceName = settings.DEVICE.default,
    data_dir: DataDir = None,
) -> None:
    """Measures a model pack on labelled photos."""
    from defect_desktop.workflows.evaluate_pack import EvaluateRequest, evaluate_pack

    request = EvaluateRequest(data, pack, engine, device)
    _print_evaluation(_watch(evaluate_pack(request, folders(data_dir)), Bilingual(ko="평가", en="Measuring"), _itself))


def benchmark(
    sources: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", help=meaning("사진 또는 사진 폴더", "Photos or folders of photos")),
    ],
    pack: PackName = settings.PACK.default,
    engine: EngineName = settings.ENGINE.default,
    device: DeviceName = settings.DEVICE.default,
    data_dir: DataDir = None,
    as_json: Annotated[
        bool, typer.Option("--json", help=meaning("결과를 JSON으로 출력합니다", "Print the results as JSON"))
    ] = False,
) -> None:
    """Measures the pipeline against the plain way, photo by photo with full decoding, in one interleaved run."""
    from defect_desktop.workflows.benchmark import BenchmarkRequest
    from defect_desktop.workflows.benchmark import benchmark as measure

    request = BenchmarkRequest(tuple(sources), pack, engine, device)
    result = _watch(measure(request, folders(data_dir)), Bilingual(ko="측정", en="Measuring"), _itself)
    if as_json:
        typer.echo(json.dumps(dataclasses.asdict(result)))
        return
    lines = (
        (Bilingual(ko="사진 수", en="Photos"), f"{result.photos}"),
        (Bilingual(ko="엔진과 장치", en="Engine and device"), f"{result.engine}, {result.device}"),
        (Bilingual(ko="단순한 방법, 장당 ms", en="Plain way, ms a photo"), f"{result.plain_ms:.1f}"),
        (Bilingual(ko="이 프로그램, 장당 ms", en="This program, ms a photo"), f"{result.pipeline_ms:.1f}"),
        (Bilingual(ko="배율", en="Times as fast"), f"{result.ratio:.2f}"),
        (Bilingual(ko="같은 판정", en="Equal labels"), f"{result.label_agreement:.2%}"),
    )
    _print_lines(lines)


def _print_evaluation(evaluation: Evaluation) -> None:
    bag = evaluation.bag
    few = Bilingual(ko="(사진이 적어 근거 부족)", en="(insufficient evidence)")
    for entry in bag.classes:
        out.print(f"{entry.f1:.3f}  {entry.label}  {entry.support}{'' if entry.is_evidence else f' {few}'}")
    members = ", ".join(f"{member.macro_f1:.3f}" for member in evaluation.members)
    mistakes = evaluation.unchecked_mistakes / max(1, evaluation.unchecked)
    lines = (
        (Bilingual(ko="사진 수", en="Photos"), f"{bag.photos}"),
        (Bilingual(ko="가중 F1", en="Weighted F1"), f"{bag.weighted_f1:.3f}"),
        (Bilingual(ko="매크로 F1 (멤버별)", en="Macro F1 (each member)"), f"{bag.macro_f1:.3f} ({members})"),
        (Bilingual(ko="정확도", en="Accuracy"), f"{bag.accuracy:.3f}"),
        (Bilingual(ko="확인 불필요", en="Need no check"), f"{evaluation.unchecked / bag.photos:.1%}"),
        (Bilingual(ko="그중 오답", en="Wrong among those"), f"{mistakes:.1%}"),
    )
    _print_lines(lines)


def _print_lines(lines: Iterable[tuple[Bilingual, str]]) -> None:
    for name, value in lines:
        out.print(f"{name}: {value}")


def _watch(
    workflow: Generator[Event, None, Result], title: Bilingual, progress_of: Callable[[Event], Progress]
) -> Result:
    """Runs a workflow to its end under a progress bar; Ctrl-C closes it."""
    with closing(workflow), progress_bar(title) as bar:
        while True:
            try:
                event = next(workflow)
            except StopIteration as finished:
                result: Result = finished.value
                return result
            bar.show(progress_of(event))


def _itself(progress: Progress) -> Progress:
    """For workflows whose events are their progress."""
    return progress


def _train_per_class(counts: str) -> int | None:
    if counts == "contest":
        return None
    if counts.isdecimal():
        return int(counts)
    raise UserError(
        ko=f"--counts에는 숫자나 contest를 쓰세요('{counts}'은(는) 쓸 수 없습니다).",
        en=f"--counts takes a number or 'contest', not '{counts}'.",
    )
