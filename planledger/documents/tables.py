"""Rows of tables: their columns, and rows that go on in the next line.

A blank line does not end a table, for it may be a page break (design page 2.1: "a table ends
at the next heading"). A row that starts with an empty reference goes on from the row above.
"""

import re

from msgspec import Struct

from planledger.documents.markup import plain, shown
from planledger.documents.notes import Notes
from planledger.documents.source_text import LONGEST_TEXT, Line

REF, ACTION, MILESTONES, DATE, LEAD = "ref", "action", "milestones", "date", "lead"
PRINTED_ORDER = (REF, ACTION, MILESTONES, DATE, LEAD)
"""The columns of a table that does not name them."""

_NAMES = {
    ACTION: "ACTION",
    MILESTONES: "PROGRESS MILESTONES",
    DATE: "TARGET DATE",
    LEAD: "DELIVERY LEAD",
}
_REF_TITLES = frozenset({"ref", "ref.", "ref no", "ref no.", "no", "no.", "number", "#", "id"})
_DATE_TITLES = frozenset({"by when", "when", "timescale", "timescales", "deadline"})
_REF = re.compile(
    r"\(?(?P<ref>(?:[A-Z]{0,3}\d{1,3}|[IVXLC]{1,7}|[A-Z])(?:\.\d{1,3}){1,3}[a-z]?)[.)]?"
)
_FUSED_REF = re.compile(rf"\s{{0,8}}{_REF.pattern}\s{{1,8}}(?P<rest>\S.*)", re.DOTALL)
_LONGEST_TITLE = 40
# More cells than this are not told apart: they are too many for any table.
_MOST_CELLS = 100


class RawRow(Struct):
    """One row as it is gathered; it may go on over several lines."""

    ref: str
    columns: tuple[str, ...]
    lines: list[Line]
    cells: list[list[str]]
    """Each as its parts, one a line: joined once at the end, so that many lines stay cheap."""
    headed: bool
    """Whether a row of column names stood above it."""


class Row(Struct, frozen=True):
    """One row, gathered: its cells untouched."""

    ref: str
    line: int
    printed: str
    continued: tuple[Line, ...]
    """The lines after the first."""
    action: str
    milestones: str
    date: str
    lead: str


def columns_in(text: str) -> tuple[str, ...] | None:
    """Read a row of column names; None where a line is no such row."""
    titles = [plain(cell).casefold() for cell in text.split("\t")[:20]]
    if any(len(title) > _LONGEST_TITLE for title in titles) or ref_of(titles[0]):
        return None
    columns = [_column(title) for title in titles]
    if sum(name in columns for name in _NAMES) < len(_NAMES) - 1:
        return None
    while columns and not columns[-1]:
        columns.pop()
    if REF not in columns:
        # ACTION stands over both the reference and the wording; an empty title follows it.
        columns.insert(0, REF)
    return tuple(name for name in columns if name)


def lacking(columns: tuple[str, ...]) -> tuple[str, ...]:
    """Name the columns that a row of names lacks or names twice."""
    return tuple(title for name, title in _NAMES.items() if columns.count(name) != 1)


def ref_of(cell: str) -> str | None:
    """Give the reference of an action that a cell holds, and nothing else."""
    found = _REF.fullmatch(plain(cell)) if len(cell) < _LONGEST_TITLE else None
    return None if found is None else found["ref"]


def row_in(line: Line, text: str, columns: tuple[str, ...] | None) -> RawRow | None:
    """Begin a row, if the line begins with a reference and has columns."""
    if "\t" not in text:
        return None
    cells = text.split("\t", _MOST_CELLS)
    ref = ref_of(cells[0])
    if ref is None:
        fused = _FUSED_REF.fullmatch(cells[0])
        if fused is None:
            return None
        ref, cells[:1] = fused["ref"], [fused["ref"], fused["rest"]]
    return RawRow(
        ref, columns or PRINTED_ORDER, [line], [[cell] for cell in cells], columns is not None
    )


def extend(row: RawRow, line: Line, text: str) -> bool:
    """Let a row go on in another line; False where the line does not fit it.

    It fits if it completes a row broken inside a cell, or if it has an empty reference and
    stands in columns below.
    """
    cells, width = text.split("\t", _MOST_CELLS), len(row.columns)
    broken_inside = len(row.cells) < width and len(row.cells) + len(cells) - 1 <= width
    in_columns = len(cells) > 1 and not cells[0].strip()
    completes = len(row.cells) + len(cells) - 1 == width
    if broken_inside and (completes or not in_columns):
        row.cells[-1].append(cells[0])
        row.cells.extend([cell] for cell in cells[1:])
    elif in_columns:
        row.cells.extend([] for _ in range(len(row.cells), len(cells)))
        for place, cell in enumerate(cells):
            if cell.strip():
                row.cells[place].append(cell)
    else:
        return False
    row.lines.append(line)
    return True


def finish(row: RawRow, notes: Notes) -> Row:
    """Give a gathered row by its columns, noting cells too many and too few."""
    line, width = row.lines[0].number, len(row.columns)
    cells = ["\n".join(parts) for parts in row.cells]
    while len(cells) > width and not cells[-1].strip():
        cells.pop()
    if len(cells) != width:
        notes.problem(line, _wrong_width(row, cells))
    cells += [""] * (width - len(cells))
    by_column = dict(zip(row.columns, cells, strict=False))
    for name in row.columns:
        if name.startswith("?") and by_column[name].strip():
            notes.problem(
                line,
                f"The column “{name[1:]}” of action {row.ref} says “{shown(by_column[name])}”, "
                "which is not read. Record what it says by hand.",
            )
        by_column[name] = _bounded(row, by_column[name], notes)
    return Row(
        ref=row.ref,
        line=line,
        printed="\n".join(each.text for each in row.lines),
        continued=tuple(row.lines[1:]),
        action=by_column[ACTION],
        milestones=by_column[MILESTONES],
        date=by_column[DATE],
        lead=by_column[LEAD],
    )


def _bounded(row: RawRow, cell: str, notes: Notes) -> str:
    if len(cell) > LONGEST_TEXT:
        notes.problem(
            row.lines[0].number,
            f"A cell of action {row.ref} has {len(cell)} characters. Only the first "
            f"{LONGEST_TEXT} are read; check the line ends of the file.",
        )
    return cell[:LONGEST_TEXT]


def _wrong_width(row: RawRow, cells: list[str]) -> str:
    width = len(row.columns)
    said = f"The row of action {row.ref} has {len(cells)} cells where {width} are expected."
    if len(cells) > width:
        rest = shown(" | ".join(cell.strip() for cell in cells[width:]))
        return f"{said} “{rest}” is not read. Check the tabs between the cells."
    missing = ", ".join(_NAMES.get(name, name.strip("?")) for name in row.columns[len(cells) :])
    return f"{said} Nothing is read for {missing}. Check the tabs between the cells."


def _column(title: str) -> str:
    """Tell a column by its title; "" where it has none, "?" and the title where it is unknown."""
    tests = (
        ("", not title),
        (REF, title in _REF_TITLES),
        (ACTION, title.startswith("action")),
        (MILESTONES, "milestone" in title),
        (DATE, "date" in title or title in _DATE_TITLES),
        (LEAD, "lead" in title or "owner" in title or "responsible" in title),
    )
    return next((name for name, holds in tests if holds), f"?{title}")
