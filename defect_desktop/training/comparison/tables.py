"""A comparison for other programs: `comparison.json`, whose keys stay, and the rows of `comparison.csv`.

format                1; grows when a key changes its meaning
program_version       of this program
sources               the folders and lists of photos
photos                training, validation, test (counts), left_out, fingerprint
seeds, device
rows                  in the order of the table: recipe, variant (null for the recipe itself), name (ko, en),
                      architecture, side (pixels), from_scratch, problem (ko, en; null), milliseconds (a photo;
                      null where untimed, ko and en, says why not), change_macro_f1 (of a variant: mean, low, high),
                      declaration (the recipe), and
                      runs, one a seed: seed, weighted_f1, macro_f1, accuracy, gain_macro_f1, networks,
                      parameters (of one), epochs (of each), seconds, device, classes [label, f1, support]

Scores and their changes are shares, from 0 to 1 and -1 to 1. The f1 of a class without support says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from defect_desktop import __version__
from defect_desktop.core.formula import formula_safe
from defect_desktop.core.printable import printable
from defect_desktop.language import Bilingual
from defect_desktop.training.comparison.comparison import Comparison, Row, Spread
from defect_desktop.training.comparison.request import ComparisonRequest

FORMAT = 1


def comparison_as_json(comparison: Comparison, request: ComparisonRequest) -> dict[str, object]:
    """The comparison, ready for `json.dumps`; the module's docstring names the keys."""
    parts = comparison.parts
    return {
        "format": FORMAT,
        "program_version": __version__,
        "sources": [printable(source) for source in request.sources],
        "photos": {
            "training": len(parts.training.paths),
            "validation": len(parts.validation.paths),
            "test": len(parts.test.paths),
            "left_out": parts.left_out,
            "fingerprint": parts.fingerprint,
        },
        "seeds": list(comparison.seeds),
        "device": comparison.device,
        "rows": [_row(row, comparison) for row in comparison.rows],
    }


def csv_rows(comparison: Comparison) -> Iterator[list[str]]:
    """The header, in the language of the system, then a line a row of the table."""
    finished = comparison.finished
    labels = [each.label for each in finished[0].runs[0].classes] if finished else []
    yield [*(str(name) for name in _COLUMNS), *(formula_safe(f"F1 {label}") for label in labels)]
    for row in comparison.rows:
        yield [formula_safe(str(row.candidate.name)), formula_safe(row.architecture), *_cells(row, comparison, labels)]


_COLUMNS = (
    Bilingual(ko="레시피", en="Recipe"),
    Bilingual(ko="신경망", en="Network"),
    Bilingual(ko="처음부터 학습", en="From scratch"),
    Bilingual(ko="가중 F1", en="Weighted F1"),
    Bilingual(ko="매크로 F1", en="Macro F1"),
    Bilingual(ko="매크로 F1 최소", en="Least macro F1"),
    Bilingual(ko="매크로 F1 최대", en="Greatest macro F1"),
    Bilingual(ko="매크로 F1 차이", en="Change of macro F1"),
    Bilingual(ko="묶음의 이득", en="Gain of the bag"),
    Bilingual(ko="신경망 수", en="Networks"),
    Bilingual(ko="매개변수(백만)", en="Parameters (M)"),
    Bilingual(ko="ms/사진", en="ms a photo"),
    Bilingual(ko="학습(초)", en="Training (s)"),
    Bilingual(ko="시드 수", en="Seeds"),
    Bilingual(ko="문제", en="Problem"),
)


def _cells(row: Row, comparison: Comparison, labels: list[str]) -> list[str]:
    """What stands behind the row's name and network."""
    problem = formula_safe(" ".join(map(str, row.remarks)))
    if not row.runs:
        return [""] * (len(_COLUMNS) - 3) + [problem, *("" for _ in labels)]
    macro, change = row.spread(lambda run: run.macro_f1), comparison.change_of(row)
    return [
        "1" if row.scratch else "0",
        f"{row.spread(lambda run: run.weighted_f1).mean:.4f}",
        f"{macro.mean:.4f}",
        f"{macro.low:.4f}",
        f"{macro.high:.4f}",
        f"{change.mean:.4f}" if change else "",
        f"{row.spread(lambda run: run.gain_macro_f1).mean:.4f}",
        f"{row.runs[0].networks}",
        f"{row.runs[0].parameters / 1e6:.3f}",
        _number(row.milliseconds, ".2f"),
        f"{row.spread(lambda run: run.seconds).mean:.1f}",
        f"{len(row.runs)}",
        problem,
        *(_number(row.class_f1(label), ".4f") for label in labels),
    ]


def _row(row: Row, comparison: Comparison) -> dict[str, object]:
    variant = row.candidate.variant
    return {
        "recipe": row.candidate.recipe,
        "variant": variant.key if variant else None,
        "name": row.candidate.name._asdict(),
        "architecture": row.architecture,
        "side": row.recipe.preprocessing.height if row.recipe else None,
        "from_scratch": row.scratch,
        "problem": row.problem._asdict() if row.problem else None,
        "milliseconds": row.milliseconds,
        "untimed": row.untimed._asdict() if row.untimed else None,
        "change_macro_f1": _spread(comparison.change_of(row)),
        "declaration": row.recipe.declaration() if row.recipe else None,
        "runs": [asdict(run) for run in row.runs],
    }


def _number(value: float | None, form: str) -> str:
    return "" if value is None else f"{value:{form}}"


def _spread(spread: Spread | None) -> dict[str, float] | None:
    return asdict(spread) if spread else None
