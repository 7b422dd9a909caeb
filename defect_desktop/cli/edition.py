"""What this edition of the program was made without."""

from __future__ import annotations

from defect_desktop.language import Bilingual

_LAB = frozenset(
    {"accelerate", "fontTools", "imagehash", "jinja2", "matplotlib", "nncf", "optuna", "scipy", "sklearn"}
    | {"timm", "torch", "torchvision"}
)
"""The libraries of the training lab: the field edition lacks them, and an installation without the extra `train`."""


def lacks_lab(error: Exception) -> Bilingual | None:
    """The sentence for an import that failed because this edition has no training lab; None for any other error."""
    library = (error.name or "").partition(".")[0] if isinstance(error, ModuleNotFoundError) else ""
    if library not in _LAB:
        return None
    return Bilingual(
        ko=f"이 에디션에는 이 명령에 필요한 학습 도구가 없습니다({library}). 워크숍 에디션을 쓰거나 "
        "pip install 'defect-desktop[train]' 을 실행하세요.",
        en=f"This edition lacks the training tools that the command needs ({library}); "
        "use the workshop edition, or run pip install 'defect-desktop[train]'.",
    )
