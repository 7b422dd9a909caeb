"""The program from its arguments to its exit code, and what becomes of errors that reach the top."""

from __future__ import annotations

import errno
import sys
from collections.abc import Mapping, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Protocol

from defect_desktop.cli.folders import folders
from defect_desktop.cli.interrupt import INTERRUPTED
from defect_desktop.errors import UserError
from defect_desktop.language import Bilingual
from defect_desktop.paths import Paths

COULD_NOT_RUN = 2
"""The exit code of a command that did not do its work."""


class OpenWindow(Protocol):
    """What opens the window: the command line itself knows no Qt."""

    def __call__(
        self, paths: Paths, overrides: Mapping[str, object], sources: tuple[Path, ...] = (), *, briefly: bool = False
    ) -> int:
        """Shows the window until it is closed; its exit code.

        `overrides` are preferences for this time only, `sources` are classified at once; `briefly` shows it nowhere and
        closes it again.
        """


def run(arguments: Sequence[str], open_window: OpenWindow) -> int:
    """Runs one command, or opens the window where none is asked for; returns the exit code.

    What the user can mend is one sentence, what is our bug is logged.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A console that lacks a character must not end a batch.
            stream.reconfigure(errors="backslashreplace")
    try:
        return _run_command(arguments, open_window) if arguments else open_window(folders(), {})
    except UserError as error:
        _say(error.sentence.ko, error.sentence.en)
    except KeyboardInterrupt:
        _say("중단했습니다.", "Stopped.")
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last stop for our own bugs: logged with their traceback
        from defect_desktop.cli.edition import lacks_lab
        from defect_desktop.logs import report_bug

        sentence = lacks_lab(error) or _full_disk(error) or report_bug(error)
        _say(sentence.ko, sentence.en)
    return COULD_NOT_RUN


def _run_command(arguments: Sequence[str], open_window: OpenWindow) -> int:
    from typer import TyperException  # only loaded where there is something to parse

    from defect_desktop.cli.app import app

    _require_no_empty(arguments)
    try:
        code = app(list(arguments), obj=open_window, standalone_mode=False)
    except TyperException as error:
        from defect_desktop.cli.wording import tell_mistake

        tell_mistake(error)
        return COULD_NOT_RUN
    except SystemExit as ended:
        code = ended.code
    return code if isinstance(code, int) else 0


def _full_disk(error: Exception) -> Bilingual | None:
    """The sentence for what nobody below has told: above all, printing into a file. None for any other error."""
    if not isinstance(error, OSError) or error.errno not in (errno.ENOSPC, errno.EDQUOT):
        return None
    return Bilingual(
        ko="디스크가 가득 차서 결과를 끝까지 쓰지 못했습니다. 공간을 비우고 다시 실행하세요.",
        en="The disk is full, and not everything could be written; free some space and run again.",
    )


def _require_no_empty(arguments: Sequence[str]) -> None:
    """Raises UserError for what an unset variable of a script leaves: as a path it would mean the working folder."""
    for argument in arguments:
        if not argument or (argument.startswith("--") and argument.endswith("=")):
            raise UserError(
                ko=f"빈 값이 있습니다: '{argument}'. 스크립트의 변수에 값이 들어 있는지 확인하세요.",
                en=f"An argument is empty: '{argument}'; check that the variables of your script are set.",
            )


def _say(ko: str, en: str) -> None:
    from defect_desktop.cli.console import say  # rich takes longer to load than most of what goes well

    say(ko, en)
