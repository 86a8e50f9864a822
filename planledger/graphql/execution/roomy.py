"""Room on the stack for everything below.

CPython 3.11 to 3.13 keeps Python's frames in chunks of 16 KB. Where a loop happens to lie at the
end of one, every call it makes gets a new chunk from the system and gives it back: the same
question then takes seven times as long, only because of how deep its caller's stack is
(python/cpython#142183). A frame too wide for any such chunk is given one of its own, the next
power of two that it fits into, and what it calls lies in the rest of that.

What makes the frame wide is a stack of operands that it says it needs. None of it is ever touched,
so it takes no memory but addresses; where CPython was mended, it does nothing at all.
"""

from collections.abc import Callable
from typing import TypeVar

WIDTH = 16_400
"""Operands, 8 bytes each: they need more than 128 KB, so half of a chunk of 256 KB is left."""

T = TypeVar("T")


def roomy(work: Callable[[], T]) -> T:
    """Do some work, and give what comes of it, with room for its frames."""
    return work()


roomy.__code__ = roomy.__code__.replace(co_stacksize=WIDTH)
