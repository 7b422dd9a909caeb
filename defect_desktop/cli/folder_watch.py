"""`watch`: classifies what arrives in a folder, a line a photo, until Ctrl-C."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from defect_desktop import settings
from defect_desktop.cli.console import err, out, say
from defect_desktop.cli.folders import folders_for
from defect_desktop.cli.interrupt import interrupts
from defect_desktop.cli.options import DataDir, DeviceName, EarlyExit, EngineName, PackName, meaning
from defect_desktop.core.printable import printable
from defect_desktop.language import Bilingual

if TYPE_CHECKING:
    from defect_desktop.core.record import PhotoRecord
    from defect_desktop.workflows.watch_folder import Arrived, Recalled, Status, WatchEvent, Watching

_DEFAULT_INTERVAL = 2.0
_LONGEST_INTERVAL = 86_400.0
"""A day: no thread waits for an endless time, and the watch would go on without seeing anything."""


def watch(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="FOLDER",
            file_okay=False,
            help=meaning("지켜볼 폴더(하위 폴더 포함)", "Folder to watch, with its subfolders"),
        ),
    ],
    interval: Annotated[
        float,
        typer.Option(
            "--interval",
            min=0.2,
            max=_LONGEST_INTERVAL,
            help=meaning("폴더를 다시 보는 간격(초)", "Seconds between two looks"),
        ),
    ] = _DEFAULT_INTERVAL,
    pack: PackName = settings.PACK.default,
    engine: EngineName = settings.ENGINE.default,
    device: DeviceName = settings.DEVICE.default,
    early_exit: EarlyExit = False,
    data_dir: DataDir = None,
) -> None:
    """Classify the photos of a folder as they arrive, until Ctrl-C."""
    from defect_desktop.workflows.watch_folder import WatchRequest, watch_folder

    request = WatchRequest(folder, interval, pack, engine, device, early_exit)
    workflow = watch_folder(request, folders_for(pack, data_dir))
    teller = _Teller(folder)
    with interrupts() as interrupt, closing(workflow):
        teller.tell(next(workflow))
        interrupt.patient = True  # until now there was nothing to save
        while not interrupt.asked:
            teller.tell(next(workflow))
    say("감시를 마쳤습니다. 결과는 모두 저장되었습니다.", "The watch has ended; every result is saved.")


class _Teller:
    """Prints what a watch tells; what is wrong with the folder once when it begins, and once when it is over."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._trouble: Bilingual | None = None

    def tell(self, event: WatchEvent) -> None:
        from defect_desktop.workflows.watch_folder import Arrived, Recalled, Status, Watching

        match event:
            case Watching():
                self._begin(event)
            case Recalled():
                self._recall(event)
            case Arrived():
                self._print(event)
            case Status():
                self._state(event)

    def _begin(self, event: Watching) -> None:
        if event.card.notice:
            say(event.card.notice.ko, event.card.notice.en)
        place = printable(self._folder)
        say(
            f"'{place}' 폴더를 지켜봅니다(모델 팩 {event.card.name}, 엔진 {event.engine}). Ctrl-C로 마칩니다.",
            f"Watching '{place}' (model pack {event.card.name}, engine {event.engine}); Ctrl-C ends the watch.",
        )

    def _recall(self, event: Recalled) -> None:
        count = len(event.records)
        say(f"사진 {count}장은 이미 분류되어 있습니다.", f"{count} photos are done already.")

    def _print(self, event: Arrived) -> None:
        for record in event.records:
            self._print_record(record)
        for repeat in event.repeats:
            name, first = printable(repeat.photo.path), printable(repeat.first)
            say(f"{name}: '{first}'과(와) 같은 사진입니다.", f"{name}: the same photo as '{first}'")

    def _print_record(self, record: PhotoRecord) -> None:
        outcome = record.outcome
        name = printable(outcome.photo.path)
        if outcome.problem:
            err.print(f"{name}: {outcome.problem.sentence}")
        if outcome.verdict:
            check = Bilingual(ko=" · 확인 필요", en=" · needs check") if outcome.verdict.needs_check else ""
            out.print(f"{name}: {record.name_of(outcome.verdict.label)} {outcome.verdict.confidence:.0%}{check}")
        for finding in outcome.quality:
            err.print(f"{name}: {finding.sentence}")

    def _state(self, event: Status) -> None:
        if event.trouble and event.trouble != self._trouble:
            err.print(str(event.trouble))
        if self._trouble and not event.trouble:
            say("폴더를 다시 지켜봅니다.", "The folder is being watched again.")
        self._trouble = event.trouble
