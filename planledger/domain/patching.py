"""An entry as it should have been, from what was wrong in it.

A correction holds the whole event (`CorrectEntry`); people state only the fields that were wrong,
by the names they see, and each as they see it:

    text            "Agree the model"
    number          31, or "31.20" where it may have a fraction
    yes or no       true
    day             "2015-03-31"
    partial date    "2015", "2015-33", "2015-03" or "2015-03-31"
    one of a few    "IN_PROGRESS", as the schema names it, or "in-progress", as it is stored
    target date     {"first": "2015-06", "everyMonths": 3, "asPrinted": "quarterly"}, whole;
                    one that is due once may be its date alone, "2015-05"
    other objects   {"first": "2015-01-01", "last": "2015-03-31", "label": "Q4"}, whole
    several         a list of these
    nothing         null
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from types import MappingProxyType, NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct

from planledger.domain.record import Record
from planledger.domain.refusals import Code, Refusal
from planledger.events.dates import PartialDate, parse_edtf
from planledger.events.envelope import Fact
from planledger.events.kpi import KpiDefined
from planledger.events.target_dates import OneOff
from planledger.events.values import Personal, SuppressionRule, text_problem
from planledger.events.world import WorldEvent

MOST_IN_A_LIST = 1_000
LARGEST_WHOLE = 2**31 - 1
"""The largest whole number that the schema can show."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DECIMAL = re.compile(r"-?[0-9]{1,20}(?:\.[0-9]{1,20})?")
_PARTIAL_DATES = frozenset(get_args(PartialDate))
_WORDS_KEPT_AS_TEXT: Mapping[tuple[type, str], type[Enum]] = MappingProxyType(
    {(KpiDefined, "suppression_rule"): SuppressionRule}
)
"""Fields that hold any text, from before their words were fixed, and take only these now."""


class Change(Struct, frozen=True):
    """What one field of an event should have said."""

    field: str
    """The field as the schema names it: "achievedOn"."""
    to: object
    """What it should have said, as JSON has it: text, number, truth, list, object or None."""


def patched(
    record: Record, entry: int, changes: Sequence[Change], until: int | None = None
) -> WorldEvent | Refusal:
    """Give what the entry at a position should have said: what it says now, with the changes.

    What it says now is what its last correction by `until` has it say; left out, the last of all.
    """
    root = root_at(record, entry)
    if root is None:
        return _no_entry(record, entry)
    # One that is void is changed as it was recorded: that it is void is for the rule to say.
    event = (record.standing(until).get(root.position, root) or root).event
    hints = get_type_hints(type(event))
    fields = {shown_name(field): field for field in event.__struct_fields__}
    stated: dict[str, Any] = {}
    for number, change in enumerate(changes):
        field = fields.get(change.field)
        if field is None or field in stated:
            return _bad_field(change.field, fields, f"changes.{number}.field")
        try:
            stated[field] = _read(change.to, type(event), field, hints[field])
        except ValueError as error:
            return Refusal(
                code=Code.VALUE_UNUSABLE,
                message=f"{change.field} cannot be that: {_reason(error)}.",
                path=f"changes.{number}.to",
            )
    return msgspec.structs.replace(event, **stated)  # type: ignore[return-value]


def root_at(record: Record, entry: int) -> Fact | None:
    """Give what the entry at a position is about in the end: itself, or what it puts right."""
    fact = record.at(entry)
    return record.root(fact) if fact else None


def shown_name(field: str) -> str:
    """Give a field's name as the schema has it: "achieved_on" is shown as "achievedOn"."""
    first, *others = field.split("_")
    return first + "".join(other.capitalize() for other in others)


def _no_entry(record: Record, entry: int) -> Refusal:
    if not record.facts:
        message = "There is no such plan. Check the ref, or import or draft it."
        return Refusal(code=Code.UNKNOWN_PLAN, message=message, path="plan")
    return Refusal(
        code=Code.UNKNOWN_ENTRY,
        message=f"This plan has no entry at position {entry}. Check the position and the plan.",
        path="entry",
    )


def _bad_field(name: str, fields: Mapping[str, str], path: str) -> Refusal:
    if name in fields:
        message = f"{name} is stated twice. Say once what it should have been."
        return Refusal(code=Code.VALUE_UNUSABLE, message=message, path=path)
    return Refusal(
        code=Code.FIELD_UNKNOWN,
        message=f"The entry has no field {name[:40]!r}. It has {', '.join(fields)}.",
        path=path,
    )


def _read(value: object, event: type, field: str, hint: Any) -> Any:  # noqa: ANN401 - any type
    """Turn a value as people write it into what the event holds. Raises ValueError."""
    words = _WORDS_KEPT_AS_TEXT.get((event, field))
    if words is not None:
        return _one_of(value, words).value
    if value is None and NoneType not in get_args(hint):
        raise ValueError("it is never nothing")
    return msgspec.convert(_stored(value, hint), hint)


def _stored(value: Any, hint: Any) -> Any:  # noqa: ANN401, PLR0911 - a line for each kind of value
    """Turn a value as people write it into what is stored of it. Raises ValueError.

    What is of the wrong kind is left as it is, for msgspec to say so. The type says how deep to
    look, so that a value nested a thousand times is not walked.
    """
    if value is None:
        return None
    if isinstance(value, str) and (problem := text_problem(value)):
        raise ValueError(problem)
    if get_origin(hint) is tuple:
        return _several(value, get_args(hint)[0]) if isinstance(value, list) else value
    kinds = _kinds(hint)
    if set(kinds) == _PARTIAL_DATES:
        return _partial_date(value)
    if issubclass(kinds[0], Personal):
        return {"words": value}
    if issubclass(kinds[0], Struct):
        return _object(value, kinds)
    if issubclass(kinds[0], Enum):
        return _one_of(value, kinds[0]).value
    if kinds[0] is date:
        return _day(value)
    return _number(value, kinds[0]) if kinds[0] in {int, Decimal} else value


def _kinds(hint: Any) -> Sequence[type]:  # noqa: ANN401 - any type
    """Give what a field may hold, besides nothing."""
    union = get_origin(hint) in {Union, UnionType}
    return [kind for kind in get_args(hint) if kind is not NoneType] if union else [hint]


def _several(values: Sequence[Any], hint: Any) -> list[Any]:  # noqa: ANN401 - any type
    if len(values) > MOST_IN_A_LIST:
        raise ValueError(f"it is a list of {len(values):,}; {MOST_IN_A_LIST:,} is the most")
    return [_stored(value, hint) for value in values]


def _partial_date(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError("a date is a text such as 2015-03")  # noqa: TRY004 - told as the others
    return msgspec.to_builtins(parse_edtf(value[:40]))


def _day(value: object) -> date:
    if not (isinstance(value, str) and _DAY.fullmatch(value)):
        raise ValueError("a day is a text such as 2015-03-31")
    return date.fromisoformat(value)


def _one_of(value: object, words: type[Enum]) -> Enum:
    """Find one of a few words, by its name in the schema or as it is stored."""
    for word in words:
        if value in (word.name, word.value):
            return word
    raise ValueError(f"it is one of {', '.join(word.name for word in words)}")


def _number(value: object, kind: type) -> object:
    whole = isinstance(value, int) and not isinstance(value, bool)
    text = str(value) if whole and abs(value) <= LARGEST_WHOLE else value  # type: ignore[arg-type]
    if not (isinstance(text, str) and _DECIMAL.fullmatch(text)):
        raise ValueError('it is a number; one with a fraction stands in quotes, as "12.5"')
    if kind is Decimal:
        return text
    if "." in text or abs(int(text)) > LARGEST_WHOLE:
        raise ValueError(f"it is a whole number up to {LARGEST_WHOLE:,}")
    return int(text)


def _object(value: Any, kinds: Sequence[type[Struct]]) -> Any:  # noqa: ANN401 - JSON
    """Give what is stored of an object: one of the first kind that has all its fields stated."""
    if isinstance(value, str) and OneOff in kinds:
        value = {"date": value}
    shown = [{shown_name(field): field for field in kind.__struct_fields__} for kind in kinds]
    for kind, fields in zip(kinds, shown, strict=True):
        if not (isinstance(value, dict) and value.keys() <= fields.keys()):
            continue
        hints = get_type_hints(kind)
        stored = {f: _stored(value.get(name), hints[f]) for name, f in fields.items()}
        if kind is OneOff and stored["date"] and stored["as_printed"] is None:
            stored["as_printed"] = msgspec.convert(stored["date"], PartialDate).label
        if all(stored[f] is not None or NoneType in get_args(hints[f]) for f in stored):
            tag = kind.__struct_config__.tag
            return {**stored, kind.__struct_config__.tag_field: tag} if tag else stored
    raise ValueError(f"it is an object with {' or with '.join(map(', '.join, shown))}")


def _reason(error: ValueError) -> str:
    """Give what was wrong, as the rest of a sentence."""
    return str(error).partition(" - at ")[0].rstrip(".")
