"""The real plan of 2015 is on the pages whole: nothing is lost, nothing is made more exact."""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

import pytest

from planledger.examples import examples
from tests.support.reading_room import PLYMOUTH, Read, Room, rows, said

HEADINGS = {
    *("OBJECTIVE:", "OBJECTIVES:", "OUTCOMES:", "MEASURED BY:"),
    "ACTION PROGRESS MILESTONES TARGET DATE DELIVERY LEAD",
}
"""Lines that only say what stands below them: pages have headings of their own."""
WHOLE = """query($plan: PlanRef!) { ledger { plan(ref: $plan) {
  title introduction
  areas { ref number title
    objectives { ref text } outcomes { ref text children { ref text } } measures { ref text }
    actions { ref text placeholder leads { name } leadToBeConfirmed
      milestones { ref text definition dueBy
        targetDate { __typename label asPrinted } } } } } } }"""
TBC = "To be confirmed printed “TBC”"
"""What stands for a lead, or a text, where the document prints TBC."""
DAY = re.compile(
    r"\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December)\b"
)

Found = Mapping[str, Any]


@pytest.fixture(name="plan", scope="module")
def _plan(plymouth: Room) -> Found:
    plan: Found = plymouth.ask(WHOLE, plan=PLYMOUTH)["ledger"]["plan"]
    return plan


@pytest.fixture(name="page", scope="module")
def _page(plymouth: Room) -> Read:
    """Give the page of the plan."""
    return plymouth.get(f"/plans/{PLYMOUTH}")


@pytest.fixture(name="pages", scope="module")
def _pages(plymouth: Room, plan: Found) -> Mapping[str, Read]:
    """Give the page of every item, by its ref."""
    return {ref: plymouth.get(f"/plans/{PLYMOUTH}/items/{ref}") for ref in _refs(plan)}


def _statements(area: Found) -> Iterator[Found]:
    for statement in (*area["objectives"], *area["outcomes"], *area["measures"]):
        yield statement
        yield from statement.get("children", ())


def _milestones(plan: Found) -> Iterator[Found]:
    for area in plan["areas"]:
        for action in area["actions"]:
            yield from action["milestones"]


def _refs(plan: Found) -> Iterator[str]:
    for area in plan["areas"]:
        yield area["ref"]
        yield from (statement["ref"] for statement in _statements(area))
        yield from (action["ref"] for action in area["actions"])
    yield from (milestone["ref"] for milestone in _milestones(plan))


def _read(text: str) -> str:
    """Give a text with single spaces."""
    return " ".join(text.split())


def _plain(line: str) -> str:
    """Give a line of the document without its markup."""
    return _read(unescape(re.sub(r"<[^>]*>|\*\*", " ", line)))


def test_every_item_of_the_plan_has_a_page(plan: Found, pages: Mapping[str, Read]) -> None:
    """Seventeen areas, 28 objectives, 60 outcomes, 53 measures, 48 actions, 70 milestones."""
    assert len(pages) == 17 + 28 + 60 + 53 + 48 + 70
    for area in plan["areas"]:
        assert _read(area["title"]) in pages[area["ref"]].heading
        for statement in _statements(area):
            assert _read(statement["text"]) in pages[statement["ref"]].heading
        for action in area["actions"]:
            assert _read(action["text"]) in pages[action["ref"]].heading


def test_the_page_of_the_plan_says_all_that_the_ledger_does(plan: Found, page: Read) -> None:
    """A panel member reads one page, and trusts that there is no other text behind it."""
    text = page.text
    assert page.heading == plan["title"]
    for area in plan["areas"]:
        assert f"{area['number']}. {_read(area['title'])}" in text
        for statement in _statements(area):
            assert _read(statement["text"]) in text
        for action in area["actions"]:
            leads = ", ".join(lead["name"] for lead in action["leads"]) or TBC
            head = _read(f"{action['ref']} {action['text']} Led by {leads}")
            assert f"{head} Still to be defined" in text if action["placeholder"] else head in text
    for milestone in _milestones(plan):
        if milestone["text"] != "TBC":
            assert _read(f"{milestone['ref']} {milestone['text']}") in text


def test_no_line_of_the_document_is_missing(page: Read, pages: Mapping[str, Read]) -> None:
    """Every line of it stands on some page as it was printed, its introduction too."""
    (path,) = (examples() / PLYMOUTH).glob("*.txt")
    lines = path.read_text(encoding="utf-8").splitlines()
    quoted = [said(x) for read in pages.values() for x in read.all("//blockquote")]
    shown = _plain(" ".join([said(page.one("//*[@id='introduction']")), *quoted]))
    significant = [line for line in map(_plain, lines) if line]
    assert len(significant) > 270
    missing = [line for line in significant if line not in shown]
    assert set(missing) <= HEADINGS


def test_the_introduction_is_on_the_page_of_the_plan_and_found_by_its_words(
    plymouth: Room, plan: Found, page: Read
) -> None:
    """Which bodies oversee the plan is said there and nowhere else."""
    introduction = page.one("//details[div[@id='introduction']]")
    assert said(introduction.xpath("./summary")[0]) == "The document's introduction"
    assert [said(x) for x in introduction.xpath(".//p")] == plan["introduction"]
    assert len(plan["introduction"]) == 12
    found = plymouth.get("/search?q=Ambitious+Plymouth+Scrutiny+Panel")
    assert found.links[f"Plan {PLYMOUTH}"] == f"/plans/{PLYMOUTH}#introduction"


def test_a_lead_to_be_confirmed_is_not_nobody(plan: Found, pages: Mapping[str, Read]) -> None:
    """The document prints TBC for two leads: nobody left there, and somebody is to be named."""
    awaited = [a for area in plan["areas"] for a in area["actions"] if a["leadToBeConfirmed"]]
    assert [action["ref"] for action in awaited] == ["4.2", "10.2"]
    for action in awaited:
        assert pages[action["ref"]].facts()["Led by"] == TBC
        (milestone,) = action["milestones"]
        assert pages[milestone["ref"]].facts()["Led by"] == f"{TBC} (as its action)"
    assert all("Nobody" not in read.facts().get("Led by", "") for read in pages.values())


def test_every_date_to_be_confirmed_says_so(plan: Found, page: Read) -> None:
    """TBC is no word of English, and it must not look like a date that was forgotten either."""
    cells = _target_dates(page)
    unconfirmed = [x for x in _milestones(plan) if x["targetDate"]["__typename"] == "ToBeConfirmed"]
    assert len(unconfirmed) == 26
    for milestone in unconfirmed:
        assert cells[milestone["ref"]].startswith("To be confirmed")
    tbc = [x for x in _milestones(plan) if x["text"].upper() == "TBC"]
    assert len(tbc) == 8
    for milestone in tbc:
        assert f"{milestone['ref']} To be confirmed printed “TBC” Still to be defined" in page.text
    outside = re.sub(r"printed “[^”]*”", "", " ".join(cells.values()))
    assert "tbc" not in outside.lower()


def test_no_date_gains_a_day_that_it_did_not_have(
    plan: Found, page: Read, pages: Mapping[str, Read]
) -> None:
    """ "March 2015" is a month: it is due by its last day, and is never said to be that day."""
    cells = _target_dates(page)
    for milestone in _milestones(plan):
        ref, label = milestone["ref"], milestone["targetDate"]["label"]
        facts = pages[ref].facts()
        assert cells[ref].startswith(label)
        assert facts["Target date"].startswith(label)
        assert not DAY.search(cells[ref] + facts["Target date"])
        assert bool(milestone["dueBy"]) == bool(DAY.search(facts["Due by, calculated"]))
    assert len([x for x in _milestones(plan) if x["targetDate"]["label"] == "March 2015"]) >= 12


def test_the_pattern_of_a_day_finds_one() -> None:
    """A pattern that never matches would let everything pass."""
    assert DAY.search("31 March 2015")
    assert not DAY.search("March 2015")


def _target_dates(page: Read) -> dict[str, str]:
    """Give what stands under "Target date" of each milestone, by its ref."""
    found: dict[str, str] = {}
    for table in page.all("//section[@class='area']/table"):
        head, *body = rows(table)
        assert head == ["Milestone", "Target date", "Due by, calculated", "Delivery"]
        found |= {row[0].split()[0]: row[1] for row in body if len(row) == len(head)}
    assert len(found) == 70
    return found
