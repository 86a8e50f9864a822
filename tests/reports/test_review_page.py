"""A review: as reported, as now known, and every difference between the two."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from planledger.storage.sqlite import SqliteStore
from tests.support.ledgers import SettableClock
from tests.support.program import invoke
from tests.support.reading_room import Read, Room, reading_file, rows, said

REVIEWS = "/plans/northbridge/reviews"
RESTATED = """{ restatements(plan: "northbridge", review: "board-2024-q3", first: 100,
  figures: PUBLIC) { nodes { ref title before after causes { position } } } }"""
SEEN = """query($review: String!) { ledger { plan(ref: "northbridge") { review(ref: $review) {
  ratings { item rating meaning rationale }
  challenges { text answer answeredOn responseDue }
  asReported { plan(ref: "northbridge") { totals { overdue milestones signedOff }
    kpis { ref definition { name } series { period { label } public { value symbol } } } } }
} } } }"""


@pytest.fixture(name="page", scope="module")
def _page(room: Room) -> Read:
    """Give the third review of 2024, of which three things are known otherwise now."""
    return room.get(f"{REVIEWS}/board-2024-q3")


@pytest.fixture(name="seen", scope="module")
def _seen(room: Room) -> dict[str, Any]:
    """Give the same review as GraphQL answers it."""
    found = room.ask(SEEN, review="board-2024-q3")["ledger"]["plan"]["review"]
    return dict(found)


def _restated(page: Read) -> list[list[str]]:
    part = page.part("What was reported otherwise than it is now known")
    return [row for table in part.xpath(".//table") for row in rows(table)[1:]]


def test_its_restatements_are_those_of_graphql_and_of_the_command(
    room: Room, page: Read, northbridge_file: Path
) -> None:
    """Three faces of one answer: a clerk, a panel and an analyst must not read different ones."""
    asked = room.ask(RESTATED)["restatements"]["nodes"]
    told = _restated(page)
    assert len(told) == len(asked) == 3
    for row, one in zip(told, asked, strict=True):
        assert one["title"] in row[0]
        for cell, lines in ((row[2], one["before"] or ["Nothing"]), (row[3], one["after"])):
            assert cell == "".join(lines)
        for cause in one["causes"]:
            assert f"entry {cause['position']}" in row[4]
    printed = invoke(
        *("restatements", "northbridge", "northbridge/board-2024-q3", "--ledger"),
        f"sqlite:///{northbridge_file}",
        folder=northbridge_file.parent,
    )
    assert printed.returncode == 0, printed.stderr
    assert "2 corrections of the record; 1 learned late" in " ".join(printed.stdout.split())
    assert "2 corrections of the record, and 1 thing recorded only after" in page.text


def test_totals_stand_side_by_side_with_what_differs(room: Room, seen: dict[str, Any]) -> None:
    """A director signs what was reported; what is known now stands beside it, not in its place."""
    page = room.get(f"{REVIEWS}/board-2024-q3")
    (table,) = page.part("As reported, and as now known").xpath(".//table")
    told = {row[0]: row[1:] for row in rows(table)[1:]}
    totals = seen["asReported"]["plan"]["totals"]
    assert told["Milestones"][0] == str(totals["milestones"])
    assert told["Milestones overdue (calculated)"][0] == str(totals["overdue"])
    assert told["Milestones signed off"][0] == str(totals["signedOff"])


def test_a_kpi_is_shown_as_the_review_saw_it_and_as_now_known(page: Read) -> None:
    """The panel judged 89.9%; it had been keyed in wrongly."""
    (table,) = page.part("KPIs as the review saw them").xpath(".//table")
    told = {row[0]: row[1:] for row in rows(table)[1:]}
    assert told["Re-referrals within twelve months"][:3] == [
        "Q2 2024-25", "26.7% provisional", "22%",
    ]  # fmt: skip
    supervision = told["Supervision held on time"]
    assert supervision[1] == "89.9% provisional"
    assert supervision[4].startswith("79.9, provisional")
    assert supervision[4].endswith("put right since")
    assert told["Health assessments completed on time"][4].endswith("recorded since")


def test_a_figure_that_is_hidden_has_neither_number_nor_standing(room: Room) -> None:
    """How a hidden figure stands to its target tells how large it is."""
    page = room.get(f"{REVIEWS}/board-2025-q3")
    (table,) = page.part("KPIs as the review saw them").xpath(".//table")
    told = {row[0]: row[1:] for row in rows(table)[1:]}
    row = told["Care leavers who moved into emergency accommodation"]
    assert row[1].startswith("c (suppressed)")
    assert row[3] == "not shown"


def test_ratings_say_what_they_mean_and_challenges_how_they_were_answered(
    page: Read, seen: dict[str, Any]
) -> None:
    """Amber means what the key says, and a challenge is not closed by silence."""
    (table,) = page.part("Ratings").xpath(".//table")
    told = rows(table)[1:]
    assert len(told) == len(seen["ratings"])
    for row, one in zip(told, seen["ratings"], strict=True):
        assert row[0].split()[0] == one["item"]
        assert row[1:4] == [
            one["rating"].capitalize(),
            one["meaning"],
            one["rationale"] or "None was stated",
        ]
    challenges = said(page.part("Challenges"))
    for one in seen["challenges"]:
        assert one["text"] in challenges
        assert one["answer"] in challenges


def test_an_unanswered_challenge_says_so_and_since_when(room: Room) -> None:
    """What nobody answered is what the next panel asks about first."""
    page = room.get(f"{REVIEWS}/scrutiny-2025-q3")
    assert "Not answered yet" in said(page.part("Challenges"))


def test_it_leads_to_the_plan_at_both_points_and_to_what_changed(page: Read) -> None:
    """Every number on it can be followed to where it comes from."""
    assert page.links["as reported"] == "/plans/northbridge?known=board-2024-q3"
    assert page.links["as now known of that day"] == "/plans/northbridge?on=2024-10-14"
    changes = "/plans/northbridge/changes?from=board-2024-q2&to=board-2024-q3"
    assert page.links["since Q2 2024, the review before"] == changes
    assert page.links["PDF"] == f"{REVIEWS}/board-2024-q3/report.pdf"


def test_the_list_of_reviews_has_them_all_by_forum(room: Room) -> None:
    """Two bodies review the plan, each in a series of its own."""
    page = room.get(REVIEWS)
    board = page.part("Improvement Board").xpath(".//table")[0]
    told = rows(board)[1:]
    assert [row[0].split()[0:2] for row in told][-1] == ["Q1", "2024"]
    assert len(told) == 8
    assert told[-1][6] == "The first"
    assert "entry 788" in said(board)


def test_a_review_that_there_is_not_names_those_that_are_called_like_it(room: Room) -> None:
    """A wrong address is most often a slip of the pen."""
    page = room.get(f"{REVIEWS}/bord-2024-q3", status=404)
    assert "board-2024-q3" in page.text


@pytest.fixture(name="small")
def _small(tmp_path: Path) -> Iterator[Room]:
    """Give a plan with a forum, and a review that is still open."""
    clock, path = SettableClock(), tmp_path / "small.db"
    with closing(SqliteStore(path, clock, create=True)):
        pass
    with reading_file(path, clock) as room:
        room.done("planDraft", plan="small", title="A small plan")
        room.done(
            "forumEstablish",
            plan="small",
            forum="board",
            name="The Board",
            remit="All",
            everyMonths=3,
        )
        clock.now += timedelta(days=40)
        given = {"review": "q1", "forum": "board", "label": "Q1", "asAt": str(clock.now.date())}
        room.done("reviewOpen", plan="small", **given)
        yield room


def test_an_open_review_says_what_it_does_not_have_yet(small: Room) -> None:
    """A page that leaves parts out must say why, or one takes it for broken."""
    page = small.get("/plans/small/reviews/q1")
    assert "This review is still open." in page.text
    assert "no plan as reported, no restatements and no paper yet" in page.text
    assert "PDF" not in page.links
    assert "This review gave no rating yet" in page.text
    assert "Still open" in small.get("/plans/small/reviews").text


def test_a_review_of_which_nothing_was_restated_says_so(small: Room) -> None:
    """Nothing to tell is told."""
    small.done("reviewClose", plan="small", review="q1")
    page = small.get("/plans/small/reviews/q1")
    assert "what the review was told is what is known of that day now" in page.text
    assert "The plan had no KPI at this review." in page.text


def test_a_plan_without_reviews_says_what_comes_first(plymouth: Room) -> None:
    """An empty list must say what it means."""
    assert "No body reviews this plan yet." in plymouth.get("/plans/plymouth-2015/reviews").text
