"""The pack that comes with the program, `models/starter`: how it is made, and what its card says of it.

To make it again, draw three practice sets to train on and a fresh one to measure on, and train:

    defect-desktop demo-data SHAPED --counts contest --seed 1
    defect-desktop demo-data EVEN --counts 150 --seed 2
    defect-desktop demo-data LARGE --counts 50 --seed 3 --megapixels 4
    defect-desktop demo-data FRESH --counts 40 --seed 2024

    python - <<'END'
    from pathlib import Path
    from defect_desktop.training.starter import starter_request
    from defect_desktop.workflows.train_model import train_model
    data = (Path("SHAPED"), Path("EVEN"), Path("LARGE"))
    for event in train_model(starter_request(data, fresh=Path("FRESH"), output=Path("starter"))):
        print(event)
    END

The contest's shape keeps the common classes common; the even sets give the rare ones, of which the contest has as few
as three photos, enough to learn from; the large photos are as clean as a camera's when they are made smaller.
"""

from __future__ import annotations

from pathlib import Path

from defect_desktop.language import Bilingual
from defect_desktop.training.job import PackTexts, TestPhotos, TrainingRequest

SEED = 1

STARTER_TEXTS = PackTexts(
    title=Bilingual(ko="연습용 기본 모델", en="Starter practice model"),
    training_data=Bilingual(
        ko="이 프로그램이 그린 연습 사진: 대회의 클래스별 장수대로 한 벌(시드 1), 모든 클래스를 150장씩 한 벌(시드 2), "
        "400만 화소로 50장씩 한 벌(시드 3). 실제 사진은 한 장도 없음.",
        en="Practice photos drawn by this program: a set with the contest's count of each class (seed 1), one of 150 a "
        "class (seed 2), one of 50 a class at 4 megapixels (seed 3). Not one real photo.",
    ),
    notice=Bilingual(
        ko="컴퓨터로 그린 사진으로만 학습한 연습용 모델입니다. 실제 하자 점검에 사용하지 마세요.",
        en="This is a practice model trained on drawn photos only. Do not use it for real inspections.",
    ),
    version="1.2",
    licence="Apache-2.0",
)

FRESH_PHOTOS = Bilingual(
    ko="학습에 쓰지 않은 시드 2024로 새로 그린 연습 사진(클래스당 40장). 실제 사진에서의 성능이 아님.",
    en="Practice photos drawn afresh, 40 a class, with seed 2024, which the training did not use. This says nothing "
    "about real photos.",
)


def starter_request(data: tuple[Path, ...], fresh: Path, output: Path) -> TrainingRequest:
    """The training of the starter pack on the practice sets `data`, to be measured on the practice set `fresh`."""
    return TrainingRequest(
        data, output, STARTER_TEXTS, recipe="starter", seed=SEED, test=TestPhotos(fresh, FRESH_PHOTOS)
    )
