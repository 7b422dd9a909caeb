"""Names of classes and files, free of what operating systems and unpackers do to Korean."""

from __future__ import annotations

import re
import unicodedata

_ESCAPED_CHARACTER = re.compile(r"#U(?!d[89a-f])([0-9a-f]{4})", re.IGNORECASE)


def plain_name(name: str) -> str:
    """What a name means: composed Unicode, with `#Uxxxx` escapes of some unpackers undone."""
    unescaped = _ESCAPED_CHARACTER.sub(lambda match: chr(int(match[1], 16)), name)
    return unicodedata.normalize("NFC", unescaped).strip()
