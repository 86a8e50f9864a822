"""What a snapshot says, and its bytes: what it is of, what wrote it, and a seal over all of it."""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

import msgspec
from msgspec import Struct

from planledger.domain.evolve import FOLD_VERSION
from planledger.domain.record import is_amendment
from planledger.events.envelope import Fact
from planledger.projections.points import day_of
from planledger.projections.snapshots import codec
from planledger.projections.snapshots.codec import Contents
from planledger.projections.spine import Spine

_HEAD = b"planledger snapshot 1\n"
"""What the bytes begin with: what they are, and the version of this format."""
_ANY_HEAD = re.compile(rb"planledger snapshot \d+\n")
_SEAL = 32
"""Bytes of the SHA-256 that follows, over all that comes after it."""
_DAMAGED = (msgspec.MsgspecError, UnicodeDecodeError)


class UnusableSnapshotError(Exception):
    """The bytes cannot be used as a snapshot; `damaged`, or merely of something else."""

    def __init__(self, message: str, *, damaged: bool) -> None:
        """Say why."""
        super().__init__(message)
        self.damaged = damaged


class LastEntry(Struct, frozen=True, kw_only=True, gc=False):
    """The last entry of the plan that is in a snapshot.

    Where the ledger has another entry there, or none, it is not the ledger the snapshot is of.
    """

    position: int
    version: int
    recorded_us: int
    digest: bytes
    """SHA-256 of its stored bytes."""


class Snapshot(Struct, frozen=True, kw_only=True, gc=False):
    """A plan as all its entries up to one leave it.

    Facts are kept in effective order. The first of them, the *base*, are folded; the last few are
    kept *ahead* of it as they are, so that an entry keyed in late still finds its place.
    """

    plan: str
    last: LastEntry
    until: date
    """The effective day of the last fact in the base; `date.min` where none is in it."""
    body: bytes
    """The base and what is ahead, see `codec`."""
    fold_version: int
    shape: bytes
    """What the body is made of, see `codec`."""

    @property
    def contents(self) -> Contents:
        """The base and what is ahead. Raises UnusableSnapshotError."""
        try:
            return codec.decode(self.body)
        except _DAMAGED as error:
            raise UnusableSnapshotError(f"It cannot be read: {error}.", damaged=True) from error


def taken(plan: str, last: LastEntry, spine: Spine, *, since: date, window: int) -> Snapshot:
    """Take a snapshot of a plan at the head, where a spine has what stands from a day on.

    The last `window` facts are kept ahead of the base, and all that is effective after the day
    they were recorded: so a snapshot can always answer for today. Raises OverflowError for a
    number of more than 64 bits, which no snapshot can hold.
    """
    due = bisect_right(spine.days, day_of(last.recorded_us))
    folded = max(0, min(len(spine.order) - window, due))
    contents = Contents(base=spine.after(folded), ahead=tuple(spine.order[folded:]))
    return Snapshot(
        plan=plan,
        last=last,
        until=spine.days[folded - 1] if folded else since,
        body=codec.encode(contents),
        fold_version=FOLD_VERSION,
        shape=codec.shape(),
    )


def carries(until: date, facts: Sequence[Fact]) -> bool:
    """Tell whether facts recorded after a snapshot can be put on top of it, a base up to a day.

    Not those that correct or void another, which may lie anywhere, nor those that are effective
    before that day.
    """
    return not any(fact.effective_on < until or is_amendment(fact) for fact in facts)


def seal(snapshot: Snapshot) -> bytes:
    """Give the bytes to keep."""
    said = _encoder.encode(snapshot)
    return _HEAD + hashlib.sha256(said).digest() + said


def unseal(data: bytes, plan: str) -> Snapshot:
    """Read back a snapshot of a plan.

    Raises UnusableSnapshotError where the bytes are not those `seal` gave, all of them, or are
    those of another plan or another planledger.
    """
    if not data.startswith(_HEAD) and _ANY_HEAD.match(data):
        raise UnusableSnapshotError("It has another format.", damaged=False)
    end = len(_HEAD) + _SEAL
    said = data[end:]
    if not data.startswith(_HEAD) or hashlib.sha256(said).digest() != data[len(_HEAD) : end]:
        raise UnusableSnapshotError("Its bytes are not those that were kept.", damaged=True)
    try:
        snapshot = _decoder.decode(said)
    except _DAMAGED as error:
        raise UnusableSnapshotError(f"It cannot be read: {error}.", damaged=True) from error
    if snapshot.plan != plan:
        raise UnusableSnapshotError(f"It is of plan {snapshot.plan}.", damaged=False)
    if (snapshot.fold_version, snapshot.shape) != (FOLD_VERSION, codec.shape()):
        raise UnusableSnapshotError("Another version of planledger made it.", damaged=False)
    return snapshot


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Snapshot)
