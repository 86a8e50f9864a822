"""The register: milestones of every plan, ordered, counted and cut by what one looks for."""

from typing import Any

import pytest

from planledger.domain.delivery import Delivery
from planledger.events.values import Rating
from tests.support.face import Asker, Face, code_of, paged

REGISTER = """query($filter: MilestoneFilter, $order: MilestoneOrder! = PLAN, $first: Int! = 100,
  $after: String) { ledger { milestones(filter: $filter, order: $order, first: $first,
  after: $after) { totalCount edges { node { id ref dueBy delivery rating { rating }
  withdrawn { on } timeliness leads { ref } } } pageInfo { hasNextPage endCursor } } } }"""


def _page(asker: Asker, **asked: Any) -> dict[str, Any]:
    page: dict[str, Any] = asker.ask(REGISTER, **asked)["ledger"]["milestones"]
    return page


def _all(asker: Asker, **asked: Any) -> list[dict[str, Any]]:
    return [edge["node"] for edge in paged(lambda after: _page(asker, **asked, after=after))]


def test_the_whole_register_is_counted_whatever_the_size_of_a_page(northbridge: Asker) -> None:
    """A page of ten under a heading "of 124" is what every register shows."""
    everything = _all(northbridge)
    for first in (1, 10, 100):
        assert _page(northbridge, first=first)["totalCount"] == len(everything) > 50
        assert _all(northbridge, first=first) == everything


def test_by_due_day_what_has_none_comes_last_and_none_is_lost(northbridge: Asker) -> None:
    """A delivery lead works from the top down."""
    in_order = _all(northbridge, order="DUE", first=7)
    days = [one["dueBy"] or "9999" for one in in_order]
    assert days == sorted(days)
    assert days[0] < days[-1] == "9999"
    refs = [one["id"] for one in _all(northbridge)]
    assert sorted(one["id"] for one in in_order) == sorted(refs)
    # Among equals the order is that of the plan.
    undated = [one["id"] for one in in_order if one["dueBy"] is None]
    assert undated == [ref for ref in refs if ref in set(undated)]


@pytest.mark.parametrize("delivery", [each.name for each in Delivery])
def test_it_is_cut_by_delivery(northbridge: Asker, delivery: str) -> None:
    """Each milestone is under exactly one state of delivery."""
    wanted = _all(northbridge, filter={"delivery": [delivery]})
    assert wanted == [one for one in _all(northbridge) if one["delivery"] == delivery]
    assert _page(northbridge, filter={"delivery": [delivery]}, first=1)["totalCount"] == len(wanted)


@pytest.mark.parametrize("rating", [each.name for each in Rating])
def test_it_is_cut_by_the_last_rating(northbridge: Asker, rating: str) -> None:
    """ "Which are red?" asks for the last review's judgement and no earlier one."""
    everything = _all(northbridge)
    wanted = _all(northbridge, filter={"rating": [rating]})
    assert wanted == [one for one in everything if (one["rating"] or {}).get("rating") == rating]


def test_it_is_cut_by_due_day_lead_and_withdrawal_all_at_once(northbridge: Asker) -> None:
    """Every part of a filter must hold."""
    everything = _all(northbridge)
    lead = next(one["leads"][0]["ref"] for one in everything if one["leads"])
    wanted = {"dueBefore": "2025-01-01", "lead": lead, "withdrawn": False, "plan": "northbridge"}
    assert [one["id"] for one in _all(northbridge, filter=wanted)] == [
        one["id"]
        for one in everything
        if (one["dueBy"] or "9999") < "2025-01-01"
        and {"ref": lead} in one["leads"]
        and one["timeliness"]
    ]
    gone = _all(northbridge, filter={"withdrawn": True})
    assert gone
    assert all(one["timeliness"] is None for one in gone)
    assert _page(northbridge, filter={"plan": "nowhere"})["totalCount"] == 0


def test_it_is_cut_by_action_by_vacancy_and_by_a_span_of_due_days(northbridge: Asker) -> None:
    """What is due this quarter, and what of it nobody leads."""
    everything = _all(northbridge)
    first, last = "2025-01-01", "2025-04-01"
    then = _all(northbridge, filter={"dueFrom": first, "dueBefore": last})
    assert then == [one for one in everything if first <= (one["dueBy"] or "") < last]
    assert 0 < len(then) < len(everything)
    assert _all(northbridge, filter={"dueFrom": then[0]["dueBy"], "action": "9.9"}) == []
    for action in ("1.1", "2.3"):
        own = _all(northbridge, filter={"action": action})
        assert own == [one for one in everything if one["ref"].startswith(f"{action}/")]
        assert own
    vacant = _all(northbridge, filter={"vacant": True})
    assert vacant == [one for one in everything if not one["leads"]]
    assert vacant + _all(northbridge, filter={"vacant": False}) != vacant
    assert len(_all(northbridge, filter={"vacant": False})) + len(vacant) == len(everything)


def test_it_is_looked_through_for_words(northbridge: Asker) -> None:
    """People remember what a milestone said, and not its number."""
    shown = """{ ledger { milestones(first: 100) { nodes { ref text } }
      plan(ref: "northbridge") { areas { actions { text milestones { ref } } } } } }"""
    ledger = northbridge.ask(shown)["ledger"]
    above = {
        milestone["ref"]: action["text"]
        for area in ledger["plan"]["areas"]
        for action in area["actions"]
        for milestone in action["milestones"]
    }
    for text in ("protocol", "PROTOCOL agreed", "agreed protocol", "  ", "nothing of this name"):
        words = text.lower().split()
        assert [one["ref"] for one in _all(northbridge, filter={"text": text})] == [
            one["ref"]
            for one in ledger["milestones"]["nodes"]
            if all(word in f"{one['text']} {above[one['ref']]}".lower() for word in words)
        ], text
    assert 0 < len(_all(northbridge, filter={"text": "protocol agreed"})) < len(above)
    error = northbridge.error(REGISTER, filter={"text": "a" * 101})
    assert code_of(error) == "ARGUMENT_OUT_OF_BOUNDS"


def test_a_cursor_holds_when_the_order_or_the_filter_changes(face: Face) -> None:
    """The cursor names a milestone, and whoever comes after it comes after it."""
    face.begin()
    for text in ("Second", "Third"):
        face.done("milestonePropose", {"plan": "alpha", "action": "1.1", "text": text})
    face.done("targetDateSet", {"plan": "alpha", "milestone": "1.1/3", "date": "2026-06"})
    assert [one["ref"] for one in _all(face, first=1)] == ["1.1/1", "1.1/2", "1.1/3"]
    assert [one["ref"] for one in _all(face, first=1, order="DUE")] == ["1.1/3", "1.1/1", "1.1/2"]
    first = _page(face, first=1)["pageInfo"]["endCursor"]
    after = _page(face, order="DUE", after=first)["edges"]
    assert [edge["node"]["ref"] for edge in after] == ["1.1/2"]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"first": 0}, "PAGE_SIZE"),
        ({"first": 101}, "PAGE_SIZE"),
        ({"after": "x"}, "CURSOR_UNKNOWN"),
    ],
)
def test_a_page_that_cannot_be_cut_is_refused(face: Face, asked: dict[str, Any], code: str) -> None:
    """As in every other list."""
    face.begin()
    error = face.error(REGISTER, **asked)
    assert code_of(error) == code
