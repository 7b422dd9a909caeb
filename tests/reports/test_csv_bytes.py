"""Whatever a record says, its row is to the byte what the plain way makes of it."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from defect_desktop.core.decision import TOP, CheckReason, Ranked, Verdict
from defect_desktop.core.place import Place, PlacePart
from defect_desktop.core.quality import QualityFinding
from defect_desktop.core.record import Outcome, PhotoRecord, RunSettings
from defect_desktop.core.review import Remarks, Review, ReviewState, Shot
from defect_desktop.errors import PhotoProblem
from defect_desktop.language import Bilingual, Language
from defect_desktop.reports.csv_report import write_csv
from tests.reports.pages import page_of
from tests.reports.plain_csv import plain_csv
from tests.store.samples import photo

texts = st.sampled_from(["", "훼손", "=1+1", " =A1", '"', "a,b", "\n", "＠x", "창가 아래 5"]) | st.text(
    st.characters(exclude_categories=["Cs"]), max_size=8
)
names = st.sampled_from(["IMG_1.jpg", "caf\udce9.jpg", "a,b.jpg", "하자 '=1'.jpg"])
labels = st.sampled_from(["훼손", "창틀,문틀수정", "울음", "=들뜸", "unknown"])
shares = st.floats(0, 1) | st.sampled_from([0.0, 1.0, 1 / 3, 2 / 3, 1e-5, 0.1234565])
verdicts = st.builds(
    Verdict,
    top=st.lists(st.builds(Ranked, labels, shares), min_size=1, max_size=TOP).map(tuple),
    margin=shares,
    agreement=shares,
    check_reasons=st.lists(st.sampled_from(CheckReason), unique=True).map(tuple),
    asked=st.none() | st.integers(1, 3),
)
reviews = st.sampled_from([state for state in ReviewState if not state.names_defects]).map(Review) | st.builds(
    Review,
    st.sampled_from([state for state in ReviewState if state.names_defects]),
    st.lists(labels, min_size=1, unique=True).map(tuple),
)
parts = {part.value: texts | st.sampled_from(["", *(usual.ko for usual in part.usual)]) for part in PlacePart}
remarks = st.builds(
    Remarks, reviews, texts, st.builds(Place, **parts), st.none() | st.integers(1), st.none() | st.sampled_from(Shot)
)
moments = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))
files = st.builds(
    photo,
    names,
    st.none() | st.integers(0, 2**40),
    st.none() | st.integers(-(2**63), 2**63) | st.just(1_772_953_200_000_000_000),
)
contents = st.sampled_from(["", "a" * 64, "0123456789abcdef" * 4])
findings = st.lists(st.sampled_from(QualityFinding), unique=True).map(tuple)
outcomes = st.builds(Outcome, files, contents, verdict=verdicts, quality=findings) | st.builds(
    Outcome, files, contents, problem=st.sampled_from(PhotoProblem), quality=findings
)
runs = st.builds(
    RunSettings,
    **dict.fromkeys(("pack_name", "pack_version", "fingerprint", "engine", "device", "program_version"), texts),
    class_names=st.dictionaries(labels, st.builds(Bilingual, texts, texts)),
    notice=st.none(),
    options=st.dictionaries(texts, texts | st.lists(texts), max_size=2),
)


@st.composite
def records(draw):
    settings_of = draw(st.lists(runs, min_size=1, max_size=3))
    rows = draw(st.lists(st.tuples(outcomes, remarks, moments, st.sampled_from(range(len(settings_of)))), min_size=1))
    return [PhotoRecord(*facts, run, settings_of[run], number) for number, (*facts, run) in enumerate(rows)]


@pytest.mark.parametrize("language", Language)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(listed=records(), size=st.integers(1, 4))
def test_every_byte_is_that_of_the_plain_way(tmp_path, in_zone, language, listed, size):
    in_zone("EST5EDT,M3.2.0,M11.1.0")
    target = tmp_path / "report.csv"
    pages = [page_of(listed[start : start + size]) for start in range(0, len(listed), size)]
    assert write_csv(pages, target, language) == len(listed)
    assert target.read_bytes() == plain_csv(listed, language)
