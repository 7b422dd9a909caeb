"""The photos of trials in memory: decoded again only where the next recipe wants them at another size."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from defect_desktop.errors import DataSetError
from defect_desktop.training.data.data_set import DataSet
from defect_desktop.training.data.parts import Parts
from defect_desktop.training.data.split import Indices
from defect_desktop.training.learning.inference import softmax_of
from defect_desktop.training.learning.lesson import Material, Trained
from defect_desktop.training.learning.pretrained import Start
from defect_desktop.training.photo_cache import PhotoCache, load_photos
from defect_desktop.training.recipes.recipe import Recipe
from defect_desktop.vision.preprocessing import Preprocessing


@dataclass(frozen=True, slots=True, eq=False)
class _Loaded:
    key: tuple[Preprocessing, Preprocessing]
    training: PhotoCache
    validation: PhotoCache
    test: PhotoCache


class MaterialCache:
    """The three parts of a data set, prepared for one recipe at a time; what memory lacks goes to `spill`."""

    def __init__(self, parts: Parts, spill: Path) -> None:
        self._parts = parts
        self._spill = spill
        self._loaded: _Loaded | None = None

    def prepare(self, recipe: Recipe) -> Generator[int, None, None]:
        """Decodes the photos for `recipe` where they are not there yet; yields the number done of each part.

        Raises DataSetError where one has gone since the data set was read, or there is no room for them.
        """
        key = (recipe.caching, recipe.preprocessing)
        if self._loaded and self._loaded.key == key:
            return
        self._loaded = None  # before the next ones come, for their room
        training = yield from self._load(self._parts.training, recipe.caching)
        validation = yield from self._load(self._parts.validation, recipe.preprocessing)
        test = yield from self._load(self._parts.test, recipe.preprocessing)
        self._loaded = _Loaded(key, training, validation, test)

    def material(self, recipe: Recipe, start: Start) -> Material:
        """What a trial of the recipe last prepared for takes; what is held out there is the validation part."""
        return Material(self._ready.training, self._ready.validation, recipe, start)

    @property
    def groups(self) -> Indices:
        """The groups of near-duplicates among the training photos, (photos,)."""
        return self._parts.groups

    @property
    def validation(self) -> PhotoCache:
        """The photos that every epoch is validated on."""
        return self._ready.validation

    @property
    def test(self) -> PhotoCache:
        """The photos that no training sees."""
        return self._ready.test

    @property
    def _ready(self) -> _Loaded:
        assert self._loaded, "prepare() comes first"
        return self._loaded

    def _load(self, data: DataSet, preprocessing: Preprocessing) -> Generator[int, None, PhotoCache]:
        cache = yield from load_photos(data, preprocessing, self._spill)
        if cache.failures:  # every one was readable a moment ago
            raise DataSetError(
                ko=f"작업 도중에 사진 {len(cache.failures)}장을 읽을 수 없게 되었습니다. 저장 장치를 확인하고 "
                "같은 명령을 다시 실행하세요.",
                en=f"{len(cache.failures)} photos have become unreadable on the way; check the drive and run the same "
                "command again.",
            )
        return cache


def softmax_of_members(
    members: Sequence[Trained], pixels: NDArray[np.uint8], preprocessing: Preprocessing, device: torch.device
) -> NDArray[np.float32]:
    """The members' softmax (photos, members, classes) for `pixels` (photos, height, width, 3)."""
    said: list[NDArray[np.float32]] = []
    for member in members:
        network = member.network.to(device)
        try:
            said.append(softmax_of(network, pixels, preprocessing))
        finally:
            network.cpu()
    return np.stack(said, axis=1)
