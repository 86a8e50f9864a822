"""A paper as a spreadsheet (OpenDocument): a sheet about it, then a sheet for each table.

Texts are texts, never formulas, whatever they begin with. Numbers and whole days are values that a
spreadsheet reckons with; "2015-03" stays the text it is and gains no day. `paper.fods` holds the
styles. The same paper gives the same bytes.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from importlib.resources import files
from io import BytesIO
from itertools import chain, starmap
from typing import TYPE_CHECKING, Final, cast
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from planledger.reports.formats.again import command
from planledger.reports.formats.letterforms import number_of
from planledger.reports.papers.paper import Column, Holds, Paper, Table, Value

if TYPE_CHECKING:
    from odfdo import Container, Document

MEDIA_TYPE: Final = "application/vnd.oasis.opendocument.spreadsheet"
ABOUT: Final = "About"
"""The name of the first sheet."""

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FIRST_DAY: Final = date(1900, 3, 1)
"""Spreadsheets do not agree on days before it, so these stay texts."""
_DIGITS: Final = 15
"""How many digits of a number a spreadsheet keeps; one that has more stays a text."""
_NEVER: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold at all."""
_SPACES: Final = re.compile("^ | {2,}| $")
_WIDTHS: Final = ("wide", "wide", "wider", "widest")
"""The widths of text columns, by weight."""


def ods(paper: Paper) -> bytes:
    """Write a paper as a spreadsheet."""
    from odfdo import Document  # noqa: PLC0415 - costly, and only a spreadsheet needs it

    sheets = {ABOUT: _about(paper), **{table.key: table for table in paper.tables}}
    document = Document(BytesIO(_template()))
    _describe(document, paper)
    # The sheets go in as text: to move so many elements into a tree takes longer than all the rest.
    _fill(document, "content.xml", "office:spreadsheet", starmap(_sheet, sheets.items()))
    _fill(document, "settings.xml", "config:config-item-map-named", map(_frozen, sheets))
    made = BytesIO()
    document.save(made)
    return _packed(made, date.fromisoformat(paper.made_on))


def _fill(document: "Document", part: str, name: str, held: Iterable[str]) -> None:
    """Put text into the one element of a name, which is empty in the template."""
    empty = re.compile(rf"<({name}\b[^>]*)/>".encode())
    filled = b"<\\1>%b</%b>" % ("".join(held).replace("\\", r"\\").encode(), name.encode())
    container = cast("Container", document.container)  # None only while it is being made
    document.set_part(part, empty.sub(filled, cast("bytes", container.get_part(part))))


@cache
def _template() -> bytes:
    return files("planledger.reports.formats").joinpath("paper.fods").read_bytes()


def _about(paper: Paper) -> Table:
    """Say what the spreadsheet is, what it was read from, and what its sheets hold."""
    answered = paper.answered
    rows: list[tuple[Value, ...]] = [
        ("Title", paper.title),
        ("Plan", paper.plan_title),
        ("Plan's short name", paper.plan),
        *(("Read from", line) for line in paper.read_from),
        ("Latest entry", paper.made_on),
        ("Question that was asked", answered.document.name),
        ("Its SHA-256", answered.document.id),
        *(
            (f"Variable: {name}", value if isinstance(value, str) else json.dumps(value))
            for name, value in answered.variables.items()
        ),
        ("To make it again", command(paper, "ods")),
        *((f"Sheet: {table.key}", _holds(table)) for table in paper.tables),
    ]
    return Table(
        key="about",
        title=ABOUT,
        columns=(Column("what", "About this paper"), Column("value", "", weight=3)),
        rows=tuple(rows),
    )


def _holds(table: Table) -> str:
    if not table.rows:
        return f"{table.title}: {table.empty}"
    return f"{table.title} ({len(table.rows):,} {'row' if len(table.rows) == 1 else 'rows'})"


def _sheet(name: str, table: Table) -> str:
    """Write a table as a sheet, with its headings printed on every page."""
    # Written as text: an object for each cell takes ten times as long.
    rows = (
        f"<table:table-row>{''.join(_cells(table, row))}</table:table-row>" for row in table.rows
    )
    heads = "".join(_text(column.heading, "head") for column in table.columns)
    return "".join(
        chain(
            (f'<table:table table:style-name="sheet" table:name={quoteattr(name)}>',),
            (f'<table:table-column table:style-name="{_width(c)}"/>' for c in table.columns),
            (f"<table:table-header-rows><table:table-row>{heads}</table:table-row>",),
            ("</table:table-header-rows>",),
            rows,
            ("</table:table>",),
        )
    )


def _width(column: Column) -> str:
    return "narrow" if column.holds is not Holds.TEXT else _WIDTHS[min(column.weight, 3)]


def _cells(table: Table, row: Sequence[Value]) -> Iterator[str]:
    for column, value in zip(table.columns, row, strict=True):
        if value is None:
            yield "<table:table-cell/>"
        elif isinstance(value, str):
            yield _day(value) if column.holds is Holds.DAY else _text(value)
        else:
            yield _number(value)


def _number(value: int | Decimal) -> str:
    said = f"{value:f}" if isinstance(value, Decimal) else str(value)
    if sum(map(str.isdigit, said)) > _DIGITS:
        return _text(said)
    return (
        f'<table:table-cell office:value-type="float" office:value="{said}">'
        f"<text:p>{said}</text:p></table:table-cell>"
    )


def _day(text: str) -> str:
    """Write a whole day as a date; what is less exact, or no day at all, as the text it is."""
    try:
        is_day = _DAY.fullmatch(text) is not None and date.fromisoformat(text) >= _FIRST_DAY
    except ValueError:
        is_day = False
    if not is_day:
        return _text(text)
    return (
        '<table:table-cell table:style-name="day" office:value-type="date" '
        f'office:date-value="{text}"><text:p>{text}</text:p></table:table-cell>'
    )


def _text(text: str, style: str | None = None) -> str:
    """Write a text: a paragraph for each line, every space kept."""
    styled = "" if style is None else f' table:style-name="{style}"'
    clean = _NEVER.sub(lambda found: f"[{number_of(found[0])}]", text)
    lines = clean.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    paragraphs = "".join(f"<text:p>{_line(line)}</text:p>" for line in lines)
    return f'<table:table-cell{styled} office:value-type="string">{paragraphs}</table:table-cell>'


def _line(line: str) -> str:
    # A tab is lost where the file is opened; a space is not.
    return _SPACES.sub(
        lambda found: f'<text:s text:c="{len(found[0])}"/>', escape(line.replace("\t", " "))
    )


def _describe(document: "Document", paper: Paper) -> None:
    made_on = datetime.combine(date.fromisoformat(paper.made_on), time())
    document.meta.title = _NEVER.sub("", f"{paper.title}: {paper.plan_title}")
    document.meta.subject = _NEVER.sub("", "; ".join(paper.read_from))
    document.meta.language = "en-GB"
    document.meta.creation_date = made_on


def _frozen(name: str) -> str:
    """Write how a sheet is looked at: its first row stays in sight."""
    split = (("VerticalSplitMode", "short", 2), ("VerticalSplitPosition", "int", 1))
    panes = (("ActiveSplitRange", "short", 2), ("PositionBottom", "int", 1))
    items = "".join(
        f'<config:config-item config:name="{item}" config:type="{kind}">{value}'
        "</config:config-item>"
        for item, kind, value in (*split, *panes)
    )
    named = f"<config:config-item-map-entry config:name={quoteattr(name)}>"
    return f"{named}{items}</config:config-item-map-entry>"


def _packed(made: BytesIO, day: date) -> bytes:
    """Pack the parts again, each with the day of the paper in place of the clock's."""
    packed = BytesIO()
    moment = (max(day.year, 1980), day.month, day.day, 0, 0, 0)
    with ZipFile(made) as parts, ZipFile(packed, "w") as archive:
        for part in parts.namelist():
            info = ZipInfo(part, moment)
            # The type comes first and as it is, so that it can be told from the first bytes.
            info.compress_type = ZIP_STORED if part == "mimetype" else ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, parts.read(part))
    return packed.getvalue()
