"""What the review has done for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from defect_desktop.core.decision import Ranked
from defect_desktop.core.record import PhotoRecord
from defect_desktop.language import Bilingual
from defect_desktop.paths import Paths
from defect_desktop.store.database import Database
from defect_desktop.ui.archive import Archive
from defect_desktop.vision.pack import Pack, find_pack
from defect_desktop.workflows.explain_photo import Explainer
from defect_desktop.workflows.show_photo import show_photo
from defect_desktop.workflows.warm_up import quiet_start

if TYPE_CHECKING:
    from defect_desktop.workflows.show_photo import ShowPhoto

_HEAT_SIDE = 256
"""Pixels of a heatmap's longer side: the networks' own maps are coarser by far."""


@dataclass(frozen=True, slots=True, eq=False)
class Reasons:
    """Why a photo got its label: `heat` (H, W) from 0 to 1 over the photo, and what each member ranks first.

    `opinions` is empty, and `heat` None, where it cannot be told; `sentence` says why, or what to bear in mind.
    """

    heat: NDArray[np.float32] | None = None
    opinions: tuple[tuple[Ranked, ...], ...] = ()
    sentence: Bilingual | None = None


CANNOT_EXPLAIN = Bilingual(
    ko="이 모델 팩이나 연산 엔진은 사진의 어느 부분을 보았는지 알려 줄 수 없습니다.",
    en="This model pack or engine cannot tell which part of the photo it looked at.",
)
OTHER_PACK = Bilingual(
    ko="이 판정을 낸 모델 팩이 그 뒤로 바뀌었습니다. 표시된 근거는 지금 설치된 팩의 것입니다.",
    en="The model pack has changed since it gave this verdict; the reasons shown are those of the pack installed now.",
)


@dataclass(frozen=True, slots=True)
class ReviewServices:
    """All but `close` are called beside the window. `database` opens the results database, and may raise StoreError.

    `explain` may raise a UserError or a PhotoError.
    """

    database: Callable[[], Database]
    explain: Callable[[PhotoRecord], Reasons]
    show_photo: ShowPhoto
    close: Callable[[], None]


def review_services(paths: Paths) -> ReviewServices:
    """The services of the program itself."""
    archive = Archive(paths.database)
    return ReviewServices(archive.database, PackExplainer(paths).explain, show_photo, archive.close)


class PackExplainer:
    """Keeps the pack that was asked last: loading it takes seconds, explaining a photo a fraction of one.

    It answers with the pack and the engine that gave the verdict. One call waits for another.
    """

    def __init__(self, paths: Paths) -> None:
        self._paths = paths
        self._lock = Lock()
        self._loaded: tuple[tuple[str, str], Explainer] | None = None

    def explain(self, record: PhotoRecord) -> Reasons:
        """Why the photo got its label. Raises PackError, DeviceError and PhotoError."""
        verdict, path = record.outcome.verdict, record.outcome.photo.path
        pack = find_pack(record.settings.pack_name, self._paths.pack_shelves)
        if verdict is None or verdict.label not in pack.card.labels:
            return Reasons(sentence=CANNOT_EXPLAIN)
        with self._lock:
            explanation = self._explainer(pack, record.settings.engine).explain(path)
        if explanation is None:
            return Reasons(sentence=CANNOT_EXPLAIN)
        high, wide = show_photo(path, _HEAT_SIDE, _HEAT_SIDE).shape[:2]
        return Reasons(
            heat=explanation.heat(verdict.label, high, wide),
            opinions=explanation.opinions(),
            sentence=None if pack.fingerprint == record.settings.fingerprint else OTHER_PACK,
        )

    def _explainer(self, pack: Pack, engine: str) -> Explainer:
        wanted = (pack.fingerprint, engine)
        if self._loaded is None or self._loaded[0] != wanted:
            self._loaded = None  # two packs in memory at a time would be one too many for a tablet
            with quiet_start():
                self._loaded = wanted, Explainer(self._paths, pack.card.name, engine)
        return self._loaded[1]
