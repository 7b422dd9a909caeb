"""What went wrong with a candidate, or with measuring its speed, in a sentence."""

from __future__ import annotations

from defect_desktop.language import Bilingual
from defect_desktop.training.learning.memory import out_of_memory, too_little_memory


def untrained(error: Exception) -> Bilingual:
    """Why a network could not be trained, from what it broke with."""
    if out_of_memory(error):
        return too_little_memory().sentence
    told = _words(error)
    return Bilingual(
        ko=f"이 신경망은 학습할 수 없습니다({told}). 다른 --arch나 --side를 고르세요.",
        en=f"This network cannot be trained ({told}); choose another --arch or --side.",
    )


def untimed(error: Exception) -> Bilingual:
    """Why there is no speed of a network that was trained."""
    ko, en = ("메모리 부족", "the memory ran out") if out_of_memory(error) else (_words(error),) * 2
    return Bilingual(
        ko=f"속도를 재지 못했습니다({ko}). 같은 명령을 다시 실행하면 다시 학습하지 않고 속도만 잽니다.",
        en=f"The speed could not be measured ({en}); run the same command again, which measures it without training "
        "anew.",
    )


def _words(error: Exception) -> str:
    """The beginning of what the error says, or else its name."""
    return (str(error).splitlines() or [""])[0][:200] or type(error).__name__
