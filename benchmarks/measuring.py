"""Timing, side by side: each contender has its turn in every round, and the median counts.

So a slow spell of the machine is shared by all of them.
"""

import gc
import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping
from typing import TypeVar

ROUNDS = 7

T = TypeVar("T")


def side_by_side(
    contenders: Mapping[str, Callable[[], T]], check: Callable[[T], bool], turns: int = 1
) -> dict[str, float]:
    """Let each contender run so many times a round; give the median seconds of one run of each.

    Every last answer is checked, outside the time measured, and thrown away before the next.
    """
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(ROUNDS):
        for name, contender in contenders.items():
            gc.collect()
            start = time.perf_counter()
            for _ in range(turns - 1):
                contender()
            answer = contender()
            taken[name].append((time.perf_counter() - start) / turns)
            assert check(answer), f"{name} gave a wrong answer"
            del answer
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def machine() -> str:
    """Say what was measured on."""
    return (
        f"{os.cpu_count()} processors, {platform.machine()}, Python {platform.python_version()}, "
        f"{platform.system()}"
    )
