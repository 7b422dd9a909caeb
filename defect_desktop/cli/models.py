"""`models list` and `models verify`: which packs are here, and whether they are whole."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from defect_desktop.cli.console import out, say
from defect_desktop.cli.options import DataDir, folders, meaning
from defect_desktop.errors import PackError
from defect_desktop.language import Bilingual, system_language

app = typer.Typer(help=meaning("모델 팩 관리", "Model packs"), no_args_is_help=True)


@app.command("list", help=meaning("설치된 모델 팩을 보여 줍니다", "List the installed model packs"))
def list_packs(data_dir: DataDir = None) -> None:
    """Prints a row a pack; one that cannot be used has its reason in its row."""
    from defect_desktop.vision.pack import open_pack, pack_folders

    language = system_language()
    headers = (
        Bilingual(ko="이름", en="Name"),
        Bilingual(ko="버전", en="Version"),
        Bilingual(ko="설명", en="Description"),
        Bilingual(ko="구조", en="Architecture"),
        Bilingual(ko="클래스", en="Classes"),
        Bilingual(ko="매크로 F1", en="Macro F1"),
    )
    table = Table(*(header.text(language) for header in headers))
    for folder in pack_folders(folders(data_dir).pack_shelves):
        try:
            card = open_pack(folder).card
        except PackError as error:
            table.add_row(folder.name, "", error.sentence.text(language))
            continue
        f1 = f"{card.metrics.macro_f1:.3f}" if card.metrics else "-"
        architecture = f"{len(card.members)} × {card.architecture}"
        title = card.title.bilingual().text(language)
        table.add_row(card.name, card.version, title, architecture, str(len(card.classes)), f1)
    out.print(table)


@app.command(help=meaning("모델 팩 파일이 온전한지 확인합니다", "Check that the files of model packs are whole"))
def verify(
    pack: Annotated[
        str | None,
        typer.Argument(help=meaning("팩의 이름 또는 폴더(기본값: 모두)", "Name or folder of a pack (default: all)")),
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Reads every file of the packs and compares its hash with the card."""
    from defect_desktop.vision.pack import find_pack, pack_folders

    shelves = folders(data_dir).pack_shelves
    broken = 0
    for name in [pack] if pack else [str(folder) for folder in pack_folders(shelves)]:
        try:
            found = find_pack(name, shelves)
            found.verify()
        except PackError as error:
            broken += 1
            say(error.sentence.ko, error.sentence.en)
        else:
            out.print(str(Bilingual(ko=f"{found.card.name}: 정상", en=f"{found.card.name}: whole")))
    raise typer.Exit(2 if broken else 0)
