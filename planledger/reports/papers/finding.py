"""What a finding is: how it is calculated, where it is asked for, and what a row of it says."""

from collections.abc import Callable, Sequence
from typing import Final

from msgspec import Struct

from planledger.reports import wording
from planledger.reports.desk import Data
from planledger.reports.forums import Forums
from planledger.reports.papers.paper import Column, Table, Value
from planledger.reports.papers.parts import DAY, NUMBER, item_name, lines


class Finding(Struct, frozen=True, kw_only=True):
    """One thing that is found in a plan."""

    key: str
    heading: str
    how: str
    """How it is calculated."""
    path: tuple[str, ...]
    """Where its list lies in `Findings`."""
    columns: tuple[Column, ...]
    row: Callable[[Data, Forums], tuple[Value, ...]]
    about: Callable[[Data], Data | None] = lambda node: node["milestone"]
    """The item that a row is about."""
    none: str = "Nothing is found."

    def nodes(self, found: Data) -> Sequence[Data]:
        """Give the list of it."""
        return list(self._list(found)["nodes"])

    def count(self, found: Data) -> int:
        """Give how many there are, those that are not listed too."""
        return int(self._list(found)["totalCount"])

    def sentences(self, found: Data) -> tuple[str, ...]:
        """Say how it is calculated, and what of it is listed if not all is."""
        listed, there = len(self.nodes(found)), self.count(found)
        if listed == there:
            return (self.how,)
        return (self.how, f"There are {there:,} in all; the {listed:,} largest stand here.")

    def _list(self, found: Data) -> Data:
        at: Data = found
        for name in self.path:
            at = at[name]
        return at

    def table(self, found: Data, forums: Forums) -> Table:
        """Give it as a table."""
        return Table(
            key=self.key,
            title=self.heading,
            columns=(ITEM, *self.columns),
            rows=tuple(
                (_named(self.about(node)), *self.row(node, forums)) for node in self.nodes(found)
            ),
            empty=self.none,
        )

    def lines(self, found: Data, forums: Forums) -> list[tuple[Value, ...]]:
        """Give its rows for the sheet: the finding, the item, and the rest in words."""
        rows: list[tuple[Value, ...]] = []
        for node in self.nodes(found):
            item = self.about(node) or {}
            cells = zip(self.columns, self.row(node, forums), strict=True)
            said = lines(
                f"{column.heading}: {_said(column, value)}"
                for column, value in cells
                if value is not None
            )
            rows.append((self.heading, item.get("ref"), item.get("text"), said))
        return rows


def _said(column: Column, value: Value) -> str:
    return wording.day(str(value)) if column.holds is DAY else str(value)


def _named(item: Data | None) -> str:
    return item_name(item) if item is not None else "The plan itself"


def itself(node: Data) -> Data:
    """Give what a row is about, where it is the item."""
    return node


def item_of(node: Data) -> Data | None:
    """Give what a row is about, where it says so; None is the plan itself."""
    found: Data | None = node["item"]
    return found


ITEM: Final = Column("item", "Item", weight=5)
LEADS: Final = Column("leads", "Lead", weight=3)
DUE: Final = Column("due_by", "Due by", DAY, weight=2)
DAYS: Final = Column("days", "Days", NUMBER)
STATE: Final = Column("state", "State", weight=2)
SINCE: Final = Column("since", "Since", DAY, weight=2)
WHY: Final = Column("why", "Why, and by whose authority", weight=5)
RECORDED: Final = Column("recorded_on", "Recorded on", DAY, weight=2)


def delivery(node: Data) -> str:
    """Say how far a milestone is."""
    return wording.sentence(node["delivery"])


def no_more(_node: Data, _forums: Forums) -> tuple[Value, ...]:
    """Say nothing beside the item."""
    return ()
