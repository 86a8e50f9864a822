"""The history of a thing: who set what, when, why and by what right, and what became of it."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest

from planledger.projections.changes.shapes import EntryStanding, Kind
from tests.support.face import Asker, Face, paged

ARGUMENTS = "$item: ID!, $field: ChangeTrack, $inside: Boolean! = false, $first: Int! = 100"
HISTORY = f"""query({ARGUMENTS}, $after: String) {{
  history(item: $item, field: $field, inside: $inside, first: $first, after: $after) {{ %s }} }}"""
WHO = "event { position type author { name } reason authority { forum meeting minute officer } }"
ENTRY = "event { position } lateDays standing inForceFrom by about"
CHANGES = "changes { what track before after slippage { label } }"
PAGE = "edges { cursor node { event { position } } } pageInfo { hasNextPage endCursor }"
AUTHORITY = {"forum": "board", "meeting": "2026-02-12", "minute": "4", "officer": None}


def _history(asker: Asker, shown: str, item: str, **asked: Any) -> dict[str, Any]:
    found: dict[str, Any] = asker.ask(HISTORY % shown, item=item, **asked)["history"]
    return found


def _nodes(asker: Asker, shown: str, item: str, **asked: Any) -> list[dict[str, Any]]:
    nodes: list[dict[str, Any]] = _history(asker, f"nodes {{ {shown} }}", item, **asked)["nodes"]
    return nodes


def _milestone(face: Face) -> str:
    plan = face.ask('{ ledger { plan(ref: "alpha") { milestones { id } } } }')["ledger"]["plan"]
    found: str = plan["milestones"][0]["id"]
    return found


def _dated(face: Face) -> None:
    """Record a milestone (4), its date (5), agree it by authority (6), and move the date (7)."""
    face.begin()
    face.done("targetDateSet", {"plan": "alpha", "milestone": "1.1/1", "date": "2026-06"})
    face.clock.now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    agreed = {"milestone": "1.1/1", "authority": AUTHORITY, "effectiveOn": "2026-02-20"}
    face.done("milestoneAgree", {"plan": "alpha", **agreed})
    moved = {"milestone": "1.1/1", "fromDate": "2026-06", "toDate": "2026-09"}
    face.done("targetDateMove", {"plan": "alpha", **moved, "reason": "Nobody was free."})


def test_a_milestones_history_says_who_did_what_why_and_by_whose_authority(face: Face) -> None:
    """ "I inherited 13.1: what was promised, by whom?" is what a new lead asks."""
    _dated(face)
    proposed, dated, agreed, moved = _nodes(face, f"{WHO} {CHANGES}", "alpha/1.1/1")
    assert [node["event"]["position"] for node in (proposed, dated, agreed, moved)] == list("4567")
    assert proposed["changes"][0]["what"] == "ADDED"
    assert dated["changes"] == [
        {
            "what": "DATE_SET", "track": "TARGET_DATE", "before": ["No date stated"],
            "after": ["June 2026"], "slippage": None,
        }
    ]  # fmt: skip
    assert agreed["event"]["author"] == {"name": "Ann Officer"}
    assert agreed["event"]["authority"] == AUTHORITY
    assert moved["event"]["reason"] == "Nobody was free."
    assert moved["changes"][0]["what"] == "SLIPPED"
    assert moved["changes"][0]["slippage"] == {"label": "3 months later"}


def test_an_entry_made_late_says_by_how_many_days(face: Face) -> None:
    """Agreed on 20 February and keyed in on 2 March is ten days late, and was in force before."""
    _dated(face)
    entries = _nodes(face, ENTRY, "alpha/1.1/1", field="AGREEMENT")
    assert entries == [
        {
            "event": {"position": "4"}, "lateDays": 0, "standing": "STANDS",
            "inForceFrom": "2026-02-12", "by": None, "about": None,
        },
        {
            "event": {"position": "6"}, "lateDays": 10, "standing": "STANDS",
            "inForceFrom": "2026-02-20", "by": None, "about": None,
        },
    ]  # fmt: skip


def test_one_track_tells_only_what_touches_it(face: Face) -> None:
    """ "How often has this date moved?" is not answered by everything else that happened."""
    _dated(face)
    entries = _nodes(face, f"event {{ position }} {CHANGES}", "alpha/1.1/1", field="TARGET_DATE")
    told = [(e["event"]["position"], [c["after"] for c in e["changes"]]) for e in entries]
    assert told == [
        ("4", [["No date stated"]]), ("5", [["June 2026"]]), ("7", [["September 2026"]])
    ]  # fmt: skip


def test_corrected_voided_and_future_entries_stay_in_the_history_and_say_so(face: Face) -> None:
    """Nothing is ever overwritten; what no longer counts must not look as if it did."""
    _dated(face)
    why = {"plan": "alpha", "reason": "It was keyed in wrongly."}
    change = {"field": "targetDate", "to": "2026-07"}
    moved = _nodes(face, "event { position }", "alpha/1.1/1")[-1]["event"]["position"]
    face.done("entryVoid", {**why, "entry": moved})
    face.done("entryCorrect", {**why, "entry": "5", "changes": [change]})
    later = {"milestone": "1.1/1", "fromDate": "2026-07", "toDate": "2026-12"}
    face.done("targetDateMove", {**why, **later, "effectiveOn": "2026-05-01"})
    entries = _nodes(face, ENTRY, "alpha/1.1/1", field="TARGET_DATE")
    assert [
        (e["event"]["position"], e["standing"], e["by"], e["about"], e["inForceFrom"])
        for e in entries
    ] == [
        ("4", "STANDS", None, None, "2026-02-12"),
        ("5", "CORRECTED", "9", None, "2026-02-12"),
        ("7", "VOID", "8", None, "2026-03-02"),
        ("8", "STANDS", None, "7", None),
        ("9", "STANDS", None, "5", "2026-02-12"),
        ("10", "AHEAD", None, None, "2026-05-01"),
    ]
    assert {entry["standing"] for entry in entries} == {each.name for each in EntryStanding}


def test_an_id_that_bears_its_basis_asks_for_the_history_as_known_there(face: Face) -> None:
    """An id copied out of last quarter's answer must not tell of what came after."""
    _dated(face)
    now = _milestone(face)
    then = face.ask(
        """{ ledger(knownAt: {position: "5"}, effectiveOn: "2026-02-28") { plan(ref: "alpha") {
          milestones { id } } } }"""
    )["ledger"]["plan"]["milestones"][0]["id"]
    assert then == f"{now}@5,2026-02-28"
    shown = "basis { position effectiveOn final } thingId kind nodes { event { position } }"
    known = _history(face, shown, then)
    assert known["basis"] == {"position": "5", "effectiveOn": "2026-02-28", "final": True}
    assert known["nodes"] == [{"event": {"position": "4"}}, {"event": {"position": "5"}}]
    assert (known["thingId"], known["kind"]) == (now, "MILESTONE")
    assert len(_nodes(face, ENTRY, now)) == 4


def test_inside_tells_also_of_what_is_under_an_item_and_about_it(face: Face) -> None:
    """ "Everything that ever happened in area 1" is one question."""
    _dated(face)
    raised = {"item": "1.1", "question": "Which board?", "taken": "This one", "instead": "That one"}
    face.done("queryRaise", {"plan": "alpha", **raised})
    face.done("areaAdd", {"plan": "alpha", "number": "2", "title": "Two"})
    alone = _nodes(face, "event { position }", "alpha/1")
    inside = _nodes(face, "event { position }", "alpha/1", inside=True)
    assert [entry["event"]["position"] for entry in alone] == ["2"]
    assert [entry["event"]["position"] for entry in inside] == list("2345678")


def test_everything_with_a_global_id_has_a_history_under_it(northbridge: Asker) -> None:
    """A client that holds an id, whatever of, can always ask how the thing came about."""
    plan = northbridge.ask(
        """{ ledger { plan(ref: "northbridge") { id
        areas { id objectives { id } actions { id milestones { id } } } parties { id } kpis { id }
        forums { id } reviews { id ratings { id } } ratingKeys { id } challenges { id }
        evidence { id } references { id } queries { id } versions { id } baselines { id }
        inspections { id }
        } } }"""
    )["ledger"]["plan"]
    ids = [plan["id"], plan["areas"][0]["objectives"][0]["id"]]
    ids += [
        plan["areas"][0]["actions"][0]["id"],
        plan["areas"][0]["actions"][0]["milestones"][0]["id"],
    ]
    ids += [plan["reviews"][0]["ratings"][0]["id"]]
    ids += [found[0]["id"] for found in plan.values() if isinstance(found, list)]
    kinds = set()
    for each in ids:
        found = _history(northbridge, f"kind thingId nodes {{ {WHO} {CHANGES} }}", each)
        assert found["nodes"], each
        assert found["nodes"][0]["changes"], each
        assert found["thingId"] in {each, None}
        kinds.add(found["kind"])
    assert len(kinds) == len(ids) == len(Kind)


@pytest.mark.parametrize("first", [1, 6, 100])
def test_pages_of_a_history_follow_each_other_and_no_entry_is_lost(
    northbridge: Asker, first: int
) -> None:
    """Whoever reads on finds the next entry, and each of them once."""
    ask = partial(_history, northbridge, PAGE, "northbridge/1", inside=True, first=first)
    edges = paged(lambda after: ask(after=after))
    positions = [int(edge["node"]["event"]["position"]) for edge in edges]
    assert positions == sorted(set(positions))
    assert len(positions) > 100
    listed = paged(
        lambda after: northbridge.ask(
            """query($after: Position) { events(plan: "northbridge", area: "1", after: $after) {
              edges { node { position } } pageInfo { hasNextPage endCursor } } }""",
            after=after,
        )["events"]
    )
    assert [int(edge["node"]["position"]) for edge in listed] == positions


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"item": "alpha/9"}, "UNKNOWN_ITEM"),
        ({"item": "alpha"}, "UNKNOWN_ITEM"),
        ({"item": ""}, "UNKNOWN_ITEM"),
        ({"item": "/"}, "UNKNOWN_ITEM"),
        ({"item": ":"}, "UNKNOWN_ITEM"),
        ({"item": "\0:\ud800/x"}, "UNKNOWN_ITEM"),
        ({"item": "alpha/\ud800"}, "UNKNOWN_ITEM"),
        ({"item": "\ud800/1.1"}, "UNKNOWN_PLAN"),
        ({"item": "beta/1.1"}, "UNKNOWN_PLAN"),
        ({"item": "Milestone:beta/x"}, "UNKNOWN_PLAN"),
        ({"item": "Milestone:alpha/x"}, "UNKNOWN_ITEM"),
        ({"item": "Milestone:alpha"}, "UNKNOWN_ITEM"),
        ({"item": "Plan:alpha/x"}, "UNKNOWN_ITEM"),
        ({"item": "Board:alpha/x"}, "UNKNOWN_ITEM"),
        ({"item": "RatingKey:alpha/x"}, "UNKNOWN_ITEM"),
        ({"item": "Plan:alpha@1"}, "UNKNOWN_ITEM"),
        ({"item": "Plan:alpha@1,2026-02-30"}, "UNKNOWN_ITEM"),
        ({"item": "Plan:alpha@999,2026-02-12"}, "POINT_IN_FUTURE"),
        ({"item": "Plan:alpha@1,9999-12-31"}, "DATE_IMPOSSIBLE"),
        ({"item": "a" * 10_000}, "UNKNOWN_ITEM"),
        ({"field": "READINGS"}, "UNKNOWN_FIELD"),
        ({"first": 0}, "PAGE_SIZE"),
        ({"first": 101}, "PAGE_SIZE"),
        ({"after": "3"}, "CURSOR_UNKNOWN"),
        ({"after": "changed::plan:::"}, "CURSOR_UNKNOWN"),
    ],
)
def test_what_names_nothing_is_refused_with_a_code_and_says_what_would(
    face: Face, asked: dict[str, Any], code: str
) -> None:
    """An empty history would say that nothing ever happened to it."""
    _dated(face)
    document = HISTORY % "nodes { standing }"
    assert face.refusal(document, **{"item": "alpha/1.1/1", **asked}) == code


def test_the_history_of_something_withdrawn_can_still_be_asked_for(face: Face) -> None:
    """What was dropped is what an inspector asks about."""
    _dated(face)
    named = _milestone(face)
    why = {"reason": "Over.", "authority": {"forum": "board"}}
    face.done("itemWithdraw", {"plan": "alpha", "item": "1.1/1", **why})
    for name in (named, "alpha/1.1/1"):
        assert _nodes(face, CHANGES, name)[-1]["changes"][0]["what"] == "WITHDRAWN"
