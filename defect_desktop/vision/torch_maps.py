"""Class activation maps from torch networks.

Of Zhou et al. 2016, "Learning Deep Features for Discriminative Localization".

A network that ends in an average over all places and one linear layer may as well apply that layer at every place and
average afterwards: the same logits come out, and on the way there is a map for every class. Nothing is approximated,
and it costs a thousandth of the forward pass that is needed anyway.
"""

from __future__ import annotations

from typing import Any

from torch import Tensor, nn
from torch.nn.functional import conv2d


def has_class_maps(network: Any) -> bool:  # noqa: ANN401 - timm's networks have no common type
    """Whether the network ends in a plain average over places and one linear layer, as most convolutional ones do.

    A network may work on its features after the average (MobileNetV3 does); the layer then takes other channels.
    """
    pool = getattr(network, "global_pool", None)
    classifier = network.get_classifier() if hasattr(network, "get_classifier") else None
    return (
        getattr(pool, "pool_type", None) == "avg"
        and isinstance(classifier, nn.Linear)
        and classifier.in_features == network.num_features
    )


def class_maps(network: Any, normalised: Tensor) -> Tensor:  # noqa: ANN401 - timm's networks have no common type
    """The maps (N, classes, rows, columns) for a normalised batch (N, 3, height, width).

    Their mean over rows and columns are the logits. Only for networks with `has_class_maps`.
    """
    classifier = network.get_classifier()
    return conv2d(network.forward_features(normalised), classifier.weight[:, :, None, None], classifier.bias)
