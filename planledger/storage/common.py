"""What every store checks and reckons in the same way, so that all give the same answers."""

from collections.abc import Iterable, Sequence

from planledger.events.envelope import microseconds
from planledger.storage.port import Clock, NewRecord

FORKED = "was opened before this process was forked. Open it again in this one"
"""A child process has no part in its parent's locks, and would talk into its connections."""

LARGEST = 2**63 - 1
"""The largest whole number a store holds; bounds above it mean the same as this."""


def stamp(clock: Clock, last: int | None) -> int:
    """Give the time of the next commit: now, or 1 µs after the `last` where the clock lags.

    Called inside the append's critical section only: a time read before it could be overtaken.
    """
    now = microseconds(clock())
    return now if last is None else max(now, last + 1)


def storable(texts: Iterable[str]) -> bool:
    """Tell whether every store can keep the texts, and so whether they can be found in one.

    Half a surrogate pair cannot be written as UTF-8, and PostgreSQL has no text with a NUL in it.
    """
    try:
        return all(b"\0" not in text.encode() for text in texts)
    except UnicodeEncodeError:
        return False


def check_append(plan: str, command_id: str, records: Sequence[NewRecord]) -> None:
    """Refuse, before anything is touched, what no store can keep. Raises ValueError."""
    if not records:
        raise ValueError("A commit needs at least one record.")
    if not storable((plan, command_id, *(record.name for record in records))):
        raise ValueError("Plan, command id and names must be valid Unicode text without NUL.")


def check_bounds(after: int, limit: int) -> None:
    """Refuse bounds that say nothing. Raises ValueError."""
    if after < 0 or limit < 0:
        raise ValueError(f"after and limit are 0 or more, not {after} and {limit}.")


def unsure_of(command_id: str) -> str:
    """Say what to do where it is not known whether a command was recorded."""
    return (
        f"Whether command {command_id} was recorded is unknown; send it again under the same "
        "command id, and it is recorded once."
    )


UNSURE_OF_COPY = (
    "Whether anything was recorded is unknown. If the ledger is still empty, begin again."
)
"""The same for a whole ledger put into an empty one."""


def check_one_of(position: int | None, recorded_us: int | None) -> None:
    """Refuse a question about a commit that gives no point, or two. Raises ValueError."""
    if (position is None) == (recorded_us is None):
        raise ValueError("Give either a position or a time.")
