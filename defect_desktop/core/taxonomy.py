"""The defect classes of a model, and the 19 that the wall-finish contest (Dacon 236082) names."""

from __future__ import annotations

from dataclasses import dataclass

from defect_desktop.language import Bilingual


@dataclass(frozen=True, slots=True)
class DefectClass:
    """One class: `label` is what data sets, databases and submissions hold; `name` is what a person reads."""

    label: str
    name: Bilingual


def _contest(label: str, english: str) -> DefectClass:
    return DefectClass(label=label, name=Bilingual(ko=label, en=english))


CONTEST_CLASSES: tuple[DefectClass, ...] = (
    _contest("가구수정", "Furniture repair"),
    _contest("걸레받이수정", "Skirting repair"),
    _contest("곰팡이", "Mould"),
    _contest("꼬임", "Twisted paper"),
    _contest("녹오염", "Rust stain"),
    _contest("들뜸", "Lifted paper"),
    _contest("면불량", "Uneven surface"),
    _contest("몰딩수정", "Moulding repair"),
    _contest("반점", "Spots"),
    _contest("석고수정", "Plasterboard repair"),
    _contest("오염", "Stain"),
    _contest("오타공", "Misplaced hole"),
    _contest("울음", "Wrinkled paper"),
    _contest("이음부불량", "Bad seam"),
    _contest("창틀,문틀수정", "Window or door frame repair"),
    _contest("터짐", "Burst paper"),
    _contest("틈새과다", "Excessive gap"),
    _contest("피스", "Protruding screw"),
    _contest("훼손", "Damage"),
)
"""In the order of their Korean labels, which is the order of the contest's folders."""

CONTEST_COUNTS: dict[str, int] = {
    "훼손": 1405, "오염": 595, "걸레받이수정": 307, "꼬임": 210, "터짐": 162, "곰팡이": 145, "오타공": 142,
    "몰딩수정": 130, "면불량": 99, "석고수정": 57, "들뜸": 54, "피스": 51, "창틀,문틀수정": 27, "울음": 22,
    "이음부불량": 17, "녹오염": 14, "가구수정": 12, "틈새과다": 5, "반점": 3,
}  # fmt: skip
"""Training photos a class in the contest: 3,457 in all."""

CONTEST_TEST_COUNT = 792
"""Test photos in the contest."""
