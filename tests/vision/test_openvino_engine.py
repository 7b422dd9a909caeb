from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from defect_desktop.errors import DeviceError
from defect_desktop.vision import conversion, openvino_engine
from defect_desktop.vision import engine as engine_module
from defect_desktop.vision.card import Card, Precision
from defect_desktop.vision.compiled_form import CompiledForm, read_form, write_form
from defect_desktop.vision.conversion import convert
from defect_desktop.vision.engine import Engine, load_engine
from defect_desktop.vision.goal import Goal
from defect_desktop.vision.pack import Pack, open_pack
from tests.packs import CLASSES, write_pack
from tests.photos import scene


@pytest.fixture(scope="module")
def pack(tiny_shelf: Path) -> Pack:
    return open_pack(tiny_shelf / "tiny")


@pytest.fixture(scope="module")
def form(pack: Pack) -> CompiledForm:
    return convert(pack)


@pytest.fixture
def forms(tmp_path: Path, pack: Pack, form: CompiledForm) -> Path:
    """A folder under a Korean name that has the pack's form."""
    folder = tmp_path / "홍길동" / "compiled"
    write_form(folder, pack.card, form)
    return folder


def batch(count: int, side: int = 64) -> np.ndarray:
    return np.stack([np.asarray(scene(side, side, seed=seed)) for seed in range(count)])


def openvino_on_cpu(pack: Pack, forms: Path | None, goal: Goal = Goal.THROUGHPUT) -> Engine:
    return load_engine(pack, "openvino", "cpu", forms, goal)


@pytest.mark.parametrize("goal", Goal)
def test_it_answers_as_torch_does(pack: Pack, forms: Path, goal: Goal) -> None:
    pixels = batch(200)
    engine, plain = openvino_on_cpu(pack, forms, goal), load_engine(pack, "torch", "cpu")
    ours, theirs = engine.predict(pixels), plain.predict(pixels)
    assert ours.shape == theirs.shape == (3, 200, len(CLASSES))
    assert ours.dtype == np.float32
    assert (ours.argmax(axis=2) == theirs.argmax(axis=2)).mean() >= 0.99
    assert ours == pytest.approx(theirs, abs=0.02)  # its weights are kept in half precision
    assert (engine.name, engine.device, engine.note) == ("openvino", "cpu", "")


def test_a_photo_gets_the_same_answer_in_any_batch(pack: Pack, forms: Path) -> None:
    engine, pixels = openvino_on_cpu(pack, forms), batch(7)
    together = engine.predict(pixels)
    for index in reversed(range(7)):
        assert np.array_equal(engine.predict(pixels[index : index + 1])[:, 0], together[:, index])


def test_batches_under_way_do_not_mix(pack: Pack, forms: Path) -> None:
    engine, pixels = openvino_on_cpu(pack, forms), batch(60)
    together = engine.predict(pixels)
    pieces = [slice(0, 1), slice(1, 20), slice(20, 21), slice(21, 60)]
    started = [engine.start(pixels[piece]) for piece in pieces]
    for piece, answer in reversed(list(zip(pieces, started, strict=True))):
        assert np.array_equal(answer(), together[:, piece])
    engine.start(pixels[:5])  # nobody asks for its answer
    assert np.array_equal(engine.predict(pixels[7:]), together[:, 7:])


def test_other_normalisations_and_shapes(tmp_path: Path) -> None:
    preprocessing = {
        "height": 64, "width": 96, "mean": [0.2, 0.5, 0.7], "std": [0.1, 0.3, 0.6],
        "interpolation": "bicubic", "crop_mode": "squash", "crop_share": 1.0,
    }  # fmt: skip
    pack = open_pack(write_pack(tmp_path / "wide", members=1, preprocessing=preprocessing))
    pixels = np.stack([np.asarray(scene(96, 64, seed=seed)) for seed in range(5)])
    ours = openvino_on_cpu(pack, None).predict(pixels)
    assert ours == pytest.approx(load_engine(pack, "torch", "cpu").predict(pixels), abs=0.02)


def test_a_camera_gets_each_photo_at_once(pack: Pack, forms: Path) -> None:
    assert openvino_on_cpu(pack, forms, Goal.LATENCY).batch_size == 1
    assert openvino_on_cpu(pack, forms, Goal.THROUGHPUT).batch_size >= os.cpu_count()


def test_auto_takes_openvino_where_there_is_no_cuda(pack: Pack, forms: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "has_cuda_card", lambda: False)
    assert load_engine(pack, forms=forms).name == "openvino"
    assert load_engine(pack).name == "torch"  # with nowhere to keep a compiled form


def test_a_user_with_a_korean_name_can_compile(pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "홍길동").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "홍길동"))
    assert convert(pack).weights
    assert list((tmp_path / "홍길동").iterdir()) == []


def test_the_form_is_made_once(pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = openvino_on_cpu(pack, tmp_path).predict(batch(1))
    monkeypatch.setattr("defect_desktop.vision.conversion.convert", None)
    assert np.array_equal(openvino_on_cpu(pack, tmp_path).predict(batch(1)), first)


@pytest.mark.parametrize("suffix", [".json", ".xml", ".bin"])
def test_a_damaged_form_is_made_again(pack: Pack, form: CompiledForm, forms: Path, suffix: str) -> None:
    (path,) = forms.glob(f"*{suffix}")
    path.write_bytes(path.read_bytes()[:100])
    openvino_on_cpu(pack, forms).predict(batch(1))
    mended = read_form(forms, pack.card, Precision.FP32)
    assert mended is not None
    assert mended.made_with == form.made_with


@pytest.mark.parametrize(
    "changes", [{"made_with": "1999.1"}, {"graph": b"<net version='99'/>"}, {"graph": b""}, {"weights": b"short"}]
)
def test_a_form_of_another_openvino_is_made_again(
    pack: Pack, form: CompiledForm, forms: Path, changes: dict[str, object]
) -> None:
    write_form(forms, pack.card, replace(form, **changes))
    openvino_on_cpu(pack, forms).predict(batch(1))
    mended = read_form(forms, pack.card, Precision.FP32)
    assert mended is not None
    assert (mended.made_with, len(mended.weights)) == (form.made_with, len(form.weights))


def test_a_folder_that_cannot_be_written_costs_time_only(
    pack: Pack, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    with caplog.at_level(logging.WARNING):
        engine = openvino_on_cpu(pack, tmp_path / "file" / "compiled")
    assert engine.predict(batch(1)).shape == (3, 1, len(CLASSES))
    assert "cannot be kept in" in caplog.text


def eight_bits(pack: Pack, form: CompiledForm, forms: Path) -> None:
    """Keeps the form as if it were one in 8 bits: which one is taken shows in the engine's name."""
    write_form(forms, pack.card, replace(form, precision=Precision.INT8))


def test_auto_takes_8_bits_where_they_were_found_good(
    pack: Pack, form: CompiledForm, forms: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "has_cuda_card", lambda: False)
    eight_bits(pack, form, forms)
    assert load_engine(pack, forms=forms).name == "openvino-int8"
    assert load_engine(pack, "openvino-int8", "cpu", forms).name == "openvino-int8"
    assert load_engine(pack, "openvino", "cpu", forms).name == "openvino"


def test_8_bits_that_were_never_made_are_refused(pack: Pack, forms: Path) -> None:
    with pytest.raises(DeviceError, match=r"no usable 8-bit form here; make one with 'models compile' and photos"):
        load_engine(pack, "openvino-int8", "cpu", forms)


def test_without_torch_a_form_runs_and_its_absence_is_told(
    pack: Pack, forms: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(openvino_engine, "_can_convert", lambda: False)
    assert openvino_on_cpu(pack, forms).name == "openvino"
    with pytest.raises(DeviceError, match=r"no compiled form, and this edition .* install a copy"):
        openvino_on_cpu(pack, tmp_path)


def test_what_openvino_cannot_run_on_is_told(pack: Pack, forms: Path) -> None:
    for device in ("intel-npu", "cuda"):
        with pytest.raises(DeviceError, match=rf"OpenVINO cannot be used on '{device}' here .*--device cpu"):
            load_engine(pack, "openvino", device, forms)
    with pytest.raises(DeviceError, match=r"torch cannot use 'intel-gpu'; choose OpenVINO .*--engine openvino"):
        load_engine(pack, "torch", "intel-gpu")


def test_auto_falls_back_to_torch_and_says_so(pack: Pack, forms: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class OldProcessor(openvino_engine.openvino.Core):
        def compile_model(self, *_: object) -> object:
            raise RuntimeError("Check failed:\nthe processor lacks SSE4.2")

    monkeypatch.setattr(engine_module, "has_cuda_card", lambda: False)
    monkeypatch.setattr(openvino_engine, "CORE", OldProcessor())
    engine = load_engine(pack, forms=forms)
    assert (engine.name, engine.device) == ("torch", "cpu")
    assert "the processor lacks SSE4.2" in engine.note
    with pytest.raises(DeviceError, match=r"lacks SSE4.2.*--engine torch"):
        load_engine(pack, "openvino", "cpu", forms)


@pytest.fixture
def other_answers(pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is compiled, it sees photos in other colours."""
    preprocessing = pack.card.preprocessing.model_dump(mode="json") | {"mean": [0.1, 0.9, 0.1]}
    other = convert(open_pack(write_pack(tmp_path / "other", preprocessing=preprocessing)))
    monkeypatch.setattr(conversion, "form_of", lambda *_: other)


def test_a_form_that_answers_otherwise_than_torch_is_not_used(
    pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other_answers: None
) -> None:
    monkeypatch.setattr(engine_module, "has_cuda_card", lambda: False)
    with pytest.raises(DeviceError, match=r"answers otherwise than torch; choose the engine torch"):
        openvino_on_cpu(pack, tmp_path / "forms")
    assert read_form(tmp_path / "forms", pack.card, Precision.FP32) is None
    engine = load_engine(pack, forms=tmp_path / "forms")
    assert engine.name == "torch"
    assert "answers otherwise" in engine.note


def test_nobody_waits_twice_for_a_form_that_answers_otherwise(
    pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other_answers: None
) -> None:
    tries = []

    def counted(pack: Pack) -> CompiledForm:
        tries.append(pack.card.name)
        return real(pack)

    real = openvino_engine.convert_apart
    monkeypatch.setattr(openvino_engine, "convert_apart", counted)
    for _ in range(2):
        with pytest.raises(DeviceError, match="answers otherwise"):
            openvino_on_cpu(pack, tmp_path)
    assert tries == ["tiny"]
    monkeypatch.setattr(openvino_engine.openvino, "get_version", lambda: "newer")
    with pytest.raises(DeviceError, match="answers otherwise"):
        openvino_on_cpu(pack, tmp_path)
    assert tries == ["tiny"] * 2


def test_auto_takes_torch_where_openvino_is_not_installed(
    pack: Pack, forms: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "has_cuda_card", lambda: False)
    monkeypatch.setattr(engine_module, "find_spec", lambda name: None if name == "openvino" else object())
    assert load_engine(pack, forms=forms).name == "torch"


def test_of_several_devices_the_fastest_is_taken(pack: Pack, forms: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    class SeveralUnits(openvino_engine.openvino.Core):
        available_devices = ("CPU", "GNA", "GPU.0", "GPU.1", "NPU")

    def proven(card: Card, model: object, name: str, device: str, goal: Goal) -> object:
        tried.append(device)
        if device == "NPU":
            raise RuntimeError("no driver")
        return device, {"CPU": 0.02, "GPU.0": 0.01, "GPU.1": 0.03}[device]

    monkeypatch.setattr(openvino_engine, "CORE", SeveralUnits())
    monkeypatch.setattr(openvino_engine, "_proven", proven)
    assert openvino_engine.load(pack, "auto", None, forms, Goal.LATENCY) == "GPU.0"
    assert tried == ["CPU", "GPU.0", "GPU.1", "NPU"]
    assert openvino_engine.load(pack, "intel-gpu", None, forms, Goal.LATENCY) == "GPU.0"
    assert openvino_engine.load(pack, "cpu", None, forms, Goal.LATENCY) == "CPU"
    assert openvino_engine._in_words("GPU.1") == "intel-gpu"


@pytest.mark.skipif(sys.platform == "win32", reason="signals are handled otherwise there")
def test_a_signal_is_heard_after_engines_have_come_and_gone(pack: Pack, forms: Path) -> None:
    work = f"""
import gc, signal
from pathlib import Path
from defect_desktop.vision.engine import load_engine
from defect_desktop.vision.pack import open_pack
signal.signal(signal.SIGUSR1, lambda *_: print("heard"))
engines = [load_engine(open_pack(Path({str(pack.folder)!r})), "openvino", "cpu", Path({str(forms)!r})) for _ in "ab"]
while engines:
    del engines[0]  # the first to come is the first to go
    gc.collect()
signal.raise_signal(signal.SIGUSR1)
"""
    done = subprocess.run([sys.executable, "-c", work], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "heard\n"), done.stderr


WATCHED = """
import json, sys
seen = []
sys.addaudithook(lambda event, arguments: event.startswith(("socket.", "subprocess.", "urllib.", "os.fork", "os.exec"))
                 and seen.append([event, str(arguments)]))
from pathlib import Path
{work}
print(json.dumps([seen, sorted(sys.modules)]))
"""


def watched(work: str, home: Path) -> tuple[list[list[str]], set[str]]:
    """Does `work` in a process of its own: what it did with sockets and processes, and the modules it loaded."""
    home.mkdir()
    surroundings = {key: value for key, value in os.environ.items() if key not in ("CI", "PYTEST_CURRENT_TEST")}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", WATCHED.format(work=work)],
        check=True, capture_output=True, text=True, env=surroundings | {"HOME": str(home), "USERPROFILE": str(home)},
    )  # fmt: skip
    seen, modules = json.loads(done.stdout.splitlines()[-1])
    return seen, set(modules)


def test_a_compiled_pack_needs_no_torch_and_no_connection(pack: Pack, forms: Path, tmp_path: Path) -> None:
    work = f"""
from defect_desktop.vision.engine import load_engine
from defect_desktop.vision.pack import open_pack
import numpy as np
engine = load_engine(open_pack(Path({str(pack.folder)!r})), "auto", "cpu", Path({str(forms)!r}))
assert engine.name == "openvino", engine.name
engine.predict(np.zeros((2, 64, 64, 3), np.uint8))
"""
    seen, modules = watched(work, tmp_path / "home")
    assert seen == []
    assert {"torch", "timm", "nncf"} & modules == set()
    assert list((tmp_path / "home").iterdir()) == []


@pytest.mark.slow
def test_compiling_and_quantizing_open_no_connection(pack: Pack, tmp_path: Path) -> None:
    work = f"""
from defect_desktop.training.quantization import quantize
from defect_desktop.vision.conversion import convert
from defect_desktop.vision.pack import open_pack
import numpy as np
rng = np.random.default_rng(0)
quantize(convert(open_pack(Path({str(pack.folder)!r}))), rng.integers(0, 255, (20, 64, 64, 3), dtype=np.uint8))
"""
    seen, modules = watched(work, tmp_path / "home")
    assert [event for event, _ in seen if event not in ("subprocess.Popen", "os.fork", "os.exec")] == []
    assert not [module for module in modules if module.startswith("openvino_telemetry.")]
    assert not [path for path in (tmp_path / "home").rglob("*") if "telemetry" in path.name or path.name == "intel"]
