import os
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from defect_desktop.store.path_text import escape, unescape
from tests.store.permissions import posix

anything = st.text(st.one_of(st.characters(), st.sampled_from("/\\:0dce9\udce9\ud800")))


@given(anything)
def test_any_text_survives_and_can_be_stored(text):
    stored = escape(text)
    stored.encode()  # fails on a surrogate
    assert unescape(stored) == text


@posix
@given(st.binary(min_size=1).map(os.fsdecode).filter(lambda name: "/" not in name and "\0" not in name))
def test_undecodable_file_names_survive(name):
    path = str(PurePosixPath("/사진") / name)
    assert unescape(escape(path)) == path


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/\0"), min_size=1)))
def test_ordinary_paths_are_stored_as_they_are(parts):
    for ordinary in (
        PurePosixPath("/", *parts),
        PureWindowsPath("C:/", *parts),
        PureWindowsPath("//server/share", *parts),
    ):
        assert escape(str(ordinary)) == str(ordinary)


@pytest.mark.parametrize(
    ("path", "stored"),
    [
        ("/사진/caf\udce9.jpg", "/사진/caf//dce9.jpg"),
        ("/\udce9/a", "///dce9/a"),
        ("/a\udce9/b", "/a//dce9/b"),
        ("C:\\사진\\\ud800.jpg", "C:\\사진\\//d800.jpg"),
        ("//dce9/a", "//002f/dce9/a"),
    ],
)
def test_what_an_escape_looks_like(path, stored):
    assert escape(path) == stored
    assert unescape(stored) == path
