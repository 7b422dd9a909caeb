"""A recipe as a JSON file: its declaration, written to be read, edited and trained with."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from defect_desktop.core.printable import printable
from defect_desktop.errors import TrainingError
from defect_desktop.training.recipes.recipe import Recipe

SUFFIX = ".json"

_MANY = 10_000
_TINY = 1e-9
_SHOWN_DIGITS = 12
BOUNDS: dict[str, tuple[float, float]] = {
    "preprocessing.height": (8, 4096),
    "preprocessing.width": (8, 4096),
    "preprocessing.mean": (-10, 10),
    "preprocessing.std": (_TINY, 10),
    "preprocessing.crop_share": (0.01, 1),
    "cache_scale": (0.1, 10),
    "dropout": (0, 0.99),
    "bag.members": (1, _MANY),
    "bag.distillation.weight": (0, 1),
    "bag.distillation.temperature": (_TINY, _MANY),
    "schedule.epochs": (1, _MANY),
    "schedule.batch": (2, _MANY),
    "schedule.learning_rate": (_TINY, 10),
    "schedule.warmup_epochs": (0, _MANY),
    "schedule.gamma": (_TINY, 1),
    "schedule.scales": (0.1, 4),
    "schedule.patience": (1, _MANY),
    "descent.weight_decay": (0, 10),
    "descent.clip_norm": (_TINY, _MANY),
    "descent.layer_decay": (_TINY, 1),
    "descent.ema_decay": (0, 0.999999),
    "loss.label_smoothing": (0, 0.99),
    "loss.focal_gamma": (0, 10),
    "loss.prior_strength": (0, 10),
    "loss.class_balance": (0, 0.999999),
    "loss.reweighted_from": (0, 1),
    "augmentation.least_scale": (0.01, 1),
    "augmentation.brightness": (0, 1),
    "augmentation.contrast": (0, 1),
    "augmentation.gamma": (1, 10),
    "augmentation.colour": (0, 1),
    "augmentation.blur": (0, 1),
    "augmentation.noise": (0, 1),
    "augmentation.operations": (0, 20),
    "augmentation.magnitude": (0, 1),
    "mix.probability": (0, 1),
    "mix.cutmix_alpha": (0, 100),
    "mix.mixup_alpha": (0, 100),
    "distractors.a_batch": (0, _MANY),
    "distractors.settling_rate": (_TINY, 10),
    "distractors.settling_a_batch": (0, _MANY),
    "held_out_share": (0.01, 0.9),
    "unchecked_error_rate": (0, 1),
}
"""The least and the greatest value of every number in a declaration; for a list, of each in it."""

_RECIPE: TypeAdapter[Recipe] = TypeAdapter(Recipe)


def recipe_as_json(recipe: Recipe) -> str:
    """The recipe's declaration, as `recipe_from_json` reads it."""
    return json.dumps(recipe.declaration(), ensure_ascii=False, indent=2) + "\n"


def recipe_from_json(text: str, origin: str) -> Recipe:
    """The recipe whose declaration is `text`; raises TrainingError, naming `origin` and the part that is wrong."""
    try:
        recipe = _RECIPE.validate_json(text, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise _wrong(origin, ".".join(map(str, first["loc"])) or "JSON", first["msg"]) from error
    _require_known(json.loads(text), recipe.declaration(), origin)
    if not recipe.schedule.scales:
        raise _wrong(origin, "schedule.scales", "[]")
    if not recipe.name.strip() or not recipe.name.isprintable():
        raise _wrong(origin, "name", repr(recipe.name))
    for part, value in _numbers(recipe.declaration()):
        low, high = BOUNDS[part]
        if not low <= value <= high:
            raise _wrong(origin, part, f"{_shown(value)} ({low:g} … {high:g})")
    height, width = recipe.preprocessing.height, recipe.preprocessing.width
    if width != height:  # a training's pictures of nothing are squares
        raise _wrong(origin, "preprocessing.width", f"{width} ≠ preprocessing.height {height}")
    return recipe


def read_recipe(file: Path) -> Recipe:
    """The recipe in `file`; raises TrainingError where it cannot be read or is none."""
    shown = printable(file)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise TrainingError(
            ko=f"레시피 파일 '{shown}'을(를) 읽을 수 없습니다. 경로와 권한을 확인하세요.",
            en=f"The recipe file '{shown}' cannot be read; check its path and permissions.",
        ) from error
    return recipe_from_json(text, shown)


def _numbers(declared: object, path: str = "") -> Iterator[tuple[str, float]]:
    """Every number in a declaration, with the dotted name of its place."""
    if isinstance(declared, dict):
        for name, value in declared.items():
            yield from _numbers(value, f"{path}.{name}".lstrip("."))
    elif isinstance(declared, tuple):
        for value in declared:
            yield from _numbers(value, path)
    elif isinstance(declared, int | float):
        yield path, declared


def _shown(value: float) -> str:
    """The number in few characters: an integer may have thousands of digits, and be no float."""
    if isinstance(value, int):
        digits = str(value)
        return digits if len(digits) <= _SHOWN_DIGITS else f"{digits[:_SHOWN_DIGITS]}…"
    return f"{value:g}"


def _require_known(given: object, known: object, origin: str, path: str = "") -> None:
    """Raises TrainingError for a name that no recipe has: a slip of the pen must not pass for a changed recipe."""
    if not isinstance(given, dict) or not isinstance(known, dict):
        return
    for name, value in given.items():
        place = f"{path}.{name}".lstrip(".")
        if name not in known:
            raise _wrong(origin, place, "?")
        _require_known(value, known[name], origin, place)


def _wrong(origin: str, part: str, found: str) -> TrainingError:
    return TrainingError(
        ko=f"'{origin}'은(는) 올바른 레시피가 아닙니다. '{part}' 값을 고치세요: {found}",
        en=f"'{origin}' is no valid recipe; mend '{part}': {found}",
    )
