"""Papers as spreadsheets: texts are texts, and what can be reckoned with is a value."""

import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET
from zipfile import ZIP_STORED, ZipFile

import pytest

from planledger.reports.formats.ods import ods
from planledger.reports.papers.paper import Paper
from tests.support.sample_paper import COLUMNS, DOCUMENT, sample
from tests.support.unruly import UNRULY, as_kept

ROOT = Path(__file__).resolve().parents[3]
OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"

Cell = tuple[str | None, str]
"""Its type, and its value or text."""


def test_it_begins_with_what_it_is_and_has_a_sheet_for_each_table() -> None:
    """A file that is sent on has to say by itself which plan it tells of, and as of when."""
    found = sheets(sample())
    assert list(found) == ["About", "changes", "challenges"]
    about = {row[0][1]: row[1][1] for row in found["About"] if len(row) > 1}
    assert about["Plan"] == "A Plan for Elsewhere"
    assert about["Its SHA-256"] == DOCUMENT.id
    assert about["Variable: from"] == '{"review": "elsewhere/q2"}'
    assert about["Sheet: changes"] == "All changes (3 rows)"
    assert about["Sheet: challenges"] == "All challenges: There is nothing among challenges."


def test_its_cells_are_of_the_kind_they_hold() -> None:
    """A spreadsheet reckons with numbers and days, and must not give "March 2015" a day."""
    heads, *rows = sheets(sample())["changes"]
    assert heads == [("string", column.heading) for column in COLUMNS]
    assert rows[0] == [
        ("string", "1.4/2"),
        ("string", "Recruit 12 social workers."),
        ("date", "2015-03-31"),
        ("float", "92"),
        ("string", "The panel asked for it.\nSo it was."),
    ]
    assert rows[1][2:] == [("string", "2015-03"), (None, ""), (None, "")]
    assert rows[2][1] == ("string", "Hold two  spaces")
    assert rows[2][3] == ("float", "-12.50")


@pytest.mark.parametrize("text", UNRULY.values(), ids=UNRULY.keys())
def test_no_text_becomes_anything_else(text: str) -> None:
    """Whoever writes a milestone must not be able to run something where the file is opened."""
    paper = sample([(text, text, text, 1, text)], title=text, plan_title=text)
    (_, row) = sheets(paper)["changes"]
    assert row[1] == ("string", as_kept(text))
    assert "formula" not in content(paper)


@pytest.mark.parametrize("number", [10**15, 10**40, 123_456_789_012_345])
def test_a_number_keeps_all_its_digits(number: int) -> None:
    """Spreadsheets round what has more than fifteen digits; such a one is better a text."""
    (_, row) = sheets(sample([("1.1", "", None, number, None)]))["changes"]
    assert row[3] == ("float" if number < 10**15 else "string", str(number))


@pytest.mark.parametrize("day", ["2015-02-30", "1066-10-14", "0000-00-00", "2015-03-31~", "x"])
def test_what_is_no_day_that_all_agree_on_stays_a_text(day: str) -> None:
    """A spreadsheet would make another day of it, or none."""
    (_, row) = sheets(sample([("1.1", "", day, 1, None)]))["changes"]
    assert row[2] == ("string", day)


def test_its_first_rows_stay_in_sight() -> None:
    """In row nine hundred nobody remembers what the fourth column was."""
    with ZipFile(BytesIO(ods(sample()))) as parts:
        settings = parts.read("settings.xml").decode()
    assert settings.count('config:name="VerticalSplitPosition" config:type="int">1<') == 3


def test_it_says_its_language_and_day() -> None:
    """What reads a sheet aloud goes by its language; and its day is that of the latest entry."""
    with ZipFile(BytesIO(ods(sample()))) as parts:
        meta = parts.read("meta.xml").decode()
        styles = parts.read("styles.xml").decode()
    assert "<dc:language>en-GB</dc:language>" in meta
    assert "<meta:creation-date>2024-10-22T00:00:00</meta:creation-date>" in meta
    assert 'fo:language="en" fo:country="GB"' in styles


def test_it_is_known_by_its_first_bytes() -> None:
    """OpenDocument asks for its type first, uncompressed, so that programs can tell it."""
    with ZipFile(BytesIO(ods(sample()))) as parts:
        first = parts.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)


def test_it_is_the_same_in_another_place_and_at_another_time(tmp_path: Path) -> None:
    """Two people who make the same paper can compare it byte by byte."""
    elsewhere = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "77",
        "HOME": str(tmp_path),
    }
    program = (
        "import sys; from tests.support.sample_paper import sample;"
        "from planledger.reports.formats.ods import ods; sys.stdout.buffer.write(ods(sample()))"
    )
    command = [sys.executable, "-c", program]
    made = subprocess.run(command, env=elsewhere, cwd=tmp_path, capture_output=True, check=True)
    assert made.stdout == ods(sample())


def content(paper: Paper) -> str:
    """Make a spreadsheet and give what is in it."""
    with ZipFile(BytesIO(ods(paper))) as parts:
        return parts.read("content.xml").decode()


def sheets(paper: Paper) -> dict[str, list[list[Cell]]]:
    """Make a spreadsheet and read it again, as its standard says and not as it was written."""
    tables = ET.fromstring(content(paper)).iter(f"{TABLE}table")  # noqa: S314 - our own
    return {
        table.attrib[f"{TABLE}name"]: [
            [cell(one) for one in row.findall(f"{TABLE}table-cell")]
            for row in table.iter(f"{TABLE}table-row")
        ]
        for table in tables
    }


def cell(found: ET.Element) -> Cell:
    """Read a cell."""
    kind = found.get(f"{OFFICE}value-type")
    value = found.get(f"{OFFICE}value") or found.get(f"{OFFICE}date-value")
    lines = ["".join(pieces(line)) for line in found.findall(f"{TEXT}p")]
    return kind, value or "\n".join(lines)


def pieces(line: ET.Element) -> list[str]:
    """Read a line; where there are several spaces they are an element in it."""
    found = [line.text or ""]
    for one in line:
        found += [" " * int(one.attrib[f"{TEXT}c"]), one.tail or ""]
    return found
