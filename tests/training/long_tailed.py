"""Long-tailed sets of pictures that this program did not draw, to measure recipes on.

    python -m tests.training.long_tailed digits OUT
    python -m tests.training.long_tailed fashion-mnist OUT FOLDER
    python -m tests.training.long_tailed elpv OUT FOLDER

The first are scikit-learn's handwritten digits, which come with it. The second are Fashion-MNIST, whose four files of
`-ubyte.gz` lie in FOLDER (Debian's package dataset-fashion-mnist puts them into /usr/share/datasets/fashion-mnist).
Of both OUT gets `train`, whose classes shrink by the same factor from one to the next as the contest's do, and `test`.
The third are ELPV's photos of solar cells, whose `labels.csv` and `images` lie in FOLDER (`elpv_dataset/data` of PyPI's
package elpv-dataset; licensed for non-commercial use: to measure with, not to ship): four classes, the probabilities of
a defect that experts gave, long-tailed as they are. OUT gets them all, since many are of one crystal: what measures on
them keeps such photos together when it sets some apart.
"""

from __future__ import annotations

import gzip
import shutil
import sys
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from sklearn.datasets import load_digits

Pictures = NDArray[np.uint8]
Labels = NDArray[np.integer]

_SEED = 0
_SIDE = 64
"""A digit has 8 x 8 pixels: too few for the photo checks."""


def main() -> None:
    name, folder = sys.argv[1], Path(sys.argv[2])
    if name == "digits":
        pictures, labels = _digits()
        train = _long_tail(labels, head=120, tail=6)
        test = np.setdiff1d(np.arange(len(labels)), train)
        _save(folder / "test", pictures[test], labels[test])
        _save(folder / "train", pictures[train], labels[train])
    elif name == "elpv":
        _copy_elpv(Path(sys.argv[3]), folder)
    else:
        source = Path(sys.argv[3])
        for part, stem, (head, tail) in (("train", "train", (250, 15)), ("test", "t10k", (100, 100))):
            pictures, labels = _fashion(source, stem)
            chosen = _long_tail(labels, head, tail)
            _save(folder / part, pictures[chosen], labels[chosen])


def _digits() -> tuple[Pictures, Labels]:
    digits = load_digits()
    small = (digits.images * (255 / 16)).astype(np.uint8)
    large = [cv2.resize(picture, (_SIDE, _SIDE), interpolation=cv2.INTER_CUBIC) for picture in small]
    return np.stack(large), digits.target


def _fashion(folder: Path, stem: str) -> tuple[Pictures, Labels]:
    """The pictures (N, 28, 28) and labels (N,) of one part; the files begin with headers of 16 and 8 bytes."""
    with gzip.open(folder / f"{stem}-images-idx3-ubyte.gz") as file:
        pictures = np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 28, 28)
    with gzip.open(folder / f"{stem}-labels-idx1-ubyte.gz") as file:
        return pictures, np.frombuffer(file.read(), np.uint8, offset=8)


def _copy_elpv(source: Path, folder: Path) -> None:
    """Classes 0 to 3 are the probabilities 0, 1/3, 2/3 and 1 of a defect."""
    for line in (source / "labels.csv").read_text(encoding="utf-8").splitlines():
        photo, probability, _ = line.split()
        place = folder / str(round(float(probability) * 3))
        place.mkdir(parents=True, exist_ok=True)
        shutil.copy(source / photo, place)


def _long_tail(labels: Labels, head: int, tail: int) -> NDArray[np.intp]:
    """Positions of `head` pictures of the first class, `tail` of the last, in between by a constant factor."""
    generator = np.random.default_rng(_SEED)
    classes = np.unique(labels)
    sizes = np.geomspace(head, tail, len(classes)).round().astype(int)
    return np.concatenate(
        [
            generator.choice(np.flatnonzero(labels == each), size, replace=False)
            for each, size in zip(classes, sizes, strict=True)
        ]
    )


def _save(folder: Path, pictures: Pictures, labels: Labels) -> None:
    for number, (picture, label) in enumerate(zip(pictures, labels, strict=True)):
        file = folder / str(label) / f"{number:05}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(picture).save(file)


if __name__ == "__main__":
    main()
