"""Hypothesis strategies built from the types of events, so that a new event is searched at once."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from types import UnionType
from typing import Annotated, Any, TypeGuard, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st
from immutables import Map
from msgspec import Struct

from planledger.events.catalogue import PlanEvent
from planledger.events.dates import Day, Month, PartialDate, Quarter, Year
from planledger.events.envelope import Envelope
from planledger.events.target_dates import Recurring
from planledger.events.values import Period

Leaves = Mapping[object, st.SearchStrategy[Any]]

YEARS = st.integers(1, 9999)
QUARTERS = st.builds(Quarter, year=YEARS, quarter=st.integers(1, 4))
MONTHS = st.builds(Month, year=YEARS, month=st.integers(1, 12))
DAYS = st.dates().map(lambda on: Day(on.year, on.month, on.day))
PARTIAL_DATES: st.SearchStrategy[PartialDate] = st.one_of(
    st.builds(Year, year=YEARS), QUARTERS, MONTHS, DAYS
)

ANY_TEXT: Leaves = {str: st.text(max_size=20)}
FEW_NAMES: Leaves = {
    str: st.sampled_from(["a", "b", "c", "1", "1.1", "unheard-of", ""]),
    int: st.integers(-1, 5),
    date: st.dates(date(2025, 1, 1), date(2025, 1, 5)),
}
"""Few enough for events to meet each other, and what they name, often."""


def strategy_for(kind: object, leaves: Leaves = ANY_TEXT) -> st.SearchStrategy[Any]:
    """Give any value of a type that events are made of; `leaves` overrules for a type."""
    plain = {**_PLAIN, **leaves}
    if kind in plain:
        return plain[kind]
    members = [strategy_for(member, leaves) for member in _members(kind)]
    if get_origin(kind) is Map:
        return st.dictionaries(*members, max_size=3).map(Map)
    if get_origin(kind) is tuple:
        several = get_args(kind)[-1] is Ellipsis
        return st.lists(members[0], max_size=3).map(tuple) if several else st.tuples(*members)
    if members:
        return st.one_of(members)
    if _is_enum(kind):
        return st.sampled_from(list(kind))
    if _is_struct(kind):
        return _struct(kind, leaves)
    raise TypeError(f"No strategy for {kind}; add one here.")


def events(leaves: Leaves = ANY_TEXT) -> st.SearchStrategy[PlanEvent]:
    """Give any event of any type."""
    return strategy_for(PlanEvent, leaves)


def envelopes() -> st.SearchStrategy[Envelope]:
    """Give any envelope around any event, with and without each of its options."""
    fields = {
        name: strategy_for(kind)
        for name, kind in get_type_hints(Envelope, include_extras=True).items()
    }
    return st.fixed_dictionaries(fields).map(lambda stated: Envelope(**stated))


def _struct(kind: type[Struct], leaves: Leaves) -> st.SearchStrategy[Any]:
    hints = get_type_hints(kind, include_extras=True)
    fields = {name: strategy_for(hints[name], leaves) for name in kind.__struct_fields__}
    if kind is Period:
        days = strategy_for(date, leaves)
        ends = st.tuples(days, days).map(lambda pair: (min(pair), max(pair)))
        return st.builds(
            lambda first_last, label: Period(first=first_last[0], last=first_last[1], label=label),
            ends,
            fields["label"],
        )
    if kind is Recurring:
        fields["every_months"] = st.integers(1, 120)
    return st.builds(kind, **fields)


def _members(kind: object) -> tuple[object, ...]:
    """Give what a type is made of: the members of a union, what a tuple or a map holds."""
    if get_origin(kind) is Annotated:
        return get_args(kind)[:1]
    made_of = get_origin(kind) in (Union, UnionType, tuple, Map)
    return tuple(part for part in get_args(kind) if part is not Ellipsis) if made_of else ()


def _is_enum(kind: object) -> TypeGuard[type[Enum]]:
    return isinstance(kind, type) and issubclass(kind, Enum)


def _is_struct(kind: object) -> TypeGuard[type[Struct]]:
    return isinstance(kind, type) and issubclass(kind, Struct)


_PLAIN: Leaves = {
    str: st.text(max_size=20),
    bool: st.booleans(),
    int: st.integers(-(2**63), 2**63 - 1),
    date: st.dates(),
    Decimal: st.decimals(allow_nan=False, allow_infinity=False),
    type(None): st.none(),
    Year: st.builds(Year, year=YEARS),
    Quarter: QUARTERS,
    Month: MONTHS,
    Day: DAYS,
}
