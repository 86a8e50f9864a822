"""CSV: the cells of the paper, and nothing that a spreadsheet would carry out."""

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.reports.formats.csv import csv as as_csv
from planledger.reports.formats.csv import guarded, table_as_csv, unguarded
from planledger.reports.papers.paper import Value
from tests.support.sample_paper import COLUMNS, sample, table
from tests.support.unruly import UNRULY


def _read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def _said(value: Value) -> str:
    if value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def test_it_reads_back_as_the_cells_that_were_put_in() -> None:
    """Whoever reckons with it must have what the paper says."""
    paper = sample()
    keys, *rows = _read(as_csv(paper))
    assert keys == [column.key for column in COLUMNS]
    assert rows == [[_said(value) for value in row] for row in paper.sheet.rows]


def test_it_begins_with_the_mark_that_excel_knows_utf_8_by_and_ends_lines_as_the_rfc_says() -> None:
    """Without the mark, Excel reads names with accents as rubbish."""
    data = as_csv(sample())
    assert data.startswith(b"\xef\xbb\xbfitem,")
    assert data.endswith(b"\r\n")
    assert data.count(b"\r\n") == 1 + len(sample().sheet.rows)


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\u00a0=1", "\0=1"),
        *("＝1+1", "＋1", "－1", "＠SUM(A1)", "'=1", "''=1", "- a dash that begins a line"),
        '=HYPERLINK("http://example.org";"1+1")',
        "=cmd|' /C calc'!A0",
    ],
)
def test_a_text_that_could_be_a_formula_is_guarded(text: str) -> None:
    """Whoever can word a milestone could else run something where the file is opened."""
    assert guarded(text) == f"'{text}"
    assert unguarded(guarded(text)) == text
    (_, cells) = _read(table_as_csv(table([("1.1", text, None, None, None)])))
    assert cells[1] == f"'{text}"


@pytest.mark.parametrize("text", ["", "1.4/2", "a=b", "it's", "'tis so", "2015-03-31", "(1)"])
def test_a_text_that_could_not_is_left_as_it_is(text: str) -> None:
    """Each guard is one more thing for people to stumble over."""
    assert guarded(text) == unguarded(text) == text


@given(st.text(alphabet="'=+-@\t\r\n \0＝ab", max_size=8))
def test_the_guard_can_always_be_taken_off(text: str) -> None:
    """Or a program that reads the file could not tell what was written."""
    assert unguarded(guarded(text)) == text


def test_numbers_are_never_guarded() -> None:
    """A negative slippage is to be added up."""
    row = ("1.1", "Brought forward", None, -30, None)
    (_, cells) = _read(table_as_csv(table([row])))
    assert cells[3] == "-30"


@pytest.mark.parametrize("text", UNRULY.values(), ids=UNRULY)
def test_any_text_stays_in_its_cell(text: str) -> None:
    """A comma, a quote or a line end must not make a second cell of it."""
    whole = text.encode("utf-8", "replace").decode()
    (_, cells) = _read(table_as_csv(table([("1.1", text, None, 1, "after")])))
    assert [unguarded(cells[1]), *cells[2:]] == [whole, "", "1", "after"]
