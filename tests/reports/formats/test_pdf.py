"""Papers as PDF: kept for ever, read by everybody, the same on every machine."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from planledger.reports.formats import letterforms
from planledger.reports.formats.pdf import pdf
from planledger.reports.papers.paper import Paper
from tests.support.sample_paper import COLUMNS, ROWS, sample
from tests.support.unruly import UNRULY

ROOT = Path(__file__).resolve().parents[3]


def test_it_says_that_it_is_to_be_kept_and_for_everybody() -> None:
    """An archive and a screen reader ask the file itself: PDF/A-2a, PDF/UA-1, language, title."""
    with opened(sample()) as made, made.open_metadata() as told:
        assert (told["pdfaid:part"], told["pdfaid:conformance"]) == ("2", "A")
        assert told["pdfuaid:part"] == "1"
        assert told["dc:title"] == "What changed between Q2 and Q3: A Plan for Elsewhere"
        assert str(made.Root.Lang) == "en-GB"
        assert bool(made.Root.MarkInfo.Marked)
        assert bool(made.Root.ViewerPreferences.DisplayDocTitle)


def test_its_day_is_that_of_the_latest_entry() -> None:
    """The day somebody pressed a button is no property of a paper, and would change its bytes."""
    with opened(sample()) as made, made.open_metadata() as told:
        assert told["xmp:CreateDate"] == told["xmp:ModifyDate"] == "2024-10-22T00:00:00Z"


def test_every_letter_comes_with_its_font() -> None:
    """A paper has to look the same where none of its fonts is installed, in twenty years too."""
    with opened(sample()) as made:
        described = [one for one in made.objects if is_a(one, "/FontDescriptor")]
        fonts = [one for one in made.objects if is_a(one, "/Font") and "/FontDescriptor" in one]
    assert len(described) >= 3  # upright, bold, monospaced
    assert all({"/FontFile2", "/FontFile3"} & set(one.keys()) for one in described)
    assert fonts


def test_a_table_can_be_heard_cell_by_cell() -> None:
    """A screen reader names the column of each cell, which it can only if headings are marked."""
    with opened(sample()) as made:
        rows = [one for one in parts(made.Root.StructTreeRoot.K) if one.S == "/TR"]
        kinds = [[str(cell.S) for cell in parts(row.K, 1)] for row in rows]
    heads, *cells = [kind for kind in kinds if len(kind) == len(COLUMNS)]
    assert heads == ["/TH"] * len(COLUMNS)
    assert cells == [["/TD"] * len(COLUMNS)] * len(ROWS)


def test_headings_go_down_one_step_at_a_time() -> None:
    """Whoever finds their way by headings must not look for one that is not there."""
    with opened(sample()) as made:
        found = [str(one.S) for one in parts(made.Root.StructTreeRoot.K) if one.S in HEADINGS]
    levels = [int(one.removeprefix("/H")) for one in found]
    assert levels[:4] == [1, 1, 2, 1]  # in short; by area, one area; how it was made
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_it_is_the_same_in_another_place_and_at_another_time(tmp_path: Path) -> None:
    """Two people who make the same paper can compare it byte by byte."""
    elsewhere = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "77",
        "HOME": str(tmp_path),
        "TYPST_FONT_PATHS": "/usr/share/fonts",
        "SOURCE_DATE_EPOCH": "1",
    }
    program = (
        "import sys; from tests.support.sample_paper import sample;"
        "from planledger.reports.formats.pdf import pdf; sys.stdout.buffer.write(pdf(sample()))"
    )
    command = [sys.executable, "-c", program]
    made = subprocess.run(command, env=elsewhere, cwd=tmp_path, capture_output=True, check=True)
    assert made.stdout == pdf(sample())


def test_several_can_be_made_at_once() -> None:
    """A service makes papers in threads: none may take what belongs to another."""
    papers = [sample(title=f"Paper {number}") for number in range(8)]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(pdf, papers))
    assert together == [pdf(paper) for paper in papers]


def test_what_it_is_made_by_is_used_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Typst can be set up some 65,000 times in a process, and a service is to outlive that."""
    pdf(sample())

    def none(*_: object, **__: object) -> None:
        pytest.fail("Another compiler is made, though one is idle.")

    monkeypatch.setattr(typst, "Compiler", none)
    assert pdf(sample(title="Another")) != pdf(sample())


@pytest.mark.parametrize("text", UNRULY.values(), ids=UNRULY.keys())
def test_no_text_can_keep_it_from_being_made(text: str) -> None:
    """People paste anything into a plan, and a paper must come of it all the same."""
    paper = sample([(text, text, None, None, None)], title=text, plan_title=text)
    with opened(paper) as made:
        assert len(made.pages) >= 3


@settings(max_examples=15)
@given(st.text())
def test_nor_can_any_other(text: str) -> None:
    """What nobody thought of is pasted sooner or later."""
    assert pdf(sample([(text, text, text, 1, text)])).startswith(b"%PDF-1.7")


def test_a_font_that_promises_too_much_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Should a letter that we took for covered be refused, the paper is made without it."""
    everything = frozenset(map(chr, range(0xD7FF)))
    monkeypatch.setattr(letterforms, "_alphabets", lambda: (everything,))
    with opened(sample(plan_title="王")) as made, made.open_metadata() as told:
        assert told["dc:title"] == "What changed between Q2 and Q3: [U+738B]"


def test_a_long_table_has_its_headings_on_every_page() -> None:
    """On page nine nobody remembers what the fourth column was."""
    with opened(sample(ROWS * 40)) as made:
        assert len(made.pages) >= 6
        bands = [draws_a_band(page) for page in made.pages]
    assert bands == [False] + [True] * (len(bands) - 1)  # the first says all that matters


HEADINGS = {f"/H{level}" for level in range(1, 7)}


def opened(paper: Paper) -> pikepdf.Pdf:
    """Make a paper and open it."""
    return pikepdf.open(BytesIO(pdf(paper)))


def is_a(found: object, kind: str) -> bool:
    """Tell whether an object of a PDF is of a kind."""
    return isinstance(found, pikepdf.Dictionary) and found.get("/Type") == kind


def draws_a_band(page: pikepdf.Page) -> bool:
    """Tell whether the shade behind headings is on a page."""
    return b"0.93333334 0.94509804 0.95686275" in page.Contents.read_bytes()


def parts(found: Any, depth: int = 99) -> Iterator[pikepdf.Dictionary]:  # noqa: ANN401 - any object
    """Go through the structure of a PDF in reading order, so many steps deep."""
    if isinstance(found, pikepdf.Array):
        for one in found:
            yield from parts(one, depth)
    elif isinstance(found, pikepdf.Dictionary) and "/S" in found:
        yield found
        if "/K" in found and depth > 1:
            yield from parts(found.K, depth - 1)
