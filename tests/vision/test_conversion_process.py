from __future__ import annotations

import multiprocessing
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from defect_desktop.errors import DeviceError, PackError
from defect_desktop.vision.conversion_process import convert_apart
from defect_desktop.vision.pack import Pack, open_pack

LOAD_AND_TELL = """
import sys
from pathlib import Path
from defect_desktop.errors import PackError
from defect_desktop.vision.engine import load_engine
from defect_desktop.vision.pack import open_pack

def main():
    try:
        print(load_engine(open_pack(Path(sys.argv[1])), "openvino", "cpu", Path(sys.argv[2])).name)
    except PackError as error:
        print("PackError:", error)
    print("torch" in sys.modules)

if __name__ == "__main__":
    main()
"""


@pytest.fixture
def pack(tiny_shelf: Path) -> Pack:
    return open_pack(tiny_shelf / "tiny")


def load_elsewhere(pack: Pack, tmp_path: Path) -> list[str]:
    """What a program says that has nothing to do with torch yet."""
    script = tmp_path / "program.py"
    script.write_text(LOAD_AND_TELL, encoding="utf-8")
    command = [sys.executable, str(script), str(pack.folder), str(tmp_path / "compiled")]
    root = Path(__file__).parents[2]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, env=os.environ | {"PYTHONPATH": str(root)}
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


@pytest.mark.slow
def test_the_first_use_of_a_pack_leaves_torch_out(pack: Pack, tmp_path: Path) -> None:
    assert load_elsewhere(pack, tmp_path) == ["openvino", "False"]


def test_an_end_of_the_process_is_told(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "torch", raising=False)

    def end_it() -> None:
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            for process in multiprocessing.active_children():
                process.kill()
                return

    threading.Thread(target=end_it).start()
    with pytest.raises(DeviceError, match="was ended"):
        convert_apart(pack)
    assert multiprocessing.active_children() == []


@pytest.mark.slow
def test_what_is_wrong_with_the_pack_is_told_as_ever(
    pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "torch", raising=False)
    broken = open_pack(Path(shutil.copytree(pack.folder, tmp_path / "tiny")))
    (broken.folder / broken.card.members[0].file).unlink()
    with pytest.raises(PackError):
        convert_apart(broken)
