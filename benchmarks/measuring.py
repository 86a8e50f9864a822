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

Row = tuple[str, str, str, str]
"""What, at what size, the figure, and what stands beside it: a contender, a bar."""

T = TypeVar("T")


def side_by_side(
    contenders: Mapping[str, Callable[[], T]],
    check: Callable[[T], bool],
    turns: int = 1,
    blocks: int = 1,
) -> dict[str, float]:
    """Let each contender run so many times a round; give the median seconds of one run of each.

    A round has `blocks` times `turns` runs of each: in several small blocks by turns where what
    is measured, such as a disk, changes its mood within a round. Every last answer is checked,
    outside the time measured, and thrown away before the next.
    """
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(ROUNDS):
        spent = dict.fromkeys(contenders, 0.0)
        for block in range(blocks):
            for name, contender in contenders.items():
                if block == 0:
                    gc.collect()
                start = time.perf_counter()
                for _ in range(turns - 1):
                    contender()
                answer = contender()
                spent[name] += time.perf_counter() - start
                assert check(answer), f"{name} gave a wrong answer"
                del answer
        for name, seconds in spent.items():
            taken[name].append(seconds / (turns * blocks))
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def ms(seconds: float) -> str:
    """Say how long, in milliseconds."""
    return f"{seconds * 1_000:.3f} ms"


def rate(seconds: float) -> str:
    """Say how many a second, from the seconds that one takes."""
    return f"{1 / seconds:,.0f} a second"


def machine() -> str:
    """Say what was measured on."""
    return (
        f"{os.cpu_count()} processors, {platform.machine()}, Python {platform.python_version()}, "
        f"{platform.system()}"
    )
