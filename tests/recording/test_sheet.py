"""Sheets are read as people and spreadsheets write them; nothing is guessed at or left out."""

from collections.abc import Callable
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from planledger.recording.cells import MAX_BYTES, NotASheetError
from planledger.recording.sheet import MOST_ROWS, Sheet, read_sheet
from planledger.reports.formats.csv import guarded
from tests.support.sheets import EVERY_ACT, as_csv, as_xlsx, repacked, workbook

SHEET = "xl/worksheets/sheet1.xml"
NUMBER = (
    "Row 2, F authority_minute: It is the number 5.2. If a 0 at its end is missing, format the "
    "cell as text and write it again."
)
HEADS = ("act", "milestone", "from_date", "to_date", "reason", "authority_minute", "effective_on")


def _said(sheet: Sheet) -> list[tuple[int, str, dict[str, str]]]:
    return [(row.number, row.act.name, dict(row.texts)) for row in sheet.rows]


def _wrong(sheet: Sheet) -> list[tuple[int | None, str | None, str]]:
    return [(p.row, p.column, p.message.partition(".")[0]) for p in sheet.problems]


@pytest.mark.parametrize(
    "data",
    [
        as_csv(EVERY_ACT),
        as_csv(EVERY_ACT, encoding="utf-8"),
        as_csv(EVERY_ACT, delimiter=";", encoding="cp1252"),
        as_csv(EVERY_ACT, delimiter="\t", encoding="utf-16"),
        b"sep=;\r\n" + as_csv(EVERY_ACT, delimiter=";", encoding="utf-8"),
        as_xlsx(EVERY_ACT),
    ],
    ids=["excel", "plain", "continental", "unicode text", "sep", "xlsx"],
)
def test_a_sheet_says_the_same_whichever_program_saved_it(data: bytes) -> None:
    """Nobody should have to know what their spreadsheet writes; and it is recorded once."""
    sheet = read_sheet(data)
    assert (sheet.problems, sheet.remarks) == ((), ())
    assert [row.act.name for row in sheet.rows] == [row["act"] for row in EVERY_ACT]
    wanted = [{k: v for k, v in row.items() if k != "act"} for row in EVERY_ACT]
    assert [row.texts for row in sheet.rows] == wanted
    assert sheet.command_id("p") == read_sheet(as_xlsx(EVERY_ACT)).command_id("p")
    assert sheet.command_id("p") != sheet.command_id("q")


def test_headings_and_acts_are_known_however_people_write_them() -> None:
    """A form calls the field "Effective on", the template "effective_on"; both are right."""
    sheet = read_sheet(b"ACT,Milestone *,Effective  On\nAgree a milestone,1.1/1,1 May 2025\n")
    assert _said(sheet) == [(2, "agree", {"milestone": "1.1/1", "effective_on": "1 May 2025"})]


def test_rows_are_numbered_as_the_spreadsheet_numbers_them() -> None:
    """Whoever is told "row 6" looks at row 6; blank rows and lines in cells do not shift it."""
    data = b'act,milestone,reason\n\nagree,1.1/1,"two\nlines"\n,,\nagree,,\nnonsense,,\n'
    sheet = read_sheet(data)
    assert [row.number for row in sheet.rows] == [3, 5]
    assert _wrong(sheet) == [(6, "A act", "“nonsense” is no act")]


def test_a_file_in_an_old_encoding_is_read_and_that_is_said() -> None:
    """Excel still writes it; a letter that comes out wrong must be somebody's to notice."""
    sheet = read_sheet("act,milestone,reason\nagree,1.1/1,Zoë’s café\n".encode("cp1252"))
    assert sheet.rows[0].texts["reason"] == "Zoë’s café"
    assert "Windows-1252" in sheet.remarks[0]


@pytest.mark.parametrize(
    "text",
    ["=A1", "'=A1", "''=A1", "'tis so", "-5", "@a", "\uff1d1+1", " =1", "\t=1", "plain", "'"],
)
def test_what_was_guarded_in_a_paper_of_ours_comes_back_as_it_was(text: str) -> None:
    """A cell copied from our CSV must be recorded as it was, not with an apostrophe before it."""
    sheet = read_sheet(f"act,reason\nagree,{guarded(text)}\n".encode())
    assert sheet.rows[0].texts["reason"] == text.strip()


def _typed(sheet: Worksheet) -> None:
    sheet["C2"].number_format, sheet["G2"].number_format = "mmm-yy", "dd/mm/yyyy"


def test_what_a_spreadsheet_made_of_dates_and_numbers_is_read_as_it_shows() -> None:
    """A month typed into Excel is kept by it as a day; a date must not gain that day."""
    row = ("move-date", "1.1/1", date(2015, 3, 1), date(2015, 4, 30), "x", 5.2, date(2015, 5, 1))
    sheet = read_sheet(workbook([HEADS, row], _typed))
    assert sheet.problems == ()
    assert sheet.rows[0].texts == {
        "milestone": "1.1/1",
        "from_date": "2015-03",
        "to_date": "2015-04-30",
        "reason": "x",
        "authority_minute": "5.2",
        "effective_on": "2015-05-01",
    }
    assert sheet.remarks == (
        "Row 2, C from_date: It shows no day; it is read as March 2015.",
        NUMBER,
    )


def test_a_first_of_a_month_is_told_where_a_month_could_be_meant() -> None:
    """LibreOffice makes "March 2015" the 1st of March, and shows it so."""
    row = ("move-date", "1.1/1", date(2015, 3, 1), date(2015, 3, 31))
    sheet = read_sheet(workbook([HEADS, row]))
    assert sheet.rows[0].texts["from_date"] == "2015-03-01"
    (remark,) = sheet.remarks
    assert remark.startswith("Row 2, C from_date: It is read as the day 1 March 2015.")


def test_numbers_have_no_noise_of_arithmetic() -> None:
    """0.1 + 0.2 is 0.3 in every spreadsheet, and 0.30000000000000004 in the file."""
    heads = ("act", "kpi", "value", "numerator")
    sheet = read_sheet(
        workbook([heads, ("reading", "k", 0.1 + 0.2, 1e15), ("reading", 7, 12, 3.0)])
    )
    assert [row.texts for row in sheet.rows] == [
        {"kpi": "k", "value": "0.3", "numerator": "1000000000000000"},
        {"kpi": "7", "value": "12", "numerator": "3"},
    ]


@pytest.mark.parametrize(
    ("column", "value", "shown", "wrong"),
    [
        ("E", "=1+1", "General", "It holds a formula"),
        ("E", "#REF!", "General", "It holds the error #REF!"),
        ("C", datetime(2015, 3, 1, 9, 30), "d/m/yyyy h:mm", "It holds a time of day"),  # noqa: DTZ001
        ("C", time(9, 30), "h:mm", "It holds a time of day"),
        ("C", date(2015, 3, 9), "mmm-yy", "It shows no day, but holds 9 March 2015"),
        ("B", date(2015, 4, 1), "dd/mm/yyyy", "The spreadsheet made a date of it (2015-04-01)"),
        ("F", 0.5, "0%", "It is set as a percentage and holds 0"),
    ],
)
def test_a_cell_that_cannot_be_read_for_sure_is_named(
    column: str,
    value: Any,  # noqa: ANN401 - whatever a cell can hold
    shown: str,
    wrong: str,
) -> None:
    """Whatever is guessed at here would stand in the record for ever."""

    def change(sheet: Worksheet) -> None:
        sheet[f"{column}2"] = value
        sheet[f"{column}2"].number_format = shown

    sheet = read_sheet(workbook([HEADS, ("move-date", "1.1/1")], change))
    heading = HEADS["ABCDEFG".index(column)]
    assert _wrong(sheet) == [(2, f"{column} {heading}", wrong)]


def test_merged_cells_are_refused_and_hidden_rows_and_sheets_are_told() -> None:
    """What a clerk does not see must not be recorded, or left out, without a word."""

    def change(sheet: Worksheet) -> None:
        sheet.merge_cells("B2:B3")
        sheet.row_dimensions[3].hidden = True
        assert sheet.parent is not None
        sheet.parent.create_sheet("Old").sheet_state = "hidden"

    sheet = read_sheet(workbook([HEADS, ("agree", "1.1/1"), ("agree",)], change))
    assert _wrong(sheet) == [(2, "B milestone", "It is merged with others (B2:B3)")]
    assert sheet.remarks == (
        "Only the sheet Changes was read, not Old (hidden).",
        "Hidden rows count like all others: 3.",
    )


def test_a_sheet_can_be_named_and_one_that_is_not_there_is_not_made_up() -> None:
    """A workbook has many sheets; recording the wrong one would be a disaster told as success."""
    data = workbook([HEADS, ("agree", "1.1/1")])
    assert len(read_sheet(data, "changes").rows) == 1
    with pytest.raises(NotASheetError, match="no sheet 'May', only 'Changes'"):
        read_sheet(data, "May")


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        (b"milestone,reason\n1.1/1,x\n", [(1, None, 'No column is headed "act"')]),
        (b"act,colour\nagree,red\n", [(1, "B colour", "No act has such a field")]),
        (
            b"act,milestone,Milestone,Act\nagree,,,\n",
            [
                (1, "D Act", "It says the same as A act"),
                (1, "C Milestone", "It says the same as B milestone"),
            ],
        ),
        (b"act,milestone\nagree,1.1/1,x\n", [(2, "C", "The column has no heading")]),
        (b"act,milestone,kpi\nagree,1.1/1,x\n", [(2, "C kpi", "agree has no such field")]),
        (b"act,milestone\nagre,1.1/1\n", [(2, "A act", "“agre” is no act")]),
        (b"act,milestone\n,1.1/1\n", [(2, "A act", "It does not say which act it is")]),
        (b"act,milestone\n", [(None, None, "There is no row below the headings")]),
        (
            b"act,milestone\n" + b"agree,1.1/1\n" * (MOST_ROWS + 1),
            [(None, None, "It has 501 rows of changes, and 500 is the most")],
        ),
    ],
)
def test_what_is_wrong_is_said_by_row_and_column(
    data: bytes, wrong: list[tuple[int | None, str | None, str]]
) -> None:
    """A clerk mends what is named; what is left out silently nobody mends."""
    assert _wrong(read_sheet(data)) == wrong


def _bomb() -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        for number in range(60):
            package.writestr(f"xl/{number}.xml", b"0" * 1_000_000)
    return packed.getvalue()


def _entities(encoding: str) -> Callable[[bytes], bytes]:
    doctype = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    return lambda part: doctype.encode(encoding) + part


PLAIN = workbook([HEADS, ("agree", "1.1/1")])


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        (b"", "There is nothing in it"),
        (b"\r\n,,\r\n", "There is nothing in it"),
        (b"%PDF-1.7\n", "It is a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel file"),
        (b"PK\x03\x04nonsense", "cannot be read as XLSX"),
        (b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis", "an OpenDocument file"),
        (b"act\0milestone", "no text file"),
        (b"act,\x81\n", "neither UTF-8 nor Windows-1252: byte 4"),
        (b"\xef\xbb\xbfact,\x81\n", "says that it is UTF-8, and byte"),
        (b'act,milestone\nagree,"1.1/1\n', "Row 2 cannot be read as CSV"),
        (b"act" + b",x" * 300, "more than 20,000 rows or 200 columns"),
        (b"a" * (MAX_BYTES + 1), "larger than 5 MB"),
        (_bomb(), "Unpacked it is larger than 50 MB"),
        (repacked(PLAIN, SHEET, _entities("utf-8")), "a document type"),
        (repacked(PLAIN, SHEET, _entities("utf-16-le")), "a document type"),
        (repacked(PLAIN, SHEET, lambda part: part[:-40]), "cannot be read as XLSX"),
        (
            repacked(PLAIN, SHEET, lambda part: part.replace(b'r="2"', b'r="999999999"')),
            "cannot be read as XLSX",
        ),
        (
            repacked(PLAIN, SHEET, lambda part: part.replace(b'r="2"', b'r="1"')),
            "cannot be read as XLSX",
        ),
    ],
)
def test_a_file_that_is_no_sheet_is_told_from_one_in_a_line(data: bytes, wrong: str) -> None:
    """Files come from anybody: none may take all memory, and each must be told what to do."""
    with pytest.raises(NotASheetError, match=wrong) as told:
        read_sheet(data)
    assert "\n" not in str(told.value)


def test_links_and_ranges_over_all_of_a_sheet_cost_nothing() -> None:
    """Such a range takes a line to say, and a reader that makes a cell of each never ends."""
    ranges = (
        b'<mergeCells count="1"><mergeCell ref="H9:XFD1048576"/></mergeCells>'
        b'<hyperlinks><hyperlink ref="H9:XFD1048576" location="x"/></hyperlinks>'
    )

    def change(part: bytes) -> bytes:
        return part.replace(b"</sheetData>", b"</sheetData>" + ranges)

    assert len(read_sheet(repacked(PLAIN, SHEET, change)).rows) == 1
