"""A history of a million photos costs no more memory than one of a tenth of it. How fast it is, is told (-s)."""

import re
import subprocess
import sys

import pytest


def run(module, *arguments):
    """What a module prints. In a process of its own: the memory of whoever starts one counts as its own at first."""
    command = [sys.executable, "-m", f"tests.store.{module}", *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.mark.slow
def test_memory_is_flat_at_a_million_photos(tmp_path):
    memory = {}
    for photos in (100_000, 1_000_000):
        path = tmp_path / f"{photos}.sqlite3"
        run("million", path, photos)
        told = run("speed", path)
        sys.stdout.write(told)
        assert re.search(rf"^everything .* {photos}$", told, re.MULTILINE)
        memory[photos] = int(re.search(r"most memory: (\d+) MB", told)[1])
        path.unlink()
    assert memory[1_000_000] < 1.3 * memory[100_000]
