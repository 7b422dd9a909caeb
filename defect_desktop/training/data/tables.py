"""CSV tables as people leave them: any order of columns, any usual name for them, UTF-8 or Korean Excel's own."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from defect_desktop.core.printable import printable
from defect_desktop.errors import DataSetError, SourceError
from defect_desktop.language import Bilingual
from defect_desktop.training.data.listed_files import is_there


@dataclass(frozen=True, slots=True)
class Column:
    """A column that a table must have: what it is called in a sentence, and the headers that mean it.

    Case, white space and underscores make no other header.
    """

    meaning: Bilingual
    headers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the `line` of the file that it ends on, counted from 1, and its cells in the order asked for."""

    line: int
    cells: tuple[str, ...]


PATH = Column(
    Bilingual(ko="사진 경로", en="the photo's path"),
    (
        "path", "img_path", "image_path", "photo_path", "file_path", "file", "file_name",
        "image", "img", "photo", "경로", "사진경로", "파일", "파일명", "파일이름", "파일경로", "이미지", "사진",
    ),
)  # fmt: skip
LABEL = Column(
    Bilingual(ko="라벨", en="the label"),
    (
        "label", "labels", "class", "class_name", "category", "defect",
        "라벨", "레이블", "클래스", "분류", "하자", "하자유형", "하자종류",
    ),
)  # fmt: skip


def read_table(file: Path, columns: Sequence[Column]) -> list[Row]:
    """The rows of `file` with the cells of `columns` in that order, without white space around them.

    Other columns and empty lines are passed over.
    Raises SourceError where the file cannot be read, DataSetError where it is no such table.
    """
    reader = csv.reader(io.StringIO(_text(file), newline=""), strict=True)
    rows: list[Row] = []
    try:
        header = next(reader, [])
        places = _places(file, header, columns)
        for record in reader:
            cells = [cell.strip() for cell in record]
            if any(cells):
                rows.append(Row(reader.line_num, _chosen(file, reader.line_num, cells, places, len(header))))
    except csv.Error as error:
        raise _line_error(
            file,
            reader.line_num,
            Bilingual(
                ko="CSV로 읽을 수 없습니다. 따옴표를 확인하세요", en="is no valid CSV; check its quotation marks"
            ),
        ) from error
    if not rows:
        raise DataSetError(
            ko=f"'{printable(file)}'에 내용이 없습니다. 제목 줄 아래에 사진마다 한 줄씩 적으세요.",
            en=f"'{printable(file)}' lists no photos; give it a line a photo below its header.",
        )
    return rows


def require_any_file(file: Path, listed: Sequence[Path]) -> None:
    """Raises DataSetError where none of the files that `file` lists is there: then the table lies in a wrong place."""
    if not any(map(is_there, listed)):
        raise DataSetError(
            ko=f"'{printable(file)}'에 적힌 사진이 하나도 없습니다(예: '{printable(listed[0])}'). "
            "CSV 파일을 사진 경로의 기준 폴더에 두세요.",
            en=f"None of the photos that '{printable(file)}' lists is there (the first: '{printable(listed[0])}'); "
            "put the file into the folder that its paths start from.",
        )


def require_cells(file: Path, row: Row, columns: Sequence[Column]) -> None:
    """Raises DataSetError where one of the row's cells, which are those of `columns`, is empty."""
    for cell, column in zip(row.cells, columns, strict=True):
        if not cell:
            meaning = column.meaning
            said = Bilingual(
                ko=f"{meaning.ko} 칸이 비어 있습니다", en=f"lacks {meaning.en}; fill it in, or take it out"
            )
            raise _line_error(file, row.line, said)


def _text(file: Path) -> str:
    """The file's text. Korean Excel saves a plain "CSV" as CP949, which no valid UTF-8 beyond ASCII resembles."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise SourceError(
            ko=f"'{printable(file)}' 파일을 찾거나 읽을 수 없습니다. 경로와 읽기 권한을 확인하세요.",
            en=f"The file '{printable(file)}' cannot be found or read; check the path and its permissions.",
        ) from error
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise DataSetError(
        ko=f"'{printable(file)}'의 글자를 읽을 수 없습니다. 엑셀에서 'CSV UTF-8'로 다시 저장하세요.",
        en=f"The text of '{printable(file)}' cannot be read; save it again as 'CSV UTF-8'.",
    )


def _places(file: Path, header: list[str], columns: Sequence[Column]) -> tuple[int, ...]:
    """Where in a row each column stands."""
    return tuple(_place(file, header, column) for column in columns)


def _place(file: Path, header: list[str], column: Column) -> int:
    known = set(map(_joined, column.headers))
    found = [place for place, name in enumerate(header) if _joined(name) in known]
    if len(found) == 1:
        return found[0]
    shown, wanted = printable(file), f"'{column.headers[0]}'"
    if not found:
        raise DataSetError(
            ko=f"'{shown}'의 제목 줄에 {column.meaning.ko} 열이 없습니다. 열 이름을 {wanted}(으)로 적으세요.",
            en=f"The header of '{shown}' has no column for {column.meaning.en}; name it {wanted}.",
        )
    several = ", ".join(f"'{header[place].strip()}'" for place in found)
    raise DataSetError(
        ko=f"'{shown}'에서 {column.meaning.ko} 열로 볼 수 있는 것이 여럿입니다({several}). 하나만 남기세요.",
        en=f"'{shown}' has several columns that may be {column.meaning.en} ({several}); keep one of them.",
    )


def _joined(header: str) -> str:
    return "".join(header.lower().replace("_", " ").split())


def _chosen(file: Path, line: int, cells: list[str], places: tuple[int, ...], columns: int) -> tuple[str, ...]:
    if len(cells) <= max(places):
        raise _line_error(file, line, Bilingual(ko="열이 모자랍니다", en="is short of columns; complete it"))
    if any(cells[columns:]):  # cut off, a label would be another class
        said = Bilingual(
            ko="제목 줄보다 열이 많습니다. 쉼표가 든 라벨은 따옴표로 묶으세요",
            en="has more columns than the header; put a label that holds a comma in quotation marks",
        )
        raise _line_error(file, line, said)
    return tuple(cells[place] for place in places)


def _line_error(file: Path, line: int, said: Bilingual) -> DataSetError:
    return DataSetError(
        ko=f"'{printable(file)}' {line}번째 줄: {said.ko}. 고친 뒤 다시 시도하세요.",
        en=f"Line {line} of '{printable(file)}' {said.en}.",
    )
