"""Removes an installed model pack."""

from __future__ import annotations

from defect_desktop.errors import PackError
from defect_desktop.paths import Paths
from defect_desktop.vision import shelf
from defect_desktop.workflows.clear_forms import clear_forms
from defect_desktop.workflows.list_packs import comes_with_program


def remove_pack(name: str, paths: Paths, in_use: str | None = None) -> None:
    """Removes a pack of the user's.

    Raises PackError where there is none, where it came with the program, or where it is the one `in_use`, unless one
    that came with the program then takes its place.
    """
    if name == in_use and not comes_with_program(name, paths):
        raise PackError(
            ko=f"모델 팩 '{name}'은(는) 지금 쓰고 있어서 지울 수 없습니다. 먼저 다른 팩을 고르세요.",
            en=f"Model pack '{name}' is in use and cannot be removed; choose another one first.",
        )
    if shelf.standing(paths.user_models, name) is None and shelf.standing(paths.models, name):
        raise PackError(
            ko=f"모델 팩 '{name}'은(는) 프로그램에 들어 있는 팩이어서 지울 수 없습니다. "
            "직접 설치한 팩만 지울 수 있습니다.",
            en=f"Model pack '{name}' came with the program and cannot be removed; only packs you installed can.",
        )
    shelf.remove(paths.user_models, name)
    clear_forms(paths)
