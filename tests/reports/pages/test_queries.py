"""The page of queries: what awaits a person first, and what was decided below."""

from pathlib import Path

import pytest

from planledger.storage.sqlite import SqliteStore
from tests.support.ledgers import SettableClock
from tests.support.reading_room import Read, Room, reading, said

ASKED = """query($open: Boolean!) { ledger { plan(ref: "northbridge") { queries(open: $open) {
  ref item line question taken instead resolution } } } }"""


def _cards(page: Read, resolved: str) -> dict[str, dict[str, str]]:
    """Give the facts of every card in a part of the page, by its question."""
    cards = page.all(f"//section[@class='card'][{resolved}(preceding::h2[@id='resolved'])]")
    return {
        said(card.xpath("./h3")[0]): {
            said(term): said(term.getnext()) for term in card.xpath(".//dt")
        }
        for card in cards
    }


def test_open_queries_come_with_both_readings_and_how_long_they_wait(room: Room) -> None:
    """Somebody has to decide; they need both readings, the place and the age."""
    page = room.get("/plans/northbridge/queries")
    asked = room.ask(ASKED, open=True)["ledger"]["plan"]["queries"]
    cards = _cards(page, "not")
    assert cards.keys() == {query["question"] for query in asked}
    for query in asked:
        card = cards[query["question"]]
        assert card["How it was read"] == query["taken"]
        assert card["What it could be instead"] == query["instead"]
        assert query["item"] in card["What it is about"]
        assert query["line"] is None or f"line {query['line']}" in card["What it is about"]
        assert " day" in card["Open for"]
    assert f"Awaiting a person: {len(asked)}" in page.text


def test_resolved_queries_say_what_was_decided(room: Room) -> None:
    """Nobody asks twice what was decided two years ago."""
    page = room.get("/plans/northbridge/queries")
    asked = room.ask(ASKED, open=False)["ledger"]["plan"]["queries"]
    cards = _cards(page, "boolean")
    assert cards.keys() == {query["question"] for query in asked}
    for query in asked:
        assert cards[query["question"]]["What was decided"] == query["resolution"]


def test_at_an_earlier_point_what_is_resolved_now_was_open(room: Room) -> None:
    """The panel of that day had more to decide."""
    now = _cards(room.get("/plans/northbridge/queries"), "not")
    then = _cards(room.get("/plans/northbridge/queries", known="@300", on="2024-02-01"), "not")
    assert len(then) > len(now)


def test_every_query_of_the_real_plan_is_shown(plymouth: Room) -> None:
    """What the reader of a document could not decide must reach a person, all of it."""
    page = plymouth.get("/plans/plymouth-2015/queries")
    found = plymouth.ask('{ ledger { plan(ref: "plymouth-2015") { queries { question } } } }')
    queries = found["ledger"]["plan"]["queries"]
    assert len(queries) > 10
    for query in queries:
        assert " ".join(query["question"].split()) in page.text


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "=1+1", "\u202eabc", "x" * 10_000])
def test_texts_that_people_wrote_stay_texts(tmp_path: Path, text: str) -> None:
    """A query quotes documents of anybody."""
    clock = SettableClock()
    with reading(SqliteStore(tmp_path / "plans.db", clock, create=True), clock) as room:
        room.done("planDraft", plan="alpha", title=text)
        room.done("queryRaise", plan="alpha", question=text, taken=text, instead=text)
        page = room.get("/plans/alpha/queries")
        assert said(page.one("//main//h3")) == text
        assert list(_cards(page, "not")[text].values())[:2] == [text, text]
        assert len(page.all("//script")) == 1
        assert "The plan as a whole" in page.text


def test_a_plan_without_queries_says_so(tmp_path: Path) -> None:
    """An empty list could as well be a broken one."""
    clock = SettableClock()
    with reading(SqliteStore(tmp_path / "plans.db", clock, create=True), clock) as room:
        room.done("planDraft", plan="alpha", title="A plan")
        assert "No query was raised" in room.get("/plans/alpha/queries").text
        assert "There is no plan 'beta'" in room.get("/plans/beta/queries", status=404).text
