"""The torch engine on a CUDA card: half precision, channels-last, and every pass one recorded graph.

For one photo, starting a network's thousand small kernels from Python takes several times as long as the card needs to
compute them; a recorded graph is started as a whole. A graph has one shape, so what does not fill it is filled up, and
a photo's result does not depend on how many came with it.
"""

from __future__ import annotations

import copy
import logging
import time
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from itertools import cycle

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from defect_desktop.vision.card import Card
from defect_desktop.vision.engine import Engine
from defect_desktop.vision.goal import Goal
from defect_desktop.vision.preprocessing import Preprocessing
from defect_desktop.vision.torch_maps import class_maps, has_class_maps

_LARGEST_GRAPH = 64
"""Photos in one graph: more make no card faster, and let the user wait longer."""
_TRIED_GRAPH = 8
_GRAPH_SECONDS = 0.25
"""What a graph may take: a run can be stopped between two batches, and its results come as often."""
_LANES = 2

_log = logging.getLogger(__name__)


class CudaEngine(Engine):
    """All members of one pack on the first CUDA card.

    With the goal THROUGHPUT a batch is as many photos as two graphs take: while the card computes one, the photos of
    the other are copied to it.
    """

    name = "torch"

    def __init__(
        self, card: Card, members: Sequence[nn.Module], photos: int, lanes: int, precision: torch.dtype
    ) -> None:
        self.device = f"cuda ({torch.cuda.get_device_name()})"
        self.note = ""
        self.batch_size = photos * lanes
        self._photos = photos
        self._members = _Members(members, card.photo_preprocessing(), precision)
        self._single = partial(_Members, members, card.photo_preprocessing(), torch.float32)
        shape = (photos, card.preprocessing.height, card.preprocessing.width, 3)
        streams = torch.cuda.Stream(), torch.cuda.Stream()  # type: ignore[no-untyped-call] # torch left them untyped
        self._lanes = [_Lane(self._members, shape, *streams) for _ in range(lanes)]

    @torch.inference_mode()
    def predict(self, batch: NDArray[np.uint8]) -> NDArray[np.float32]:
        """The members' softmax for a batch (N, height, width, 3) of 8-bit RGB: shape (members, N, classes)."""
        return mended(self.replayed(batch), batch, self._in_single)

    @torch.inference_mode()
    def replayed(self, batch: NDArray[np.uint8]) -> NDArray[np.float32]:
        """What the recorded graphs answer, where half precision may have overflowed: then it is no number."""
        answers: list[NDArray[np.float32]] = []
        under_way: deque[_Lane] = deque()
        for start, lane in zip(range(0, len(batch), self._photos), cycle(self._lanes)):  # both lanes, in turns
            if len(under_way) == len(self._lanes):
                answers.append(under_way.popleft().answer())
            lane.start(batch[start : start + self._photos])
            under_way.append(lane)
        answers += [lane.answer() for lane in under_way]
        return np.concatenate(answers, axis=1)

    @torch.inference_mode()
    def class_maps(self, batch: NDArray[np.uint8]) -> NDArray[np.float32] | None:
        """The members' logits place by place, shape (members, N, classes, rows, columns), in one forward pass.

        Their mean over rows and columns are the logits. None where the pack's networks have no such maps.
        """
        maps = self._members.class_maps(torch.from_numpy(batch).cuda())
        result: NDArray[np.float32] | None = None if maps is None else maps.cpu().numpy()
        return result

    def _in_single(self, batch: NDArray[np.uint8]) -> NDArray[np.float32]:
        """The answer for photos that half precision cannot hold, which are so rare that nothing is kept for them."""
        members = self._single()
        # One by one, so that no photo's answer hangs on the others.
        photos = torch.split(torch.from_numpy(batch).cuda(), 1)
        answer: NDArray[np.float32] = torch.cat([members.softmax(photo) for photo in photos], dim=1).cpu().numpy()
        return answer


def mended(
    answers: NDArray[np.float32],
    batch: NDArray[np.uint8],
    in_single: Callable[[NDArray[np.uint8]], NDArray[np.float32]],
) -> NDArray[np.float32]:
    """The answers (members, N, classes) for a batch, with those that are no numbers computed again `in_single`."""
    overflowed = ~np.isfinite(answers).all(axis=(0, 2))
    if overflowed.any():
        _log.warning("%d photos overflowed half precision, and are computed in single", overflowed.sum())
        answers[:, overflowed] = in_single(batch[overflowed])
    return answers


def load(card: Card, members: Sequence[nn.Module], goal: Goal) -> CudaEngine:
    """The members on the card, as an engine that is proven by a pass.

    Raises RuntimeError where the card cannot be used: too old for the kernels in this build of torch, too little
    memory, no driver. Networks whose numbers half precision cannot hold are computed in single.
    """
    engine = _recorded(card, members, goal, torch.float16)
    noise = np.random.default_rng(0).integers(0, 256, (1, card.preprocessing.height, card.preprocessing.width, 3))
    if not np.isfinite(engine.replayed(noise.astype(np.uint8))).all():
        _log.warning("pack %s does not fit half precision, and is computed in single", card.name)
        engine = _recorded(card, members, goal, torch.float32)
    return engine


def _recorded(card: Card, members: Sequence[nn.Module], goal: Goal, precision: torch.dtype) -> CudaEngine:
    if goal is Goal.LATENCY:
        return CudaEngine(card, members, 1, 1, precision)
    tried = CudaEngine(card, members, _TRIED_GRAPH, 1, precision)
    photos = _LARGEST_GRAPH
    while photos > 1 and photos > _GRAPH_SECONDS / _seconds_a_photo(tried, card.photo_preprocessing()):
        photos //= 2
    del tried
    while True:
        try:
            return CudaEngine(card, members, photos, _LANES, precision)
        except torch.cuda.OutOfMemoryError:
            if photos == 1:
                raise
            photos //= 2
        # Out here, where the error no longer holds on to what was allocated so far.
        torch.cuda.empty_cache()


def _seconds_a_photo(engine: CudaEngine, preprocessing: Preprocessing) -> float:
    blank = np.zeros((engine.batch_size, preprocessing.height, preprocessing.width, 3), np.uint8)
    engine.predict(blank)
    start = time.perf_counter()
    engine.predict(blank)
    return (time.perf_counter() - start) / len(blank)


class _Members:
    """The networks on the card, in one precision, and the normalisation before them."""

    def __init__(self, members: Sequence[nn.Module], preprocessing: Preprocessing, precision: torch.dtype) -> None:
        self._members = [
            copy.deepcopy(member).to("cuda", precision).to(memory_format=torch.channels_last) for member in members
        ]
        self._precision = precision
        self._mean = torch.tensor(preprocessing.mean, device="cuda").view(1, 3, 1, 1)
        self._std = torch.tensor(preprocessing.std, device="cuda").view(1, 3, 1, 1)

    def softmax(self, pixels: Tensor) -> Tensor:
        """Of pixels (N, height, width, 3) on the card: shape (members, N, classes), in single precision."""
        inputs = self._normalised(pixels)
        return torch.stack([member(inputs).float().softmax(dim=1) for member in self._members])

    def class_maps(self, pixels: Tensor) -> Tensor | None:
        if not all(has_class_maps(member) for member in self._members):
            return None
        inputs = self._normalised(pixels)
        return torch.stack([class_maps(member, inputs).float() for member in self._members])

    def _normalised(self, pixels: Tensor) -> Tensor:
        # A permuted NHWC batch is in channels-last order already.
        return ((pixels.permute(0, 3, 1, 2).float() / 255 - self._mean) / self._std).to(self._precision)


class _Lane:
    """The way of a graph's photos: pinned memory, the card, the recorded graph, and pinned memory for its answer."""

    def __init__(
        self, members: _Members, shape: tuple[int, ...], copying: torch.cuda.Stream, computing: torch.cuda.Stream
    ) -> None:
        self._copying, self._computing = copying, computing
        self._copied, self._answered = torch.cuda.Event(), torch.cuda.Event()  # type: ignore[no-untyped-call]
        self._pinned = torch.zeros(shape, dtype=torch.uint8, pin_memory=True)
        self._pixels = torch.zeros(shape, dtype=torch.uint8, device="cuda")
        self._graph, self._softmax = _record(members, self._pixels, computing)
        self._answer = torch.empty(self._softmax.shape, pin_memory=True)
        self._count = 0

    def start(self, photos: NDArray[np.uint8]) -> None:
        """Sends the photos on their way; those before them must have been answered."""
        self._count = len(photos)
        self._pinned[: self._count].copy_(torch.from_numpy(photos))
        with torch.cuda.stream(self._copying):
            self._pixels.copy_(self._pinned, non_blocking=True)
            self._copied.record()
        with torch.cuda.stream(self._computing):
            self._copied.wait()
            self._graph.replay()
            self._answer.copy_(self._softmax, non_blocking=True)
            self._answered.record()

    def answer(self) -> NDArray[np.float32]:
        """Waits for the softmax of the photos on the way: (members, photos, classes)."""
        self._answered.synchronize()
        answer: NDArray[np.float32] = self._answer[:, : self._count].numpy().copy()
        return answer


@torch.inference_mode()
def _record(members: _Members, pixels: Tensor, stream: torch.cuda.Stream) -> tuple[torch.cuda.CUDAGraph, Tensor]:
    """The graph of a pass over `pixels`, and where its softmax will lie after each replay."""
    stream.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(stream):
        for _ in range(2):  # the first passes choose kernels and allocate, which cannot be recorded
            members.softmax(pixels)
    stream.synchronize()
    graph = torch.cuda.CUDAGraph()
    # Only this thread's calls: the program may be busy with the card elsewhere.
    with torch.cuda.graph(graph, stream=stream, capture_error_mode="thread_local"):
        softmax = members.softmax(pixels)
    return graph, softmax
