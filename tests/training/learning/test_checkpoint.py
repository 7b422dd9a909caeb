from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import torch

from defect_desktop.errors import TrainingError
from defect_desktop.training.learning.checkpoint import read_checkpoint, write_checkpoint


def test_what_is_written_is_read_whatever_its_order_in_memory(tmp_path: Path) -> None:
    tensors = {
        "last": torch.rand(2, 3, 4, 5).to(memory_format=torch.channels_last),
        "half": torch.rand(3).half(),
        "count": torch.tensor(7),
    }
    write_checkpoint(tmp_path / "a.checkpoint", tensors, {"epoch": 2, "f1": [0.1, 1 / 3]})
    read, facts = read_checkpoint(tmp_path / "a.checkpoint")
    assert facts == {"epoch": 2, "f1": [0.1, 1 / 3]}
    assert all(torch.equal(read[name], tensor) and read[name].dtype == tensor.dtype for name, tensor in tensors.items())
    assert [path.name for path in tmp_path.iterdir()] == ["a.checkpoint"]


FULL_DISK = """
import resource, signal, sys, torch
from pathlib import Path
from defect_desktop.errors import TrainingError
from defect_desktop.training.learning.checkpoint import write_checkpoint
file = Path(sys.argv[1])
write_checkpoint(file, {"weight": torch.zeros(10)}, {"epoch": 1})
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    write_checkpoint(file, {"weight": torch.zeros(1_000_000)}, {"epoch": 2})
except TrainingError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX limits")
def test_a_disk_that_fills_leaves_the_last_checkpoint_whole(tmp_path: Path) -> None:
    file = tmp_path / "a.checkpoint"
    finished = subprocess.run([sys.executable, "-c", FULL_DISK, str(file)], check=True, capture_output=True, text=True)
    assert "make room on the disk" in finished.stdout
    assert read_checkpoint(file)[1] == {"epoch": 1}
    assert [path.name for path in tmp_path.iterdir()] == ["a.checkpoint"]


@pytest.mark.parametrize("kept", [0, 5, 60, -1])
def test_a_damaged_checkpoint_is_named(tmp_path: Path, kept: int) -> None:
    file = tmp_path / "a.checkpoint"
    write_checkpoint(file, {"weight": torch.zeros(10)}, {"epoch": 1})
    file.write_bytes(file.read_bytes()[:kept])
    with pytest.raises(TrainingError, match=r"'.*a\.checkpoint' is damaged; delete"):
        read_checkpoint(file)
