"""What people write into a plan is shown and handed on, and never carried out.

Every text of the simulated plan begins with one that is HTML, a script, a template, a formula, code
of a typesetter, Markdown and marks of direction at once. Beside it stands a twin of the same plan
with letters in place of every sign: what differs between the two came from a text.
"""

import csv
import io
import re
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any, NamedTuple
from zipfile import ZipFile

import pikepdf
import pytest
from lxml import etree, html  # type: ignore[import-untyped]  # it has none
from markdown_it import MarkdownIt

from planledger.recording.acts import ACTS
from planledger.reports.formats.csv import unguarded
from planledger.reports.pages import PAGES, RECORDING
from planledger.reports.papers import REPORTS
from tests.support.forms import form_of
from tests.support.hostile import HARMLESS, HOSTILE, store_of
from tests.support.ledgers import SettableClock
from tests.support.reading_room import Room, reading

PLAN = "/plans/northbridge"
OVERRIDE = "\u202e"
NAMED = (
    "milestone=2.3/2&item=2.3&kpi=re-referrals&challenge=challenge-2c40c57c864b&"
    "query=query-a594c5fcf6f4&review=board-2025-q4"
)
"""What a form may be opened about."""
EACH = (
    *("/", PLAN, f"{PLAN}?known=board-2024-q3", "/search?q=supervision", "/search?q=<script>"),
    *(f"{PLAN}/items/{ref}" for ref in ("1", "2.3", "2.3/2", "6.4/1", "1.5", "1/objective/1")),
    *(f"{PLAN}/history/{ref}" for ref in ("1", "2.3", "2.3/2")),
    f"{PLAN}/changes?from=board-2025-q2&to=board-2025-q4",
    *(f"{PLAN}/{part}" for part in ("events", "reviews", "kpis", "findings", "queries")),
    *(f"{PLAN}/reviews/{review}" for review in ("board-2025-q3", "scrutiny-2024-q4")),
    *(f"{PLAN}/kpis/{kpi}" for kpi in ("re-referrals", "emergency-accommodation")),
    *(f"{PLAN}/findings/overdue", f"{PLAN}/record", f"{PLAN}/record?q=supervision"),
    *(f"{PLAN}/record/{act}?{NAMED}" for act in ACTS),
    *(f"{PLAN}/recorded/1304", "/documents", "/documents/page-plan"),
)
"""An address of every page, and more of those that show much."""
MISTAKEN = (
    *(f"{PLAN}/items/<script>", f"{PLAN}/history/<script>", f"{PLAN}/kpis/<script>"),
    *(f"{PLAN}/reviews/<script>", f"{PLAN}/findings/<script>", f"{PLAN}/record/<script>"),
    *("/plans/<script>", "/documents/<script>", f"{PLAN}?known=<script>", f"{PLAN}?on=<script>"),
    *(f"{PLAN}/report.<script>", f"{PLAN}/changes?from=<script>"),
)
PAPERS = (
    *(f"{PLAN}/report", f"{PLAN}/changes/report", f"{PLAN}/milestones/report"),
    *(f"{PLAN}/kpis/report", f"{PLAN}/findings/report", f"{PLAN}/reviews/board-2025-q3/report"),
)
"""Every kind of paper; of the changes, those between two reviews."""
TYPESET = (f"{PLAN}/milestones/report", f"{PLAN}/reviews/board-2025-q3/report")
"""Formats take every paper alike, and these take their time."""
BETWEEN = "?from=board-2025-q2&to=board-2025-q4"
CLEARED = {"title", "option", "textarea"}
"""Elements that hold nothing but text, and end it by themselves."""


class Twins(NamedTuple):
    """The plan as it would be written with intent, and the one that harms nobody."""

    hostile: Room
    harmless: Room

    def both(self, address: str) -> tuple[Any, Any]:
        """Get what is at an address of each."""
        one, other = (room.client.get(address) for room in self)
        assert one.status_code == other.status_code
        return one, other


@pytest.fixture(name="twins", scope="module")
def _twins() -> Iterator[Twins]:
    """Serve both plans."""
    with ExitStack() as stack:
        clock = SettableClock()
        rooms = [
            stack.enter_context(reading(store_of(text), clock)) for text in (HOSTILE, HARMLESS)
        ]
        yield Twins(*rooms)


def _shape(page: str) -> list[tuple[str, tuple[str, ...], str | None]]:
    """Give what a page is built of: its elements in order, and the names of their attributes."""
    tree = html.document_fromstring(page)
    return [
        (element.tag, tuple(sorted(element.attrib)), element.get("class"))
        for element in tree.iter()
        if isinstance(element.tag, str)
    ]


def _addresses(page: str) -> set[str]:
    tree = html.document_fromstring(page)
    return {str(one) for one in tree.xpath("//@href | //@src | //@action | //@formaction")}


def _loose(page: str) -> set[str]:
    """Give where a mark of direction could turn round what comes after the text it is in."""
    found = set()
    for text in html.document_fromstring(page).xpath(f"//text()[contains(., '{OVERRIDE}')]"):
        parent = text.getparent().getparent() if text.is_tail else text.getparent()
        above = [parent, *parent.iterancestors()]
        if not any(one.tag == "bdi" or one.tag in CLEARED or one.get("dir") for one in above):
            found.add("/".join(str(one.tag) for one in reversed(above)))
    return found


def test_every_page_and_every_paper_is_looked_at() -> None:
    """A page that comes later is not to be forgotten here."""
    for page in (*PAGES, *RECORDING):
        pattern = re.sub(r"\\\{\w+(:path)?\\\}", "[^?]+", re.escape(page.path).replace(r"\:", ":"))
        assert any(re.fullmatch(pattern, one.partition("?")[0]) for one in EACH), page.path
    assert len(PAPERS) == len(REPORTS)


@pytest.mark.parametrize("address", EACH)
def test_nothing_on_a_page_comes_of_a_text_but_text(twins: Twins, address: str) -> None:
    """A script in the name of a milestone would record in the name of whoever looks at it."""
    hostile, harmless = twins.both(address)
    assert hostile.status_code == 200
    assert _shape(hostile.text) == _shape(harmless.text)
    assert not [one for one in _addresses(hostile.text) if re.match(r"\s*(?!https?)\w+:", one)]
    assert _loose(hostile.text) == set()


@pytest.mark.parametrize("address", MISTAKEN)
def test_what_is_asked_for_is_not_carried_out_either(twins: Twins, address: str) -> None:
    """A link sent to somebody must not bring its own page with it."""
    hostile, harmless = twins.both(address)
    assert hostile.status_code in {400, 404}
    assert "<script>" not in hostile.text
    assert _shape(hostile.text) == _shape(harmless.text)


def _sent(twins: Twins, status: int, **texts: str) -> tuple[str, str]:
    """Fill in the form of progress with a text for each plan, and look at what comes."""
    pages = []
    for room, text in zip(twins, (HOSTILE, HARMLESS), strict=True):
        form = form_of(room, "progress", "northbridge", milestone="1.3/4")
        form.fill({name: filled.replace("TEXT", text) for name, filled in texts.items()})
        response = form.send()
        assert response.status_code == status, response.text[:2_000]
        pages.append(response.text)
    return pages[0], pages[1]


def test_what_somebody_fills_in_is_shown_back_as_a_text(twins: Twins) -> None:
    """A form is filled in by a link, too: what comes in must go out as it came."""
    previews = _sent(twins, 200, state="in-progress", narrative="TEXT\nTEXT", reason="TEXT")
    mistakes = _sent(twins, 422, forecast="TEXT", effective_on="TEXT", narrative="TEXT")
    for hostile, harmless in (previews, mistakes):
        assert _shape(hostile) == _shape(harmless)
        assert _loose(hostile) == set()
        assert html.document_fromstring(hostile).xpath("//*[contains(text(), '<script>')]")


@pytest.fixture(name="long", scope="module")
def _long() -> Iterator[Room]:
    """Serve the plan with every text as long as one may be, and not one blank in it."""
    with reading(store_of("W" * 9_600), SettableClock()) as room:
        yield room


@pytest.mark.parametrize(
    "address",
    [
        *(f"{PLAN}/items/2.3", f"{PLAN}/items/2.3/2", f"{PLAN}/history/2.3/2", f"{PLAN}/reviews"),
        *(f"{PLAN}/kpis/re-referrals", f"{PLAN}/queries", f"{PLAN}/record/progress?{NAMED}"),
        *(f"{PLAN}/kpis/report.csv", f"{PLAN}/kpis/report.md", f"{PLAN}/record/template.xlsx"),
    ],
)
def test_texts_of_ten_thousand_letters_are_shown_and_handed_on(long: Room, address: str) -> None:
    """Somebody pastes a whole report into a field, and nobody can open the plan any more."""
    given = long.client.get(address)
    assert given.status_code == 200
    assert len(given.content) < 10_000_000


def _paper(address: str, form: str) -> str:
    return f"{address}.{form}{BETWEEN if 'changes' in address else ''}"


@pytest.mark.parametrize("address", PAPERS)
def test_a_paper_as_html_is_built_the_same_whatever_is_written(twins: Twins, address: str) -> None:
    """It is opened from a folder, where no header of ours protects anybody."""
    hostile, harmless = twins.both(_paper(address, "html"))
    assert hostile.status_code == 200
    assert _shape(hostile.text) == _shape(harmless.text)
    assert not [one for one in _addresses(hostile.text) if one.startswith("javascript")]
    assert _loose(hostile.text) == set()


def _blocks(text: str) -> list[tuple[str, str]]:
    """Give what a reader of Markdown makes of a text, but for the words."""
    read = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)
    every = [one for block in read for one in (block, *(block.children or ()))]
    return [(one.type, one.tag) for one in every if one.type not in {"text", "text_special"}]


@pytest.mark.parametrize("address", PAPERS)
def test_a_paper_as_markdown_is_built_the_same_whatever_is_written(
    twins: Twins, address: str
) -> None:
    """Wherever it is shown, somebody else's program makes HTML of it."""
    hostile, harmless = twins.both(_paper(address, "md"))
    assert hostile.status_code == 200
    assert _blocks(hostile.text) == _blocks(harmless.text)


def _twin(value: Any) -> Any:  # noqa: ANN401 - whatever JSON can hold
    if isinstance(value, str):
        return value.replace(HOSTILE, HARMLESS)
    if isinstance(value, list):
        return [_twin(one) for one in value]
    if isinstance(value, dict):
        return {name: _twin(one) for name, one in value.items()}
    return value


@pytest.mark.parametrize("address", PAPERS)
def test_a_paper_as_data_holds_the_texts_as_they_are(twins: Twins, address: str) -> None:
    """What is made harmless for one program must not reach another as another text."""
    hostile, harmless = (one.json() for one in twins.both(_paper(address, "json")))
    assert _twin(hostile) == harmless
    assert "<script>" in str(hostile)


@pytest.mark.parametrize("address", PAPERS)
def test_no_cell_of_a_paper_as_csv_begins_a_formula(twins: Twins, address: str) -> None:
    """A spreadsheet that opens it would send what it holds to whoever wrote the name."""
    tables = [
        list(csv.reader(io.StringIO(one.content.decode("utf-8-sig"), newline="")))
        for one in twins.both(_paper(address, "csv"))
    ]
    hostile, harmless = tables
    begins = [cell for row in hostile for cell in row if re.match(r"\s*[=+@]|\s*-(?!\d)", cell)]
    assert begins == []
    plain = [[unguarded(cell) for cell in row] for row in hostile]
    assert [[_twin(cell) for cell in row] for row in plain] == harmless


@pytest.mark.parametrize("address", TYPESET)
def test_a_paper_as_pdf_holds_nothing_that_is_carried_out(twins: Twins, address: str) -> None:
    """It is typeset by a program that can read files and follow links, if a text may tell it to."""
    given = twins.hostile.client.get(_paper(address, "pdf"))
    assert given.status_code == 200
    with pikepdf.open(io.BytesIO(given.content)) as paper:
        actions = list(_actions(paper))
        kinds = {str(found.get("/S")) for found in actions}
        links = {str(found.get("/URI", "https://")) for found in actions}
    assert kinds <= {"/URI", "/GoTo"}
    assert not [one for one in links if not one.startswith(("https://", "http://"))]


@pytest.mark.parametrize("address", TYPESET)
def test_a_paper_as_ods_holds_texts_and_no_formula(twins: Twins, address: str) -> None:
    """A spreadsheet reckons whatever says that it is a formula."""
    contents = []
    for given in twins.both(_paper(address, "ods")):
        with ZipFile(io.BytesIO(given.content)) as package:
            contents.append(package.read("content.xml"))
    assert b"table:formula" not in contents[0]
    shapes = [
        [(str(one.tag), sorted(one.attrib)) for one in etree.fromstring(content).iter()]
        for content in contents
    ]
    assert shapes[0] == shapes[1]


def test_what_is_carried_out_would_be_found() -> None:
    """A check that cannot fail guards nothing."""
    assert _shape(f"<p>{HOSTILE}</p>") != _shape(f"<p>{HARMLESS}</p>")
    assert _blocks(HOSTILE) != _blocks(HARMLESS)
    assert _loose(f"<p><q>{OVERRIDE}</q></p>") == {"html/body/p/q"}
    assert _loose(f"<p><bdi>{OVERRIDE}</bdi></p>") == set()
    assert "javascript:alert(1)" in _addresses('<a href="javascript:alert(1)">x</a>')


def _actions(paper: pikepdf.Pdf) -> Iterator[Any]:
    for page in paper.pages:
        for annotation in page.get("/Annots", []):
            if "/A" in annotation:
                yield annotation["/A"]
