"""What the person who waits should know of the photos that a training got."""

from __future__ import annotations

from collections.abc import Iterator

from defect_desktop.language import Bilingual


def notes_on(left_out: int) -> Iterator[Bilingual]:
    """A sentence for whatever is not as one would think; `left_out` is as in `Gathered`."""
    if left_out:
        yield Bilingual(
            ko=f"시험 사진과 거의 같아 학습에서 뺀 사진: {left_out}장.",
            en=f"Photos left out of the training because they are nearly the same as test photos: {left_out}.",
        )
