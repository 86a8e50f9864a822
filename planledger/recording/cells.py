"""What a spreadsheet holds, whichever program wrote it: rows of cells, as texts.

And how it is said what is wrong with them.
"""

from collections.abc import Sequence
from enum import Enum

from msgspec import Struct

MAX_BYTES = 5_000_000
"""The largest sheet that is read, in bytes (5 MB)."""
MOST_COLUMNS = 200
"""Acts have a tenth of it; more is some other table."""
MOST_ROWS_LOOKED_AT = 20_000
"""With blank ones; more is some other table."""


class NotASheetError(Exception):
    """The file is no sheet of changes that can be read. One line: what is wrong, what to do."""


class Typed(Enum):
    """What the spreadsheet takes a cell for."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"


class Cell(Struct, frozen=True, gc=False):
    """What is in a cell, as somebody would have typed it; blank where nothing is."""

    text: str
    typed: Typed = Typed.TEXT
    remark: str | None = None
    """How it was read, where that is not plain to see: "It shows a month …"."""
    problem: str | None = None
    """Why it cannot be read, and what to do."""


class Row(Struct, frozen=True, gc=False):
    """A row with something in it."""

    number: int
    """As the spreadsheet counts, from 1."""
    cells: tuple[Cell, ...]


class Grid(Struct, frozen=True):
    """The rows of a sheet that have something in them, in their order."""

    rows: tuple[Row, ...]
    remarks: tuple[str, ...] = ()
    """On how the file was read, for the person who sends it."""


class SheetProblem(Struct, frozen=True, kw_only=True):
    """What is wrong with a cell, a row, a column or all of a sheet."""

    message: str
    """For people: what is wrong, and what to do next."""
    row: int | None = None
    """As the spreadsheet counts, from 1; None where it is about all of the sheet."""
    column: str | None = None
    """Its letter and heading, "D to_date"; the name it should have, where it is not there."""
    code: str | None = None
    """Of the refusal, where the ledger refused it."""


def is_blank(cells: Sequence[Cell]) -> bool:
    """Tell whether nothing is in any of some cells."""
    return not any(cell.text or cell.problem for cell in cells)


def letters(column: int) -> str:
    """Give what a spreadsheet calls a column, counted from 0: "A", "Z", "AA"."""
    named = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        named = chr(ord("A") + rest) + named
    return named


def tidy(text: str) -> str:
    """Have every line break be one, as texts of the ledger are, without blanks around them all."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
