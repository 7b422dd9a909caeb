"""A model pack with random weights: good for nothing but measuring how fast networks of its kind are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import timm
import torch
from timm.data.config import resolve_model_data_config
from torch import nn

from defect_desktop.core.taxonomy import CONTEST_CLASSES
from defect_desktop.training.learning.families import check_architecture, check_input, classifiers_of, input_of
from defect_desktop.training.pack_writer import write_card, write_members
from defect_desktop.vision.card import Card, CardClass, CardPreprocessing, CardTemperature, CardThresholds, Text
from defect_desktop.vision.pack import Pack, open_pack
from defect_desktop.vision.preprocessing import CropMode, Interpolation

_OPINION = 3.0
"""The standard deviation of the logits: as opinionated as trained networks. Left alone, random ones answer evenly."""


def write_random_pack(architecture: str, members: int, folder: Path) -> Pack:
    """A pack of `members` networks in the empty `folder`; raises TrainingError where there is no such network."""
    check_architecture(architecture)
    check_input(architecture, input_of(architecture))
    torch.manual_seed(0)
    networks = [_network(architecture) for _ in range(members)]
    card = Card(
        name=f"random-{architecture}",
        version="0",
        title=Text(ko="무작위 가중치", en="Random weights"),
        architecture=architecture,
        members=write_members(folder, networks),
        classes=tuple(CardClass(label=each.label, ko=each.name.ko, en=each.name.en) for each in CONTEST_CLASSES),
        preprocessing=_preprocessing(networks[0]),
        temperature=CardTemperature(sure=1.0, unsure=1.0),
        thresholds=CardThresholds(confidence=0.0, margin=0.0, agreement=0.0),
        training_data=Text(ko="학습하지 않음", en="Not trained"),
        licence="Apache-2.0",
    )
    write_card(folder, card)
    return open_pack(folder)


def _network(architecture: str) -> nn.Module:
    """A network whose batch norms have seen something: else numbers grow from layer to layer till rounding decides."""
    network: nn.Module = timm.create_model(architecture, pretrained=False, num_classes=len(CONTEST_CLASSES))
    noise = torch.randn(2, *resolve_model_data_config(network)["input_size"])  # type: ignore[no-untyped-call]
    for module in network.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.momentum = 1.0
    with torch.no_grad():
        network.train()(noise)
        spread = network.eval()(noise).std()
        for layer in _last_layers(network, architecture):
            layer.weight.mul_(_OPINION / spread)
    return network


def _last_layers(network: nn.Module, architecture: str) -> Iterator[nn.Linear | nn.Conv2d]:
    """What tells the classes apart; some networks have several such layers, or hide them in a module."""
    for name in classifiers_of(architecture):
        for module in network.get_submodule(name).modules():
            if isinstance(module, (nn.Linear, nn.Conv2d)):
                yield module


def _preprocessing(network: nn.Module) -> CardPreprocessing:
    """What timm would feed it, but squashed like the photos of this program's own packs."""
    config = resolve_model_data_config(network)  # type: ignore[no-untyped-call]
    _, height, width = config["input_size"]
    return CardPreprocessing(
        height=height,
        width=width,
        mean=config["mean"],
        std=config["std"],
        interpolation=Interpolation.BICUBIC,
        crop_mode=CropMode.SQUASH,
        crop_share=1.0,
    )
