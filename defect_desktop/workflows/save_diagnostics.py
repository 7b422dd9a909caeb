"""Writes the file that a user can send with a report: what the program ran on and what it logged, and nothing else.

No photo is in it, no path of a user's file, no name of a person: who reports a fault should not have to think twice.
"""

from __future__ import annotations

import json
import os
import platform
import re
import sys
import zipfile
from importlib.metadata import distributions
from pathlib import Path

from defect_desktop import __version__
from defect_desktop.core.printable import printable
from defect_desktop.errors import ReportError, UserError
from defect_desktop.paths import Paths
from defect_desktop.preferences import Preferences
from defect_desktop.store.census import take_census
from defect_desktop.vision.cuda_driver import has_cuda_card
from defect_desktop.vision.whole_file import written_whole

_PRIVATE = {"inspector", "photo_folder", "report_folder", "camera"}
"""Preferences that name a person or a place."""

_LONGEST_LOG = 2_000_000
"""Bytes of a log, from its end."""

_ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s'\"]+", re.IGNORECASE)
_ABSOLUTE = re.compile(r"(?<![\w.:/\\<>])(?:[A-Za-z]:[\\/]|\\\\|/|~/)[^'\"\n]+")
_PHOTO = re.compile(
    r"[^\s'\"]+\.(?:jpe?g|png|webp|bmp|gif|tiff?|hei[cf]|avif|mp4|mov|avi|csv|xlsx|pdf)\b", re.IGNORECASE
)


def save_diagnostics(paths: Paths, target: Path, preferences: Preferences) -> None:
    """Writes the zip file, whole or not at all; a part that cannot be had says so in its place.

    Raises ReportError where it cannot be written: what lay there before stays.
    """
    try:
        with written_whole(target) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("machine.json", _json(_machine(paths)))
            archive.writestr("preferences.json", _json(_public(preferences)))
            archive.writestr("database.json", _json(_database(paths)))
            for log in sorted(paths.logs.glob("*.log*")):
                archive.writestr(f"logs/{log.name}", scrubbed(_tail(log), _known_roots(paths)))
    except OSError as error:
        shown = printable(target)
        raise ReportError(
            ko=f"진단 파일을 쓸 수 없습니다: {shown}. 빈 공간과 권한을 확인하거나 다른 위치를 고르세요.",
            en=f"The diagnostic file cannot be written: {shown}; "
            "check the free space and the permissions, or choose another place.",
        ) from error


def scrubbed(text: str, known_roots: dict[str, Path]) -> str:
    """The text without addresses and paths. Under a known root a path stays, with the root's name in its place.

    Where a path ends is not to be seen in a log, for folders may have spaces: all that follows one on its line, up to a
    quotation mark, goes with it.
    """
    for name, root in known_roots.items():
        text = text.replace(str(root), f"<{name}>")
    text = _ADDRESS.sub("<address>", text)
    text = _ABSOLUTE.sub("<path>", text)
    return _PHOTO.sub("<file>", text)


def _machine(paths: Paths) -> dict[str, object]:
    return {
        "program": __version__,
        "frozen": hasattr(sys, "_MEIPASS"),
        "python": sys.version,
        "system": platform.platform(),
        "machine": platform.machine(),
        "processor": platform.processor(),
        "cores": os.cpu_count(),
        "cuda_card": has_cuda_card(),
        "own_packs": sum(1 for _ in paths.user_models.glob("*/card.json")),
        "libraries": {one.metadata["Name"]: one.version for one in distributions()},
    }


def _public(preferences: Preferences) -> dict[str, object]:
    chosen = {name: value for name, value in preferences.as_json().items() if name not in _PRIVATE}
    if Path(preferences.pack).name != preferences.pack:
        chosen["pack"] = "<path>"
    return chosen


def _database(paths: Paths) -> dict[str, object]:
    if not paths.database.exists():
        return {"exists": False}
    try:
        census = take_census(paths.database)
    except UserError as error:
        return {"exists": True, "problem": error.sentence.en.replace(printable(paths.database), "<database>")}
    return {
        "exists": True,
        "revision": census.revision,
        "bytes": census.size,
        "rows": census.rows,
        "schema": census.schema,
    }


def _known_roots(paths: Paths) -> dict[str, Path]:
    """Folders of the program itself, the innermost first; their files say nothing about the user."""
    roots = {"program": Path(__file__).parents[1], "data": paths.data, "python": Path(sys.prefix)}
    return dict(sorted(roots.items(), key=lambda entry: len(str(entry[1])), reverse=True))


def _tail(log: Path) -> str:
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - _LONGEST_LOG))
            return file.read().decode("utf-8", errors="replace")
    except OSError as error:
        return f"It cannot be read: {error}\n"


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
