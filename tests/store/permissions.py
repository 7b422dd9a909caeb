"""Folders in which permissions count, even if the tests run as root."""

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

posix = pytest.mark.skipif(os.name != "posix", reason="permissions and file names are those of POSIX")


@contextmanager
def ordinary_folder():
    """A folder of a user whom permissions bind, which root is not."""
    folder = Path(tempfile.mkdtemp())
    user, nobody = os.geteuid(), 65534
    if user == 0:
        os.chown(folder, nobody, nobody)
        os.seteuid(nobody)
    try:
        yield folder
    finally:
        folder.chmod(0o700)
        os.seteuid(user)
        shutil.rmtree(folder)
