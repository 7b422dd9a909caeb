"""What it is worth to ask a pack about every photo and its mirror image: macro F1 without and with.

    python -m tests.training.mirrored PACK DATA

A candidate for the recipes, beside those of `compare --ablate`, which take a training.
"""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from defect_desktop.paths import Paths
from defect_desktop.training.data.data_set import read_data_set
from defect_desktop.training.evaluation import predict
from defect_desktop.training.metrics import score_bag
from defect_desktop.training.photo_cache import PhotoCache, load_photos
from defect_desktop.vision.engine import Engine, load_engine
from defect_desktop.vision.pack import find_pack
from tests.training.stripes import finish


def main() -> None:
    pack = find_pack(sys.argv[1], Paths.find().pack_shelves)
    data = read_data_set((Path(sys.argv[2]),), pack.card.labels)
    _, cache = finish(load_photos(data, pack.card.photo_preprocessing()))
    engine = load_engine(pack, "torch", "cpu")
    plain = _softmax(engine, cache)
    mirrored = _softmax(engine, dataclasses.replace(cache, pixels=np.ascontiguousarray(cache.pixels[:, :, ::-1])))
    for name, members in (("as it is", plain), ("with its mirror image", (plain + mirrored) / 2)):
        print(f"{name}: {score_bag(members, cache.targets, cache.labels).macro_f1:.4f}")  # noqa: T201


def _softmax(engine: Engine, cache: PhotoCache) -> NDArray[np.float32]:
    return finish(predict(engine, cache))[1]


if __name__ == "__main__":
    main()
