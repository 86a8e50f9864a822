"""Envelopes to stored bytes and back: JSON, so that a stored entry can be read by eye.

Reading refuses what this program does not know rather than guess (design page 4).
"""

import re
from collections.abc import Iterable

import msgspec

from planledger.events.catalogue import EVENT_TYPES, stored_name
from planledger.events.envelope import Envelope, Happening

KNOWN_NAMES = frozenset(stored_name(event) for event in EVENT_TYPES)


class _Named(msgspec.Struct):
    """An event as far as its stored name."""

    type: str


class _Holding(msgspec.Struct):
    """A correction as far as the event it holds."""

    event: _Named


class _Correction(msgspec.Struct):
    """The envelope of a correction, as far as that."""

    event: _Holding


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Envelope)
_lean_decoder = msgspec.json.Decoder(Happening)
_inner_decoder = msgspec.json.Decoder(_Correction)
_DAMAGED = (msgspec.MsgspecError, UnicodeDecodeError)
_VERSIONED = re.compile(r"(?P<event>[a-z-]+)\.v(?P<version>\d+)")


class UnreadableEntryError(Exception):
    """A stored entry cannot be read by this version of planledger, or is damaged."""


def encode(envelope: Envelope) -> bytes:
    """Give the bytes that are stored: the same envelope always gives the same bytes.

    A decimal is kept as it was written: 1.0 and 1.00 are equal, but their bytes differ.
    """
    return _encoder.encode(envelope)


def decode(data: bytes, *, name: str, position: int) -> Envelope:
    """Read one stored entry back.

    `name` and `position` are those it is stored under; they are named in the error.
    Raises UnreadableEntryError.
    """
    if name not in KNOWN_NAMES:
        raise UnreadableEntryError(_unknown(name, position))
    try:
        envelope = _decoder.decode(data)
    except _DAMAGED as error:
        corrected = _corrected_name(data)
        if corrected is not None and corrected not in KNOWN_NAMES:
            raise UnreadableEntryError(_unknown(corrected, position)) from error
        raise UnreadableEntryError(
            f"Entry {position} ({name}) is damaged: {error}. Restore the ledger from a backup."
        ) from error
    if stored_name(type(envelope.event)) != name:
        raise UnreadableEntryError(
            f"Entry {position} is stored as {name} but holds "
            f"{stored_name(type(envelope.event))}. Restore the ledger from a backup."
        )
    return envelope


def decode_happenings(datas: Iterable[bytes]) -> list[Happening] | None:
    """Read what folds need of many entries, or None where one needs `decode` to say why not."""
    try:
        return list(map(_lean_decoder.decode, datas))
    except _DAMAGED:
        return None


def _corrected_name(data: bytes) -> str | None:
    """Give the stored name of the event that a correction holds, where it can be told."""
    try:
        return _inner_decoder.decode(data).event.event.type
    except _DAMAGED:
        return None


def _unknown(name: str, position: int) -> str:
    match = _VERSIONED.fullmatch(name)
    known = [known for known in KNOWN_NAMES if match and known.startswith(f"{match['event']}.v")]
    if match and known:
        newest = max(int(other.rpartition(".v")[2]) for other in known)
        return (
            f"Entry {position} is version {match['version']} of {match['event']}, but this "
            f"planledger knows it only up to version {newest}. Update planledger to read it."
        )
    return (
        f"Entry {position} is a {name!r}, which this planledger does not know. "
        "Update planledger to read this ledger."
    )
