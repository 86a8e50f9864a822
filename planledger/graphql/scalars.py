"""Scalars of the schema, and the values they stand for."""

from typing import TYPE_CHECKING, NewType

import strawberry
from strawberry.types.scalar import ScalarDefinition

from planledger.answers import reveal
from planledger.events.dates import Day, Month, PartialDate, Quarter, Year, parse_edtf
from planledger.events.values import Personal

if TYPE_CHECKING:
    EdtfDate = PartialDate
    Position = int
else:
    EdtfDate = NewType("EdtfDate", object)
    Position = NewType("Position", int)


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


def _parse_position(value: object) -> int:
    text = str(value)
    if isinstance(value, bool) or not (text.isascii() and text.isdecimal() and len(text) <= 15):  # noqa: PLR2004
        raise ValueError('A position is a whole number from 0 in a string, such as "123".')
    return int(text)


SCALARS: dict[object, ScalarDefinition] = {
    EdtfDate: strawberry.scalar(
        name="PartialDate",
        description="A year (2015), a quarter (2015-33 to 2015-36, 33 being January to March), "
        "a month (2015-03) or a day (2015-03-31). Never more precise than what was said.",
        specified_by_url="https://www.loc.gov/standards/datetime/",
        serialize=_edtf,
        parse_value=_parse_edtf,
    ),
    Personal: strawberry.scalar(
        name="PersonalText",
        description="A text that names a person or is free prose. Up to 10,000 characters.",
        serialize=reveal,
        parse_value=_parse_personal,
    ),
    Position: strawberry.scalar(
        name="Position",
        description="Place in the whole ledger: 1, 2, 3 … without gaps, in the order of "
        "recording; 0 is before the first. A string, since JSON numbers lose digits.",
        serialize=str,
        parse_value=_parse_position,
    ),
}
