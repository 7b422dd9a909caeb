"""The entry of the frozen program, of the `defect-desktop` command and of `python -m defect_desktop`."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from defect_desktop.paths import Paths


def main() -> None:
    """Runs the program: the window where nothing is asked for, the command line otherwise."""
    if getattr(sys, "frozen", False):
        # Before anything heavy: a helper process of the frozen program starts here too and must not start the window.
        import multiprocessing

        multiprocessing.freeze_support()
    # torch's threads else spin while they wait, and beside another busy program that slows them down tenfold.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    from defect_desktop.cli.run import run

    sys.exit(run(sys.argv[1:], open_window))


def open_window(
    paths: Paths, overrides: Mapping[str, object], sources: tuple[Path, ...] = (), *, briefly: bool = False
) -> int:
    """Opens the window, see `cli.run.OpenWindow`. Raises DeviceError where this machine lacks what Qt needs."""
    gc.disable()  # until the window is on the screen: what is made for it stays, and looking for waste in it takes time
    try:
        from defect_desktop.ui.app import run
    except ImportError as error:
        from defect_desktop.errors import DeviceError

        raise DeviceError(
            ko=f"창을 열 수 없습니다({error}). 리눅스에서는 README에 적힌 시스템 라이브러리를 설치하세요.",
            en=f"The window cannot be opened ({error}); on Linux, install the system libraries that the README names.",
        ) from error
    return run(paths, overrides, sources, briefly=briefly)


if __name__ == "__main__":
    main()
