"""A network in training, with everything that changes along with it, and one step of it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import numpy as np
import torch
from accelerate import Accelerator
from numpy.typing import NDArray
from timm.optim._param_groups import param_groups_layer_decay, param_groups_weight_decay
from timm.utils.model_ema import ModelEmaV3
from torch import Tensor, nn

from defect_desktop.training.data.split import Indices
from defect_desktop.training.learning.augmentation import augment
from defect_desktop.training.learning.checkpoint import Facts
from defect_desktop.training.learning.distractors import draw_distractors
from defect_desktop.training.learning.inference import Normalisation, as_photos
from defect_desktop.training.learning.lesson import Lesson
from defect_desktop.training.learning.losses import NO_CLASS, ClassificationLoss, distillation_loss
from defect_desktop.training.learning.memory import (
    MEMORY_ERRORS,
    give_freed_memory_back,
    out_of_memory,
    too_little_memory,
)
from defect_desktop.training.learning.mixing import Mixer
from defect_desktop.training.learning.pretrained import create_network
from defect_desktop.training.recipes.course import Epoch

_LEAST_PART = 2
"""Batch norm needs two photos to tell a mean from a value."""

_SHARE_FOR_PHOTOS = 0.25
"""Photos move to the GPU for good where they take no more than this share of its free memory."""


class Learner:
    """A member in training. What a checkpoint must hold of it is in `tensors` and `facts`."""

    def __init__(self, lesson: Lesson, accelerator: Accelerator) -> None:
        material, recipe = lesson.material, lesson.material.recipe
        labels, device = material.photos.labels, accelerator.device
        torch.manual_seed(lesson.seed)
        network = create_network(recipe.architecture, len(labels), recipe.dropout, material.start)
        self._recipe = recipe
        self._accelerator = accelerator
        self._network = network.to(device).to(memory_format=torch.channels_last).train()
        self._average = self._fresh_average()
        self._prepared: nn.Module = accelerator.prepare_model(self._network)
        self._optimizer = self._fresh_optimizer()
        self._teachers = [teacher.to(device).to(memory_format=torch.channels_last) for teacher in lesson.teachers]
        counts = torch.bincount(torch.from_numpy(material.photos.targets[lesson.sample]), minlength=len(labels))
        self._loss = ClassificationLoss(counts, recipe.loss).to(device)
        self._mixer = Mixer(recipe.mix)
        self._normalise = Normalisation(recipe.preprocessing, device)
        self._pixels = _near(torch.from_numpy(material.photos.pixels), device)
        self._targets = torch.from_numpy(material.photos.targets)
        self._steps = 0
        self.parts = 1
        """Into how many parts a batch is divided to fit into memory."""

    def begin(self, epoch: Epoch, seeds: np.random.SeedSequence) -> None:
        """Sets everything random to what the epoch's seeds make of it; begins the settling afresh."""
        torch_seed, varying_seed = (int(state) for state in seeds.generate_state(2))
        torch.manual_seed(torch_seed)
        self._varying = torch.Generator().manual_seed(varying_seed)
        self._chance = np.random.default_rng(seeds)
        if epoch.settling:
            self._network.load_state_dict(self.averaged().state_dict())
            self._optimizer.state.clear()
            self._steps = 0  # so the average, too, forgets what was before

    def step(self, chosen: Indices, epoch: Epoch, rate: float) -> Tensor:
        """One step on the photos at the positions `chosen`; the loss, a scalar that may still be computing.

        Where memory runs out the batch is divided into twice as many `parts`: each is prepared by itself, and their
        gradients are summed. Raises TrainingError where that cannot be done.
        """
        while True:
            try:
                return self._descend(chosen, epoch, rate)
            except MEMORY_ERRORS as error:
                if not out_of_memory(error):
                    raise
                self._divide(len(chosen), error)
            # Out here, where the error no longer holds on to what was computed so far.
            self._optimizer.zero_grad()
            give_freed_memory_back()

    def go_back_to(self, weights: dict[str, Tensor]) -> None:
        """Takes on weights that `averaged` had, for the settling to begin with."""
        self.averaged().load_state_dict(weights)

    def averaged(self) -> nn.Module:
        """The network with its averaged weights where the recipe wants them, else the network itself."""
        return self._average.module if self._average else self._network

    @contextmanager
    def evaluating(self) -> Iterator[nn.Module]:
        """For the while of a `with`: the averaged network in evaluation mode and mixed precision."""
        network = self.averaged()
        was_training = network.training
        try:
            with self._accelerator.autocast():
                yield network.eval()
        finally:
            network.train(was_training)

    def tensors(self) -> dict[str, Tensor]:
        """All weights, averages and moments, by names that `restore` knows."""
        held = {f"network.{name}": tensor for name, tensor in self._network.state_dict().items()}
        if self._average:
            held |= {f"average.{name}": tensor for name, tensor in self._average.module.state_dict().items()}
        for number, moments in self._optimizer.state_dict()["state"].items():
            held |= {f"optimizer.{number}.{name}": tensor for name, tensor in moments.items()}
        return held

    def facts(self) -> Facts:
        """What else changes, as plain values."""
        scaler = self._accelerator.scaler
        return {"steps": self._steps, "parts": self.parts, "scaler": scaler.state_dict() if scaler else None}

    def restore(self, tensors: dict[str, Tensor], facts: Facts) -> None:
        """Takes back what `tensors` and `facts` gave."""
        self._network.load_state_dict(_under("network.", tensors))
        if self._average:
            self._average.module.load_state_dict(_under("average.", tensors))
        self._restore_moments(_under("optimizer.", tensors))
        self._steps, self.parts = facts["steps"], facts["parts"]
        if self._accelerator.scaler and facts["scaler"]:  # it may have begun where no gradients are scaled
            self._accelerator.scaler.load_state_dict(facts["scaler"])

    def _fresh_average(self) -> ModelEmaV3 | None:
        decay = self._recipe.descent.ema_decay
        return None if decay is None else ModelEmaV3(self._network, decay=decay, use_warmup=True)

    def _fresh_optimizer(self) -> torch.optim.Optimizer:
        descent = self._recipe.descent
        if descent.layer_decay < 1:
            groups = param_groups_layer_decay(self._network, descent.weight_decay, layer_decay=descent.layer_decay)
        else:
            groups = param_groups_weight_decay(self._network, descent.weight_decay)
        fused = self._accelerator.device.type == "cuda"
        optimizer: torch.optim.Optimizer = self._accelerator.prepare_optimizer(torch.optim.AdamW(groups, fused=fused))
        return optimizer

    def _descend(self, chosen: Indices, epoch: Epoch, rate: float) -> Tensor:
        accelerator = self._accelerator
        self._optimizer.zero_grad()
        total = torch.zeros((), device=accelerator.device)
        nothing = self._pictures_of_nothing(epoch)
        photos = len(chosen) + len(nothing)
        # The training may have begun in fewer processes, each with more of the batch.
        parts = min(self.parts, max(1, len(chosen) // _LEAST_PART))
        pairs = list(zip(np.array_split(chosen, parts), np.array_split(nothing, parts), strict=True))
        for number, pair in enumerate(pairs, start=1):
            # Only the last part's gradients need to be exchanged among processes.
            with nullcontext() if number == len(pairs) else accelerator.no_sync(self._prepared):
                total += self._learn_part(*pair, epoch, photos)
        accelerator.clip_grad_norm_(self._network.parameters(), self._recipe.descent.clip_norm)
        for group in self._optimizer.param_groups:
            group["lr"] = rate * group.get("lr_scale", 1.0)
        self._optimizer.step()
        self._steps += 1
        if self._average:
            self._average.update(self._network, step=self._steps)
        return total

    def _learn_part(self, chosen: Indices, nothing: NDArray[np.uint8], epoch: Epoch, photos: int) -> Tensor:
        """Adds the gradients of a part of a batch of so many `photos`; the part's share of the loss."""
        inputs, wanted = self._inputs(chosen, nothing, epoch)
        loss = self._loss_of(inputs, wanted, epoch.reweighted) * (len(inputs) / photos)
        self._accelerator.backward(loss)
        return loss.detach()

    def _pictures_of_nothing(self, epoch: Epoch) -> NDArray[np.uint8]:
        """The share of this process in those that a batch of the epoch gets, (pictures, height, width, 3)."""
        own_share = math.ceil(epoch.distractors / self._accelerator.num_processes)
        return draw_distractors(own_share, self._pixels.shape[1], self._chance)

    def _inputs(self, chosen: Indices, nothing: NDArray[np.uint8], epoch: Epoch) -> tuple[Tensor, Tensor]:
        """Varied, mixed and normalised inputs (N, 3, height, width), and the probabilities wanted for them."""
        device = self._accelerator.device
        positions = torch.from_numpy(chosen)
        pixels = _to(self._pixels[_to(positions, self._pixels.device)], device)
        targets = self._targets[positions]
        if len(nothing):
            pixels = torch.cat([pixels, _to(torch.from_numpy(nothing), device)])
            targets = torch.cat([targets, torch.full((len(nothing),), NO_CLASS)])
        photos = augment(as_photos(pixels), epoch.side, self._recipe.augmentation, self._varying)
        wanted = self._loss.targets(_to(targets, device))
        mixed, mixed_wanted = self._mixer(photos[: len(chosen)], wanted[: len(chosen)])
        if len(nothing):
            mixed = torch.cat([mixed, photos[len(chosen) :]])
            mixed_wanted = torch.cat([mixed_wanted, wanted[len(chosen) :]])
        return self._normalise(mixed), mixed_wanted

    def _loss_of(self, inputs: Tensor, wanted: Tensor, reweighted: bool) -> Tensor:
        logits = self._prepared(inputs)
        loss: Tensor = self._loss(logits, wanted, reweighted)
        distillation = self._recipe.bag.distillation
        if not self._teachers or distillation is None:
            return loss
        with torch.no_grad(), self._accelerator.autocast():
            taught = torch.stack([teacher(inputs).float().softmax(dim=1) for teacher in self._teachers]).mean(dim=0)
        from_bag = distillation_loss(logits, taught, distillation.temperature)
        return torch.lerp(loss, from_bag, distillation.weight)

    def _divide(self, batch: int, error: Exception) -> None:
        self.parts *= 2
        if self._accelerator.num_processes > 1 or batch < _LEAST_PART * self.parts:
            raise too_little_memory() from error

    def _restore_moments(self, tensors: dict[str, Tensor]) -> None:
        """The optimizer's state, laid out in memory as the weights are, so that it goes on to the same last digit."""
        parameters = [each for group in self._optimizer.param_groups for each in group["params"]]
        state: dict[int, dict[str, Tensor]] = {}
        for name, tensor in tensors.items():
            number, _, moment = name.partition(".")
            place = parameters[int(number)]
            laid_out = torch.empty_like(place).copy_(tensor) if tensor.shape == place.shape else tensor
            state.setdefault(int(number), {})[moment] = laid_out
        self._optimizer.load_state_dict(self._optimizer.state_dict() | {"state": state})


def snapshot(network: nn.Module) -> dict[str, Tensor]:
    """The network's weights as they are now, on the CPU."""
    return {name: tensor.detach().to("cpu", copy=True) for name, tensor in network.state_dict().items()}


def _under(prefix: str, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    return {name.removeprefix(prefix): tensor for name, tensor in tensors.items() if name.startswith(prefix)}


def _to(tensor: Tensor, device: torch.device) -> Tensor:
    """The tensor on the device. On its way to a GPU it leaves from pinned memory, so that no one waits for it."""
    if tensor.device.type == device.type:
        return tensor
    return tensor.pin_memory().to(device, non_blocking=True)


def _near(pixels: Tensor, device: torch.device) -> Tensor:
    """The photos on the GPU where they leave it enough room, so that no batch waits for them."""
    if device.type != "cuda":
        return pixels
    free, _ = torch.cuda.mem_get_info(device)
    return pixels.to(device) if pixels.nbytes <= _SHARE_FOR_PHOTOS * free else pixels
