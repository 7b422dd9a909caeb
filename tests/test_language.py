from __future__ import annotations

import pytest

from defect_desktop.core.decision import CheckReason
from defect_desktop.errors import PhotoProblem
from defect_desktop.language import Bilingual, Language, system_language


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"LANG": "ko_KR.UTF-8"}, Language.KOREAN),
        ({"LANG": "en_US.UTF-8"}, Language.ENGLISH),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "ko_KR.UTF-8"}, Language.KOREAN),
        ({"LANG": "ko_KR.UTF-8", "DEFECT_DESKTOP_LANGUAGE": "en"}, Language.ENGLISH),
        ({"LANG": "fr_FR.UTF-8"}, Language.ENGLISH),
    ],
)
def test_the_language_follows_the_system(
    variables: dict[str, str], expected: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DEFECT_DESKTOP_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert system_language() is expected
    assert str(Bilingual(ko="가", en="a")) == ("가" if expected is Language.KOREAN else "a")


@pytest.mark.parametrize("kind", [*PhotoProblem, *CheckReason])
def test_every_reason_has_words_in_both_languages(kind: PhotoProblem | CheckReason) -> None:
    assert any("가" <= letter <= "힣" for letter in kind.sentence.ko)
    assert kind.sentence.en.isascii()
