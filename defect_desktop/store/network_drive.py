"""Whether a folder lies on another computer's drive: SQLite's write-ahead log holds within one computer only."""

from __future__ import annotations

import ctypes
import os
import re
import sys
from pathlib import Path, PurePosixPath

_NETWORK = frozenset({"9p", "afs", "ceph", "cifs", "fuse.glusterfs", "fuse.sshfs", "nfs", "nfs4", "smb3", "smbfs"})
"""File systems of other computers, as Linux names them."""
_DRIVE_REMOTE = 4
"""What Windows calls a drive of another computer."""
_MOUNTS = Path("/proc/self/mountinfo")


def is_on_network(folder: Path) -> bool:
    """False too where the system does not tell."""
    try:
        real = Path(os.path.realpath(folder))
        if sys.platform == "win32":
            return real.drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(real.anchor) == _DRIVE_REMOTE
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
        return file_system(PurePosixPath(real), mounts) in _NETWORK
    except OSError:
        return False


def file_system(folder: PurePosixPath, mounts: str) -> str:
    """The file system of the innermost mount that holds the folder, by the lines of Linux's `mountinfo`.

    A line holds the mount point as its fifth word, with spaces and the like in octal, and the file system after " - ".
    Of two mounts at one point the later hides the earlier.
    """
    found, depth = "", -1
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        words = before.split(" ")
        if len(words) < 5 or not after:
            continue
        point = PurePosixPath(re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), words[4]))
        if folder.is_relative_to(point) and len(point.parts) >= depth:
            found, depth = after.split(" ")[0], len(point.parts)
    return found
