"""Papers, opened by programs that nobody here wrote: LibreOffice and poppler.

They need `soffice` and `pdftotext` (Debian: apt-get install libreoffice-calc poppler-utils).
"""

import csv
import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pikepdf
import pytest

from interop.programs import PATIENCE, NotReadyError
from planledger.reports.formats import FORMATS
from planledger.reports.formats.cells import said
from planledger.reports.formats.csv import unguarded
from planledger.reports.papers import REPORTS
from planledger.reports.papers.paper import Paper
from tests.support.papers import pressing, tables
from tests.support.sample_paper import sample
from tests.support.unruly import UNRULY, as_kept

NEEDED: Final = {
    "changes": {"from_": "board-2024-q2", "to": "board-2024-q3"},
    "review": {"review": "board-2024-q3"},
}
UNRULY_PAPER: Final = "unruly"
NOT_IN_ALL: Final = {"half of a character", "a control"}
"""What JSON, XML and CSV each have another way with, as none of them can hold it as it is."""
KINDS: Final = (*REPORTS, UNRULY_PAPER)
SHOWN: Final = "Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
"""CSV of every sheet, in UTF-8, as the cells are shown."""
READ: Final = "Text - txt - csv (StarCalc):44,34,76,1,,2057,false,false"
"""How the CSV of ours is opened: commas, UTF-8, English (UK), as a person would."""

Rows = Sequence[Sequence[str]]


@pytest.fixture(name="papers", scope="module")
def _papers(simulated: Path) -> Mapping[str, Paper]:
    """Write a paper of every kind about the simulated plan, and one of unruly texts."""
    texts = [text for name, text in UNRULY.items() if name not in NOT_IN_ALL]
    unruly = [(text, text, None, None, text) for text in texts]
    with pressing(simulated) as press:
        papers = {kind: press.paper(kind, **NEEDED.get(kind, {})) for kind in REPORTS}
    return {**papers, UNRULY_PAPER: sample(unruly)}


@pytest.fixture(name="from_ods", scope="module")
def _from_ods(papers: Mapping[str, Paper], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Have LibreOffice open every spreadsheet; give the folder with a file for each sheet."""
    return converted("ods", papers, tmp_path_factory.mktemp("ods"))


@pytest.fixture(name="from_csv", scope="module")
def _from_csv(papers: Mapping[str, Paper], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Have LibreOffice open every CSV; give the folder with what it made of them."""
    return converted("csv", papers, tmp_path_factory.mktemp("csv"), f"--infilter={READ}")


@pytest.mark.parametrize("kind", KINDS)
def test_a_spreadsheet_holds_what_the_json_holds(
    papers: Mapping[str, Paper], from_ods: Path, kind: str
) -> None:
    """An analyst may take either: a cell that differs is an error in somebody's report."""
    for table in in_json(papers[kind])["tables"]:
        heads, *rows = read(from_ods / f"{kind}-{table['key']}.csv")
        assert heads == [column["heading"] for column in table["columns"]]
        same(rows, table)


@pytest.mark.parametrize("kind", KINDS)
def test_csv_holds_what_the_json_holds(
    papers: Mapping[str, Paper], from_csv: Path, kind: str
) -> None:
    """It is opened by a double click, and nothing in it may come to life."""
    table = in_json(papers[kind])["tables"][0]
    heads, *rows = read(from_csv / f"{kind}-{kind}.csv")
    assert heads == [column["key"] for column in table["columns"]]
    same([[unguarded(text) for text in row] for row in rows], table)


@pytest.mark.parametrize("kind", REPORTS)
def test_what_a_pdf_says_can_be_taken_out_in_the_order_of_reading(
    papers: Mapping[str, Paper], tmp_path: Path, kind: str
) -> None:
    """Who cannot see the page, or searches it, is given the same cells in the same order."""
    text = text_of(papers[kind], tmp_path)
    place = text.index(squeezed(papers[kind].title))
    _, *set_in_it = tables(papers[kind])  # all but the sheet, which repeats them
    for table in set_in_it:
        for row in table.rows:
            for value, column in zip(row, table.columns, strict=True):
                cell = squeezed(said(value, column))
                place = text.index(cell, place) + len(cell)
    assert squeezed(papers[kind].answered.document.text) in text


def test_the_unruly_can_be_taken_out_too(papers: Mapping[str, Paper], tmp_path: Path) -> None:
    """What looks like a command is shown as what was written."""
    text = text_of(papers[UNRULY_PAPER], tmp_path)
    for name in ("a script", "code of typst", "ends of strings", "a formula", "spaces"):
        assert squeezed(UNRULY[name]) in text, name
    for name in ("ten thousand letters", "ten thousand words"):
        assert squeezed(UNRULY[name])[:300] in text, name
    for name in ("[U+FEFF]", "[U+738B]", "CJKUNIFIEDIDEOGRAPH-738B"):
        assert name in text, name


@pytest.mark.parametrize("kind", KINDS)
def test_a_pdf_is_what_it_says_it_is(papers: Mapping[str, Paper], kind: str) -> None:
    """Archives and screen readers go by these marks, in every kind of paper."""
    with pikepdf.open(BytesIO(FORMATS["pdf"].write(papers[kind]))) as made:
        with made.open_metadata() as told:
            assert (told["pdfaid:part"], told["pdfaid:conformance"]) == ("2", "A")
            assert told["pdfuaid:part"] == "1"
            assert papers[kind].title in told["dc:title"]
        assert str(made.Root.Lang) == "en-GB"
        assert bool(made.Root.MarkInfo.Marked)
        assert bool(made.Root.ViewerPreferences.DisplayDocTitle)
        found = [one for one in made.objects if isinstance(one, pikepdf.Dictionary)]
        fonts = [one for one in found if one.get("/Type") == "/FontDescriptor"]
        assert all({"/FontFile2", "/FontFile3"} & set(font.keys()) for font in fonts)
        marks = {str(one.S) for one in found if one.get("/Type") == "/StructElem"}
    assert fonts
    assert {"/Table", "/TR", "/TH", "/TD", "/H1"} <= marks


def converted(form: str, papers: Mapping[str, Paper], folder: Path, *options: str) -> Path:
    """Write papers in a format, and have LibreOffice make CSV of them, all at once."""
    made = folder / "made"
    made.mkdir()
    for kind, paper in papers.items():
        (made / f"{kind}.{form}").write_bytes(FORMATS[form].write(paper))
    profile = (folder / "profile").as_uri()
    run(
        *("soffice", f"-env:UserInstallation={profile}", "--headless", *options),
        *("--convert-to", f"csv:{SHOWN}", "--outdir", folder / "opened"),
        *sorted(made.iterdir()),
    )
    return folder / "opened"


def text_of(paper: Paper, folder: Path) -> str:
    """Have poppler take the text out of a PDF, without what stands above and below every page."""
    path = folder / "paper.pdf"
    path.write_bytes(FORMATS["pdf"].write(paper))
    run("pdftotext", "-raw", "-enc", "UTF-8", path, folder / "paper.txt")
    *pages, _ = (folder / "paper.txt").read_text(encoding="utf-8").split("\f")
    above, below = squeezed(paper.plan_title + paper.title), squeezed(paper.read_from[0])[:40]
    return "".join(page[: page.rindex(below)].removeprefix(above) for page in map(squeezed, pages))


def run(program: str, *arguments: str | Path) -> None:
    """Run a program to its end. Raises NotReadyError where it is missing."""
    found = shutil.which(program)
    if found is None:
        raise NotReadyError(
            f"There is no {program} here. Debian: apt-get install libreoffice-calc poppler-utils."
        )
    subprocess.run([found, *arguments], check=True, capture_output=True, timeout=PATIENCE)


def in_json(paper: Paper) -> dict[str, Any]:
    """Give a paper as its JSON says it, numbers with all their digits."""
    given: dict[str, Any] = json.loads(FORMATS["json"].write(paper), parse_float=Decimal)
    return given


def read(path: Path) -> list[list[str]]:
    """Read what LibreOffice wrote."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def same(rows: Rows, table: Mapping[str, Any]) -> None:
    """Fail unless rows hold the values of a table of the JSON."""
    holds = [column["holds"] for column in table["columns"]]
    assert len(rows) == len(table["rows"])
    for row, expected in zip(rows, table["rows"], strict=True):
        for text, value, kind in zip(row, expected, holds, strict=True):
            if isinstance(value, int | Decimal):
                assert Decimal(text) == value, (table["key"], kind)
            else:
                assert lines_of(as_kept(text)) == lines_of(as_kept(value or "")), table["key"]


def lines_of(text: str) -> list[str]:
    """Give the lines of a text, whichever way they end."""
    return re.split("\r\n|\r|\n", text)


def squeezed(text: str) -> str:
    """Leave out all that is not seen: where lines end is up to the page."""
    return "".join(_seen(text))


def _seen(text: str) -> Iterator[str]:
    yield from (letter for letter in text if not letter.isspace() and letter != "\u200b")
