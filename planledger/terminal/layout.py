"""What every table on a terminal has in common: its layout, and how the same things are said."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType
from rich.table import Table
from rich.text import Text

from planledger.answers import reveal
from planledger.events.values import Authority, Personal
from planledger.projections.findings import DueItem
from planledger.projections.timing import Timeliness, day_label
from planledger.projections.view import ActionView, Basis, MilestoneView, PartyView

Cell = str | Text
GAP = 2
"""Empty columns of the terminal between two of a table."""
LONG_WORD = 24
"""A word of more characters is broken rather than given a column as wide as itself."""
STYLES = {
    Timeliness.OVERDUE: "bold red",
    Timeliness.DUE_THIS_MONTH: "yellow",
    Timeliness.NO_DATE: "dim",
    Timeliness.DONE_ON_TIME: "green",
    Timeliness.DONE_LATE: "green",
}


class Column(NamedTuple):
    """A column of a listing."""

    name: str
    least: int
    """The fewest characters in a line that it can be read in."""
    whole: bool = False
    """Whether its cells are never broken in a table: what is in them is short."""


class Listing:
    """Rows as a table where there is room for one, else one block a row.

    The first columns are a row's head. Rows that follow each other with the same head show it once.
    Columns with nothing in them are left out. `spaced` parts the rows of a table by empty lines.
    """

    def __init__(
        self,
        columns: Iterable[Column],
        rows: Iterable[Iterable[Cell]],
        head: int,
        *,
        spaced: bool = False,
    ) -> None:
        """Lay out rows, each with a cell for every column; `head` columns are the head."""
        texts = [[_text(cell) for cell in row] for row in rows]
        every = tuple(columns)
        kept = [n for n in range(len(every)) if any(row[n].plain for row in texts)]
        self._columns = [every[n] for n in kept]
        self._rows = [[row[n] for n in kept] for row in texts]
        self._head = sum(n < head for n in kept)
        self._spaced = spaced

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        widths = self._widths(options.max_width)
        return self._blocks() if widths is None else iter([self._table(widths)])

    def _widths(self, room: int) -> list[int] | None:
        """Give every column its width; None where there is no room for all of them.

        What is left over goes to whichever column would else take the most lines.
        """
        columns = [
            (column, [row[n] for row in self._rows]) for n, column in enumerate(self._columns)
        ]
        wanted = [_longest(column, cells) for column, cells in columns]
        widths = [
            want if column.whole else min(want, max(column.least, _longest_word(column, cells)))
            for want, (column, cells) in zip(wanted, columns, strict=True)
        ]
        spare = room - sum(widths) - GAP * (len(widths) - 1)
        if spare < 0:
            return None
        while spare and widths != wanted:
            tightest = max(range(len(widths)), key=lambda n: wanted[n] / widths[n])
            widths[tightest] += 1
            spare -= 1
        return widths

    def _table(self, widths: list[int]) -> RenderableType:
        # Told its widths, since rich takes no heed of the least ones and cuts off what is over.
        table = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), header_style="underline")
        for column, width in zip(self._columns, widths, strict=True):
            table.add_column(Text(column.name), width=width, overflow="fold")
        for number, (row, is_new) in enumerate(self._told()):
            if self._spaced and is_new and number:
                table.add_row()
            head = row[: self._head] if is_new else [Text()] * self._head
            table.add_row(*head, *row[self._head :])
        return table

    def _blocks(self) -> Iterator[RenderableType]:
        for number, (row, is_new) in enumerate(self._told()):
            if is_new:
                head = Text("  ").join(part for part in row[: self._head] if part.plain)
                head.stylize("bold")
                yield Text("\n" if number else "").append_text(head)
            block = Table.grid(padding=(0, GAP, 0, 0))
            block.add_column(no_wrap=True, style="dim")
            block.add_column(overflow="fold")
            for column, cell in list(zip(self._columns, row, strict=True))[self._head :]:
                if cell.plain:
                    block.add_row(Text(f"  {column.name}"), cell)
            yield block

    def _told(self) -> Iterator[tuple[list[Text], bool]]:
        """Give each row, and whether its head is another one than that of the row before."""
        before: list[Text] | None = None
        for row in self._rows:
            head = row[: self._head]
            yield row, head != before
            before = head


def _longest(column: Column, cells: Iterable[Text]) -> int:
    """Give the width in which neither a cell nor its name breaks."""
    lines = [line for cell in cells for line in cell.plain.split("\n")]
    return max(map(cell_len, (*lines, column.name, " ")))


def _longest_word(column: Column, cells: Iterable[Text]) -> int:
    """Give the width in which no word breaks, but for those that are longer than any should be."""
    words = [
        word for text in (column.name, *(cell.plain for cell in cells)) for word in text.split()
    ]
    return min(max(map(cell_len, words), default=1), LONG_WORD)


def _text(cell: Cell) -> Text:
    return cell if isinstance(cell, Text) else Text(cell)


def basis_label(basis: Basis) -> str:
    """Say what an answer was read from: "review p/q1 (position 9, effective on 31 March 2015)"."""
    if basis.review:
        on = day_label(basis.effective_on)
        return f"review {basis.review} (position {basis.position}, effective on {on})"
    return f"position {basis.position} (effective on {day_label(basis.effective_on)})"


def short(review: str) -> str:
    """Give a review's name without its plan's."""
    return review.rpartition("/")[2]


def day(on: date | None) -> str:
    """Say a day, or nothing where there is none."""
    return day_label(on) if on is not None else ""


def event_words(stored: str) -> str:
    """Say what happened by the name it is stored under: "Target date moved"."""
    name, _, _ = stored.partition(".")
    return name.replace("-", " ").capitalize().replace("Kpi", "KPI")


def counted(count: int, one: str, more: str | None = None) -> str:
    """Give a number of things as a person says it: "1 change", "2 changes"."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"


def names(parties: Iterable[PartyView], nobody: str = "no lead") -> str:
    """Give the present names of parties on one line."""
    return ", ".join(reveal(party.name) for party in parties) or nobody


def led_by(item: ActionView | MilestoneView | DueItem, nobody: str = "no lead") -> str:
    """Give the present names of who leads something, or say that it is to be confirmed."""
    return names(item.leads, "to be confirmed" if item.lead_to_be_confirmed else nobody)


def said(text: Personal | None) -> str:
    """Give a text, or nothing where there is none."""
    return reveal(text) if text is not None else ""


def authority_label(authority: Authority | None) -> str:
    """Say by what right: "improvement-board, 12 March 2024, minute 4; Ruth Calloway"."""
    if authority is None:
        return ""
    meeting = [
        authority.forum,
        day_label(authority.meeting) if authority.meeting else None,
        f"minute {authority.minute}" if authority.minute else None,
    ]
    parts = [", ".join(part for part in meeting if part), said(authority.officer)]
    return "; ".join(part for part in parts if part)
