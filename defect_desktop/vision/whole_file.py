"""Files that are there completely or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def written_whole(target: Path) -> Iterator[BinaryIO]:
    """A binary file that takes the place of `target` when the block ends well, and leaves no trace when it does not.

    It lies beside `target` (or what that links to) under another name until it is complete and on the disk: a rename
    is only atomic within one drive. Raises OSError.
    """
    target = target.resolve()
    partial = target.with_name(f".defect-desktop-{secrets.token_hex(4)}.partial")
    try:
        with partial.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
