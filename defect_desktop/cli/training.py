"""`train`: labelled photos in, a model pack out. `recipes`: how."""

from __future__ import annotations

from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.pretty import pretty_repr

from defect_desktop import settings
from defect_desktop.cli.console import err, out, quiet_unless, say
from defect_desktop.cli.evaluation import print_evaluation
from defect_desktop.cli.interrupt import INTERRUPTED
from defect_desktop.cli.options import Seed, meaning
from defect_desktop.cli.unreadable import tell_unreadable
from defect_desktop.cli.watching import print_lines, tell_early_exit, watch
from defect_desktop.core.printable import printable
from defect_desktop.language import Bilingual

if TYPE_CHECKING:
    from defect_desktop.training.job import TrainingEvent, TrainingRequest

Sources = Annotated[
    list[Path],
    typer.Argument(
        metavar="DATA",
        help=meaning(
            "하자 유형별 폴더가 있는 폴더, 또는 사진 경로와 라벨이 적힌 CSV 파일",
            "Folders that hold a folder per class, or CSV files with the photos' paths and labels",
        ),
    ),
]
RecipeName = Annotated[
    str,
    typer.Option(
        "--recipe",
        help=meaning(
            "학습 레시피(recipes 명령 참고) 또는 .json 파일", "Training recipe (see `recipes`), or a .json file"
        ),
    ),
]
Architecture = Annotated[
    str | None,
    typer.Option(
        "--arch",
        metavar="NAME",
        help=meaning(
            "신경망(timm의 이름). 레시피의 것 대신 씁니다", "Network, by timm's name, in place of the recipe's"
        ),
    ),
]
Side = Annotated[
    int | None,
    typer.Option(
        metavar="PX",
        help=meaning("신경망에 넣는 사진의 한 변(화소)", "Side of the photos that the network sees, in pixels"),
    ),
]
TrainingDevice = Annotated[
    str,
    typer.Option(
        "--device", metavar="|".join(settings.TRAINING_DEVICE.choices), help=str(settings.TRAINING_DEVICE.meaning)
    ),
]
Epochs = Annotated[int | None, typer.Option(help=meaning("학습 에폭 수", "Epochs in place of the recipe's"))]
Members = Annotated[int | None, typer.Option(help=meaning("멤버 수", "Members in place of the recipe's"))]
Batch = Annotated[int | None, typer.Option(help=meaning("배치 크기", "Photos a batch in place of the recipe's"))]
Patience = Annotated[
    int | None,
    typer.Option(
        metavar="EPOCHS",
        help=meaning(
            "검증 F1이 이만큼의 에폭 동안 나아지지 않으면 멤버의 학습을 끝냅니다",
            "End a member's training after so many epochs without a better validation F1",
        ),
    ),
]
Weights = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help=meaning("시작 가중치(.safetensors, timm의 이름)", "Weights to start from: .safetensors with timm's names"),
    ),
]
Pretrained = Annotated[
    bool,
    typer.Option(
        "--pretrained",
        help=meaning(
            "시작 가중치를 인터넷 허브에서 내려받습니다. 이 프로그램이 인터넷에 접속하는 유일한 경우입니다",
            "Download the weights to start from; nothing else in this program ever asks the internet",
        ),
    ),
]


def train(
    data: Sources,
    target: Annotated[
        Path, typer.Option("--out", help=meaning("만들 팩의 폴더", "Folder of the pack; its name becomes the pack's"))
    ],
    test: Annotated[
        Path | None,
        typer.Option(
            help=meaning("학습에 쓰지 않고 평가할 사진 폴더", "Labelled photos to measure on, kept from training")
        ),
    ] = None,
    split: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=meaning(
                "어느 사진을 학습에서 제외해 둘지 적힌 파일(inspect-data가 만든 것)",
                "Which photos to hold out from the training, as `inspect-data` wrote it",
            ),
        ),
    ] = None,
    recipe: RecipeName = "recommended",
    seed: Seed = 0,
    device: TrainingDevice = settings.TRAINING_DEVICE.default,
    architecture: Architecture = None,
    side: Side = None,
    epochs: Epochs = None,
    members: Members = None,
    batch: Batch = None,
    patience: Patience = None,
    weights: Weights = None,
    pretrained: Pretrained = False,
    finish: Annotated[
        bool,
        typer.Option(
            "--finish",
            help=meaning(
                "중단한 학습을 더 하지 않고, 그때까지 가장 좋은 결과로 팩을 만듭니다",
                "Train no more: make the pack of the best that a stopped training came to",
            ),
        ),
    ] = False,
) -> None:
    """Trains a bag of networks on labelled photos, calibrates it and writes it as a model pack."""
    from defect_desktop.workflows.train_model import (
        Budget,
        TestPhotos,
        TrainingRequest,
        is_leader,
        user_texts,
    )

    request = TrainingRequest(
        data=tuple(data),
        output=target,
        texts=user_texts(target.name, tuple(data)),
        recipe=recipe,
        seed=seed,
        test=TestPhotos(test, Bilingual(ko=printable(test), en=printable(test))) if test else None,
        device=device,
        budget=Budget(architecture, side, epochs, members, batch, patience),
        split=split,
        weights=weights,
        pretrained=pretrained,
        finish=finish,
    )
    with quiet_unless(is_leader()):
        _train(request)


def recipes(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help=meaning("레시피의 이름", "Name of a recipe"))
    ] = None,
) -> None:
    """Prints the declaration of one recipe, or of all."""
    from defect_desktop.workflows.train_model import RECIPES, recipe_named

    for recipe in (recipe_named(name),) if name else RECIPES.values():
        out.print(pretty_repr(recipe, max_width=100))


def _train(request: TrainingRequest) -> None:
    from defect_desktop.workflows.train_model import holds_epochs, train_model

    try:
        result = watch(
            train_model(request),
            Bilingual(ko="학습", en="Training"),
            attrgetter("progress"),
            figures_of=_figures_of,
        )
    except KeyboardInterrupt:
        _tell_stopped(holds_epochs(request.output))
        raise typer.Exit(INTERRUPTED) from None
    if result is None:
        return
    tell_unreadable(result.failures)
    print_evaluation(result.evaluation)
    gain = Bilingual(ko="매크로 F1에서 묶음의 이득", en="Gain of the bag in macro F1")
    print_lines([(gain, f"{result.evaluation.gain_macro_f1:+.3f}")])
    tell_early_exit(result.calibration.early_exit)
    say(f"모델 팩: {request.output}", f"Model pack: {request.output}")


def _tell_stopped(kept: bool) -> None:
    if kept:
        say(
            "중단했습니다. 같은 명령을 다시 실행하면 마지막 에폭부터 이어집니다. --finish를 붙이면 지금까지 가장 좋은 "
            "결과로 팩을 만듭니다.",
            "Stopped. Run the same command again to go on from the last full epoch, or with --finish for a pack of "
            "the best so far.",
        )
    else:
        say(
            "첫 에폭이 끝나기 전에 중단했습니다. 같은 명령을 다시 실행하면 처음부터 학습합니다.",
            "Stopped before the first epoch was over; the same command starts from the beginning.",
        )


def _figures_of(event: TrainingEvent) -> str:
    """The member, the epoch and the loss, empty while nothing trains; a note and a validation are printed."""
    if event.note:
        err.print(str(event.note))
    if event.step is None:
        return ""
    step, record = event.step.step, event.step.step.record
    place = Bilingual(
        ko=f"멤버 {event.step.member}/{event.step.members} · 에폭 {step.epoch}/{step.epochs} · 손실 ",
        en=f"member {event.step.member}/{event.step.members} · epoch {step.epoch}/{step.epochs} · loss ",
    )
    if record:
        validation = Bilingual(ko="검증 매크로 F1", en="validation macro F1")
        err.print(f"{place}{record.loss:.3f} · {validation} {record.macro_f1:.3f}")
    return f"{place}{step.loss:.3f}"
