"""`demo-data`: draws practice photos."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from defect_desktop.cli.console import say
from defect_desktop.cli.options import meaning
from defect_desktop.cli.watching import itself, watch
from defect_desktop.errors import UserError
from defect_desktop.language import Bilingual


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
    summary = watch(draw_practice_photos(request), Bilingual(ko="그리기", en="Drawing"), itself)
    say(
        f"그린 연습용 사진: 학습 {summary.train_photos}장, 시험 {summary.test_photos}장 ({summary.folder})",
        f"Drawn practice photos: {summary.train_photos} to train, {summary.test_photos} to test ({summary.folder})",
    )


def _train_per_class(counts: str) -> int | None:
    if counts == "contest":
        return None
    if counts.isdecimal():
        return int(counts)
    raise UserError(
        ko=f"--counts에는 숫자나 contest를 쓰세요('{counts}'은(는) 쓸 수 없습니다).",
        en=f"--counts takes a number or 'contest', not '{counts}'.",
    )
