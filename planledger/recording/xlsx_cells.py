"""Reading an XLSX file, which anybody may have made: within bounds, and nothing in it carried out.

    bytes -> its parts are looked at: sizes, no entities -> openpyxl reads one sheet -> cells

openpyxl's read-only mode is used: of what a sheet says besides its cells (links, merged ranges) the
other mode makes objects cell by cell, and a range of 17 thousand million cells takes a line to say.
"""

import re
import warnings
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import IO, Any
from xml.etree.ElementTree import iterparse
from zipfile import BadZipFile, ZipFile

from msgspec import Struct
from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.escape import unescape

from planledger.events.dates import Month, Year
from planledger.events.dates import day as partial_day
from planledger.recording.cells import (
    Cell,
    Grid,
    NotASheetError,
    Row,
    Typed,
    is_blank,
    tidy,
)

MOST_PARTS = 1_000
"""How many files the package of an XLSX file may hold."""
MOST_CELLS = 500_000
"""How many of a sheet are looked at, with blank ones."""
MOST_UNPACKED = 50_000_000
"""How large they may be together, in bytes; what a package states is what is unpacked of it."""

_Sheet = Any
_AnyCell = Any
"""openpyxl's, in read-only mode: there are no right types for it."""
_DOCTYPE = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_ASIDE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.')
"""What of a cell's format shows no part of a date: texts, colours, gaps."""
_LAST_ROW = 1_048_576
_LONGEST = 32_767  # of a text in a cell, says Excel
_AGAIN = "Format the cell as text and write it again"


def xlsx_cells(data: bytes, sheet: str | None = None) -> Grid:
    """Read a sheet of the bytes of an XLSX file: the first that shows, or the one named.

    Raises NotASheetError, saying what is wrong and what to do.
    """
    _check(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl leaves out, such as drop-downs
        try:
            return _grid(data, sheet)
        except NotASheetError:
            raise
        except Exception:  # noqa: BLE001 - whatever it stumbles over, the file is at fault
            raise _unreadable() from None


def _check(data: bytes) -> None:
    """Look at the parts before anything reads what they say."""
    try:
        with ZipFile(BytesIO(data)) as package:
            parts = package.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise NotASheetError(
                    f"Unpacked it is larger than {MOST_UNPACKED // 1_000_000} MB, so it is no "
                    "sheet of changes. Copy the rows into a new sheet."
                )
            if "xl/workbook.xml" not in package.namelist():
                raise _unreadable()
            for part in parts:
                held = package.read(part)
                # The format has no use for one; a reader could be had to unfold it without end.
                if any(mark in held for mark in _DOCTYPE):
                    raise NotASheetError(
                        "It holds a document type, which no spreadsheet writes. Do not trust it; "
                        "copy the rows into a new sheet."
                    )
    except (BadZipFile, OSError, EOFError, ValueError, RuntimeError, NotImplementedError):
        raise _unreadable() from None


def _unreadable() -> NotASheetError:
    return NotASheetError(
        "It cannot be read as XLSX. Open it in the spreadsheet and save it again as XLSX, "
        "without a password, or as CSV UTF-8."
    )


def _grid(data: bytes, name: str | None) -> Grid:
    book = load_workbook(BytesIO(data), read_only=True)
    try:
        sheet = _chosen(book.worksheets, name)
        # The one place that knows where in the package a sheet stands; what openpyxl's read-only
        # mode leaves out is read there.
        with ZipFile(BytesIO(data)) as package, package.open(sheet._worksheet_path) as part:  # noqa: SLF001
            beside = _beside(part)
        sheet.reset_dimensions()  # which files state, and state wrongly
        rows = tuple(_rows(sheet, beside))
        return Grid(rows, tuple(_remarks(book.worksheets, sheet, rows, beside)))
    finally:
        book.close()


def _chosen(sheets: Sequence[_Sheet], name: str | None) -> _Sheet:
    shown = [sheet for sheet in sheets if sheet.sheet_state == "visible"]
    if name is None and shown:
        return shown[0]
    for sheet in sheets:
        if name is not None and sheet.title.casefold() == name.strip().casefold():
            return sheet
    there = ", ".join(repr(sheet.title) for sheet in sheets)
    raise NotASheetError(f"It has no sheet {name or 'that shows'!r}, only {there}. Name one.")


class _Beside(Struct, frozen=True):
    """What a sheet says besides its cells."""

    hidden: frozenset[int]
    merged: dict[tuple[int, int], str]
    """Each merged range, by the row and column (from 1) of the cell that holds its value."""


def _beside(part: IO[bytes]) -> _Beside:
    hidden: set[int] = set()
    merged: dict[tuple[int, int], str] = {}
    number = 0
    for _, element in iterparse(part):  # noqa: S314 - a document type was refused before
        kind = element.tag.rpartition("}")[2]
        if kind == "row":
            before, number = number, int(element.get("r", number + 1))
            if not before < number <= _LAST_ROW:
                # openpyxl would leave the row out without a word, or count up to it without end.
                raise _unreadable()
            if element.get("hidden") in {"1", "true"}:
                hidden.add(number)
            element.clear()
        elif kind == "mergeCell":
            column, row, _, _ = range_boundaries(element.get("ref", ""))
            merged[row or 0, column or 0] = element.get("ref", "")
    return _Beside(frozenset(hidden), merged)


def _rows(sheet: _Sheet, beside: _Beside) -> Iterator[Row]:
    looked_at = 0
    for number, found in enumerate(sheet.iter_rows(), start=1):
        looked_at += len(found)
        if looked_at > MOST_CELLS:
            raise NotASheetError(
                "It has far more cells than a sheet of changes. Copy the rows into a new sheet."
            )
        cells = tuple(
            _cell(cell, beside.merged.get((number, n))) for n, cell in enumerate(found, 1)
        )
        if not is_blank(cells):
            yield Row(number, cells)


def _remarks(
    sheets: Sequence[_Sheet], read: _Sheet, rows: Sequence[Row], beside: _Beside
) -> Iterator[str]:
    others = [sheet for sheet in sheets if sheet is not read]
    if others:
        names = ", ".join(
            f"{sheet.title}{'' if sheet.sheet_state == 'visible' else ' (hidden)'}"
            for sheet in others
        )
        yield f"Only the sheet {read.title} was read, not {names}."
    hidden = [str(row.number) for row in rows if row.number in beside.hidden]
    if hidden:
        yield f"Hidden rows count like all others: {', '.join(hidden)}."


def _cell(cell: _AnyCell, merged: str | None) -> Cell:
    if cell.value is None:
        return Cell("")
    problem = _problem(cell, merged)
    if problem is not None:
        return Cell("", problem=problem)
    value, shown = cell.value, cell.number_format
    if isinstance(value, bool):
        return Cell("yes" if value else "no")
    if isinstance(value, int | float | Decimal):
        return _number(value, shown)
    if isinstance(value, date):
        return _day(value, shown)
    return Cell(tidy(unescape(str(value))))


def _problem(cell: _AnyCell, merged: str | None) -> str | None:
    """Say why the text of a cell is not to be had, if it is not."""
    if merged is not None:
        return f"It is merged with others ({merged}). Unmerge the cells and fill in each row."
    if cell.data_type == "f":
        return "It holds a formula. Replace it by its value: copy, paste special, values."
    if cell.data_type == "e":
        return f"It holds the error {cell.value}. Mend it, or clear the cell."
    if isinstance(cell.value, time | timedelta):
        return f"It holds a time of day. {_AGAIN}."
    if isinstance(cell.value, str) and len(cell.value) > _LONGEST:
        return f"It holds {len(cell.value):,} characters. Write less, or put it into a document."
    return None


def _number(value: float | Decimal, shown: str) -> Cell:
    # Fifteen digits are what a spreadsheet shows at the most; the rest is noise of its arithmetic.
    text = f"{Decimal(f'{value:.15g}'):f}"
    if "%" in shown:
        return Cell(
            "",
            problem=f"It is set as a percentage and holds {text}. {_AGAIN}, in the KPI's unit.",
        )
    return Cell(text, Typed.NUMBER)


def _day(value: date, shown: str) -> Cell:
    """Give what a cell shows of a day; one that shows a month only was meant as one."""
    if isinstance(value, datetime):
        if value.time() != time.min:
            return Cell(
                "", problem=f"It holds a time of day. {_AGAIN}, as a day: {value:%Y-%m-%d}."
            )
        value = value.date()
    shows = _ASIDE.sub("", shown.partition(";")[0].lower())
    whole = partial_day(value).label
    if "d" in shows or "y" not in shows:
        remark = None if "y" in shows else f"It shows no year; it is read as {whole}."
        return Cell(value.isoformat(), Typed.DAY, remark)
    if value.day != 1 or ("m" not in shows and value.month != 1):
        return Cell("", problem=f"It shows no day, but holds {whole}. {_AGAIN}.")
    read = Month(value.year, value.month) if "m" in shows else Year(value.year)
    return Cell(read.edtf, Typed.DAY, f"It shows no day; it is read as {read.label}.")
