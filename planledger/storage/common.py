"""What every store checks and reckons in the same way, so that all give the same answers."""

from collections.abc import Iterable, Sequence

from planledger.events.envelope import microseconds
from planledger.storage.port import Clock, NewRecord

LARGEST = 2**63 - 1
"""The largest whole number a store holds; bounds above it mean the same as this."""


def stamp(clock: Clock, last: int | None) -> int:
    """Give the time of the next commit: now, or 1 µs after the `last` where the clock lags.

    Called inside the append's critical section only: a time read before it could be overtaken.
    """
    now = microseconds(clock())
    return now if last is None else max(now, last + 1)


def storable(texts: Iterable[str]) -> bool:
    """Tell whether the texts can be written as UTF-8; half a surrogate pair cannot."""
    try:
        for text in texts:
            text.encode()
    except UnicodeEncodeError:
        return False
    return True


def check_append(plan: str, command_id: str, records: Sequence[NewRecord]) -> None:
    """Refuse, before anything is touched, what no store can keep. Raises ValueError."""
    if not records:
        raise ValueError("A commit needs at least one record.")
    if not storable((plan, command_id, *(record.name for record in records))):
        raise ValueError("Plan, command id and names must be valid Unicode text.")


def check_bounds(after: int, limit: int) -> None:
    """Refuse bounds that say nothing. Raises ValueError."""
    if after < 0 or limit < 0:
        raise ValueError(f"after and limit are 0 or more, not {after} and {limit}.")


def check_one_of(position: int | None, recorded_us: int | None) -> None:
    """Refuse a question about a commit that gives no point, or two. Raises ValueError."""
    if (position is None) == (recorded_us is None):
        raise ValueError("Give either a position or a time.")
