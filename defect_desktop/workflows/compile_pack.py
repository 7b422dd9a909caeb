"""Makes a pack's compiled forms: in single precision always, in 8 bits where photos show that it answers as before.

They are kept for this machine, or written into a copy of the pack, which then runs where there is no torch.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from defect_desktop import settings
from defect_desktop.core.printable import printable
from defect_desktop.core.progress import Progress, ProgressMeter
from defect_desktop.errors import DataSetError, PackError, PhotoProblem
from defect_desktop.language import Bilingual
from defect_desktop.paths import Paths
from defect_desktop.vision.card import Precision, QuantizationCheck
from defect_desktop.vision.compiled_form import (
    CompiledForm,
    as_fitted_before,
    other_answers,
    remove_form,
    write_form,
)
from defect_desktop.vision.conversion_process import convert_apart
from defect_desktop.vision.engine import load_engine
from defect_desktop.vision.engine_choice import forget_choice
from defect_desktop.vision.pack import Pack, find_pack
from defect_desktop.workflows.clear_forms import clear_forms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from defect_desktop.training.early_exit import EarlyExitFit
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
    """Compile `pack`; in 8 bits too where there are `photos`; into a copy of the pack where there is an `output`.

    The copy holds the compiled forms and nothing else of the networks where `compiled_only` is asked for.
    """

    pack: str = settings.PACK.default
    photos: LabelledPhotos | None = None
    output: Path | None = None
    compiled_only: bool = False


@dataclass(frozen=True, slots=True)
class CompileResult:
    """What was made, `pack` being the copy where one was asked for.

    `check` is None where no form in 8 bits was asked for; that is kept only where it `is_good`. `early_exit` is what
    these photos fitted the fastest form that is kept with, None where they promise nothing. `failures` are the files
    that are no photos, `notes` what a person should know of how all were found.
    """

    pack: Pack
    check: QuantizationCheck | None = None
    is_good: bool = False
    early_exit: EarlyExitFit | None = None
    failures: tuple[tuple[Path, PhotoProblem], ...] = ()
    notes: tuple[Bilingual, ...] = ()


@dataclass(frozen=True, slots=True)
class _Trial:
    """The forms that are good enough, the one in 8 bits last, and what was found about them and the photos."""

    good: list[CompiledForm]
    check: QuantizationCheck
    early_exit: EarlyExitFit | None
    failures: tuple[tuple[Path, PhotoProblem], ...]
    notes: tuple[Bilingual, ...]


def compile_pack(request: CompileRequest, paths: Paths) -> Generator[Progress, None, CompileResult]:
    """Yields progress in photos, read and classified; returns what was made.

    Closing the generator leaves what was there before. Raises PackError, DeviceError, SourceError, DataSetError.
    """
    pack = find_pack(request.pack, paths.pack_shelves)
    if request.output:
        from defect_desktop.training.pack_writer import check_target

        check_target(request.output)
    form = as_fitted_before(convert_apart(pack), paths.compiled_forms, pack.card)
    if request.photos is None:
        return CompileResult(_kept([form], pack, request, paths))
    trial = yield from _try_out(pack, form, request.photos)
    kept, is_good = _kept(trial.good, pack, request, paths), len(trial.good) > 1
    return CompileResult(kept, trial.check, is_good, trial.early_exit, trial.failures, trial.notes)


def _try_out(pack: Pack, form: CompiledForm, photos: LabelledPhotos) -> Generator[Progress, None, _Trial]:
    """Quantizes the form, and asks the photos what becomes of the answers."""
    from defect_desktop.training.calibration import exit_early
    from defect_desktop.training.data.data_set import read_data_set
    from defect_desktop.training.evaluation import predict
    from defect_desktop.training.measurement.photos import STEPS, read_photos
    from defect_desktop.training.photo_cache import load_photos
    from defect_desktop.training.quantization import check, is_good, quantize
    from defect_desktop.training.steps import retold
    from defect_desktop.vision.openvino_engine import engine_of

    card, preprocessing = pack.card, pack.card.photo_preprocessing()
    to_calibrate, to_check = (read_data_set((folder,), card.labels) for folder in (photos.calibrate, photos.check))
    calibration = yield from retold(
        load_photos(to_calibrate, preprocessing), _telling(ProgressMeter(len(to_calibrate.paths)), 0)
    )
    _require_enough(calibration, photos.calibrate)
    measured = yield from retold(
        read_photos(to_check, preprocessing), _telling(ProgressMeter(STEPS * len(to_check.paths)), 0)
    )
    checking, groups = measured.cache, measured.groups
    _require_enough(checking, photos.check)
    count = len(checking.targets)
    meter = ProgressMeter(3 * count)
    quantized = quantize(form, calibration.pixels)
    engines = load_engine(pack, "torch", "cpu"), engine_of(form, card), engine_of(quantized, card)
    told = []
    for turn, engine in enumerate(engines):
        told.append((yield from retold(predict(engine, checking), _telling(meter, turn * count))))
    reference, single, eight_bits = told
    if not is_good(check(reference, single, checking.targets, card.labels)):
        raise other_answers(card.name)
    found = check(reference, eight_bits, checking.targets, card.labels)
    rules = card.decision_temperature(), card.decision_thresholds()
    fit = exit_early(single, *rules, groups=groups)
    good = [_fitted(form, fit, groups)]
    if is_good(found):
        fit = exit_early(eight_bits, *rules, groups=groups)
        good.append(_fitted(replace(quantized, check=found), fit, groups))
    return _Trial(good, found, fit, calibration.failures + checking.failures, to_calibrate.notes + measured.notes)


def _fitted(form: CompiledForm, fit: EarlyExitFit | None, groups: NDArray[np.int64]) -> CompiledForm:
    """The form with what the photos say of it; where they are too few to say anything, what was fitted before stays."""
    from defect_desktop.training.early_exit import LEAST_EVIDENCE

    if len(set(groups.tolist())) < LEAST_EVIDENCE:
        return form
    return replace(form, sure=fit.sure if fit else None)


def _require_enough(cache: PhotoCache, folder: Path) -> None:
    """Raises DataSetError where there are too few photos in `folder`."""
    from defect_desktop.training.quantization import FEWEST_PHOTOS

    if len(cache.targets) < FEWEST_PHOTOS:
        raise DataSetError(
            ko=f"8비트로 바꾸려면 읽을 수 있는 사진이 {FEWEST_PHOTOS}장 이상 필요한데 '{printable(folder)}'에는 "
            f"{len(cache.targets)}장 있습니다. 사진을 더 넣으세요.",
            en=f"To compute in 8 bits takes {FEWEST_PHOTOS} readable photos, and '{printable(folder)}' holds "
            f"{len(cache.targets)}; put more there.",
        )


def _telling(meter: ProgressMeter, before: int) -> Callable[[int], Progress]:
    return lambda done: meter.advance(before + done - meter.now().done)


def _kept(made: Sequence[CompiledForm], pack: Pack, request: CompileRequest, paths: Paths) -> Pack:
    """Keeps the forms where the request wants them; the pack that runs with them."""
    if request.output:
        from defect_desktop.training.compiled_pack import write_compiled_pack

        return write_compiled_pack(pack, made, request.output, request.compiled_only)
    with _writing(paths.compiled_forms):
        for form in made:
            write_form(paths.compiled_forms, pack.card, form)
        forget_choice(paths.compiled_forms, pack)
        if request.photos and len(made) == 1:
            remove_form(paths.compiled_forms, pack.card, Precision.INT8)  # an earlier one has no better claim
    clear_forms(paths)
    return pack


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
