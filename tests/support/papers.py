"""Papers as they are written over a ledger, without a command or a service."""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from planledger.graphql.context import Context
from planledger.graphql.trusted import registered
from planledger.ledger import Ledger
from planledger.reports.desk import Desk
from planledger.reports.papers import REPORTS, written
from planledger.reports.papers.paper import Paper, Section, Table, Value
from planledger.reports.points import written as point_written
from planledger.storage.port import Clock, EntryStore
from planledger.storage.sqlite import SqliteStore
from tests.support.face import EXECUTION, Asker
from tests.support.ledgers import AUTHOR, SettableClock

DESK = Desk(EXECUTION, registered(EXECUTION))
ON = "2026-02-12"
"""The day that papers are looked at for, where no other is named."""


class Press:
    """Writes papers of one ledger."""

    def __init__(self, store: EntryStore, clock: Clock) -> None:
        """Write of what is in `store`, which stays the caller's."""
        self.ledger = Ledger(store, clock)
        self.asker = Asker(self.ledger)
        self.context = Context(ledger=self.ledger, author=AUTHOR)

    def paper(self, kind: str, plan: str = "northbridge", **words: str) -> Paper:
        """Write a paper; a word that Python has taken ends in "_"."""
        stated = {name.rstrip("_"): text for name, text in words.items()}
        return written(DESK, self.context, kind, REPORTS[kind].wanted(plan, stated))

    def all(self, plan: str = "northbridge") -> Iterator[Paper]:
        """Write every kind of paper but that of a review."""
        yield self.paper("changes", plan, from_="@0", on=ON)
        for kind in ("plan", "milestones", "kpis", "findings"):
            yield self.paper(kind, plan, on=ON)

    def asked(self, paper: Paper) -> Mapping[str, Any]:
        """Ask a paper's own document again, as the annex of the paper says."""
        variables = paper.answered.variables
        return DESK.ask(paper.answered.document.name, variables, self.context).data


@contextmanager
def pressing(path: Path) -> Iterator[Press]:
    """Write papers of the ledger in a file."""

    def clock() -> datetime:
        return datetime.now(UTC)

    with closing(SqliteStore(path, clock, create=False)) as store:
        yield Press(store, clock)


@contextmanager
def new_press(folder: Path) -> Iterator[tuple[Press, SettableClock]]:
    """Write papers of a new ledger, by a clock to be set."""
    clock = SettableClock()
    with closing(SqliteStore(folder / "plans.db", clock, create=True)) as store:
        yield Press(store, clock), clock


def words_of(paper: Paper) -> dict[str, str]:
    """Give the words that a paper of the same is asked for with, out of what its annex says."""
    names = {"from": "from", "to": "to", "knownAt": "at", "now": "at"}
    variables = paper.answered.variables
    words = {
        word: point_written(dict(variables[name]))
        for name, word in names.items()
        if name in variables
    }
    if "effectiveOn" in variables:
        words["on"] = variables["effectiveOn"]
    if paper.kind == "review":
        words["review"] = variables["name"]
    return words


def cells(table: Table, *columns: str) -> list[tuple[Value, ...]]:
    """Give some columns of a table, row by row."""
    places = [[column.key for column in table.columns].index(key) for key in columns]
    return [tuple(row[place] for place in places) for row in table.rows]


def pairs(table: Table, key: str, value: str) -> dict[Value, Value]:
    """Give one column of a table by another one."""
    return {row[0]: row[1] for row in cells(table, key, value)}


def table_in(paper: Paper, key: str) -> Table:
    """Give a table of a paper, wherever it stands."""
    return next(table for table in tables(paper) if table.key == key)


def tables(paper: Paper) -> Iterator[Table]:
    """Give every table of a paper, the sheet too."""
    yield paper.sheet
    for section in paper.sections:
        yield from _tables(section)


def _tables(section: Section) -> Iterator[Table]:
    yield from section.tables
    for part in section.sections:
        yield from _tables(part)
