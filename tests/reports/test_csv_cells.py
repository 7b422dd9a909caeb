import csv
import io

from hypothesis import example, given
from hypothesis import strategies as st

from defect_desktop.core.formula import formula_safe
from defect_desktop.reports.csv_cells import cells, decimal_cell, each_once, text_cell, whole_cell

texts = st.text(st.characters() | st.sampled_from("=+-@\t\r\n ,;\"\ufeff'＝"))
shares = st.floats(0, 1)


def written(values):
    """What Python's csv makes of it."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerow(values)
    return out.getvalue().removesuffix("\r\n")


@given(st.lists(st.none() | texts, min_size=2))
@example(["훼손", "=1", '"', "a,b", "\r", "\n", "\t", "\ud800", "", None])
def test_texts_are_written_as_csv_would(values):
    assert cells(values) == written([value and formula_safe(value) for value in values])


@given(shares)
@example(0.0)
@example(1.0)
@example(5e-324)
@example(0.0000005)
@example(0.0000015)
@example(0.00001)
@example(0.001)
@example(0.0010000000000000002)
@example(0.0012345)
@example(0.1234565)
@example(0.5)
@example(0.999)
@example(0.9989999999999999)
@example(0.9999995)
def test_decimals_are_written_as_csv_would(number):
    assert decimal_cell(number) == written([round(number, 6)])


@given(st.integers(0, 10**7).map(lambda millionths: millionths / 10**7))
def test_the_decimals_between_two_are_rounded_as_csv_would(number):
    assert decimal_cell(number) == written([round(number, 6)])


@given(st.integers())
def test_whole_numbers_are_written_as_csv_would(number):
    assert whole_cell(number) == written([number])


def test_what_is_missing_is_empty():
    assert (text_cell(None), decimal_cell(None), whole_cell(None)) == ("", "", "")


def test_what_recurs_is_made_once():
    made = []
    assert list(each_once(lambda value: made.append(value) or value * 2, iter("abaab"))) == [
        "aa",
        "bb",
        "aa",
        "aa",
        "bb",
    ]
    assert sorted(made) == ["a", "b"]
