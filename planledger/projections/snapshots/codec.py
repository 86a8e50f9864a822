"""Folded plans to bytes and back. Never pickle: bytes from a cache must not be able to run code.

Plans are written by msgspec as they are and read into mirrors of their classes, which have a dict
where those have a persistent map. The mirrors are made from the classes, so a new field of a plan
is in its bytes without a line here.
"""

import hashlib
from collections.abc import Iterator, Mapping
from functools import cache, reduce
from operator import or_
from types import GenericAlias, UnionType
from typing import Any, cast, get_args, get_origin, get_type_hints

import msgspec
from immutables import Map
from msgspec import Struct

from planledger.domain.plan import Plan
from planledger.events.envelope import AmendedFact, Fact


class Contents(Struct, frozen=True, kw_only=True, gc=False):
    """A folded plan, and the facts that stand after those it was folded from."""

    base: Plan | None
    ahead: tuple[Fact, ...]
    """In effective order."""


class _Written(Contents, frozen=True, kw_only=True, gc=False):
    amended: dict[int, int]
    """Facts that a correction has say what they say: position by position. A fact and an amended
    one are written alike but for that."""


_OURS: dict[type[Struct], type[Struct]] = {}
"""Classes that have a mirror, by their mirrors."""


def encode(contents: Contents) -> bytes:
    """Write a plan and facts. Raises OverflowError for a number of more than 64 bits."""
    facts = (*_facts_in(contents.base), *contents.ahead)
    amended = {fact.position: fact.amended_by for fact in facts if isinstance(fact, AmendedFact)}
    written = _Written(base=contents.base, ahead=contents.ahead, amended=amended)
    return _encoder.encode(written)


def decode(data: bytes) -> Contents:
    """Read them back, equal to what was written. Raises MsgspecError and UnicodeDecodeError."""
    written: _Written = _decoder.decode(data)
    amended = written.amended
    return Contents(base=_restored(written.base, amended), ahead=_restored(written.ahead, amended))


@cache
def shape() -> bytes:
    """Give a digest of everything that the bytes are made of: all classes, fields and names.

    Events are among it. Bytes of another shape were written by another planledger.
    """
    return hashlib.sha256(repr(msgspec.inspect.type_info(_MIRROR)).encode()).digest()


def _mirrored(hint: Any) -> Any:  # noqa: ANN401 - whatever a field may be
    """Give a type with a dict in place of every persistent map; itself where there is none."""
    if get_origin(hint) is Map:
        key, value = get_args(hint)
        return GenericAlias(dict, (key, _mirrored(value)))
    if isinstance(hint, UnionType):
        return reduce(or_, map(_mirrored, get_args(hint)))
    if not (isinstance(hint, type) and issubclass(hint, Struct)):
        return hint
    hints = get_type_hints(hint, include_extras=True)
    fields = [(name, _mirrored(hints[name])) for name in hint.__struct_fields__]
    if all(mirror == hints[name] for name, mirror in fields):
        return hint
    mirror = msgspec.defstruct(hint.__name__, fields, forbid_unknown_fields=True, gc=False)
    _OURS[mirror] = hint
    return mirror


def _restored(value: Any, amended: Mapping[int, int]) -> Any:  # noqa: ANN401 - the same
    if isinstance(value, dict):
        return Map({key: _restored(each, amended) for key, each in value.items()})
    ours = _OURS.get(type(value))
    if ours is not None:
        fields = ours.__struct_fields__
        return ours(**{name: _restored(getattr(value, name), amended) for name in fields})
    if amended and isinstance(value, tuple):
        return tuple(_as_amended(each, amended) for each in value)
    return value


def _as_amended(value: object, amended: Mapping[int, int]) -> object:
    if not isinstance(value, Fact) or value.position not in amended:
        return value
    return AmendedFact(
        value.position,
        value.recorded_us,
        value.plan,
        value.version,
        value.envelope,
        amended[value.position],
    )


def _facts_in(value: object) -> Iterator[Fact]:
    """Find the facts that a plan has kept."""
    if isinstance(value, Map):
        for each in value.values():
            yield from _facts_in(each)
    elif isinstance(value, tuple):
        yield from (each for each in value if isinstance(each, Fact))
    elif type(value) in _OURS.values():
        for name in cast("Struct", value).__struct_fields__:
            yield from _facts_in(getattr(value, name))


def _as_dict(value: object) -> object:
    if isinstance(value, Map):
        return dict(value)
    raise TypeError(f"A plan holds a {type(value).__name__}, which has no bytes.")


_MIRROR = _mirrored(_Written)
_encoder = msgspec.msgpack.Encoder(enc_hook=_as_dict)
_decoder = msgspec.msgpack.Decoder(_MIRROR)
