"""What the person who waits should know of the photos that a training got."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from defect_desktop.language import Bilingual

HELD_OUT = Bilingual(ko="학습에서 빼 둔", en="held-out")
VALIDATION = Bilingual(ko="검증용", en="validation")
TEST = Bilingual(ko="시험용", en="test")
"""Photos that say how good a training is."""


def notes_on_folders(nested: int, beside: int) -> Iterator[Bilingual]:
    """A sentence for files of class folders that lie otherwise than one by one in them; the counts are of files."""
    if nested:
        yield Bilingual(
            ko=f"분류 폴더의 하위 폴더에서 찾은 사진: {nested}장. 라벨은 맨 위 폴더의 이름입니다.",
            en=f"Photos found in subfolders of class folders: {nested}; their label is the name of the class folder.",
        )
    if beside:
        yield Bilingual(
            ko=f"어느 분류 폴더에도 들어 있지 않아 쓰지 않는 파일: {beside}개. 사진이면 분류 폴더로 옮기세요.",
            en=f"Files beside the class folders, which take no part: {beside}; move photos into the folder of their "
            "class.",
        )


def notes_on(left_out: int, measuring: Mapping[Bilingual, Mapping[str, int]]) -> Iterator[Bilingual]:
    """A sentence for whatever is not as one would think.

    `left_out` is as in `Gathered`; `measuring` holds, for each part that measures, its photos a label.
    """
    if left_out:
        yield Bilingual(
            ko=f"시험 사진과 거의 같아 학습에서 뺀 사진: {left_out}장.",
            en=f"Photos left out of the training because they are nearly the same as test photos: {left_out}.",
        )
    for part, counts in measuring.items():
        if missing := [label for label, count in counts.items() if count == 0]:
            yield _missing(part, missing)


def _missing(part: Bilingual, labels: list[str]) -> Bilingual:
    named = ", ".join(f"'{label}'" for label in labels)
    return Bilingual(
        ko=f"{part.ko} 사진이 한 장도 없는 분류: {named}. 학습은 하지만 이 사진들로는 얼마나 맞히는지 알 수 없으니 "
        "사진을 더 넣으세요.",
        en=f"There are no {part.en} photos of these classes: {named}. They are trained, but how well is not known from "
        "these; add photos.",
    )
