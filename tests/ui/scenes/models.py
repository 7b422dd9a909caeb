"""The model packs: their figures, and two of them side by side."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

from defect_desktop.core.comparison import ReviewedPhoto, compare_packs
from defect_desktop.core.record import PhotoFile
from defect_desktop.paths import Paths
from defect_desktop.ui.pages.models.page import ModelsPage
from defect_desktop.ui.program import Program
from defect_desktop.workflows.compare_packs import ComparedPacks
from tests.ui.fakes import FakeWork, visit, wait_until
from tests.ui.scenes import Scene


def two_packs(paths: Paths, work: FakeWork) -> None:
    """Beside the starter pack one of the user's, with classes that were hardly measured, and a broken one."""
    own = paths.user_models / "hanbit-2026"
    shutil.copytree(paths.models / "starter", own)
    card = json.loads((own / "card.json").read_text(encoding="utf-8"))
    card |= {"name": own.name, "version": "2.3", "title": {"ko": "한빛건설 2026", "en": "Hanbit Construction 2026"}}
    card["notice"] = None
    card["provenance"]["evaluation"]["class_photos"] |= {"반점": 3, "틈새과다": 5, "가구수정": 12}
    (own / "card.json").write_text(json.dumps(card, ensure_ascii=False), encoding="utf-8")
    broken = paths.user_models / "broken"
    broken.mkdir()
    (broken / "card.json").write_text("{", encoding="utf-8")


def opened(program: Program) -> ModelsPage:
    page = visit(program.window, "models")
    assert isinstance(page, ModelsPage)
    wait_until(lambda: len(page.model.packs) > 0)
    return page


def packs(program: Program, work: FakeWork) -> None:
    opened(program)


def own(program: Program, work: FakeWork) -> None:
    page = opened(program)
    page.list.select(page.model.row_of("hanbit-2026") or 0)


def broken(program: Program, work: FakeWork) -> None:
    opened(program).list.select(0)


def compared(program: Program, work: FakeWork) -> None:
    page = opened(program)
    page.open_comparison()
    two = tuple(shelved.pack for shelved in page.model.packs if shelved.pack)
    dice = random.Random(1)
    labels, photos = two[0].card.labels, []
    for number in range(640):
        human = dice.choices(labels, [1, 4, 2, 3, 1, 2, 2, 2, 1, 2, 6, 2, 2, 1, 1, 2, 1, 1, 9])[0]
        said = tuple(human if dice.random() < skill else dice.choice(labels) for skill in (0.87, 0.62))
        photos.append(ReviewedPhoto(number, PhotoFile(Path("x"), 1, 1), (human,), said))
    page.comparing.show_compared(ComparedPacks(two, compare_packs(photos, 2), 640, 640))


SCENES = tuple(Scene(f"models_{show.__name__}", show, two_packs) for show in (packs, own, broken, compared))
