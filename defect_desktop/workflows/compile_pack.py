"""Makes a pack's compiled forms: in single precision always, in 8 bits where photos show that it answers as before."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from defect_desktop import settings
from defect_desktop.core.printable import printable
from defect_desktop.core.progress import Progress, ProgressMeter
from defect_desktop.errors import DataSetError, PackError
from defect_desktop.paths import Paths
from defect_desktop.vision.compiled_form import CompiledForm, Precision, QuantizationCheck, remove_form, write_form
from defect_desktop.vision.engine import load_engine
from defect_desktop.vision.pack import Pack, find_pack

if TYPE_CHECKING:
    from defect_desktop.training.photo_cache import PhotoCache


@dataclass(frozen=True, slots=True)
class LabelledPhotos:
    """What a form in 8 bits is made with, each a folder that holds a folder per class.

    `calibrate` holds photos like those the pack was trained on, `check` others, to see whether the answers stay.
    """

    calibrate: Path
    check: Path


@dataclass(frozen=True, slots=True)
class CompileRequest:
    """Compile `pack`; in 8 bits too where there are `photos`."""

    pack: str = settings.PACK.default
    photos: LabelledPhotos | None = None


@dataclass(frozen=True, slots=True)
class CompileResult:
    """What was made. `check` is None where no form in 8 bits was asked for; it is kept only where it `is_good`."""

    pack: Pack
    check: QuantizationCheck | None = None
    is_good: bool = False


def compile_pack(request: CompileRequest, paths: Paths) -> Generator[Progress, None, CompileResult]:
    """Yields progress in photos, read and classified; returns what was made.

    Closing the generator leaves what is finished. Raises PackError, DeviceError, SourceError, DataSetError.
    """
    from defect_desktop.vision.conversion import convert

    pack = find_pack(request.pack, paths.pack_shelves)
    form = convert(pack)
    _keep(paths.compiled_forms, pack, form)
    if request.photos is None:
        return CompileResult(pack)
    return (yield from _quantize(pack, form, request.photos, paths.compiled_forms))


def _quantize(
    pack: Pack, form: CompiledForm, photos: LabelledPhotos, forms: Path
) -> Generator[Progress, None, CompileResult]:
    from defect_desktop.training.evaluation import predict
    from defect_desktop.training.quantization import check, is_good, quantize
    from defect_desktop.training.steps import retold
    from defect_desktop.vision.openvino_engine import engine_of

    calibration = yield from _read(pack, photos.calibrate)
    checking = yield from _read(pack, photos.check)
    meter = ProgressMeter(2 * len(checking.targets))
    reference = yield from retold(predict(load_engine(pack, "torch", "cpu"), checking), _telling(meter, 0))
    quantized = quantize(form, calibration.pixels)
    members = yield from retold(
        predict(engine_of(quantized, pack.card), checking), _telling(meter, len(checking.targets))
    )
    found = check(reference, members, checking.targets, pack.card.labels)
    good = is_good(found)
    if good:
        _keep(forms, pack, replace(quantized, check=found))
    else:
        with _writing(forms):
            remove_form(forms, pack.card, Precision.INT8)  # an earlier one has no better claim
    return CompileResult(pack, found, good)


def _read(pack: Pack, folder: Path) -> Generator[Progress, None, PhotoCache]:
    """The photos in `folder`; raises DataSetError where there are too few."""
    from defect_desktop.training.data.data_set import read_data_set
    from defect_desktop.training.photo_cache import load_photos
    from defect_desktop.training.quantization import FEWEST_PHOTOS
    from defect_desktop.training.steps import retold

    data = read_data_set((folder,), pack.card.labels)
    meter = ProgressMeter(len(data.paths))
    cache = yield from retold(load_photos(data, pack.card.photo_preprocessing()), _telling(meter, 0))
    if len(cache.targets) < FEWEST_PHOTOS:
        raise DataSetError(
            ko=f"8비트로 바꾸려면 읽을 수 있는 사진이 {FEWEST_PHOTOS}장 이상 필요한데 '{printable(folder)}'에는 "
            f"{len(cache.targets)}장 있습니다. 사진을 더 넣으세요.",
            en=f"To compute in 8 bits takes {FEWEST_PHOTOS} readable photos, and '{printable(folder)}' holds "
            f"{len(cache.targets)}; put more there.",
        )
    return cache


def _telling(meter: ProgressMeter, before: int) -> Callable[[int], Progress]:
    return lambda done: meter.advance(before + done - meter.now().done)


def _keep(forms: Path, pack: Pack, form: CompiledForm) -> None:
    with _writing(forms):
        write_form(forms, pack.card, form)


@contextmanager
def _writing(forms: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise PackError(
            ko=f"'{printable(forms)}'에 컴파일된 형태를 쓸 수 없습니다. 쓰기 권한과 남은 디스크 공간을 확인하세요.",
            en=f"The compiled form cannot be written to '{printable(forms)}'; "
            "check the permissions and the free space there.",
        ) from error
