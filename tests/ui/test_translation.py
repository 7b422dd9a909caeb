"""The translations are complete and compiled. To renew them after a string changed, from the root of the repository:

    pyside6-lupdate $(find defect_desktop/ui -name "*.py" | sort) -no-obsolete -locations none \\
        -ts assets/translations/defect_desktop_ko.ts
    pyside6-lupdate -pluralonly $(find defect_desktop/ui -name "*.py" | sort) -no-obsolete -locations none \\
        -ts assets/translations/defect_desktop_en.ts
    (translate what is "unfinished")
    pyside6-lrelease assets/translations/*.ts
"""

import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import PySide6
import pytest
from PySide6.QtCore import QLocale, QTranslator

from defect_desktop.language import Language
from defect_desktop.ui import translation
from defect_desktop.ui.translation import window_language

ROOT = Path(__file__).parents[2]
TRANSLATIONS = ROOT / "assets" / "translations"
LUPDATE = shutil.which("lupdate", path=str(Path(PySide6.__file__).parent))


def messages(language: Language) -> list[tuple[str, ElementTree.Element]]:
    tree = ElementTree.parse(TRANSLATIONS / f"defect_desktop_{language}.ts")
    return [
        (context.findtext("name", ""), message)
        for context in tree.iter("context")
        for message in context.iter("message")
    ]


@pytest.mark.parametrize("language", list(Language))
def test_every_string_is_translated_and_compiled(language):
    translator = QTranslator()
    assert translator.load(f"defect_desktop_{language}", str(TRANSLATIONS))
    assert messages(language)
    for context, message in messages(language):
        translation_of = message.find("translation")
        source = message.findtext("source")
        assert translation_of is not None
        assert "type" not in translation_of.attrib, f"unfinished or unused: {source}"
        forms = [form.text for form in translation_of.iter("numerusform")] or [translation_of.text]
        assert all(forms), source
        compiled = {translator.translate(context, source, "", count) for count in (1, 2)}
        assert compiled == set(forms), f"the .qm is older than the .ts: {source}"


@pytest.mark.parametrize("language", list(Language))
def test_placeholders_survive_translation(language):
    for _, message in messages(language):
        source = message.findtext("source", "")
        names = {"%n"} if message.get("numerus") else set()
        names |= {"{" + part.partition("}")[0] + "}" for part in source.split("{")[1:]}
        forms = [form.text for form in message.iter("numerusform")] or [message.findtext("translation")]
        assert all(name in form for name in names for form in forms), source


@pytest.mark.parametrize("language", list(Language))
def test_the_files_hold_the_strings_of_the_code(language, tmp_path):
    assert LUPDATE
    former = TRANSLATIONS / f"defect_desktop_{language}.ts"
    renewed = tmp_path / former.name
    shutil.copy(former, renewed)
    sources = [str(path) for path in sorted((ROOT / "defect_desktop" / "ui").rglob("*.py"))]
    plurals = ["-pluralonly"] if language is Language.ENGLISH else []
    command = [LUPDATE, *plurals, *sources, "-no-obsolete", "-locations", "none", "-ts", str(renewed)]
    subprocess.run(command, check=True, capture_output=True)
    assert renewed.read_text(encoding="utf-8") == former.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("variable", "desktop", "expected"),
    [
        ("ko", "en_GB", Language.KOREAN),
        ("en", "ko_KR", Language.ENGLISH),
        (None, "ko_KR", Language.KOREAN),
        (None, "de_DE", Language.ENGLISH),
    ],
)
def test_the_language_is_the_systems(monkeypatch, variable, desktop, expected):
    for name in ("DEFECT_DESKTOP_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("defect_desktop.language.locale.getlocale", lambda: ("C", None))
    if variable:
        monkeypatch.setenv("DEFECT_DESKTOP_LANGUAGE", variable)
    monkeypatch.setattr(translation.QLocale, "system", staticmethod(lambda: QLocale(desktop)))
    assert window_language(None) is expected
    assert window_language(Language.KOREAN) is Language.KOREAN


@pytest.mark.parametrize(
    ("language", "choose", "qt_cancel"), [("ko", "폴더 선택…", "취소"), ("en", "Choose a folder…", "Cancel")]
)
def test_the_window_and_qt_speak_one_language(page, application, language, choose, qt_cancel):
    assert page.choose_action.text() == choose
    assert application.translate("QPlatformTheme", "Cancel") == qt_cancel


@pytest.fixture
def language(request) -> Language:
    return Language(request.node.callspec.params["language"]) if hasattr(request.node, "callspec") else Language.ENGLISH
