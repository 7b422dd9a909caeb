"""What typer itself says, in the user's language: headings of help pages, and what is wrong with a command line."""

from __future__ import annotations

import re
from typing import Any

from typer import TyperException, echo
from typer.core import TyperCommand, TyperGroup

from defect_desktop.cli.options import meaning
from defect_desktop.language import Language, system_language

_HEADINGS = {"Usage: ": "사용법: ", "Options:": "옵션:", "Commands:": "명령:", "Arguments:": "인자:"}
"""What lines of a help page begin with."""

_NOTES = {"[required": "[필수", "[default:": "[기본값:"}
"""What typer adds to the meaning of an option."""

_MISTAKES = (
    (r"Missing (?:option|argument) '(.*?)'.*", r"'\1'이(가) 빠졌습니다."),
    (r"Option '(.*)' requires an argument.*", r"'\1' 옵션 뒤에 값이 있어야 합니다."),
    (r"Option '(.*)' does not take a value.*", r"'\1' 옵션에는 값을 붙일 수 없습니다."),
    (r"No such option: (\S+) \(Possible options: (.*)\)", r"'\1' 옵션은 없습니다. 비슷한 옵션: \2"),
    (r"No such option: (\S+)", r"'\1' 옵션은 없습니다."),
    (r"No such command '(.*?)'\. Did you mean (.*)\?", r"'\1' 명령은 없습니다. 비슷한 명령: \2"),
    (r"No such command '(.*?)'.*", r"'\1' 명령은 없습니다."),
    (r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", r"필요 없는 인자가 있습니다: \1"),
    (r"Invalid value for '(.*?)': Input should be a valid integer.*", r"'\1'에는 정수를 적으세요."),
    (r"Invalid value for '(.*?)': Input should be a valid number.*", r"'\1'에는 숫자를 적으세요."),
    (r"Invalid value for '(.*?)': .*greater than or equal to (\S+)", r"'\1'은(는) \2 이상이어야 합니다."),
    (r"Invalid value for '(.*?)': .*less than or equal to (\S+)", r"'\1'은(는) \2 이하여야 합니다."),
    (r"Invalid value for '(.*?)': .*is not one of (.*?)\.?", r"'\1'은(는) 다음 중 하나여야 합니다: \2"),
    (r"Invalid value for '(.*?)': .*'(.*)' is a file.*", r"'\1'에는 폴더를 적으세요. '\2'은(는) 파일입니다."),
    (r"Invalid value for '(.*?)': .*'(.*)' is a directory.*", r"'\1'에는 파일을 적으세요. '\2'은(는) 폴더입니다."),
    (r"Invalid value: (.*)", r"\1"),
    (r"Invalid value for '(.*?)': (.*)", r"'\1'에 쓸 수 없는 값입니다: \2"),
)
"""What typer says, and its Korean; the first that fits counts."""


def tell_mistake(error: TyperException) -> None:
    """Prints what is wrong with a command line, and where its help is."""
    from defect_desktop.cli.console import err  # rich takes longer to load than most of what goes well

    said = error.format_message().replace("Value error, ", "", 1)
    context = getattr(error, "ctx", None)
    if context and said == context.get_help():  # no mistake: what a command that takes others says alone
        echo(said)
        return
    if context:
        err.print(context.get_usage())
        err.print(meaning(f"도움말: {context.command_path} --help", f"Help: {context.command_path} --help"))
    err.print(_mistake(said))


def _mistake(said: str) -> str:
    if system_language() is Language.ENGLISH:
        return said
    for pattern, korean in _MISTAKES:
        if found := re.fullmatch(pattern, said, re.DOTALL):
            return found.expand(korean)
    return said


class _Worded:
    """Typer's commands with a help page in the language of the system."""

    def get_usage(self, ctx: Any) -> str:  # noqa: ANN401 - typer's own types
        return _worded(super().get_usage(ctx))  # type: ignore[misc]

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401 - typer's own types
        return _worded(super().get_help(ctx))  # type: ignore[misc]

    def get_help_option(self, ctx: Any) -> Any:  # noqa: ANN401 - typer's own types
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option:
            option.help = meaning("이 도움말을 보여 줍니다", "Show this help")
        return option


class Command(_Worded, TyperCommand):
    """A command of this program."""


class Commands(_Worded, TyperGroup):
    """Several commands under one name."""


def _worded(page: str) -> str:
    if system_language() is Language.ENGLISH:
        return page
    korean = _HEADINGS | _NOTES
    words = "|".join([*(f"^{heading}" for heading in _HEADINGS), *map(re.escape, _NOTES)])
    return re.sub(words, lambda found: korean[found[0]], page, flags=re.MULTILINE)
