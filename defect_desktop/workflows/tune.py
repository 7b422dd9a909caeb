"""Searches for a better recipe on a user's photos, and writes it for `train` to use."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from defect_desktop.paths import Paths
from defect_desktop.reports.replacing import prepare_folder, replacing
from defect_desktop.training.recipes.recipe import Recipe
from defect_desktop.training.tuning.request import TuningEvent, TuningRequest

if TYPE_CHECKING:
    from defect_desktop.training.tuning.tuning import Tuning

__all__ = ["PAGE_FILE", "RECIPE_FILE", "TuningEvent", "TuningRequest", "tune_recipe"]

PAGE_FILE, RECIPE_FILE = "tuning.html", "best-recipe.json"


def tune_recipe(request: TuningRequest, paths: Paths) -> Generator[TuningEvent, None, Tuning]:
    """Yields events, then writes the report into the request's folder and returns what it tells.

    The best recipe is written there whenever there is a better one, so that it outlives whatever ends the search. The
    same request goes on where it stopped. Raises SourceError, DataSetError, DeviceError, ReportError, TrainingError,
    and UserError for an unknown recipe.
    """
    from defect_desktop.training.data.class_folders import require_outside
    from defect_desktop.training.job import alone_in
    from defect_desktop.training.tuning.page import tuning_page

    require_outside(request.folder, (*request.sources, request.test))
    prepare_folder(request.folder, (PAGE_FILE, RECIPE_FILE))
    with alone_in(request.folder):
        found = yield from _searched(request)
        if found.best:
            _write_recipe(request.folder, found.recipe)
        with replacing(request.folder / PAGE_FILE, "utf-8") as file:
            file.write(tuning_page(paths.assets, found, request, RECIPE_FILE))
    return found


def _searched(request: TuningRequest) -> Generator[TuningEvent, None, Tuning]:
    """The search, which writes every recipe that is better than those before."""
    from defect_desktop.training.tuning.tuning import tune

    with closing(tune(request)) as search:
        while True:
            try:
                event = next(search)
            except StopIteration as finished:
                found: Tuning = finished.value
                return found
            if event.better:
                _write_recipe(request.folder, event.better)
            yield event


def _write_recipe(folder: Path, recipe: Recipe) -> None:
    from defect_desktop.training.recipes.recipe_file import recipe_as_json

    with replacing(folder / RECIPE_FILE, "utf-8") as file:
        file.write(recipe_as_json(recipe))
