"""From lines to areas, sections and rows. Every line that is not blank finds a place here.

A line is used (heading, label, statement, row, text before the first area) or yields a problem.
"""

from msgspec import Struct

from planledger.documents.headings import (
    Heading,
    headings_in,
    is_other_label,
    is_page_number,
    label_in_heading,
    label_of,
)
from planledger.documents.markup import line_bullet, plain, shown
from planledger.documents.notes import Notes
from planledger.documents.source_text import LONGEST_TEXT, Line
from planledger.documents.tables import (
    PRINTED_ORDER,
    RawRow,
    columns_in,
    extend,
    lacking,
    row_in,
)
from planledger.events.values import StatementKind


class StatementLine(Struct, frozen=True):
    """One line of a section."""

    kind: StatementKind
    line: Line
    text: str
    """What the line says of the statement, without its bullet."""
    indent: int | None
    """How deep its bullet stands; None where it has none."""
    after_blank: bool


class RawArea(Struct):
    """An area as it is gathered."""

    lines: list[Line]
    """The line of its heading, and those over which its title is wrapped."""
    number: str | None
    title: list[str]
    statements: list[StatementLine]
    rows: list[RawRow]


class Layout(Struct, frozen=True):
    """A document, divided."""

    preamble: tuple[Line, ...]
    """What stands before the first area; of a line that a heading ends, the part before it."""
    areas: tuple[RawArea, ...]


def lay_out(lines: tuple[Line, ...], notes: Notes) -> Layout:
    """Divide a document into its areas, noting every line that fits nowhere."""
    divider = _Divider(notes)
    for line in lines:
        divider.take(line)
    return Layout(tuple(divider.preamble), tuple(divider.areas))


class _Divider:
    def __init__(self, notes: Notes) -> None:
        self.preamble: list[Line] = []
        self.areas: list[RawArea] = []
        self._notes = notes
        self._section: StatementKind | None = None
        self._unknown: str | None = None
        self._columns: tuple[str, ...] | None = None
        self._in_table = False
        self._after_blank = True

    def take(self, line: Line) -> None:
        if not line.text.strip():
            self._after_blank = True
            return
        found = headings_in(line.text)
        before = line.text[: found[0].start] if found else line.text
        if plain(before).strip(" #>") or not found:
            self._take_text(line, before)
        for place, heading in enumerate(found):
            last = place + 1 == len(found)
            end = len(line.text) if last else found[place + 1].start
            self._open_area(line, heading, line.text[heading.end : end])
        self._after_blank = False

    def _open_area(self, line: Line, heading: Heading, tail: str) -> None:
        label = label_in_heading(tail)
        title = plain(self._bounded(line, tail if label is None else label.before))
        self.areas.append(RawArea([line], heading.number, [title] if title else [], [], []))
        self._section = self._unknown = self._columns = None
        self._in_table = False
        if label is not None:
            self._section = label.kind
            self._take_statement(line, label.after)

    def _take_text(self, line: Line, text: str) -> None:
        if not self.areas:
            self._take_preamble(line, text)
            return
        area = self.areas[-1]
        if not any(letter.isalnum() for letter in plain(text)):
            self._notes.problem(
                line.number, "This line holds marks but no words. Nothing was taken from it."
            )
            return
        if self._take_label(line, text) or self._take_row(area, line, text):
            return
        if is_page_number(text):
            self._notes.problem(
                line.number,
                f"This line looks like a page number (“{shown(text)}”). Nothing was taken from it.",
            )
        elif self._in_table:
            self._take_in_table(area, line, text)
        elif self._section is not None:
            self._take_statement(line, text)
        else:
            self._take_unplaced(area, line, text)

    def _take_preamble(self, line: Line, text: str) -> None:
        self.preamble.append(Line(line.number, text))
        if row_in(line, text, None) is not None:
            self._notes.problem(
                line.number,
                f"A row stands before the first area (“{shown(text, 60)}”). It is not read. "
                "Move it below the heading of its area.",
            )

    def _take_label(self, line: Line, text: str) -> bool:
        label = None if "\t" in text.strip() else label_of(text)
        if label is not None:
            self._section, self._unknown, self._in_table = label.kind, None, False
            self._take_statement(line, label.after)
            return True
        if is_other_label(text):
            self._section, self._unknown, self._in_table = None, shown(text), False
            self._notes.problem(
                line.number,
                f"“{self._unknown}” is not a label that is known (OBJECTIVES, OUTCOMES, "
                "MEASURED BY). What stands under it is not read; give it a known label.",
            )
            return True
        return False

    def _take_row(self, area: RawArea, line: Line, text: str) -> bool:
        if "\t" not in text:
            return False
        columns = columns_in(text)
        if columns is not None:
            self._open_table(line, columns)
            return True
        row = row_in(line, text, self._columns)
        if row is not None:
            area.rows.append(row)
            self._in_table = True
            return True
        return False

    def _open_table(self, line: Line, columns: tuple[str, ...]) -> None:
        self._in_table = True
        self._columns = columns
        missing = lacking(columns)
        if missing:
            self._columns = PRINTED_ORDER
            self._notes.problem(
                line.number,
                f"This row of column names lacks, or names twice, {', '.join(missing)}. The rows "
                "below are read as reference, action, milestones, date, lead; check them.",
            )

    def _take_in_table(self, area: RawArea, line: Line, text: str) -> None:
        if area.rows and extend(area.rows[-1], line, text):
            return
        self._notes.problem(
            line.number,
            f"“{shown(text)}” stands in a table but is no row that can be read: it has no "
            "reference such as 1.1 in front. Nothing was taken from it; give it a reference, or "
            "join it to the row it belongs to.",
        )

    def _take_statement(self, line: Line, text: str) -> None:
        kind = self._section
        if kind is None or not any(letter.isalnum() for letter in plain(text)):
            return
        text = self._bounded(line, text)
        bullet = line_bullet(text)
        indent, words = (None, text) if bullet is None else bullet
        self.areas[-1].statements.append(
            StatementLine(kind, line, words, indent, self._after_blank)
        )

    def _take_unplaced(self, area: RawArea, line: Line, text: str) -> None:
        # A title may be wrapped, or stand below the words that announce it.
        wrapped = not self._after_blank and line_bullet(text) is None
        if self._unknown is None and (not area.title or wrapped):
            area.title.append(plain(self._bounded(line, text)))
            area.lines.append(line)
            return
        where = (
            "between the heading of an area and its first label"
            if self._unknown is None
            else f"under “{self._unknown}”"
        )
        self._notes.problem(
            line.number,
            f"“{shown(text)}” stands {where}. Nothing was taken from it; put it under "
            "OBJECTIVES, OUTCOMES or MEASURED BY, or in the table.",
        )

    def _bounded(self, line: Line, text: str) -> str:
        if len(text) > LONGEST_TEXT:
            self._notes.problem(
                line.number,
                f"This line has {len(text)} characters. Only the first {LONGEST_TEXT} are read; "
                "check the line ends of the file.",
            )
        return text[:LONGEST_TEXT]
