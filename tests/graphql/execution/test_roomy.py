"""Whoever calls us from however deep gets their answer in the same time.

Held by what the slowness is made of, and not by a clock: each time a frame is put into a new chunk
of the stack, the system hands out memory.
"""

import resource
from collections.abc import Callable

import pytest

from planledger.graphql.execution.roomy import roomy

CALLS = 500
DEPTHS = range(0, 120, 2)
"""Frames of the smallest size fill more than one chunk of the stack by then."""


def _work() -> None:
    for _ in range(CALLS):
        _first()


def _first() -> None:
    _second()


def _second() -> None:
    pass


def _below(depth: int, call: Callable[[], None]) -> None:
    """Call with so many frames of ours below."""
    if depth:
        _below(depth - 1, call)
    else:
        call()


def _worst(call: Callable[[], None]) -> int:
    """Give how often the system handed out memory at the worst depth."""
    most = 0
    for depth in DEPTHS:
        before = resource.getrusage(resource.RUSAGE_THREAD).ru_minflt
        _below(depth, call)
        most = max(most, resource.getrusage(resource.RUSAGE_THREAD).ru_minflt - before)
    return most


def test_calls_do_not_cost_memory_at_any_depth() -> None:
    """Without room, at some depth every call does: CPython 3.11 to 3.13, unless it was mended."""
    assert _worst(lambda: roomy(_work)) < CALLS // 5


def test_what_comes_of_it_is_given() -> None:
    """It must be as if nothing was between."""
    assert roomy(lambda: 5) == 5
    with pytest.raises(ValueError, match="no"):
        roomy(lambda: int("no"))
