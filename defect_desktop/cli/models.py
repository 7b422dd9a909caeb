"""`models`: which packs are here, whether they are whole, and how they come and go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from defect_desktop.cli.console import byte_bar, out, say
from defect_desktop.cli.folders import folders, folders_for
from defect_desktop.cli.options import PLAIN, DataDir, meaning
from defect_desktop.cli.unreadable import tell_unreadable
from defect_desktop.cli.watching import itself, tell_early_exit, watch
from defect_desktop.cli.wording import Command, Commands
from defect_desktop.core.printable import printable
from defect_desktop.errors import PackError
from defect_desktop.language import Bilingual, system_language

if TYPE_CHECKING:
    from defect_desktop.workflows.compile_pack import CompileResult

app = typer.Typer(
    cls=Commands,
    help=meaning("모델 팩 관리", "Model packs"),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=PLAIN,
)


@app.command("list", cls=Command, help=meaning("설치된 모델 팩을 보여 줍니다", "List the installed model packs"))
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
    table = Table()
    for header in headers:
        table.add_column(header.text(language), overflow="fold")  # a name that is cut off cannot be asked for
    for folder in pack_folders(folders(data_dir).pack_shelves):
        try:
            card = open_pack(folder).card
        except PackError as error:
            table.add_row(folder.name, "", error.sentence.text(language))
            continue
        f1 = f"{card.metrics.macro_f1:.3f}" if card.metrics else "-"
        architecture = f"{len(card.members)} × {card.architecture}"
        title = card.title.bilingual().text(language)
        table.add_row(folder.name, card.version, title, architecture, str(len(card.classes)), f1)
    out.print(table)


@app.command(
    cls=Command, help=meaning("모델 팩 파일이 온전한지 확인합니다", "Check that the files of model packs are whole")
)
def verify(
    pack: Annotated[
        str | None,
        typer.Argument(
            metavar="PACK", help=meaning("팩의 이름 또는 폴더(기본값: 모두)", "Name or folder of a pack (default: all)")
        ),
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Reads every file of the packs and compares its hash with the card."""
    from defect_desktop.vision.pack import find_pack, pack_folders

    shelves = folders_for(pack, data_dir).pack_shelves
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


@app.command(cls=Command, help=meaning("모델 팩을 zip 파일 하나로 내보냅니다", "Export a model pack to one zip file"))
def export(
    pack: Annotated[
        str, typer.Argument(metavar="PACK", help=meaning("팩의 이름 또는 폴더", "Name or folder of the pack"))
    ],
    file: Annotated[Path, typer.Argument(metavar="FILE.zip", help=meaning("저장할 파일", "File to write"))],
    data_dir: DataDir = None,
) -> None:
    """Writes the pack's card and weights into one file, after checking their hashes."""
    from defect_desktop.workflows.export_pack import export_pack

    work = export_pack(pack, file, folders_for(pack, data_dir))
    watch(work, Bilingual(ko="내보내기", en="Exporting"), itself, byte_bar)
    say(f"모델 팩을 내보냈습니다: {file}", f"Model pack exported: {file}")


@app.command(cls=Command, help=meaning("zip 파일의 모델 팩을 설치합니다", "Install a model pack from a zip file"))
def install(
    file: Annotated[Path, typer.Argument(metavar="FILE.zip", help=meaning("모델 팩 파일", "File that holds the pack"))],
    replace: Annotated[
        bool,
        typer.Option(
            "--replace",
            help=meaning("같은 이름의 팩을 이 팩으로 바꿉니다", "Take the place of a pack of the same name"),
        ),
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """Checks every hash before the pack appears among the installed ones."""
    from defect_desktop.workflows.install_pack import install_pack

    work = install_pack(file, folders(data_dir), replace)
    card = watch(work, Bilingual(ko="설치", en="Installing"), itself, byte_bar).card
    if card.notice:
        say(card.notice.ko, card.notice.en)
    say(f"모델 팩 {card.name} {card.version}을(를) 설치했습니다.", f"Model pack {card.name} {card.version} installed.")


@app.command(cls=Command, help=meaning("설치한 모델 팩을 지웁니다", "Remove an installed model pack"))
def remove(
    pack: Annotated[str, typer.Argument(metavar="PACK", help=meaning("팩의 이름", "Name of the pack"))],
    data_dir: DataDir = None,
) -> None:
    """Removes a pack that was installed; those that came with the program stay."""
    from defect_desktop.workflows.remove_pack import remove_pack

    remove_pack(pack, folders(data_dir))
    say(f"모델 팩 '{pack}'을(를) 지웠습니다.", f"Model pack '{pack}' removed.")


@app.command(
    "compile",
    cls=Command,
    help=meaning("OpenVINO용으로 미리 컴파일합니다", "Compile a model pack for OpenVINO ahead of its first use"),
)
def compile_forms(
    pack: Annotated[
        str, typer.Argument(metavar="PACK", help=meaning("팩의 이름 또는 폴더", "Name or folder of the pack"))
    ],
    photos: Annotated[
        Path | None,
        typer.Option(
            "--photos",
            help=meaning(
                "8비트 계산을 보정할, 학습에 쓴 것과 같은 종류의 사진(하자 유형별 폴더)",
                "Compile for 8 bits too, calibrated on these photos like those it was trained on (a folder per class)",
            ),
        ),
    ] = None,
    check: Annotated[
        Path | None,
        typer.Option(
            "--check",
            help=meaning(
                "8비트 계산을 확인할 다른 사진(하자 유형별 폴더)",
                "Other photos to check the 8 bits on (a folder per class)",
            ),
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--out",
            help=meaning(
                "컴파일된 형태가 들어 있는 팩의 사본을 만들 새 폴더(torch 없는 컴퓨터용)",
                "New folder for a copy of the pack that comes compiled, for computers without torch",
            ),
        ),
    ] = None,
    compiled_only: Annotated[
        bool,
        typer.Option(
            "--compiled-only",
            help=meaning(
                "사본에 컴파일된 형태만 넣습니다: 크기는 절반이고, torch로는 쓸 수 없습니다",
                "Leave everything but the compiled form out of the copy: half the size, and no use to torch",
            ),
        ),
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """Compiles; says how the form in 8 bits compares with single precision, and whether it is kept."""
    from defect_desktop.workflows.compile_pack import CompileRequest, LabelledPhotos, compile_pack

    if (photos is None) != (check is None):
        raise typer.BadParameter(meaning("--photos와 --check는 함께 쓰세요", "--photos and --check go together"))
    if compiled_only and output is None:
        raise typer.BadParameter(meaning("--compiled-only에는 --out이 필요합니다", "--compiled-only takes --out"))
    labelled = LabelledPhotos(photos, check) if photos and check else None
    work = compile_pack(CompileRequest(pack, labelled, output, compiled_only), folders_for(pack, data_dir))
    result = watch(work, Bilingual(ko="컴파일", en="Compiling"), itself)
    _tell_compiled(result, output is not None)


def _tell_compiled(result: CompileResult, copied: bool) -> None:
    for note in result.notes:
        say(note.ko, note.en)
    tell_unreadable(result.failures)
    if found := result.check:
        out.print(
            str(
                Bilingual(
                    ko=f"8비트: 사진 {found.photos}장 중 같은 판정 {found.equal_labels:.1%}, "
                    f"가중 F1 손실 {found.weighted_f1_loss:.4f}",
                    en=f"8 bits: {found.equal_labels:.1%} equal labels on {found.photos} photos, "
                    f"weighted F1 lower by {found.weighted_f1_loss:.4f}",
                )
            )
        )
    if result.check and not result.is_good:
        say(
            "8비트로는 판정이 너무 달라져서 쓰지 않습니다. 팩은 단정밀도로 계산합니다.",
            "In 8 bits the answers change too much, so that form is not kept; the pack stays in single precision.",
        )
    tell_early_exit(result.early_exit)
    name = result.pack.card.name
    place = f" ({printable(result.pack.folder)})" if copied else ""
    say(f"모델 팩 '{name}'을(를) 컴파일했습니다{place}.", f"Model pack '{name}' compiled{place}.")
