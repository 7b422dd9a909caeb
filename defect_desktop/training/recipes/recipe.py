"""Training recipes: frozen, readable declarations of everything that decides how a bag of networks is trained.

A recipe is printed, stored in the pack's card and looked up by name (`presets`); the code that follows it is in the
other modules. Nothing here needs torch.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import StrEnum

from defect_desktop.vision.preprocessing import Preprocessing


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long a member trains, and how fast it learns on the way.

    `learning_rate` is the peak: it rises over `warmup_epochs` and then falls, as a cosine to zero where `gamma` is
    None, else by the factor `gamma` after every epoch. `scales`: the size of the training photos as a share of the
    network's input, spread evenly over the epochs. Small ones first is several times as quick (Tan & Le 2021,
    "EfficientNetV2"); ending below 1 trains for a test at higher resolution (Touvron et al. 2019, "Fixing the
    train-test resolution discrepancy").

    `patience`: a member ends after so many epochs without a better macro F1 on the held-out photos, and keeps the
    weights that were best; None: it trains through and keeps its last.
    """

    epochs: int
    batch: int
    learning_rate: float
    warmup_epochs: float = 0.0
    gamma: float | None = None
    scales: tuple[float, ...] = (1.0,)
    patience: int | None = None


@dataclass(frozen=True, slots=True)
class Descent:
    """How weights follow the gradient: AdamW, its gradient clipped to `clip_norm`.

    `layer_decay` is the learning rate of a layer as a share of the next one's: below 1 the first layers, which know
    edges already, change least. `ema_decay` averages the weights over the steps; None keeps the last.
    """

    weight_decay: float
    clip_norm: float
    layer_decay: float = 1.0
    ema_decay: float | None = None


@dataclass(frozen=True, slots=True)
class Loss:
    """What training minimises: cross-entropy, with the additions that are not zero. See `losses` for the papers.

    `prior_strength` times the logarithm of a class's share is added to its training logit. `class_balance` is the
    beta of the class-balanced loss, whose weights apply after `reweighted_from`, a share of the epochs: above 0 the
    re-weighting is deferred.
    """

    label_smoothing: float = 0.0
    focal_gamma: float = 0.0
    prior_strength: float = 0.0
    class_balance: float = 0.0
    reweighted_from: float = 0.0


class Sampling(StrEnum):
    """Which photos make an epoch: each once, or as many drawn with each class as likely as any other."""

    SHUFFLED = "shuffled"
    BALANCED = "balanced"


@dataclass(frozen=True, slots=True)
class Mix:
    """How two photos become one: a patch of another (CutMix) or a double exposure (Mixup).

    `probability` is that of a batch being mixed; the alphas are those of the Beta distribution of the share, 0 for
    never. Where both are set, each gets half of the mixed batches.
    """

    probability: float
    cutmix_alpha: float = 0.0
    mixup_alpha: float = 0.0


@dataclass(frozen=True, slots=True)
class Augmentation:
    """How a training photo is varied. Always mirrored half of the time; never rotated or put upside down.

    `least_scale`: a random crop keeps at least this share of each side. The others are the greatest change:
    `brightness`, `contrast` and `colour` (a channel's gain) as a share, `gamma` as a factor, `blur` as a share of a
    3 x 3 mean, `noise` as a standard deviation for pixel values from 0 to 1. `operations` of RandAugment's, each as
    strong as `magnitude` (0 to 1), come on top (see `rand_augment`).
    """

    least_scale: float = 1.0
    brightness: float = 0.0
    contrast: float = 0.0
    gamma: float = 1.0
    colour: float = 0.0
    blur: float = 0.0
    noise: float = 0.0
    operations: int = 0
    magnitude: float = 0.0


@dataclass(frozen=True, slots=True)
class Distractors:
    """Pictures of nothing, added to each batch: `a_batch` of them (see `distractors`).

    After the schedule's epochs one more, the settling, goes on at full size from `settling_rate`, with fresh averages,
    and adds `settling_a_batch`: a trained network learns from them best, and at a low rate.
    """

    a_batch: int
    settling_rate: float
    settling_a_batch: int


class Samples(StrEnum):
    """What a member of a bag sees of the training photos: a bootstrap sample, or all but one fold."""

    BOOTSTRAP = "bootstrap"
    FOLDS = "folds"


@dataclass(frozen=True, slots=True)
class Distillation:
    """One network is taught what the bag says, and takes its place (Hinton et al. 2015).

    It sees every photo. `weight` is the bag's share of the loss, the labels have the rest; both softmaxes are softened
    by `temperature`.
    """

    weight: float
    temperature: float


@dataclass(frozen=True, slots=True)
class Bag:
    """How many networks, and what each one sees; a single one sees every photo."""

    members: int
    samples: Samples = Samples.BOOTSTRAP
    distillation: Distillation | None = None


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a pack is trained.

    `cache_scale`: photos are kept in memory at this multiple of the network's input, so that random crops lose no
    detail. `held_out_share` of the photos is kept from training for the calibration; the thresholds are chosen there
    for `unchecked_error_rate`, the share of mistakes among the verdicts that nobody checks.
    """

    name: str
    architecture: str
    preprocessing: Preprocessing
    cache_scale: float
    dropout: float
    bag: Bag
    schedule: Schedule
    descent: Descent
    loss: Loss
    sampling: Sampling
    augmentation: Augmentation
    mix: Mix | None
    distractors: Distractors | None
    held_out_share: float
    unchecked_error_rate: float

    @property
    def caching(self) -> Preprocessing:
        """How a training photo is prepared for the cache: as for the network, but larger."""
        height = round(self.preprocessing.height * self.cache_scale)
        width = round(self.preprocessing.width * self.cache_scale)
        return dataclasses.replace(self.preprocessing, height=height, width=width)

    def declaration(self) -> dict[str, object]:
        """The recipe as plain values, ready for JSON."""
        return dataclasses.asdict(self)
