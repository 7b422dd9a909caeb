from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from defect_desktop.cli import console
from defect_desktop.core.progress import Progress
from defect_desktop.language import Bilingual


@pytest.mark.parametrize(("language", "left"), [("ko", "남은 시간 100:00"), ("en", "100:00 left")])
def test_a_terminal_of_80_columns_has_room_for_the_time_left(
    language: str, left: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEFECT_DESKTOP_LANGUAGE", language)
    shown = StringIO()
    monkeypatch.setattr(console, "err", Console(file=shown, width=80, force_terminal=True))
    with console.progress_bar(Bilingual(ko="학습", en="Training")) as bar:
        bar.show(Progress(10, 90_000, 15.0, 6000.0), "member 3/3 · epoch 41/100 · loss 0.458 · " + "more " * 10)
    assert left in shown.getvalue()
