"""The files of a data set that are no photos, told at the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from defect_desktop.cli.console import err, say
from defect_desktop.core.printable import printable

if TYPE_CHECKING:
    from defect_desktop.errors import PhotoProblem

_NAMED = 10


def tell_unreadable(failures: Sequence[tuple[Path, PhotoProblem]]) -> None:
    """Prints how many there are, and the first few with the reason; nothing where there are none."""
    if not failures:
        return
    say(f"사진으로 읽을 수 없는 파일: {len(failures)}개", f"Files that cannot be read as photos: {len(failures)}")
    for path, problem in failures[:_NAMED]:
        err.print(f"{printable(path)}: {problem.sentence}")
    if len(failures) > _NAMED:
        say("…모두 보려면 inspect-data 명령을 쓰세요.", "... `inspect-data` lists all of them.")
