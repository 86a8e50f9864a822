"""What the register looks like in a database: tables, and the views that other tools read.

Tables bear the version: a newer program that says something else in a column makes a register of
its own beside this one. Within a version, names and meanings stay.

A row holds for a rectangle: it was known at the positions from `known_from` to before
`known_until`, and says what was so on the days from `effective_from` to before `effective_until`;
NULL is no end.
Timeliness also follows from the day itself; the view `milestones` cuts each row's days where it
changes, so that whoever asks for a position and a day needs no rules of their own.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from planledger.events.envelope import EPOCH
from planledger.readmodel.rows import COLUMNS, Column, Lead, columns_of

VERSION = 1
NAME = f"register_v{VERSION}"
"""What tables begin with, and what tracking knows the register by."""
REPLACED = f"{NAME}_replaced"
"""What tracking counts by how often the register was replaced by one built beside it."""

HELPERS = ("due_month", "overdue_from", "done")
"""Columns that only `timeliness` is made from."""

Name = Literal["milestones", "leads", "commits", "reviews"]


class Known(Struct, kw_only=True):
    """Which positions and days a row holds for."""

    stretch: Annotated[int, Meta(description="Number of the stretch; leads refer to it.")]
    known_from: Annotated[int, Meta(description="The first position at which it was known.")]
    known_until: Annotated[
        int | None, Meta(description="The first one at which it was not any more; NULL: still is.")
    ]
    effective_from: Annotated[date, Meta(description="The first day it is so.")]
    effective_until: Annotated[
        date | None, Meta(description="The first day it is not any more; NULL: no end is known.")
    ]


class _Led(Struct, kw_only=True):
    stretch: Annotated[int, Meta(description="The stretch of `milestones` that it is about.")]
    place: Annotated[int, Meta(description="1 for the first of its leads, then 2, 3 …")]


class Committed(Struct, kw_only=True):
    """One commit of the ledger."""

    first: Annotated[int, Meta(description="Position of its first entry.")]
    last: Annotated[int, Meta(description="Position of its last entry.")]
    recorded_at: Annotated[datetime, Meta(description="When it was recorded, UTC.")]
    recorded_on: Annotated[date, Meta(description="The civil day of that (Europe/London).")]
    plan: Annotated[str, Meta(description="The plan's ref.")]


class Reviewed(Struct, kw_only=True):
    """One review that was closed: what it saw is what was known at its position, on its cut-off."""

    plan: Annotated[str, Meta(description="The plan's ref.")]
    review: Annotated[str, Meta(description="The review's id.")]
    label: Annotated[str, Meta(description='What people call it: "Q1 2015".')]
    forum: Annotated[str, Meta(description="The forum's id.")]
    as_at: Annotated[date, Meta(description="Its cut-off: the day it looked at.")]
    closed_on: Annotated[date, Meta(description="The day it was closed.")]
    position: Annotated[int, Meta(description="The position at which it was closed.")]


TABLES: Mapping[Name, tuple[Column, ...]] = {
    "milestones": (*columns_of(Known), *COLUMNS),
    "leads": (*columns_of(_Led), *columns_of(Lead)),
    "commits": columns_of(Committed),
    "reviews": columns_of(Reviewed),
}
KEYS: Mapping[Name, tuple[str, ...]] = {
    "milestones": ("stretch",),
    "leads": ("stretch", "place"),
    "commits": ("last",),
    "reviews": ("position",),
}
SHOWN = tuple(column for column in COLUMNS if column.name not in HELPERS)
"""The columns of `milestones` beside those of `Known`, without timeliness."""


class Dialect(Struct, frozen=True, kw_only=True):
    """What one database writes differently from another."""

    mark: str
    """Stands for a parameter."""
    types: Mapping[type, str]
    bytewise: str
    """Has a text sorted by its bytes, whatever the database's language."""
    hold: str
    """Ends a statement that selects a row, and keeps it as it is until the transaction ends."""
    today: str
    """The civil day in London."""
    days_since: str
    """How many days `{}` lies before a day: to be formatted with both, the later one first."""


_LAST_SUNDAY = "datetime('now', 'start of year', '+{} months', 'weekday 0', '-7 days', '+1 hours')"
SQLITE = Dialect(
    mark="?",
    types={str: "TEXT", int: "INTEGER", bool: "BOOLEAN", date: "DATE", datetime: "TIMESTAMP"},
    bytewise="COLLATE BINARY",
    hold="",  # who is going to write keeps everybody else from writing, from the beginning on
    # SQLite knows no time zones. London is an hour ahead of UTC from 01:00 UTC on the last Sunday
    # in March to that on the last Sunday in October (Summer Time Order 2002).
    today=f"date('now', CASE WHEN datetime('now') >= {_LAST_SUNDAY.format(3)} "
    f"AND datetime('now') < {_LAST_SUNDAY.format(10)} THEN '+1 hours' ELSE '+0 hours' END)",
    days_since="CAST(julianday({}) - julianday({}) AS INTEGER)",
)
POSTGRES = Dialect(
    mark="%s",
    types={str: "text", int: "bigint", bool: "boolean", date: "date", datetime: "timestamptz"},
    bytewise='COLLATE "C"',
    hold=" FOR UPDATE",
    today="(CURRENT_TIMESTAMP AT TIME ZONE 'Europe/London')::date",
    days_since="({} - {})",
)


def sqlite_value(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    """Give a value as SQLite keeps it: days and moments as ISO texts, in UTC."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S.%f")
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, bool) else value


def from_sqlite(column: Column, value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    """Read a value of a column back. Raises ValueError or TypeError for what cannot be one."""
    if value is None:
        return None
    if column.type is datetime:
        return datetime.strptime(value, "%Y-%m-%d %H:%M:%S.%f").replace(tzinfo=EPOCH.tzinfo)
    if column.type is date:
        return date.fromisoformat(value)
    return bool(value) if column.type is bool else value


def names(table: Name) -> str:
    """Give the names of a table's columns, as SQL lists them."""
    return ", ".join(column.name for column in TABLES[table])


def tables(dialect: Dialect, prefix: str) -> Iterator[str]:
    """Give what makes the tables, whose names begin with `prefix`."""
    for table, columns in TABLES.items():
        lines = [_column(dialect, column) for column in columns]
        lines.append(f"PRIMARY KEY ({', '.join(KEYS[table])})")
        yield f"CREATE TABLE {prefix}{table} (\n    {_NEXT_LINE.join(lines)}\n)"
    index = f"{prefix.rpartition('.')[2]}known_now"
    yield (
        f"CREATE INDEX {index} ON {prefix}milestones (plan, milestone) WHERE known_until IS NULL"
    )


def _column(dialect: Dialect, column: Column) -> str:
    words = [column.name, dialect.types[column.type]]
    if column.name == "sort_key":
        words.append(dialect.bytewise)
    return " ".join([*words, *(() if column.nullable else ("NOT NULL",))])


_NEXT_LINE = ",\n    "
