"""What may be wrong with a photo as a photograph: reasons to take it again while one is still in the room."""

from __future__ import annotations

from enum import StrEnum

from defect_desktop.language import Bilingual


class QualityFinding(StrEnum):
    """A reason for a retake. The value is what the database keeps; `sentence` and `brief` are what a person reads."""

    BLURRED = "blurred"
    DARK = "dark"
    GLARE = "glare"
    TOO_FAR = "too_far"

    @property
    def sentence(self) -> Bilingual:
        """The reason in words, and how to do better."""
        return _SENTENCES[self]

    @property
    def brief(self) -> Bilingual:
        """The reason in the few words that a list has room for."""
        return _BRIEFS[self]


_SENTENCES: dict[QualityFinding, Bilingual] = {
    QualityFinding.BLURRED: Bilingual(
        ko="사진이 흐립니다. 화면을 눌러 초점을 맞추고 움직이지 말고 다시 찍으세요.",
        en="The photo is blurred; tap to focus, hold still and take it again.",
    ),
    QualityFinding.DARK: Bilingual(
        ko="사진이 너무 어둡습니다. 조명을 켜고 다시 찍으세요.",
        en="The photo is too dark; turn a light on and take it again.",
    ),
    QualityFinding.GLARE: Bilingual(
        ko="사진 일부가 하얗게 날아갔습니다. 플래시를 끄거나 비스듬히 다시 찍으세요.",
        en="Part of the photo is washed out by light; turn off the flash or take it again at an angle.",
    ),
    QualityFinding.TOO_FAR: Bilingual(
        ko="너무 멀리서 찍었습니다. 하자에 가까이 다가가 다시 찍으세요.",
        en="The photo was taken from too far away; go closer to the defect and take it again.",
    ),
}

_BRIEFS: dict[QualityFinding, Bilingual] = {
    QualityFinding.BLURRED: Bilingual(ko="다시 찍기: 흐림", en="Take again: blurred"),
    QualityFinding.DARK: Bilingual(ko="다시 찍기: 너무 어두움", en="Take again: too dark"),
    QualityFinding.GLARE: Bilingual(ko="다시 찍기: 빛이 날아감", en="Take again: washed out"),
    QualityFinding.TOO_FAR: Bilingual(ko="다시 찍기: 너무 멀리서 찍음", en="Take again: too far away"),
}
