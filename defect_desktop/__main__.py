"""The entry of the frozen program, of the `defect-desktop` command and of `python -m defect_desktop`."""

from __future__ import annotations

import multiprocessing
import sys


def main() -> None:
    """Runs the program: the window where nothing is asked for, the command line otherwise."""
    # Before anything heavy: in the frozen program a helper process starts here again and must not start the window.
    multiprocessing.freeze_support()
    from defect_desktop.cli.app import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
