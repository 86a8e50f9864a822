"""Scalars of the schema, and the values they stand for."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, NewType

import strawberry
from strawberry.types.scalar import ScalarDefinition

from planledger.answers import reveal
from planledger.events.dates import Day, Month, PartialDate, Quarter, Year, parse_edtf
from planledger.events.values import Personal

if TYPE_CHECKING:
    EdtfDate = PartialDate
    Json = object
    PlanRef = str
    Position = int
    ReviewRef = str
else:
    EdtfDate = NewType("EdtfDate", object)
    Json = NewType("Json", object)
    PlanRef = NewType("PlanRef", str)
    Position = NewType("Position", int)
    ReviewRef = NewType("ReviewRef", str)

LONGEST_NAME = 100
"""No name that a council gives is longer; those that are accepted are shorter still."""


def _edtf(value: Year | Quarter | Month | Day) -> str:
    return value.edtf


def _parse_edtf(value: object) -> PartialDate:
    if not isinstance(value, str):
        raise ValueError("A partial date is a string such as 2015-03.")  # noqa: TRY004
    return parse_edtf(value)


def _parse_personal(value: object) -> Personal:
    if not isinstance(value, str):
        raise ValueError("A personal text is a string.")  # noqa: TRY004
    return Personal(words=value)


def _parse_plan_ref(value: object) -> str:
    return _short(value, "A plan's ref", "plymouth-2015", LONGEST_NAME)


def _parse_review_ref(value: object) -> str:
    example = "plymouth-2015/scrutiny-2015-q1"
    return _short(value, "A review's ref", example, 2 * LONGEST_NAME + 1)


def _short(value: object, what: str, example: str, longest: int) -> str:
    # What is well-formed and names nothing is told by the ledger, which knows what there is.
    if isinstance(value, str) and len(value) <= longest:
        return value
    raise ValueError(f"{what} is a string of up to {longest} characters, such as {example}.")


def _parse_position(value: object) -> int:
    text = str(value)
    if isinstance(value, bool) or not (text.isascii() and text.isdecimal() and len(text) <= 15):  # noqa: PLR2004
        raise ValueError('A position is a whole number from 0 in a string, such as "123".')
    return int(text)


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DECIMAL = re.compile(r"-?[0-9]{1,20}(?:\.[0-9]{1,20})?")


def _parse_date(value: object) -> date:
    if isinstance(value, str) and _DAY.fullmatch(value):
        return date.fromisoformat(value)
    raise ValueError("Write a day as 2015-03-31, in quotes.")


def _parse_datetime(value: object) -> datetime:
    if isinstance(value, str):
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is not None:
            return moment
    raise ValueError("Write a moment with its offset, as 2015-03-31T17:00:00Z, in quotes.")


def _parse_decimal(value: object) -> Decimal:
    whole = isinstance(value, int) and not isinstance(value, bool)
    if (whole or isinstance(value, str)) and _DECIMAL.fullmatch(text := str(value)):
        return Decimal(text)
    raise ValueError('Write a decimal in quotes, as "12.5": other numbers lose digits.')


SCALARS: dict[object, ScalarDefinition] = {
    date: strawberry.scalar(
        name="Date",
        description="A civil day in Europe/London: 2015-03-31.",
        serialize=date.isoformat,
        parse_value=_parse_date,
    ),
    datetime: strawberry.scalar(
        name="DateTime",
        description="A moment with its offset: 2015-03-31T17:00:00Z. Answers are in UTC.",
        specified_by_url="https://www.rfc-editor.org/rfc/rfc3339",
        serialize=datetime.isoformat,
        parse_value=_parse_datetime,
    ),
    Decimal: strawberry.scalar(
        name="Decimal",
        description='A decimal number in a string, "12.50", since other numbers lose digits. Up '
        "to 20 digits before the point and 20 after it; no exponent.",
        serialize=str,
        parse_value=_parse_decimal,
    ),
    EdtfDate: strawberry.scalar(
        name="PartialDate",
        description="A year (2015), a quarter (2015-33 to 2015-36, 33 being January to March), "
        "a month (2015-03) or a day (2015-03-31). Never more precise than what was said.",
        specified_by_url="https://www.loc.gov/standards/datetime/",
        serialize=_edtf,
        parse_value=_parse_edtf,
    ),
    Json: strawberry.scalar(
        name="JSON",
        description="Anything that JSON can hold; only given, never answered.",
        specified_by_url="https://www.rfc-editor.org/rfc/rfc8259",
        parse_value=lambda value: value,
    ),
    Personal: strawberry.scalar(
        name="PersonalText",
        description="A text that names a person or is free prose. Up to 10,000 characters.",
        serialize=reveal,
        parse_value=_parse_personal,
    ),
    PlanRef: strawberry.scalar(
        name="PlanRef",
        description="What people call a plan, unique in the ledger: plymouth-2015. Lower-case "
        "letters, digits and hyphens, up to 64; more than 100 characters are not read at all.",
        serialize=str,
        parse_value=_parse_plan_ref,
    ),
    Position: strawberry.scalar(
        name="Position",
        description="Place in the whole ledger: 1, 2, 3 … without gaps, in the order of "
        "recording; 0 is before the first. A string, since JSON numbers lose digits.",
        serialize=str,
        parse_value=_parse_position,
    ),
    ReviewRef: strawberry.scalar(
        name="ReviewRef",
        description="A review by its plan's ref and its own short name, unique in the ledger: "
        "plymouth-2015/scrutiny-2015-q1. More than 201 characters are not read at all.",
        serialize=str,
        parse_value=_parse_review_ref,
    ),
}
