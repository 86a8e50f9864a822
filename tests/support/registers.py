"""Registers to test, and what they should say according to the ledger itself."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from planledger.ledger import Ledger
from planledger.projections.points import AtPosition
from planledger.readmodel.opening import open_register
from planledger.readmodel.register import Register
from planledger.readmodel.rows import Lead
from planledger.readmodel.seeing import seen_in
from planledger.storage.port import EntryStore
from tests.support.ledgers import SettableClock, open_kind

KINDS = ("sqlite", "postgres")
"""The stores whose ledgers have a register."""

Said = Mapping[tuple[str, str], tuple[Mapping[str, Any], tuple[Lead, ...]]]
"""What is said of milestones, by plan and id, and who leads them."""

MANY = 1_000_000


@contextmanager
def copied(kind: str, folder: Path, of: EntryStore) -> Iterator[EntryStore]:
    """Give a store of a kind that holds what another one does."""
    with closing(open_kind(kind, folder, SettableClock())) as store:
        store.adopt(of.read(limit=MANY), of.receipts())
        yield store


@contextmanager
def registered(store: EntryStore) -> Iterator[Register]:
    """Give the register of a store."""
    with closing(open_register(store, create=True)) as register:
        yield register


def said(register: Register, position: int, on: date) -> Said:
    """Give what the database says at a point, by its own view or function."""
    rows = register.milestones_at(position, on)
    leads = register.leads_of([row["stretch"] for row in rows])
    return {
        (row["plan"], row["milestone"]): (
            {name: value for name, value in row.items() if name not in {"stretch", "sort_key"}},
            tuple(leads.get(row["stretch"], ())),
        )
        for row in rows
    }


def expected(ledger: Ledger, position: int, on: date) -> Said:
    """Give what the ledger says at a point, by the views that every other answer comes from."""
    plans = ledger.at(AtPosition(position), on).plans()
    return {
        (seen["plan"], seen["milestone"]): (seen, led_by) for seen, led_by in seen_in(plans, on)
    }


def rows_of(register: Register) -> Sequence[Sequence[Sequence[Any]]]:
    """Give every row of every table, as the database has it."""
    return [
        register._rows(f"SELECT * FROM {register.prefix}{table} ORDER BY {keys}")  # noqa: S608 - names of tables
        for table, keys in (
            ("milestones", "stretch"),
            ("leads", "stretch, place"),
            ("commits", "last"),
            ("reviews", "position"),
        )
    ]
