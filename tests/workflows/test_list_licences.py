from defect_desktop.paths import Paths
from defect_desktop.workflows.list_licences import list_licences


def test_what_the_program_is_made_of_is_named_with_its_licence():
    licences = {one.name.lower(): one for one in list_licences(Paths.find().assets)}
    assert "SIL OPEN FONT LICENSE" in licences["pretendard"].text.upper()
    assert "ISC" in licences["lucide"].text
    assert "LGPL" in licences["pyside6_essentials"].kind
    assert "Permission is hereby granted" in licences["sqlalchemy"].text
    assert {"pytest", "ruff", "mypy"}.isdisjoint(licences)  # what tests need is no part of the program
    assert all(one.kind for one in licences.values())
