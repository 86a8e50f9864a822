"""What a section of the findings is: one finding with its title, its words and its table."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from planledger.events.dates import PartialDate
from planledger.projections.findings import Findings, NamedItem
from planledger.terminal.layout import Cell, Column

ITEM = (Column("Ref", 6), Column("Item", 24))
"""The columns of `item`; the head of most rows."""


class Section(NamedTuple):
    """One finding. Its name is that of `Findings`, as people type it."""

    name: str
    title: str
    note: str
    """What was calculated, and what it does not say."""
    look: Callable[[Findings], Any]
    columns: tuple[Column, ...]
    rows: Callable[[Any], Iterable[tuple[Cell, ...]]]
    """Makes rows of what was found, each with a cell for every column."""
    head: int = len(ITEM)
    rest: Callable[[Any], str] = lambda _: ""
    """Says in a line what was found and is not in a row."""


def item(named: NamedItem | None) -> tuple[str, str]:
    """Give the ref and the wording of an item, if it is about one."""
    return (named.ref, named.text) if named is not None else ("", "")


def partial(on: PartialDate | None) -> str:
    """Say a partial date, or nothing."""
    return on.label if on is not None else ""
