"""A paper as such: headings, sentences and tables, before it is put into a format.

Every format is made of this and of nothing else, so that they all hold the same: a cell of a
spreadsheet is the cell of the PDF.
"""

from decimal import Decimal
from enum import Enum

from msgspec import Struct

from planledger.reports.desk import Answered

Value = str | int | Decimal | None
"""What a cell holds. Days are text in ISO 8601 where a column says so; formats write them out.

A text may have several lines, parted by "\\n". None is an empty cell: there is nothing to say.
"""


class Holds(Enum):
    """What a column holds, so that formats can set it and spreadsheets can reckon with it."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    """A civil day or a partial date, in EDTF."""
    REF = "ref"
    """A short name such as "1.4/2": never broken over two lines, never a number."""


class Column(Struct, frozen=True):
    """A column of a table."""

    key: str
    """Its name in JSON and CSV, such as "due_by"; the same for ever."""
    heading: str
    holds: Holds = Holds.TEXT
    weight: int = 1
    """How wide it is beside the others on paper."""


class Table(Struct, frozen=True, kw_only=True):
    """A table; one that is empty says so in its place."""

    key: str
    """Its name in JSON, and of its sheet."""
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    """Each as long as `columns`."""
    empty: str = "None."
    """What stands in place of a table without rows."""
    again: bool = False
    """Its rows stand in the sheet too, in more columns: it is for reading, not given as data."""


class Section(Struct, frozen=True, kw_only=True):
    """A part of a paper: its heading, then sentences, then tables, then parts of its own."""

    heading: str
    sentences: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    sections: "tuple[Section, ...]" = ()


class Paper(Struct, frozen=True, kw_only=True):
    """A paper about one plan."""

    kind: str
    """Which report it is: "changes", "review" …"""
    title: str
    """For instance "What changed between Q2 2024 and Q3 2024"."""
    plan: str
    """The plan's ref."""
    plan_title: str
    read_from: tuple[str, ...]
    """What it was read from, a line a point: position, recorded at, effective on, review."""
    made_on: str
    """The civil day of the latest entry it was read from (ISO 8601), not the day it is made."""
    sections: tuple[Section, ...]
    """The first is one page that says all that matters."""
    answered: Answered
    """The document that was asked, and its variables: with these it can be made again."""
    sheet: Table
    """The one table that holds the matter, a row for each thing: what CSV gives."""

    @property
    def tables(self) -> tuple[Table, ...]:
        """What is given as data: the sheet first, then in order those that do not repeat it."""
        found = {self.sheet.key: self.sheet}

        def look(sections: tuple[Section, ...]) -> None:
            for section in sections:
                for table in section.tables:
                    if not table.again:
                        found.setdefault(table.key, table)
                look(section.sections)

        look(self.sections)
        return tuple(found.values())
