from __future__ import annotations

import pytest

from defect_desktop.errors import TrainingError
from defect_desktop.training.learning.families import check_architecture, check_input, classifiers_of, input_of
from defect_desktop.vision.preprocessing import CropMode, Interpolation


@pytest.mark.parametrize(
    ("name", "side"),
    [
        ("resnet152", 224),
        ("densenet161", 224),
        ("inception_v3", 299),
        ("tf_efficientnetv2_m", 384),
        ("tf_efficientnet_lite4", 380),
        ("tf_efficientnetv2_m.in21k_ft_in1k", 384),
    ],
)
def test_every_family_of_the_contest_is_known_with_its_input(name: str, side: int) -> None:
    check_architecture(name)
    preprocessing = input_of(name)
    assert (preprocessing.height, preprocessing.width) == (side, side)
    assert preprocessing.crop_mode is CropMode.SQUASH and isinstance(preprocessing.interpolation, Interpolation)
    assert len(classifiers_of(name)) == 1
    check_input(name, preprocessing)


def test_a_network_without_published_weights_is_known_too() -> None:
    check_architecture("test_vit4")
    assert input_of("test_vit4").height > 0


def test_an_unknown_name_gets_near_ones() -> None:
    with pytest.raises(TrainingError, match="densenet161"):
        check_architecture("densnet161")


def test_a_tag_that_its_network_does_not_have_is_no_network() -> None:
    check_architecture("resnet18.a1_in1k")
    for name in ("resnet18.imagenet", "resnet18."):
        with pytest.raises(TrainingError, match=rf"no network '{name}'; the nearest names: resnet18,"):
            check_architecture(name)


@pytest.mark.parametrize("side", [None, 128])
def test_a_network_that_classifies_no_photos_is_told_whatever_the_size(side: int | None) -> None:
    with pytest.raises(TrainingError, match="'qwen3_vit_88m_enc' cannot be trained to classify photos; choose"):
        check_input("qwen3_vit_88m_enc", input_of("qwen3_vit_88m_enc", side))


def test_a_size_is_tried_out() -> None:
    check_input("inception_v3", input_of("inception_v3", side=160))
    with pytest.raises(TrainingError, match="cannot take photos of 40 x 40 pixels"):
        check_input("inception_v3", input_of("inception_v3", side=40))
