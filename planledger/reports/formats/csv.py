"""A table of a paper as CSV (RFC 4180), for spreadsheets and programs.

UTF-8 with a byte order mark, by which Excel knows it; lines end with CR LF. The first row holds the
keys of the columns.

A text that a spreadsheet could take for a formula has an apostrophe put before it: whoever writes a
milestone must not be able to run something where the file is opened. `unguarded` takes it off.
"""

import csv as library
import io
from decimal import Decimal
from typing import Final

from planledger.reports.papers.paper import Paper, Table, Value

GUARD: Final = "'"
_FORMULA: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # noqa: RUF001 - full width
_CONTROL: Final = ("\t", "\r", "\n", "\0")


def csv(paper: Paper) -> bytes:
    """Give the sheet of a paper as CSV."""
    return table_as_csv(paper.sheet)


def table_as_csv(table: Table) -> bytes:
    """Give any table as CSV."""
    written = io.StringIO(newline="")
    writer = library.writer(written, lineterminator="\r\n")
    writer.writerow([column.key for column in table.columns])
    writer.writerows([[_cell(value) for value in row] for row in table.rows])
    return written.getvalue().encode("utf-8-sig", "replace")


def guarded(text: str) -> str:
    """Put an apostrophe before a text that could be taken for a formula, however it is guarded."""
    return GUARD + text if _is_dangerous(text) else text


def unguarded(text: str) -> str:
    """Take off the apostrophe again: the reverse of `guarded`."""
    return text[1:] if text.startswith(GUARD) and _is_dangerous(text[1:]) else text


def _is_dangerous(text: str) -> bool:
    bare = text.lstrip(GUARD)
    return bare.startswith(_CONTROL) or bare.lstrip().startswith(_FORMULA)


def _cell(value: Value) -> str:
    match value:
        case None:
            return ""
        case str():
            return guarded(value)
        case Decimal():
            return f"{value:f}"
        case int():
            return str(value)
