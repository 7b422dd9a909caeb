"""What a training frees stays at hand, until memory is short."""

import subprocess
import sys

import pytest

COUNTING = """
import resource, torch
from defect_desktop.training.learning.memory import give_freed_memory_back, keep_freed_memory

def faults():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(5):
        torch.ones(64 * 2**20, dtype=torch.uint8)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

faults()
print(faults())
keep_freed_memory()
for _ in range(4):
    faults()
print(faults())
give_freed_memory_back()
print(faults())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc's allocator can be told")
def test_freed_memory_is_not_mapped_anew() -> None:
    told = subprocess.run([sys.executable, "-c", COUNTING], check=True, capture_output=True, text=True).stdout
    before, kept, given_back = map(int, told.split())
    assert kept * 100 < before and kept * 100 < given_back
