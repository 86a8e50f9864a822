"""What was filled in, said as it was read: so that people see what will be recorded."""

from collections.abc import Iterator
from datetime import date
from enum import Enum
from typing import Any

from planledger.domain.plan import Plan
from planledger.events.dates import Day, Month, Quarter, Year
from planledger.events.dates import day as partial_day
from planledger.events.target_dates import Ongoing
from planledger.events.values import Period, Personal
from planledger.recording import naming
from planledger.recording.act import Act, Field, Kind, Values


def as_read(
    act: Act, values: Values, plan: Plan
) -> Iterator[tuple[Field, tuple[str | Personal, ...]]]:
    """Give every field that says something, and how it was read, a line a value."""
    for field in act.every:
        value = values[field.name]
        if value is not None and value != ():
            several = value if isinstance(value, tuple) else (value,)
            yield field, tuple(_said(field.kind, one, plan) for one in several)


def _said(kind: Kind, value: Any, plan: Plan) -> str | Personal:  # noqa: ANN401, PLR0911 - of every kind
    match value:
        case Year() | Quarter() | Month() | Day():
            return value.label
        case Ongoing():
            return "Ongoing"
        case date():
            return partial_day(value).label
        case Period(first=first, last=last, label=label):
            return f"{label}, from {partial_day(first).label} to {partial_day(last).label}"
        case Enum():
            return str(value.value).replace("-", " ")
        case Personal():
            return value
        case str():
            return naming.name_of(kind, plan, value)
        case _:
            return f"{value:,f}"
