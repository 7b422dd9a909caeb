"""How the learning rate goes over a training."""

from __future__ import annotations

import math


def warmup_cosine(step: int, warmup_steps: int, steps: int) -> float:
    """The learning rate at `step` (from 0) as a share of its peak: a straight rise, then half a cosine down to zero.

    The cosine is of Loshchilov & Hutter 2017 (SGDR), without restarts; the rise of Goyal et al. 2017.
    """
    if step < warmup_steps:
        return (step + 1) / (warmup_steps + 1)
    gone = (step - warmup_steps) / max(steps - warmup_steps, 1)
    return 0.5 * (1 + math.cos(math.pi * min(gone, 1.0)))
