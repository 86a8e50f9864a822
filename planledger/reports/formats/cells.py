"""What a cell says to people, the same in every format that they read."""

from decimal import Decimal

from planledger.reports import wording
from planledger.reports.papers.paper import Column, Holds, Value


def said(value: Value, column: Column) -> str:
    """Give what a cell says on paper: a day in words, a number in digits, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if column.holds is Holds.DAY:
        return _day(str(value))
    return str(value)


def _day(text: str) -> str:
    try:
        return wording.day(text)
    except ValueError:
        return text
