"""File paths as text that every database accepts, without losing one byte of them.

A file name that is not valid Unicode reaches Python with lone surrogates in it (`os.fsdecode`, and Windows itself), and
neither SQLite nor PostgreSQL stores those. A path in its normal form never holds two slashes in a row (Windows paths
hold none at all), so `//` is free to mark an escape: the surrogate U+DCE9 is stored as `//dce9`. The one normal path
that does begin with two slashes (POSIX gives it a meaning of its own) has its first slash escaped the same way.
Every other path is stored as it is, readable and searchable.
"""

from __future__ import annotations

import re

_UNSTORABLE = re.compile("[\ud800-\udfff]|/(?=/)")
_ESCAPED = re.compile("//([0-9a-f]{4})")


def escape(path: str) -> str:
    """`path` without lone surrogates."""
    return _UNSTORABLE.sub(lambda match: f"//{ord(match.group()):04x}", path)


def unescape(text: str) -> str:
    """The path that `escape` made `text` of."""
    return _ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), text)
