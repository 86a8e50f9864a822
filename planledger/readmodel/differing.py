# ruff: noqa: S608 - names of tables and columns are ours; every value is a parameter
"""Rows that differ between two registers, said for people."""

from collections.abc import Iterator, Sequence
from typing import Any

from planledger.readmodel.batch import Difference
from planledger.readmodel.schema import KEYS, TABLES, Name, names

Values = Sequence[Any]


def up_to(table: Name, prefix: str, position: int) -> str:
    """Give what selects a table's rows as they were when its register reached to a position."""
    if table == "milestones":
        until = f"CASE WHEN known_until > {position} THEN NULL ELSE known_until END AS known_until"
        selected = names(table).replace("known_until", until, 1)
        return f"SELECT {selected} FROM {prefix}milestones WHERE known_from <= {position}"
    if table == "leads":
        return (
            f"SELECT {names(table)} FROM {prefix}leads AS l WHERE NOT EXISTS (SELECT 1 FROM "
            f"{prefix}milestones AS m WHERE m.stretch = l.stretch AND m.known_from > {position})"
        )
    by = "first" if table == "commits" else "position"
    return f"SELECT {names(table)} FROM {prefix}{table} WHERE {by} <= {position}"


def differing(table: Name, one: str, other: str) -> str:
    """Give what selects the keys of the rows that two selections do not have alike, in order."""
    keys = ", ".join(KEYS[table])
    return (
        f"SELECT {keys} FROM (SELECT * FROM ({one}) AS a EXCEPT SELECT * FROM ({other}) AS b) AS c "
        f"UNION SELECT {keys} FROM (SELECT * FROM ({other}) AS d EXCEPT SELECT * FROM ({one}) AS e)"
        f" AS f ORDER BY {keys}"
    )


def difference(table: Name, is_: Values | None, should: Values | None) -> Difference:
    """Say how a row differs from what it should be; either may not be there, but not both."""
    row = is_ or should
    assert row is not None  # noqa: S101 - a row that nobody has differs from nothing
    if should is None:
        problem = "should not be there"
    elif is_ is None:
        problem = "is missing"
    else:
        problem = "; ".join(_columns(table, is_, should))
    return Difference(table=table, key=_key(table, row), problem=problem)


def _columns(table: Name, is_: Values, should: Values) -> Iterator[str]:
    for column, value, expected in zip(TABLES[table], is_, should, strict=True):
        if value != expected:
            yield f"{column.name} is {_said(value)}, should be {_said(expected)}"


def _key(table: Name, row: Values) -> str:
    named = {column.name: value for column, value in zip(TABLES[table], row, strict=True)}
    if table == "milestones":
        return (
            f"stretch {named['stretch']}: {named['plan']} {named['ref']}, known from position "
            f"{named['known_from']}, from {named['effective_from']} on"
        )
    return ", ".join(f"{name} {named[name]}" for name in KEYS[table])


def _said(value: object) -> str:
    return "NULL" if value is None else repr(value) if isinstance(value, str) else str(value)
