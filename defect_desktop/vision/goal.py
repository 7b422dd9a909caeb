"""What an engine is tuned for."""

from __future__ import annotations

from enum import StrEnum


class Goal(StrEnum):
    """Many photos soon (a folder), or each photo at once (a camera)."""

    THROUGHPUT = "throughput"
    LATENCY = "latency"
