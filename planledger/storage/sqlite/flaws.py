"""Looking at a ledger's SQLite file itself: whether it is as planledger made it."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing

from planledger.storage.keeping import Flaw, Severity
from planledger.storage.sqlite.connection import LedgerConnection
from planledger.storage.sqlite.schema import SCHEMA

MOST_PROBLEMS = 20
"""How many problems with the file itself are told; one is reason enough to restore it."""

_INTEGRITY = f"PRAGMA integrity_check({MOST_PROBLEMS})"
_OBJECTS = (
    "SELECT type, name, sql FROM sqlite_master "
    "WHERE sql IS NOT NULL AND tbl_name IN ('entries', 'receipts') ORDER BY type, name"
)
_REACHED = """
SELECT (SELECT coalesce(max(position), 0) FROM entries),
       (SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'entries')"""
_REMADE = "Export the ledger, and load it into a new one."


def flaws_of(connection: LedgerConnection) -> Iterator[Flaw]:
    """Give what is wrong with the file: its pages, tables and triggers, and where it ends."""
    for (problem,) in connection.rows(_INTEGRITY).fetchall():
        if problem != "ok":
            yield Flaw(
                problem=f"The file is damaged: {problem}. Restore the ledger from a backup.",
                severity=Severity.DAMAGED,
            )
    ours, found = _as_made(), _described(connection.rows(_OBJECTS))
    for (kind, name), sql in ours.items():
        if found.get((kind, name)) != sql:
            what = "is not as planledger made it" if (kind, name) in found else "is missing"
            severity = Severity.WARNING if kind == "index" else Severity.WRONG
            yield Flaw(problem=f"The {kind} {name} {what}. {_REMADE}", severity=severity)
    for kind, name in found.keys() - ours.keys():
        if kind == "trigger":
            yield _wrong(f"The trigger {name} is not planledger's. {_REMADE}")
    ((last, reached),) = connection.rows(_REACHED).fetchall()
    if last != reached:
        yield _wrong(
            f"The ledger ends at position {last} but once reached {reached}: its end was cut off. "
            "Restore the ledger from a backup."
        )


def _wrong(problem: str) -> Flaw:
    return Flaw(problem=problem, severity=Severity.WRONG)


def _as_made() -> dict[tuple[str, str], str]:
    """Describe what a new ledger holds."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for statement in SCHEMA:
            connection.execute(statement)
        return _described(connection.execute(_OBJECTS))


def _described(objects: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str], str]:
    """Give the statement that makes each, by kind and name; how it is laid out says nothing."""
    return {(kind, name): " ".join(sql.split()) for kind, name, sql in objects}
