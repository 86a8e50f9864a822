"""An empty sheet of changes to fill in, which explains itself. The same plan gives the same bytes.

Changes  the headings; cells are text, so that no spreadsheet makes a date of a ref
Acts     every act, and every column that it has
Choices  what the drop-downs offer
Refs     with a plan: what can be named in it
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from planledger.domain.plan import Plan
from planledger.recording.act import Act, Field, Kind
from planledger.recording.acts import ACTS
from planledger.recording.headings import ACT
from planledger.recording.refs import LONGEST, Ref, refs
from planledger.recording.sheet import MOST_ROWS

EVERY = tuple(ACTS.values())
"""A sheet may hold them all, in any order."""
_EXAMPLES: Mapping[Kind, str] = {
    Kind.TEXT: "5.2",
    Kind.NAME: "A. Officer, Director of Children's Services",
    Kind.WORDS: "The supplier needs six weeks more.",
    Kind.DAY: "31 March 2015",
    Kind.PARTIAL_DATE: "March 2015",
    Kind.TARGET_DATE: "March 2015",
    Kind.PERIOD: "Q1 2014-15",
    Kind.NUMBER: "27.5",
    Kind.WHOLE: "2",
    Kind.MILESTONE: "1.4/2",
    Kind.ITEM: "1.4",
    Kind.ITEMS: "1.4/1; 1.4/2",
    Kind.PARTY: "Head of Safeguarding",
    Kind.PARTIES: "Head of Safeguarding; Service Manager",
    Kind.KPI: "re-referrals",
    Kind.REVIEW: "board-2015-q1",
    Kind.FORUM: "improvement-board",
    Kind.BODY: "improvement-board",
    Kind.RATING_KEY: "bragg",
    Kind.CHALLENGE: "its id, from the sheet Refs",
    Kind.QUERY: "its id, from the sheet Refs",
    Kind.EVIDENCE: "Audit of case files, March 2015",
}
_ALTERNATIVES = {
    "authority_forum": "yes, or officer",
    "authority_officer": "yes, or forum",
}
"""Of the fields of an authority, where an act is never recorded without one."""
_ANY_DAY = datetime(2000, 1, 1, tzinfo=UTC)
"""A package says when it was made; that would make every copy another file."""
_MADE = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_TEXT = "@"
_OUTSIDE_XML = re.compile("[\ufffe\uffff]")
_TAKEN_FOR_A_CODE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def csv_template(acts: Sequence[Act] = EVERY) -> bytes:
    """Give the headings as CSV, as spreadsheets open it: marked as UTF-8, with their line ends."""
    return f"{','.join(_headings(acts))}\r\n".encode("utf-8-sig")


def xlsx_template(plan: Plan | None = None, acts: Sequence[Act] = EVERY) -> bytes:
    """Give a template for some acts as XLSX; with a plan, with what can be named in it."""
    headings = _headings(acts)
    book = Workbook()
    changes, explained = book.active, book.create_sheet("Acts")
    choices = book.create_sheet("Choices")
    assert isinstance(changes, Worksheet)  # noqa: S101 - of a new workbook
    changes.title = "Changes"
    _table(changes, (headings,), widths=(18,) * len(headings))
    _table(explained, _explained(acts), widths=(16, 30, 18, 28, 10, 44, 50, 36))
    offered = dict(_offered(acts))
    columns = [(heading, *values) for heading, values in offered.items()]
    height = max(map(len, columns))
    rows = [tuple(c[n] if n < len(c) else "" for c in columns) for n in range(height)]
    _table(choices, rows, widths=(18,) * len(columns))
    _as_text(changes)
    for place, (heading, values) in enumerate(offered.items(), start=1):
        letter = get_column_letter(headings.index(heading) + 1)
        _offer(changes, letter, _range("Choices", place, 2, len(values) + 1), strict=True)
    if plan is not None:
        found = list(refs(plan))
        head = ("What", "Write", "What it is", "How it stands")
        rows = [head, *((r.what, r.write, r.is_about, r.now) for r in found)]
        _table(book.create_sheet("Refs"), rows, widths=(12, 40, 70, 34))
        _offer_refs(changes, acts, found)
    return _packed(book)


def _headings(acts: Sequence[Act]) -> tuple[str, ...]:
    """Give the heading of every column: the act, then each field once, in the order of the acts."""
    own = dict.fromkeys(field.name for act in acts for field in act.fields)
    common = dict.fromkeys(field.name for act in acts for field in act.every)
    return (ACT, *dict.fromkeys((*own, *common)))


def _explained(acts: Sequence[Act]) -> Iterable[Sequence[str]]:
    yield ("Act", "What it records", "Column", "On the form", "Needed", "How", "What", "Example")
    for act in acts:
        yield (act.name, act.title, "", "", "", act.about, "", "")
        for field in act.every:
            needed = "yes" if field.required else _ALTERNATIVES.get(field.name, "")
            needed = needed if field.required or "authority" in act.needs else ""
            example = field.choices[0][0] if field.choices else _EXAMPLES[field.kind]
            yield (
                *(act.name, act.title, field.name, field.label, needed),
                *(_how(field), field.hint, example),
            )


def _how(field: Field) -> str:
    return ", ".join(value for value, _ in field.choices) or field.kind.value


def _offered(acts: Sequence[Act]) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Give the columns in which only some values can be, with all that some act has there."""
    yield ACT, tuple(act.name for act in acts)
    values: dict[str, dict[str, None]] = {}
    for act in acts:
        for field in act.every:
            for value, _ in field.choices:
                values.setdefault(field.name, {})[value] = None
    yield from ((name, tuple(there)) for name, there in values.items())


def _offer_refs(changes: Worksheet, acts: Sequence[Act], found: Sequence[Ref]) -> None:
    """Offer what can be named, in the columns where one thing is named; others can be typed."""
    for column, heading in enumerate(_headings(acts), start=1):
        kinds = {field.kind for act in acts for field in act.every if field.name == heading}
        places = [n for n, ref in enumerate(found, start=2) if kinds & set(ref.kinds)]
        # A drop-down shows one range: what is named stands together, kind by kind.
        if places and places[-1] - places[0] + 1 == len(places):
            letter = get_column_letter(column)
            _offer(changes, letter, _range("Refs", 2, places[0], places[-1]), strict=False)


def _range(sheet: str, column: int, first: int, last: int) -> str:
    letter = get_column_letter(column)
    return f"{sheet}!${letter}${first}:${letter}${last}"


def _offer(changes: Worksheet, letter: str, values: str, *, strict: bool) -> None:
    offer = DataValidation(type="list", formula1=values, allow_blank=True, showErrorMessage=strict)
    offer.errorTitle, offer.error = "Not in the list", "Choose one of the list, or leave it blank."
    offer.add(f"{letter}2:{letter}{MOST_ROWS + 1}")
    changes.add_data_validation(offer)


def _as_text(sheet: Worksheet) -> None:
    for place in range(1, sheet.max_column + 1):
        sheet.column_dimensions[get_column_letter(place)].number_format = _TEXT


def _table(sheet: Worksheet, rows: Iterable[Sequence[str]], widths: Sequence[int]) -> None:
    """Write texts as texts, whatever they begin with; the first row is the headings."""
    for number, row in enumerate(rows, start=1):
        for place, text in enumerate(row, start=1):
            cell = sheet.cell(number, place)
            cell.value = _kept(text)
            cell.data_type = "s"
            cell.number_format = _TEXT
            cell.alignment = Alignment(vertical="top", wrap_text=number > 1)
            cell.font = Font(bold=number == 1)
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "B2" if sheet.title == "Changes" else "A2"


def _kept(text: str) -> str:
    line = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
    return _TAKEN_FOR_A_CODE.sub("_x005F_", _OUTSIDE_XML.sub("\ufffd", line))


def _packed(book: Workbook) -> bytes:
    """Give the package of a workbook, with nothing in it of when it was made."""
    written, packed = BytesIO(), BytesIO()
    book.save(written)
    made = _ANY_DAY.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with ZipFile(written) as source, ZipFile(packed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "docProps/core.xml":
                part = _MADE.sub(rb"\g<1>" + made, part)
            entry = ZipInfo(name, _ANY_DAY.timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, part)
    return packed.getvalue()
