from importlib.metadata import version

import pytest

from defect_desktop import __version__
from defect_desktop.workflows import describe_installation as module
from defect_desktop.workflows.describe_installation import describe_installation


@pytest.mark.parametrize("card", [True, False])
def test_versions_and_devices_are_told_in_both_languages(monkeypatch: pytest.MonkeyPatch, card: bool) -> None:
    monkeypatch.setattr(module, "has_cuda_card", lambda: card)
    monkeypatch.setattr("os.cpu_count", lambda: 6)
    lines = describe_installation().lines()
    english, korean = "\n".join(line.en for line in lines), "\n".join(line.ko for line in lines)
    for text in (english, korean):
        assert text.startswith(f"defect-desktop {__version__}\n")
        assert f"OpenVINO {version('openvino')}" in text
        assert f"torch {version('torch')}" in text
        assert ("CUDA" in text) is card
    assert "6 cores" in english
    assert "코어 6개" in korean


def test_a_library_that_this_edition_lacks_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(module._LIBRARIES, "torch", "torch-that-is-not-there")
    assert "torch" not in describe_installation().libraries
