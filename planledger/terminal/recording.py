"""A sheet of changes on a terminal: what is wrong with it, what it says, what it would change."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rich.console import Group, RenderableType
from rich.text import Text

from planledger.answers import reveal
from planledger.events.envelope import Envelope
from planledger.events.values import Personal
from planledger.projections.changes.words import say
from planledger.projections.foreseeing import Preview
from planledger.projections.timing import day_label
from planledger.terminal.changes import move_label, thing_label, what_label
from planledger.terminal.layout import Column, Listing, counted

_PROBLEM = (Column("Row", 4, whole=True), Column("Column", 12), Column("What is wrong", 30))
_ROW = (Column("Row", 4, whole=True), Column("What it records", 18), Column("As it was read", 40))
_CHANGE = (
    *(Column("Ref", 6), Column("What it is", 20)),
    *(Column("What changes", 14), Column("Before -> after", 22)),
)


_LONGEST = 120
"""How much of a text is shown: enough to know which one it is."""

Read = Iterable[tuple[str, Iterable[str | Personal]]]


class ShownProblem(NamedTuple):
    """Something wrong with a sheet, as it is shown."""

    row: int | None
    column: str | None
    message: str


class ShownRow(NamedTuple):
    """A row of a sheet that can be recorded, as it is shown."""

    number: int
    title: str
    read: Read
    """What was filled in, by labels, as it was understood."""
    envelopes: tuple[Envelope, ...]


def show_problems(problems: Iterable[ShownProblem]) -> RenderableType:
    """Lay out everything that is wrong with a sheet."""
    rows = [(str(p.row or ""), p.column or "", p.message) for p in problems]
    return Listing(_PROBLEM, rows, head=2)


def show_sheet(rows: Iterable[ShownRow], preview: Preview, doubts: Iterable[str]) -> Group:
    """Lay out what the rows of a sheet say, what recording them would change, and `doubts`."""
    shown = list(rows)
    parts: list[RenderableType] = [
        Text("What would be recorded", style="bold"),
        Listing(_ROW, map(_row, shown), head=2, spaced=True),
        Text(f"\nWhat it would change on {day_label(preview.on)}", style="bold"),
    ]
    if preview.changes:
        parts.append(Listing(_CHANGE, _changes(preview), head=2, spaced=True))
    else:
        parts.append(Text("Nothing: it is so already, or it is of the record only."))
    already = [str(row.number) for row in shown if not row.envelopes]
    if already:
        rows_of = "rows" if len(already) > 1 else "row"
        parts.append(Text(f"\nIt is so already by {rows_of} {', '.join(already)}."))
    for number, doubt in enumerate(doubts):
        parts.append(Text(f"{'' if number else chr(10)}Worth a second look: {doubt}"))
    entries = counted(len(preview.envelopes), "entry", "entries")
    parts.append(
        Text(f"\n{counted(len(shown), 'change')}, which {_make(shown)} {entries}.", "bold")
    )
    return Group(*parts)


def _make(rows: list[ShownRow]) -> str:
    return "make" if len(rows) > 1 else "makes"


def _row(row: ShownRow) -> Iterator[str]:
    yield str(row.number)
    yield row.title
    yield "\n".join(f"{label}: {_line(lines)}" for label, lines in row.read)


def _line(lines: Iterable[str | Personal]) -> str:
    texts = (line if isinstance(line, str) else reveal(line) for line in lines)
    line = " ".join("; ".join(texts).split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def _changes(preview: Preview) -> Iterator[tuple[str, ...]]:
    for change in preview.changes:
        words = say(preview.known, change, preview.shows)
        yield (
            *thing_label(preview.known, change, words),
            what_label(change),
            move_label(change, words),
        )
