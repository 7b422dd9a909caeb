"""What is to be seen of a watched folder: which photos became ready, and what is wrong with the folder, in words."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from defect_desktop.capture.arrivals import Arrivals
from defect_desktop.capture.lookout import Lookout
from defect_desktop.core.printable import printable
from defect_desktop.core.record import PhotoFile
from defect_desktop.errors import SourceError
from defect_desktop.language import Bilingual

SILENT_SECONDS = 10.0
"""A folder that answers nothing for longer than this is told: a share that has gone away may hang for minutes."""


class Sight:
    """A lookout's looks, taken in one after another. `trouble` ends by itself when the folder is well again."""

    def __init__(self, lookout: Lookout) -> None:
        self._lookout = lookout
        self.arrivals = Arrivals()
        self.trouble: Bilingual | None = None
        self.clear = True
        """Whether the folder could be read, the last time that it answered."""

    def look(self, timeout: float) -> list[PhotoFile] | None:
        """The photos that became ready with a new look, waiting up to `timeout` seconds for one; None without one."""
        look = self._lookout.newest(timeout)
        if look is None:
            if self._lookout.silent_seconds() > SILENT_SECONDS:
                self.trouble = _NO_ANSWER
            return None
        if isinstance(look, SourceError):
            self.trouble, self.clear = look.sentence, False
            self.arrivals.lose_sight()
            return []
        self.clear = True
        self.trouble = _hidden(look.unreadable) if look.unreadable else None
        return self.arrivals.observe(look, time.monotonic())


_NO_ANSWER = Bilingual(
    ko="폴더가 응답하지 않습니다. 네트워크나 케이블의 연결을 확인하세요. 응답하면 저절로 이어집니다.",
    en="The folder does not answer; check the network or the cable. The watch goes on by itself once it does.",
)


def _hidden(folders: Sequence[Path]) -> Bilingual:
    first = printable(folders[0])
    return Bilingual(
        ko=f"하위 폴더 {len(folders)}개를 읽을 수 없습니다('{first}'). 권한과 연결을 확인하세요.",
        en=f"{len(folders)} subfolders cannot be read ('{first}'); check their permissions and the connection.",
    )
