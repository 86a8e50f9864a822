"""The history of a thing as a timeline: who, when, why, and what became of each entry."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from planledger.storage.sqlite import SqliteStore
from tests.support.ledgers import SettableClock
from tests.support.reading_room import Read, Room, reading_file, said

HISTORY = "/plans/northbridge/history"
HOSTILE = "<script>alert('x')</script> =1+1 \u202eabc \u05d0"
ASKED = """query($item: ID!, $inside: Boolean! = false) {
  history(item: $item, first: 100, inside: $inside, figures: PUBLIC) {
    totalCount
    nodes {
      standing lateDays by about
      event { position reason author { name } }
      changes { before after } formerChanges { before after } } } }"""


@pytest.fixture(name="page", scope="module")
def _page(room: Room) -> Read:
    """Give the history of a milestone whose date was keyed in wrongly."""
    return room.get(f"{HISTORY}/6.3/2")


def _entry(page: Read, position: str) -> str:
    return said(page.one(f"//li[@id='entry-{position}']"))


def test_from_an_earlier_point_it_says_that_it_is_told_whole_and_leads_back(room: Room) -> None:
    """Who looks at what a review was told must not take later entries for known then."""
    item = room.get("/plans/northbridge/items/6.3/2", known="board-2024-q3")
    history = item.links["Its history: who, when, why and by whose authority"]
    assert history == f"{HISTORY}/6.3/2?known=board-2024-q3"
    page = room.get(history)
    assert "always told whole, up to now" in page.text
    back = "/plans/northbridge/items/6.3/2?known=board-2024-q3"
    assert page.links["Back to 6.3/2 at that point"] == back
    assert page.links["northbridge"] == "/plans/northbridge?known=board-2024-q3"
    assert "always told whole" not in room.get(f"{HISTORY}/6.3/2").text


def test_every_entry_of_the_answer_is_told_with_who_when_and_why(room: Room, page: Read) -> None:
    """An auditor reads the page and not the schema: what one has, the other has."""
    asked = room.ask(ASKED, item="northbridge/6.3/2")["history"]
    assert page.heading == "History of 6.3/2"
    assert f"{asked['totalCount']} entries" in page.text
    assert len(page.all("//ol[@class='timeline']/li")) == asked["totalCount"]
    for node in asked["nodes"]:
        told = _entry(page, node["event"]["position"])
        assert node["event"]["author"]["name"] in told
        assert (node["event"]["reason"] or "No reason was stated") in told
        for change in (*node["changes"], *node["formerChanges"]):
            for line in (*change["before"], *change["after"]):
                assert line in told or line == said(page.one("//p[@class='lead']"))


def test_what_was_wrong_is_struck_and_stays_readable_beside_what_put_it_right(page: Read) -> None:
    """A record that hides its mistakes is not believed."""
    wrong = page.one("//li[@id='entry-730']")
    assert "struck" in str(wrong.get("class"))
    assert "January 2026" in said(wrong.xpath(".//del")[1])
    assert said(wrong).count("Put right by entry 848") == 1
    assert [str(x.get("href")) for x in wrong.xpath(".//p/a")] == ["#entry-848"]
    right = page.one("//li[@id='entry-848']")
    assert "A correction of the record, about entry 730." in said(right)
    assert "Not a change of the plan" in said(right)
    assert right.xpath(".//del") == []


def test_a_late_entry_says_by_how_many_days(page: Read) -> None:
    """What was recorded weeks after the meeting is what an inspector looks for."""
    assert "1 day late" in _entry(page, "730")
    assert " late" not in _entry(page, "848").replace(" later", ""), "a correction is not"


def test_one_field_is_told_alone(room: Room) -> None:
    """Who led 2.3 on a given day is a question about one field."""
    page = room.get(f"{HISTORY}/2.3?field=lead")
    assert "about its lead" in page.text
    assert "Tom Achterberg" in page.text
    assert "Nobody" in page.text
    assert page.links["Everything about it"] == "?"
    under = room.get(f"{HISTORY}/2.3/2?field=lead")
    assert under.links["leads of 2.3"] == f"{HISTORY}/2.3?field=lead"


def test_what_is_under_an_item_is_told_on_request(room: Room) -> None:
    """A delivery lead wants all of an action at once."""
    asked = room.ask(ASKED, item="northbridge/2.3", inside=True)["history"]
    page = room.get(f"{HISTORY}/2.3?inside=yes")
    assert len(page.all("//ol[@class='timeline']/li")) == asked["totalCount"]
    assert "/plans/northbridge/items/2.3/2" in page.links.values()


@pytest.mark.parametrize(
    ("thing", "heading"),
    [
        ("re-referrals", "History of KPI: Re-referrals within twelve months"),
        ("board-2024-q3", "History of Review: Q3 2024 (board-2024-q3)"),
    ],
)
def test_other_things_have_a_history_too(room: Room, thing: str, heading: str) -> None:
    """A KPI's definition and a review's closing are decisions as well."""
    assert room.get(f"{HISTORY}/{thing}").heading == heading


def test_small_figures_are_hidden_in_the_history_of_their_kpi(room: Room) -> None:
    """Each figure that was ever published is there, and none that the public may not read."""
    page = room.get(f"{HISTORY}/emergency-accommodation?field=readings")
    assert "c (suppressed), final" in page.text
    for figure in ("4, provisional", "4, final", "1, provisional", "25, final", "25, provisional"):
        assert f" {figure}" not in page.text.replace("Says", " ").replace("now", " ")


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("9.9", "There is no '9.9' in northbridge"),
        ("1.1?field=colour", "There is no field 'colour'"),
        ("1.1?field=readings", "There is no field 'readings' of an action"),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(room: Room, address: str, says: str) -> None:
    """A wrong ref says so, and what there is instead."""
    assert says in room.get(f"{HISTORY}/{address}", status=404).text


@pytest.fixture(name="odd")
def _odd(tmp_path: Path) -> Iterator[Room]:
    """Give a plan whose texts mean harm, with a date that is agreed ahead."""
    clock, path = SettableClock(), tmp_path / "odd.db"
    with closing(SqliteStore(path, clock, create=True)):
        pass
    with reading_file(path, clock) as room:
        room.done("planDraft", plan="odd", title=HOSTILE)
        room.done("areaAdd", plan="odd", number="1", title=HOSTILE)
        room.done("actionAdd", plan="odd", area="1", ref="1.1", text=HOSTILE, reason=HOSTILE)
        room.done("milestonePropose", plan="odd", action="1.1", text=HOSTILE)
        room.done(
            "targetDateSet", plan="odd", milestone="1.1/1", date="2031-05",
            effectiveOn="2031-01-01", reason=HOSTILE, authority={"officer": HOSTILE},
        )  # fmt: skip
        yield room


@pytest.mark.parametrize(
    "page", ["history/1.1/1", "history/1?inside=yes", "changes", "events", "reviews"]
)
def test_texts_that_mean_harm_are_shown_as_they_were_written(odd: Room, page: str) -> None:
    """Everybody who records writes texts; nobody who reads may be harmed by one."""
    read = odd.get(f"/plans/odd/{page}")
    assert "<script>alert" not in read.html
    if page != "reviews":
        assert HOSTILE.split("\u202e", maxsplit=1)[0].strip() in read.text


def test_what_is_agreed_ahead_says_from_when(odd: Room) -> None:
    """It stands, and is not in force yet: both must be said."""
    page = odd.get("/plans/odd/history/1.1/1")
    assert "Agreed ahead: it takes effect on 1 January 2031" in page.text
    link = page.links["See 1.1/1 as it is to be on 1 January 2031"]
    assert link == "/plans/odd/items/1.1/1?on=2031-01-01"
    assert "May 2031" in odd.get(link).text
