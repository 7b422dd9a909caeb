"""`evaluate`: measures a model pack on labelled photos."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from defect_desktop import settings
from defect_desktop.cli.console import say
from defect_desktop.cli.folders import folders_for
from defect_desktop.cli.options import DataDir, DeviceName, EngineName, Seed, meaning
from defect_desktop.cli.tables import print_table, table_of
from defect_desktop.cli.unreadable import tell_unreadable
from defect_desktop.cli.watching import itself, print_lines, watch
from defect_desktop.core.printable import printable
from defect_desktop.language import Bilingual

if TYPE_CHECKING:
    from defect_desktop.training.evaluation import Evaluation
    from defect_desktop.training.measurement.intervals import Interval
    from defect_desktop.training.measurement.measure import Measurement
    from defect_desktop.training.metrics import ClassScore

_WEIGHTED = Bilingual(ko="가중 F1", en="Weighted F1")
_MACRO = Bilingual(ko="매크로 F1", en="Macro F1")
_ACCURACY = Bilingual(ko="정확도", en="Accuracy")
_UNCHECKED = Bilingual(ko="확인 불필요", en="Need no check")
_MISTAKES = Bilingual(ko="그중 오답", en="Wrong among those")


def evaluate(
    pack: Annotated[str, typer.Argument(metavar="PACK", help=str(settings.PACK.meaning))],
    data: Annotated[
        Path,
        typer.Argument(
            metavar="DATA",
            help=meaning(
                "하자 유형별 폴더가 있는 폴더, 또는 사진 경로와 라벨이 적힌 CSV 파일",
                "Folder that holds a folder per class, or CSV file with the photos' paths and labels",
            ),
        ),
    ],
    report: Annotated[
        Path | None,
        typer.Option(
            "--out",
            file_okay=False,
            help=meaning(
                "보고서(report.html)와 수치(evaluation.json)를 쓸 폴더",
                "Folder for the report (report.html) and its figures (evaluation.json)",
            ),
        ),
    ] = None,
    error_rate: Annotated[
        float,
        typer.Option(
            min=0.0,
            max=1.0,
            help=meaning(
                "확인하지 않는 사진 중 허용할 오답의 비율. 이에 맞는 '확인 필요' 기준을 제안합니다",
                "Share of mistakes to allow among unchecked photos; 'needs check' thresholds are proposed for it",
            ),
        ),
    ] = 0.01,
    seed: Seed = 0,
    engine: EngineName = settings.ENGINE.default,
    device: DeviceName = settings.DEVICE.default,
    data_dir: DataDir = None,
) -> None:
    """Measures a model pack on labelled photos."""
    from defect_desktop.workflows.evaluate_pack import PAGE_FILE, EvaluateRequest, evaluate_pack

    request = EvaluateRequest(data, pack, engine, device, report, error_rate, seed)
    found = watch(evaluate_pack(request, folders_for(pack, data_dir)), Bilingual(ko="평가", en="Measuring"), itself)
    for note in found.notes:
        say(note.ko, note.en)
    tell_unreadable(found.failures)
    _print_measurement(found)
    if report:
        say(f"보고서: {printable(report / PAGE_FILE)}", f"Report: {printable(report / PAGE_FILE)}")
    raise typer.Exit(1 if found.failures else 0)


def print_evaluation(evaluation: Evaluation) -> None:
    """Prints the F1 of every class, then the figures of the whole."""
    bag = evaluation.bag
    _print_classes(bag.classes)
    members = ", ".join(f"{member.macro_f1:.3f}" for member in evaluation.members)
    mistakes = f"{evaluation.unchecked_mistakes / evaluation.unchecked:.1%}" if evaluation.unchecked else "-"
    lines = (
        (Bilingual(ko="사진 수", en="Photos"), f"{bag.photos}"),
        (_WEIGHTED, f"{bag.weighted_f1:.3f}"),
        (Bilingual(ko="매크로 F1 (멤버별)", en="Macro F1 (each member)"), f"{bag.macro_f1:.3f} ({members})"),
        (_ACCURACY, f"{bag.accuracy:.3f}"),
        (_UNCHECKED, f"{evaluation.unchecked / bag.photos:.1%}"),
        (_MISTAKES, mistakes),
    )
    print_lines(lines)


def _print_measurement(found: Measurement) -> None:
    """Prints the classes, then every figure of the whole with its interval."""
    bag, intervals = found.evaluation.bag, found.intervals
    _print_classes(bag.classes)
    ece = Bilingual(ko="보정 오차(ECE), 보정 전 → 후", en="Calibration error (ECE), before → after")
    area = Bilingual(ko="위험-적용률 곡선 아래 넓이", en="Area under the risk-coverage curve")
    gain = Bilingual(ko="매크로 F1에서 묶음의 이득", en="Gain of the bag in macro F1")
    print_lines(
        (
            (Bilingual(ko="사진 수", en="Photos"), f"{bag.photos}"),
            (_WEIGHTED, f"{bag.weighted_f1:.3f} {_range(intervals.weighted_f1)}"),
            (_MACRO, f"{bag.macro_f1:.3f} {_range(intervals.macro_f1)}"),
            (_ACCURACY, f"{bag.accuracy:.3f} {_range(intervals.accuracy)}"),
            (gain, f"{found.evaluation.gain_macro_f1:+.3f} {_range(intervals.gain_macro_f1, '+.3f')}"),
            (ece, f"{found.before.ece:.3f} → {found.after.ece:.3f}"),
            (area, f"{found.risk.area:.4f}"),
        )
    )
    _print_operations(found)


def _print_classes(classes: tuple[ClassScore, ...]) -> None:
    figures = (
        meaning("사진", "Photos"),
        meaning("정밀도", "Precision"),
        meaning("재현율", "Recall"),
        "F1",
        meaning("F1의 구간", "Its interval"),
    )
    table = table_of((meaning("하자", "Class"),), figures)
    for entry in classes:
        table.add_row(entry.label, str(entry.support), *_class_cells(entry))
    print_table(table)


def _class_cells(entry: ClassScore) -> tuple[str, ...]:
    """Precision, recall, F1 and its interval; where there are too few photos, only how many were right."""
    from defect_desktop.training.measurement.intervals import f1_interval

    if not entry.is_evidence:
        few = Bilingual(ko=f"근거 부족({entry.right}장 정답)", en=f"insufficient evidence ({entry.right} right)")
        return "", "", "", str(few)
    interval = f1_interval(entry)
    return f"{entry.precision:.3f}", f"{entry.recall:.3f}", f"{entry.f1:.3f}", _range(interval)


def _print_operations(found: Measurement) -> None:
    """What the thresholds do: the pack's own, and those that the photos would choose."""
    chosen = found.choice.thresholds
    proposed = f"{chosen.confidence:.2f} / {chosen.margin:.2f} / {chosen.agreement:.2f}"
    operations = (
        (Bilingual(ko="지금 기준", en="Thresholds now"), found.present),
        (
            Bilingual(
                ko=f"오답 {found.choice.asked} 기준 제안(확신도/차이/일치 {proposed})",
                en=f"Proposed for {found.choice.asked} wrong (confidence/margin/agreement {proposed})",
            ),
            found.choice.elsewhere,
        ),
    )
    print_lines(
        (
            name,
            f"{_UNCHECKED} {operation.unchecked_share:.1%}, {_MISTAKES} {operation.mistakes}/{operation.unchecked}",
        )
        for name, operation in operations
    )


def _range(interval: Interval | None, form: str = ".3f") -> str:
    """An interval in words: these photos may know none, for lack of a mistake."""
    if interval is None:
        return str(Bilingual(ko="(구간 알 수 없음)", en="(interval unknown)"))
    return f"({interval.low:{form}} … {interval.high:{form}})"
