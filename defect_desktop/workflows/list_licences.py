"""The licences of the libraries, the font and the icons that the program is made of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path, PurePosixPath

_PROGRAM = "defect-desktop"
_LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice)", re.IGNORECASE)
_OPTIONAL = re.compile(r";.*\bextra\b")
_NAME = re.compile(r"[A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Licence:
    """A part of the program: what kind of licence it has, and the licence's text where it comes along."""

    name: str
    version: str
    kind: str
    text: str


def list_licences(assets: Path) -> list[Licence]:
    """The font, the icons, and every library that the program needs and that is here, in the order of their names."""
    shipped = [
        Licence("Pretendard", "", "OFL-1.1", _read(assets / "fonts" / "Pretendard-OFL.txt")),
        Licence("Lucide", "", "ISC", _read(assets / "icons" / "Lucide-ISC.txt")),
    ]
    libraries = (_licence(found) for found in _needed(_PROGRAM))
    return sorted([*shipped, *libraries], key=lambda one: one.name.casefold())


def _needed(root: str) -> list[Distribution]:
    """What `root` needs, directly or not; `root` itself is left out."""
    found: dict[str, Distribution] = {}
    waiting = [root]
    while waiting:
        name = waiting.pop()
        key = re.sub(r"[-_.]+", "-", name).lower()
        if key in found:
            continue
        try:
            found[key] = here = distribution(name)
        except PackageNotFoundError:
            continue  # for another system, or not in this edition of the program
        required = (entry for entry in here.requires or () if not _OPTIONAL.search(entry))
        waiting += [match[0] for entry in required if (match := _NAME.match(entry))]
    found.pop(root, None)
    return list(found.values())


def _licence(library: Distribution) -> Licence:
    metadata = library.metadata
    classifiers = [entry for entry in metadata.get_all("Classifier") or () if entry.startswith("License ::")]
    named = next((metadata[key] for key in ("License-Expression", "License") if key in metadata), "")
    kind = named.partition("\n")[0] or ", ".join(entry.rpartition(" :: ")[2] for entry in classifiers)
    files = [file for file in library.files or () if _LICENCE_FILE.match(PurePosixPath(file).name)]
    texts = [_read(Path(str(file.locate()))) for file in files if file.suffix != ".py"]
    return Licence(metadata["Name"], library.version, kind or "?", "\n\n".join(filter(None, texts)))


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
