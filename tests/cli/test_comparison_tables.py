from __future__ import annotations

import dataclasses

import pytest

from defect_desktop.cli.comparison_tables import print_comparison
from defect_desktop.language import Bilingual
from defect_desktop.training.comparison.ablation import variants_of
from defect_desktop.training.comparison.candidate import Candidate
from defect_desktop.training.comparison.comparison import Comparison, Row
from defect_desktop.training.comparison.run import ClassF1, Run
from defect_desktop.training.recipes.presets import STARTER

LABELS = ("창틀,문틀수정", "곰팡이")


def row_of(*f1: float, candidate: Candidate | None = None) -> Row:
    classes = tuple(ClassF1(label, each, support) for label, each, support in zip(LABELS, f1, (20, 19), strict=True))
    run = Run(0, 0.8, 0.7, 0.9, 0.05, classes, 2, 3_400_000, (5, 5), 1.5, "cpu")
    return Row(candidate or Candidate("starter"), STARTER, runs=(run,), milliseconds=1.0)


def lines_of(capsys: pytest.CaptureFixture[str], *rows: Row) -> list[list[str]]:
    """The words of every line of the tables."""
    print_comparison(Comparison(rows, parts=None, seeds=(0,), device="cpu"))
    return [line.split() for line in capsys.readouterr().out.splitlines()]


def test_every_class_has_a_line_and_every_candidate_a_number(capsys: pytest.CaptureFixture[str]) -> None:
    failed = Row(Candidate("abacus"), problem=Bilingual(ko="없음", en="absent"))
    first, last = row_of(0.5, 0.25), row_of(1.0, 0.0)
    lines = lines_of(capsys, first, failed, last)
    assert [line[0] for line in lines[1:3]] == ["1", "3"] and lines[3] == []
    assert lines[4][-3:] == ["Photos", "1", "3"]
    assert lines[5:] == [["창틀,문틀수정", "20", "0.500", "1.000"], ["곰팡이", "19", "(0.250)", "(0.000)"]]


def test_an_ablation_leaves_the_classes_to_the_report(capsys: pytest.CaptureFixture[str]) -> None:
    variants = [Candidate("starter", variant=variant) for variant in variants_of(STARTER)]
    rows = [row_of(0.5, 0.5), *(row_of(0.5, 0.5, candidate=candidate) for candidate in variants)]
    print_comparison(Comparison(tuple(rows), parts=None, seeds=(0,), device="cpu"))
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == 1 + len(rows) and "곰팡이" not in told.out
    assert "in the report" in told.err


def test_a_name_is_printed_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    row = row_of(0.5, 0.5)
    named = dataclasses.replace(row.runs[0], classes=(ClassF1("벽:x:[red]천장", 0.5, 20),))
    assert lines_of(capsys, dataclasses.replace(row, runs=(named,)))[-1] == ["벽:x:[red]천장", "20", "0.500"]


def test_what_is_not_known_is_a_dash(capsys: pytest.CaptureFixture[str]) -> None:
    row = row_of(0.5, 0.5)
    untested = dataclasses.replace(row.runs[0], classes=(*row.runs[0].classes, ClassF1("오염", 0.0, 0)))
    lines = lines_of(capsys, dataclasses.replace(row, runs=(untested,), milliseconds=None))
    assert lines[1][-2:] == ["–", "2"]
    assert lines[-1] == ["오염", "0", "–"]


def test_where_nothing_was_trained_there_is_nothing_to_print(capsys: pytest.CaptureFixture[str]) -> None:
    assert lines_of(capsys, Row(Candidate("abacus"))) == []
