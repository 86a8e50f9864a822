"""The search page: what matched is marked, links lead there, and nothing found says what to try."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from planledger.storage.sqlite import SqliteStore
from tests.support.ledgers import SettableClock
from tests.support.reading_room import Read, Room, reading, said

HOSTILE = "<script>alert('x')</script> =1+1 \u202eesrever\u202c עברית"


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Room]:
    """Give two plans, the first with names and texts of all kinds."""
    clock = SettableClock()
    with reading(SqliteStore(tmp_path / "plans.db", clock, create=True), clock) as room:

        def do(mutation: str, plan: str = "alpha", **given: Any) -> None:
            room.done(mutation, plan=plan, **given)

        do("planDraft", title="Plan & one")
        do("areaAdd", number="1", title="Children’s social care")
        do("actionAdd", area="1", ref="1.1", text=HOSTILE)
        do("milestonePropose", action="1.1", text="Train Zoë’s team")
        do("partyRegister", kind="PERSON", name="Jürgen Groß")
        do("planDraft", plan="beta", title="Plan two")
        do("areaAdd", plan="beta", number="1", title="Children’s homes")
        yield room


def _hits(page: Read) -> list[tuple[str, str]]:
    """Give what every hit leads to, and what it says."""
    hits = page.all("//ol[@class='hits']/li")
    return [(hit.xpath(".//a")[0].get("href"), said(hit.xpath("./p")[1])) for hit in hits]


def _marked(page: Read) -> list[str]:
    return [mark.text_content() for mark in page.all("//mark")]


def test_what_matched_is_marked_and_leads_to_where_it_stands(room: Room) -> None:
    """A person sees why it is there, and gets there with one press."""
    page = room.get("/search", q="re-referrals")
    assert set(_marked(page)) == {"Re-referrals", "re-referrals"}
    targets = [target for target, _ in _hits(page)]
    assert targets[0] == "/plans/northbridge/kpis/re-referrals"
    assert "/plans/northbridge/items/3.5/1" in targets
    assert "/plans/northbridge/reviews/board-2024-q4" in targets
    assert len(targets) == 7
    assert "7 results" in page.text


@pytest.mark.parametrize(
    "q", ["2.3", "frost", "board", "re-referrals", "northbridge", "exit interviews", "audit"]
)
def test_every_link_leads_to_a_page(room: Room, q: str) -> None:
    """A result that leads nowhere is worse than none."""
    targets = {target.partition("#")[0] for target, _ in _hits(room.get("/search", q=q))}
    assert targets
    for target in targets:
        room.get(target)


def test_a_lead_is_found_by_name_with_what_they_lead(room: Room) -> None:
    """ "What is hers?" is asked by name."""
    page = room.get("/search", q="Frost", plan="northbridge")
    assert set(_marked(page)) == {"Frost"}
    assert "Led by: Delia Frost" in page.text
    assert "/plans/northbridge/items/2.3" in {target for target, _ in _hits(page)}


def test_a_challenge_is_said_with_its_review_as_people_call_it(room: Room) -> None:
    """The short name of a review is for addresses."""
    text = room.get("/search", q="audited", plan="northbridge").text
    assert "Challenge at Improvement Board, Q3 2024" in text


def test_the_point_goes_with_the_search_and_with_its_links(room: Room) -> None:
    """Who looks at the plan as the panel had it stays there."""
    page = room.get("/search", q="2.3", plan="northbridge", known="board-2024-q1")
    assert "As reported to" in page.text
    assert all("known=board-2024-q1" in target for target, _ in _hits(page))
    hidden = page.all("//main//form//input[@type='hidden']")
    assert [(i.get("name"), i.get("value")) for i in hidden] == [("known", "board-2024-q1")]


@pytest.mark.parametrize(
    ("q", "marked"),
    [
        ("zoe's", ["Zoë’s"]),
        ("JURGEN GROSS", ["Jürgen", "Groß"]),
        ("script", ["script", "script"]),
        ("<script>alert('x')</script>", ["script>alert('x')</script"]),
        ("עברית", ["עברית"]),
        ("esrever", ["esrever"]),
        ('"children\'s" care', ["Children’s", "care"]),
    ],
)
def test_marks_stand_in_the_text_as_it_was_written(two: Room, q: str, marked: list[str]) -> None:
    """Umlauts, quotes, marks of direction and HTML are text, and are cut at the right place."""
    page = two.get("/search", q=q)
    assert _marked(page) == marked
    assert len(page.all("//script")) == 1
    assert "<script>alert" not in page.html
    box = page.one("//main//input[@name='q']")
    assert box.get("value") == q


def test_it_looks_in_all_plans_or_in_one_and_says_in_which(two: Room) -> None:
    """A ledger holds the plans of years."""
    page = two.get("/search", q="children's")
    assert [target for target, _ in _hits(page)] == ["/plans/alpha/items/1", "/plans/beta/items/1"]
    assert "Plan & one" in page.text
    only = two.get("/search", q="children's", plan="beta")
    assert [target for target, _ in _hits(only)] == ["/plans/beta/items/1"]
    (chosen,) = only.all("//select[@name='plan']/option[@selected]")
    assert chosen.get("value") == "beta"


def test_the_box_at_the_top_looks_in_the_plan_one_is_in_at_the_point_one_is_at(room: Room) -> None:
    """Who reads a plan as a panel saw it asks where a word stood then, and there."""
    page = room.get("/plans/northbridge/kpis", known="board-2024-q4")
    hidden = page.all("//form[@role='search']//input[@type='hidden']")
    assert [(one.get("name"), one.get("value")) for one in hidden] == [
        ("plan", "northbridge"),
        ("known", "board-2024-q4"),
    ]
    assert said(page.one("//form[@role='search']//label")) == "Search this plan"
    found = room.get("/search", q="audit", plan="northbridge", known="board-2024-q4")
    assert "IMPROVEMENT PLAN only." in found.text
    wider = room.get("/search" + found.links["Search all plans for the same"])
    assert wider.response.url.query == b"q=audit&known=northbridge/board-2024-q4"
    assert "As known when Improvement Board, Q4 2024 of northbridge closed" in wider.text
    for address in ("/", "/documents"):
        first = room.get(address)
        assert first.all("//form[@role='search']//input[@type='hidden']") == []
        assert said(first.one("//form[@role='search']//label")) == "Search all plans"


def test_nothing_found_says_so_and_what_to_try(two: Room) -> None:
    """An empty page leaves a tired clerk with nothing."""
    page = two.get("/search", q="unicorn <i>horn", plan="alpha", known="@3")
    assert "Nothing was found" in page.text
    assert "unicorn, i>horn" in page.text
    assert "fewer words" in page.text
    assert page.links["the same in all plans"] == "?q=unicorn+%3Ci%3Ehorn&known=@3"
    now = two.get("/search" + page.links["the same in what is known now"])
    assert now.all("//main//form//input[@type='hidden']") == []


def test_without_a_word_it_says_what_it_looks_through(two: Room) -> None:
    """The page is where people land who press the button first."""
    for query in ({}, {"q": "  "}):
        page = two.get(f"/search?q={query.get('q', '')}")
        assert "It looks through the introductions of plans, the numbers and texts" in page.text
    assert "There is no word in that" in two.get("/search", q='"…"').text


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        ("q=x&plan=gamma", 404, "There is no plan 'gamma'"),
        (f"q={'x' * 101}", 400, "101 characters, and 100 is the most"),
        (f"q={'x' * 10_000}", 400, "too long"),
        ("q=x&known=board-1", 400, "Say of which plan the review is"),
        ("q=x&on=soon", 400, "'soon' is not a day"),
        ("q=x&after=y", 400, "no cursor here"),
    ],
)
def test_what_cannot_be_looked_for_is_said(two: Room, query: str, status: int, says: str) -> None:
    """In one line, and what to do instead."""
    assert says in two.get(f"/search?{query}", status=status).text


def test_results_beyond_a_page_are_turned_over(room: Room) -> None:
    """Fifty to a page; the next goes on where it ended."""
    first = room.get("/search", q="the")
    second = room.get("/search" + first.links["Next page"].removesuffix("#found"))
    assert len(_hits(first)) == 50
    assert _hits(second)
    assert first.one("//h2[@id='found']").text == second.one("//h2[@id='found']").text


def test_an_empty_ledger_can_be_searched(tmp_path: Path) -> None:
    """The box is on every page from the first day."""
    clock = SettableClock()
    with reading(SqliteStore(tmp_path / "plans.db", clock, create=True), clock) as room:
        assert "Nothing in any plan says all of: board" in room.get("/search", q="board").text
