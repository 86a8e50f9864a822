"""A sheet of changes: one row of headings, and below it an act a row.

bytes -> cells, of CSV or XLSX -> rows: an act with its texts, or what is wrong with which cell
"""

import difflib
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from planledger.events.dates import parse_edtf
from planledger.recording.act import Act, Field, Kind
from planledger.recording.acts import ACTS
from planledger.recording.cells import (
    MAX_BYTES,
    Cell,
    Grid,
    NotASheetError,
    Row,
    SheetProblem,
    Typed,
    letters,
)
from planledger.recording.csv_cells import csv_cells
from planledger.recording.headings import Headings, folded, read_headings
from planledger.recording.xlsx_cells import xlsx_cells

MOST_ROWS = 500
"""As many as the ledger records together."""

_DATES = frozenset({Kind.DAY, Kind.PARTIAL_DATE, Kind.TARGET_DATE, Kind.PERIOD})
_LESS_THAN_DAYS = _DATES - {Kind.DAY}
_NUMBERS = frozenset({Kind.NUMBER, Kind.WHOLE}) | _DATES
_OTHER_FILES = (
    (b"%PDF", "It is a PDF."),
    (b"\xd0\xcf\x11\xe0", "It is an old Excel file (XLS), or has a password."),
    (b"PK\x03\x04" + b"mimetype", "It is an OpenDocument file (ODS)."),
)


class SheetRow(Struct, frozen=True, kw_only=True):
    """A row that says an act."""

    number: int
    """As the spreadsheet counts, from 1."""
    act: Act
    texts: Mapping[str, str]
    """By the names of the act's fields; blank ones are left out."""
    columns: Mapping[str, str]
    """What the column of a field is called in the sheet, by the field's name."""

    def problem(self, field: str | None, message: str, code: str | None = None) -> SheetProblem:
        """Say what is wrong with a field of it; None for all of the row."""
        column = self.columns.get(field, field) if field is not None else None
        return SheetProblem(row=self.number, column=column, message=message, code=code)


class Sheet(Struct, frozen=True, kw_only=True):
    """A sheet, read."""

    rows: tuple[SheetRow, ...]
    """Those that say an act, whether or not something is wrong with them."""
    problems: tuple[SheetProblem, ...]
    remarks: tuple[str, ...]
    """On how it was read, for the person who sends it."""

    def command_id(self, plan: str) -> str:
        """Give the id under which it is recorded in a plan: it is of what the rows say.

        So the same sheet is recorded once, whichever program saved it last.
        """
        said = [plan, [[row.act.name, sorted(row.texts.items())] for row in self.rows]]
        text = json.dumps(said, ensure_ascii=True)
        return f"sheet-{hashlib.sha256(text.encode()).hexdigest()}"


def read_sheet(data: bytes, name: str | None = None) -> Sheet:
    """Read the bytes of a CSV or XLSX file; of several sheets, the first or the one named.

    What kind of file it is, its bytes say and not its name. Raises NotASheetError.
    """
    grid = _grid(data, name)
    if not grid.rows:
        raise NotASheetError("There is nothing in it. Begin with a template, or name its sheet.")
    first, *rows = grid.rows
    headings = read_headings(first)
    if not isinstance(headings, Headings):
        return Sheet(rows=(), problems=headings, remarks=grid.remarks)
    if not 1 <= len(rows) <= MOST_ROWS:
        message = (
            f"It has {len(rows):,} rows of changes, and {MOST_ROWS} is the most. Part the sheet."
            if rows
            else "There is no row below the headings. Write one for each change."
        )
        return Sheet(rows=(), problems=(SheetProblem(message=message),), remarks=grid.remarks)
    return _sheet(rows, headings, grid.remarks)


def _grid(data: bytes, name: str | None) -> Grid:
    if len(data) > MAX_BYTES:
        raise NotASheetError(
            f"It is larger than {MAX_BYTES // 1_000_000} MB, so it is no sheet of changes. Check "
            "the path."
        )
    # A package begins with the header of its first file: 4 bytes that say so, 26 of sizes, a name.
    start = data[:4] + data[30:38] if data.startswith(b"PK\x03\x04") else data
    for mark, what in _OTHER_FILES:
        if start.startswith(mark):
            raise NotASheetError(f"{what} Save the sheet as XLSX or as CSV UTF-8.")
    if data.startswith(b"PK"):
        return xlsx_cells(data, name)
    if name is not None:
        raise NotASheetError("A CSV file is one sheet, which has no name. Leave --sheet out.")
    return csv_cells(data)


def _sheet(rows: Sequence[Row], headings: Headings, remarks: tuple[str, ...]) -> Sheet:
    found: list[SheetRow] = []
    problems: list[SheetProblem] = []
    told = list(remarks)
    for row in rows:
        problems += _unreadable(row, headings)
        act = _act(row, headings)
        if isinstance(act, SheetProblem):
            problems.append(act)
            continue
        problems += _misplaced(row, headings, act)
        told += _remarks(row, headings, act)
        texts = {
            field.name: cell.text
            for field, cell, _ in _filled(row, headings, act)
            if field is not None
        }
        called = headings.called(act)
        found.append(SheetRow(number=row.number, act=act, texts=texts, columns=called))
    return Sheet(rows=tuple(found), problems=tuple(problems), remarks=tuple(told))


def _filled(row: Row, headings: Headings, act: Act) -> Iterator[tuple[Field | None, Cell, str]]:
    """Give each cell with a text, the act's field for it, and what its column is called."""
    for column in headings.columns:
        cell = column.cell(row)
        if cell.text:
            yield column.fields.get(act.name), cell, column.called


def _unreadable(row: Row, headings: Headings) -> Iterator[SheetProblem]:
    called = {column.place: column.called for column in (headings.act, *headings.columns)}
    for place, cell in enumerate(row.cells):
        message = cell.problem
        if cell.text and place not in called:
            message = "The column has no heading. Give it one, or clear the cell."
        if message is not None:
            column = called.get(place, letters(place))
            yield SheetProblem(row=row.number, column=column, message=message)


def _act(row: Row, headings: Headings) -> Act | SheetProblem:
    cell = headings.act.cell(row)
    stated = folded(cell.text)
    for act in ACTS.values():
        if stated in {folded(act.name), folded(act.title)}:
            return act
    near = difflib.get_close_matches(stated, ACTS, n=1)
    hint = f"Is {near[0]} meant?" if near else f"Write one of {', '.join(ACTS)}."
    wrong = f"“{cell.text[:80]}” is no act." if stated else "It does not say which act it is."
    column = headings.act.called
    return SheetProblem(row=row.number, column=column, message=f"{wrong} {hint}")


def _misplaced(row: Row, headings: Headings, act: Act) -> Iterator[SheetProblem]:
    """Say which cells cannot be where they are."""
    for field, cell, called in _filled(row, headings, act):
        if field is None:
            names = ", ".join(field.name for field in act.every)
            message = f"{act.name} has no such field. Clear the cell, or use {names}."
        elif cell.typed is Typed.DAY and field.kind not in _DATES:
            message = (
                f"The spreadsheet made a date of it ({cell.text}). Format the cell as text and "
                "write it again."
            )
        else:
            continue
        yield SheetProblem(row=row.number, column=called, message=message)


def _remarks(row: Row, headings: Headings, act: Act) -> Iterator[str]:
    """Say how cells were read, where that is not plain to see."""
    for field, cell, called in _filled(row, headings, act):
        remark = cell.remark or (_doubt(cell, field) if field is not None else None)
        if remark:
            yield f"Row {row.number}, {called}: {remark}"


def _doubt(cell: Cell, field: Field) -> str | None:
    """Say what a spreadsheet may have made of what was typed."""
    if cell.typed is Typed.NUMBER and "." in cell.text and field.kind not in _NUMBERS:
        return (
            f"It is the number {cell.text}. If a 0 at its end is missing, format the cell as text "
            "and write it again."
        )
    if cell.typed is Typed.DAY and field.kind in _LESS_THAN_DAYS and cell.text.endswith("-01"):
        day = parse_edtf(cell.text).label
        return (
            f"It is read as the day {day}. If the month is meant, format the cell as text and "
            "write the month."
        )
    return None
