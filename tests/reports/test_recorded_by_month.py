"""Counts by month, asked in GraphQL, are those of the entries themselves."""

from collections import Counter
from datetime import datetime

import pytest

from planledger.projections.points import LONDON
from tests.support.reading_room import Room

MONTHS = """query($at: LedgerPoint, $plan: PlanRef!) { ledger(knownAt: $at) {
  recordedByMonth(plan: $plan) { month entries lastPosition } } }"""
EVENTS = """query($after: Position) { events(plan: "northbridge", first: 100, after: $after) {
  pageInfo { hasNextPage } nodes { position recordedAt } } }"""


@pytest.fixture(name="recorded", scope="module")
def _recorded(room: Room) -> list[tuple[int, str]]:
    """Give the position of every entry, and the month in which it was recorded."""
    found: list[tuple[int, str]] = []
    more = True
    while more:
        page = room.ask(EVENTS, after=str(found[-1][0]) if found else None)["events"]
        for node in page["nodes"]:
            there = datetime.fromisoformat(node["recordedAt"]).astimezone(LONDON)
            found.append((int(node["position"]), f"{there:%Y-%m}"))
        more = page["pageInfo"]["hasNextPage"]
    return found


@pytest.mark.parametrize("position", [1, 310, 311, 500, 1_000, None])
def test_months_count_what_was_recorded_by_the_point(
    room: Room, recorded: list[tuple[int, str]], position: int | None
) -> None:
    """The bar over a plan must not be another history than the feed's."""
    at = {"position": str(position)} if position else None
    ledger = room.ask(MONTHS, plan="northbridge", at=at)["ledger"]
    # A position inside a commit stands for the whole of it.
    known = room.ask(
        "query($at: LedgerPoint) { ledger(knownAt: $at) { basis { position } } }", at=at
    )
    until = int(known["ledger"]["basis"]["position"])
    counts = Counter(month for place, month in recorded if place <= until)
    last = {month: place for place, month in recorded if place <= until}
    assert ledger["recordedByMonth"] == [
        {"month": month, "entries": count, "lastPosition": str(last[month])}
        for month, count in counts.items()
    ]


def test_a_plan_that_is_not_there_has_no_months(room: Room) -> None:
    """It is asked beside the plan itself, which is null then."""
    assert room.ask(MONTHS, plan="nowhere")["ledger"]["recordedByMonth"] == []
