"""Lists: pages of plans, milestones and events follow each other without loss; filters."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from planledger.events.catalogue import stored_name
from tests.support.face import Face, code_of

Ask = Callable[[int, str | None], dict[str, Any]]
PAGE = "nodes { %s } edges { cursor node { %s } } pageInfo { hasNextPage endCursor }"
MILESTONES = """query($first: Int!, $after: String, $filter: MilestoneFilter) { ledger {
  milestones(first: $first, after: $after, filter: $filter) { %s } } }"""
EVENTS = """query($first: Int!, $after: Position, $plan: PlanRef, $types: [EventType!]) {
  events(first: $first, after: $after, plan: $plan, types: $types) { %s } }"""


def _milestones(face: Face, shown: str, **wanted: Any) -> Ask:
    document = MILESTONES % (PAGE % (shown, shown))

    def ask(first: int, after: str | None) -> dict[str, Any]:
        data = face.ask(document, first=first, after=after, filter=wanted or None)
        page: dict[str, Any] = data["ledger"]["milestones"]
        return page

    return ask


def _events(face: Face, shown: str, **wanted: Any) -> Ask:
    document = EVENTS % (PAGE % (shown, shown))

    def ask(first: int, after: str | None) -> dict[str, Any]:
        page: dict[str, Any] = face.ask(document, first=first, after=after, **wanted)["events"]
        return page

    return ask


def _all(ask: Ask, first: int) -> list[dict[str, Any]]:
    """Follow the pages to the end."""
    found: list[dict[str, Any]] = []
    after = None
    while True:
        page = ask(first, after)
        assert [edge["node"] for edge in page["edges"]] == page["nodes"]
        assert len(page["nodes"]) <= first
        found += page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        assert page["pageInfo"]["endCursor"] == page["edges"][-1]["cursor"]
        after = page["pageInfo"]["endCursor"]


@pytest.mark.parametrize("first", [1, 7, 69, 70, 71, 100])
def test_pages_of_milestones_follow_each_other_without_loss(plymouth: Face, first: int) -> None:
    """A report made of pages must be the whole plan, whatever the size of a page."""
    refs = [node["ref"] for node in _all(_milestones(plymouth, "ref"), first)]
    whole = plymouth.ask('{ ledger { plan(ref: "plymouth-2015") { milestones { ref } } } }')
    assert refs == [node["ref"] for node in whole["ledger"]["plan"]["milestones"]]
    assert len(refs) == len(set(refs)) == 70


@pytest.mark.parametrize("first", [6, 100])
def test_pages_of_events_follow_each_other_without_loss(plymouth: Face, first: int) -> None:
    """An integration resumes from any position and misses nothing."""
    positions = [node["position"] for node in _all(_events(plymouth, "position"), first)]
    assert positions == [str(position) for position in range(1, plymouth.head() + 1)]


def test_pages_of_events_of_some_types_follow_each_other_without_loss(plymouth: Face) -> None:
    """What is filtered out lies between those asked for, and must not end the pages."""
    wanted = ["QUERY_RAISED", "DOCUMENT_IMPORTED"]
    found = _all(_events(plymouth, "position type", types=wanted), 7)
    assert [node["type"] for node in found[:2]] == ["document-imported.v1", "query-raised.v1"]
    every = _all(_events(plymouth, "position type"), 100)
    names = {"query-raised.v1", "document-imported.v1"}
    assert found == [node for node in every if node["type"] in names]
    assert _all(_events(plymouth, "position", types=[]), 100) == []


def test_pages_of_plans_follow_each_other_without_loss(face: Face) -> None:
    """The oldest comes first, so that a new one never moves the others between pages."""
    for ref in ("gamma", "alpha", "beta"):
        face.done("planDraft", {"plan": ref, "title": ref.title()})
    document = """query($first: Int!, $after: String) { ledger {
      plans(first: $first, after: $after) { %s } } }"""

    def ask(first: int, after: str | None) -> dict[str, Any]:
        data = face.ask(document % (PAGE % ("ref", "ref")), first=first, after=after)
        page: dict[str, Any] = data["ledger"]["plans"]
        return page

    for first in (1, 2, 3, 100):
        assert [node["ref"] for node in _all(ask, first)] == ["gamma", "alpha", "beta"]


def test_a_page_goes_on_after_a_milestone_that_was_renumbered_meanwhile(face: Face) -> None:
    """A cursor that is a ref would end the list there, and half a plan would look whole."""
    face.begin()
    for text in ("Second", "Third"):
        face.done("milestonePropose", {"plan": "alpha", "action": "1.1", "text": text})
    ask = _milestones(face, "text")
    cursor = ask(1, None)["pageInfo"]["endCursor"]
    face.done("itemRenumber", {"plan": "alpha", "item": "1.1", "to": "1.5"})
    assert [node["text"] for node in ask(9, cursor)["nodes"]] == ["Second", "Third"]


def test_a_page_goes_on_after_a_milestone_that_no_longer_passes_the_filter(face: Face) -> None:
    """Agreeing the last one of a page must not lose the pages after it."""
    face.begin()
    for text in ("Second", "Third"):
        face.done("milestonePropose", {"plan": "alpha", "action": "1.1", "text": text})
    ask = _milestones(face, "text", agreed=False)
    cursor = ask(1, None)["pageInfo"]["endCursor"]
    authority = {"authority": {"officer": "The director"}}
    face.done("milestoneAgree", {"plan": "alpha", "milestone": "1.1/1", **authority})
    assert [node["text"] for node in ask(9, cursor)["nodes"]] == ["Second", "Third"]


def test_two_milestones_of_one_ref_are_each_listed_once(face: Face) -> None:
    """A ref may be used again once its bearer is withdrawn; pages must not go round in circles."""
    face.begin()
    face.clock.now += timedelta(days=1)
    why = {"reason": "Over.", "authority": {"officer": "The director"}}
    face.done("itemWithdraw", {"plan": "alpha", "item": "1.1", **why})
    face.done("actionAdd", {"plan": "alpha", "area": "1", "ref": "1.1", "text": "Anew"})
    face.done("milestonePropose", {"plan": "alpha", "action": "1.1", "text": "First anew"})
    face.done("milestonePropose", {"plan": "alpha", "action": "1.1", "text": "Second anew"})
    found = _all(_milestones(face, "ref text"), 1)
    assert [(node["ref"], node["text"]) for node in found] == [
        ("1.1/1", "A board meets"),
        ("1.1/1", "First anew"),
        ("1.1/2", "Second anew"),
    ]


@pytest.mark.parametrize("field", ["plans", "milestones"])
def test_a_cursor_from_elsewhere_is_an_error_and_not_an_empty_page(face: Face, field: str) -> None:
    """An empty page would say that the list ends here."""
    face.begin()
    error = face.error(
        f'{{ ledger {{ {field}(first: 1, after: "elsewhere") {{ nodes {{ id }} }} }} }}'
    )
    assert code_of(error) == "CURSOR_UNKNOWN"
    assert error.path == ["ledger", field]


@pytest.mark.parametrize("first", [-1, 0, 101, 2_147_483_647])
@pytest.mark.parametrize(
    "field", ["ledger { plans(%s) { nodes { ref } } }", "events(%s) { nodes { position } }",
              "ledger { milestones(%s) { nodes { ref } } }"],
)  # fmt: skip
def test_a_page_holds_1_to_100(face: Face, field: str, first: int) -> None:
    """One question must not bring the service to its knees, nor quietly answer with less."""
    error = face.error("{ %s }" % (field % f"first: {first}"))
    assert code_of(error) == "PAGE_SIZE"
    assert "1 to 100" in error.message


def test_events_are_read_from_the_beginning_where_no_position_is_given(face: Face) -> None:
    """A client begins with no position of its own, and may say so with null."""
    face.begin()
    shown = "{ nodes { position } pageInfo { hasNextPage endCursor } }"
    for arguments in ("", "(after: null)", '(after: "0")', "(after: 0)", "(first: 100)"):
        page = face.ask(f"{{ events{arguments} {shown} }}")["events"]
        assert [node["position"] for node in page["nodes"]] == ["1", "2", "3", "4"]
        assert page["pageInfo"] == {"hasNextPage": False, "endCursor": "4"}
    page = face.ask(f'{{ events(after: "4") {shown} }}')["events"]
    assert page == {"nodes": [], "pageInfo": {"hasNextPage": False, "endCursor": None}}


def test_events_of_one_plan_leave_out_the_others(face: Face) -> None:
    """Positions keep their gaps, since they count the whole ledger."""
    face.begin("alpha")
    face.begin("beta")
    face.done("areaAdd", {"plan": "alpha", "number": "2", "title": "Two"})
    found = _all(_events(face, "position plan version", plan="alpha"), 2)
    assert [(n["position"], n["plan"], n["version"]) for n in found] == [
        *((str(n), "alpha", n) for n in range(1, 5)),
        ("9", "alpha", 5),
    ]
    assert _all(_events(face, "position", plan="\ud800"), 2) == []


def test_every_entry_shows_its_envelope(face: Face) -> None:
    """Who, when, why and by what right: an auditor asks that of each entry."""
    given = {"plan": "alpha", "title": "A plan", "reason": "Inspected", "commandId": "one"}
    authority = {"forum": "Board", "meeting": "2026-02-11", "minute": "4", "officer": None}
    face.done("planDraft", {**given, "authority": authority, "correlationId": "work-7"})
    shown = """position recordedAt plan version effectiveOn type reason commandId correlationId
      author { account name } authority { forum meeting minute officer } source { line }"""
    (node,) = _all(_events(face, f"__typename {shown}"), 1)
    assert node == {
        "__typename": "PlanDrafted",
        "position": "1",
        "recordedAt": "2026-02-12T12:00:00+00:00",
        "plan": "alpha",
        "version": 1,
        "effectiveOn": "2026-02-12",
        "type": "plan-drafted.v1",
        "reason": "Inspected",
        "commandId": "one",
        "correlationId": "work-7",
        "author": {"account": "officer-1", "name": "Ann Officer"},
        "authority": authority,
        "source": None,
    }


def test_the_feed_and_the_ledger_tell_the_same_of_every_entry(plymouth: Face) -> None:
    """The type shown is made from the event, its name from what is stored."""
    found = _all(_events(plymouth, "__typename type source { line }"), 100)
    entries = plymouth.ledger.events(limit=1_000)
    assert [(n["__typename"], n["type"]) for n in found] == [
        (type(entry.event).__name__, stored_name(type(entry.event))) for entry in entries
    ]
    lines = [node["source"] and node["source"]["line"] for node in found]
    sources = [entry.envelope.source for entry in entries]
    assert lines == [source.line if source else None for source in sources]
    assert sum(line is not None for line in lines) > 300


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ({}, 70),
        ({"plan": "plymouth-2015"}, 70),
        ({"plan": "elsewhere"}, 0),
        ({"area": "6"}, 16),
        ({"area": "1"}, 7),
        ({"area": "I"}, 7),
        ({"area": "99"}, 0),
        ({"definition": "STATED"}, 60),
        ({"definition": "UNDEFINED"}, 9),
        ({"definition": "CROSS_REFERENCE"}, 1),
        ({"agreed": True}, 0),
        ({"agreed": False}, 70),
        ({"timeliness": []}, 0),
        ({"timeliness": ["OVERDUE"]}, 42),
        ({"timeliness": ["OVERDUE", "NO_DATE"]}, 70),
        ({"timeliness": ["NO_DATE"], "area": "1"}, 4),
        ({"lead": "nobody"}, 0),
        ({"delivery": ["NOT_STARTED"]}, 70),
        ({"delivery": ["IN_PROGRESS", "ASSURED"]}, 0),
        ({"delivery": []}, 0),
        ({"rating": ["RED", "AMBER", "GREEN", "BLUE"]}, 0),
        ({"dueBefore": "2015-02-01"}, 7),
        ({"dueBefore": "2015-01-31"}, 1),
        ({"dueBefore": "2199-12-31"}, 42),
    ],
)
def test_a_filter_lets_through_what_meets_every_field_of_it(
    plymouth: Face, wanted: dict[str, Any], count: int
) -> None:
    """ "Which are overdue in my area" is the question of every month."""
    assert len(_all(_milestones(plymouth, "ref", **wanted), 100)) == count


def test_the_milestones_of_a_lead_are_their_own_and_those_of_their_actions(
    plymouth: Face,
) -> None:
    """ "What do I owe" must find what is inherited too."""
    every = _all(_milestones(plymouth, "ref leads { ref name }"), 100)
    ids = {lead["ref"] for node in every for lead in node["leads"]}
    assert len(ids) == 17
    for party in ids:
        found = _all(_milestones(plymouth, "ref leads { ref name }", lead=party), 3)
        assert found == [node for node in every if party in {lead["ref"] for lead in node["leads"]}]
        assert found
