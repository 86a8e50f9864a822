"""What changed between two points, and what was restated since a review, as anyone asks it."""

from collections import Counter
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest

from planledger.projections.changes.shapes import ChangeClass, Kind, Track
from tests.support.face import Asker, Face, paged

ARGUMENTS = """$from: LedgerPoint!, $to: LedgerPoint, $on: Date, $detail: ChangeDetail! = NET,
  $filter: ChangeFilter, $first: Int! = 100, $after: String, $plan: PlanRef! = "alpha" """
GIVEN = """plan: $plan, from: $from, to: $to, effectiveOn: $on, detail: $detail, filter: $filter,
  first: $first, after: $after"""
PAGE = "edges { cursor node { kind ref what } } pageInfo { hasNextPage endCursor }"
TOLD = "nodes { kind ref area track what isCorrection before after slippage { label } }"
TOTALS = "totals { changes corrections counts { what count } }"
BASES = "from { position effectiveOn review { ref } } to { position effectiveOn review { ref } }"
AUTHORITY = {"authority": {"forum": "board", "meeting": "2026-04-09", "minute": "7"}}
RARE = {"ALTERED", "DEFINED", "MOVED", "RATING_CHANGED", "TARGET_CHANGED", "UNDEFINED"}
"""Kinds of change that hardly any act leads to; those who classify changes test them."""
RARE_TRACKS = {"DETAILS", "ORIGIN", "PLACE"}
"""Tracks that only a correction changes, and that the two years have no correction of."""
Q1, Q2 = {"review": "alpha/q1"}, {"review": "alpha/q2"}


def _changes(asker: Asker, shown: str, **asked: Any) -> dict[str, Any]:
    document = f"query({ARGUMENTS}) {{ changes({GIVEN}) {{ {shown} }} }}"
    answer: dict[str, Any] = asker.ask(document, **asked)["changes"]
    return answer


def _refused(asker: Asker, **asked: Any) -> object:
    return asker.refusal(f"query({ARGUMENTS}) {{ changes({GIVEN}) {{ {BASES} }} }}", **asked)


def _restated(asker: Asker, shown: str, review: str, plan: str = "alpha") -> dict[str, Any]:
    document = """query($plan: PlanRef!, $review: ReviewRef!) {
      restatements(plan: $plan, review: $review, first: 100) { %s } }"""
    found: dict[str, Any] = asker.ask(document % shown, plan=plan, review=review)["restatements"]
    return found


def _review(face: Face, name: str, as_at: str) -> None:
    opened = {"review": name, "forum": "board", "label": name.upper(), "asAt": as_at}
    face.done("reviewOpen", {"plan": "alpha", **opened})
    face.done("reviewClose", {"plan": "alpha", "review": name})


def _move(face: Face, start: str, end: str, **more: Any) -> str:
    moved = {"milestone": "1.1/1", "fromDate": start, "toDate": end, "reason": "Nobody was free."}
    position: str = face.done("targetDateMove", {"plan": "alpha", **moved, **more})["position"]
    return position


def _two_quarters(face: Face) -> None:
    """Set a date before the first review; move it out, back and out again before the second."""
    face.begin()
    face.done("targetDateSet", {"plan": "alpha", "milestone": "1.1/1", "date": "2026-06"})
    face.done("forumEstablish", {"plan": "alpha", "forum": "board", "name": "The Board"})
    _review(face, "q1", "2026-02-12")
    face.clock.now = datetime(2026, 4, 10, 9, tzinfo=UTC)
    _move(face, "2026-06", "2026-09", **AUTHORITY)
    _move(face, "2026-09", "2026-06")
    _move(face, "2026-06", "2026-08", reasonCode="RECRUITMENT")
    face.done("areaAdd", {"plan": "alpha", "number": "2", "title": "Practice"})
    _review(face, "q2", "2026-04-10")


def test_two_reviews_differ_by_what_changed_in_words_with_the_reason_and_the_minute(
    face: Face,
) -> None:
    """ "Which dates had slipped by then, by how much, and who approved it?" is one question."""
    _two_quarters(face)
    shown = f"""{BASES} {TOTALS} {TOLD} nodes {{ causes {{
      position reason author {{ name }} authority {{ minute }} }} }}"""
    found = _changes(face, shown, **{"from": Q1, "to": Q2, "filter": {"what": ["SLIPPED"]}})
    assert found["from"] == {
        "position": "8",
        "effectiveOn": "2026-02-12",
        "review": {"ref": "alpha/q1"},
    }
    assert found["to"] == {
        "position": "14",
        "effectiveOn": "2026-04-10",
        "review": {"ref": "alpha/q2"},
    }
    assert found["totals"] == {
        "changes": 1, "corrections": 0, "counts": [{"what": "SLIPPED", "count": 1}],
    }  # fmt: skip
    (change,) = found["nodes"]
    causes = change.pop("causes")
    assert change == {
        "kind": "MILESTONE", "ref": "1.1/1", "area": "1", "track": "TARGET_DATE",
        "what": "SLIPPED", "isCorrection": False, "before": ["June 2026"],
        "after": ["August 2026"], "slippage": {"label": "2 months later"},
    }  # fmt: skip
    assert [cause["position"] for cause in causes] == ["9", "10", "11"]
    assert causes[0] == {
        "position": "9", "reason": "Nobody was free.", "author": {"name": "Ann Officer"},
        "authority": {"minute": "7"},
    }  # fmt: skip


def test_steps_tell_every_move_and_net_only_the_difference_of_the_ends(face: Face) -> None:
    """A date that moved out and back again is nothing NET and two STEPS (design page 3.3)."""
    _two_quarters(face)
    wanted = {"tracks": ["TARGET_DATE"]}
    ends = {"from": Q1, "to": {"position": "10"}, "filter": wanted}
    assert _changes(face, TOLD, **ends)["nodes"] == []
    steps = _changes(face, f"{TOLD} nodes {{ causes {{ position }} }}", **ends, detail="STEPS")
    assert [
        (step["what"], step["before"], step["after"], step["causes"]) for step in steps["nodes"]
    ] == [
        ("SLIPPED", ["June 2026"], ["September 2026"], [{"position": "9"}]),
        ("BROUGHT_FORWARD", ["September 2026"], ["June 2026"], [{"position": "10"}]),
    ]


def test_from_the_later_point_to_the_earlier_all_is_told_backwards(face: Face) -> None:
    """Either direction is a fair question, and the two answers must not disagree."""
    _two_quarters(face)
    forth = _changes(face, TOLD, **{"from": Q1, "to": Q2})["nodes"]
    back = _changes(face, TOLD, **{"from": Q2, "to": Q1})["nodes"]
    assert Counter(change["what"] for change in forth) == Counter({"SLIPPED": 1, "ADDED": 2})
    assert Counter(change["what"] for change in back) == Counter(
        {"BROUGHT_FORWARD": 1, "REMOVED": 2}
    )
    assert {(c["ref"], *c["before"], *c["after"]) for c in forth if c["slippage"]} == {
        (c["ref"], *c["after"], *c["before"]) for c in back if c["slippage"]
    }


def test_without_an_end_it_is_what_changed_until_today(face: Face) -> None:
    """ "What changed since the last paper?" names one point only."""
    _two_quarters(face)
    found = _changes(face, f"{BASES} {TOTALS}", **{"from": Q2})
    assert found["to"] == {"position": "14", "effectiveOn": "2026-04-10", "review": None}
    assert found["totals"] == {"changes": 0, "corrections": 0, "counts": []}


def test_one_effective_day_for_both_ends_leaves_only_what_was_learned_between(
    face: Face,
) -> None:
    """The auditor tells what changed from what was only entered late."""
    _two_quarters(face)
    words = {"item": "1", "to": "Leading", "material": False, "effectiveOn": "2026-02-12"}
    face.done("itemReword", {"plan": "alpha", **words})
    found = _changes(face, f"{BASES} {TOLD}", **{"from": Q1, "on": "2026-02-12"})
    assert found["to"]["effectiveOn"] == "2026-02-12"
    assert [(change["what"], change["after"]) for change in found["nodes"]] == [
        ("REWORDED", ["Leading"])
    ]


def test_a_correction_is_never_counted_with_changes(face: Face) -> None:
    """Slippage is a change of the plan; a slip of the pen is none (design page 1)."""
    face.begin()
    given = {"plan": "alpha", "milestone": "1.1/1", "date": "2026-06"}
    wrong = face.done("targetDateSet", given)["position"]
    face.done("forumEstablish", {"plan": "alpha", "forum": "board", "name": "The Board"})
    noted = face.done("areaAdd", {"plan": "alpha", "number": "2", "title": "Two"})["position"]
    _review(face, "q1", "2026-02-12")
    change = {"field": "targetDate", "to": "2026-08"}
    why = {"plan": "alpha", "reason": "It was keyed in wrongly."}
    face.done("entryCorrect", {**why, "entry": wrong, "changes": [change]})
    face.done("entryVoid", {**why, "entry": noted})
    face.done("milestoneAgree", {"plan": "alpha", "milestone": "1.1/1", **AUTHORITY})
    shown = f"{BASES} {TOTALS} {TOLD} nodes {{ causes {{ position type }} }}"
    found = _restated(face, shown, "q1")
    assert found["totals"] == {
        "changes": 1,
        "corrections": 2,
        "counts": [
            {"what": "AGREED", "count": 1},
            {"what": "CORRECTED", "count": 1},
            {"what": "VOIDED", "count": 1},
        ],
    }
    corrected = {c["what"]: c for c in found["nodes"] if c["isCorrection"]}
    assert corrected["CORRECTED"]["before"] == ["June 2026"]
    assert corrected["CORRECTED"]["after"] == ["August 2026"]
    assert corrected["CORRECTED"]["slippage"] is None
    assert corrected["CORRECTED"]["causes"] == [{"position": "10", "type": "entry-corrected.v1"}]
    assert corrected["VOIDED"]["causes"] == [{"position": "11", "type": "entry-voided.v1"}]
    for only, count in ((True, 2), (False, 1)):
        totals = _changes(
            face, TOTALS, **{"from": Q1, "on": "2026-02-12", "filter": {"corrections": only}}
        )["totals"]
        assert totals["corrections" if only else "changes"] == count
        assert totals["changes" if only else "corrections"] == 0


def test_a_review_is_named_alone_or_with_its_plan(face: Face) -> None:
    """Answers name it "plan/review", people by its own name."""
    _two_quarters(face)
    for review in ("q1", "alpha/q1"):
        found = _restated(face, f"{BASES} {TOTALS}", review)
        assert found["from"] == {
            "position": "8",
            "effectiveOn": "2026-02-12",
            "review": {"ref": "alpha/q1"},
        }
        assert found["to"]["effectiveOn"] == "2026-02-12"
        assert found["totals"]["counts"] == []


@pytest.mark.parametrize(
    ("review", "plan", "code"),
    [
        ("q9", "alpha", "UNKNOWN_REVIEW"),
        ("beta/q1", "alpha", "UNKNOWN_REVIEW"),
        ("", "alpha", "UNKNOWN_REVIEW"),
        ("q3", "alpha", "REVIEW_NOT_CLOSED"),
        ("q1", "gamma", "UNKNOWN_REVIEW"),
        ("\0", "\ud800", "UNKNOWN_REVIEW"),
    ],
)
def test_a_review_that_is_not_there_or_still_open_is_refused(
    face: Face, review: str, plan: str, code: str
) -> None:
    """What it will have seen is not settled; and another plan's review is none of this one's."""
    _two_quarters(face)
    opened = {"review": "q3", "forum": "board", "label": "Q3", "asAt": "2026-07-10"}
    face.done("reviewOpen", {"plan": "alpha", **opened})
    document = """query($plan: PlanRef!, $review: ReviewRef!) {
      restatements(plan: $plan, review: $review, first: 1) { totals { changes } } }"""
    assert face.refusal(document, plan=plan, review=review) == code


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"plan": "beta"}, "UNKNOWN_PLAN"),
        ({"plan": ""}, "UNKNOWN_PLAN"),
        ({"plan": "\ud800"}, "UNKNOWN_PLAN"),
        ({"from": {"position": "999"}}, "POINT_IN_FUTURE"),
        ({"to": {"endOf": "2026-05-01"}}, "POINT_IN_FUTURE"),
        ({"to": {"review": "alpha/q9"}}, "UNKNOWN_REVIEW"),
        ({"on": "2200-01-01"}, "DATE_IMPOSSIBLE"),
        ({"first": 0}, "PAGE_SIZE"),
        ({"first": 101}, "PAGE_SIZE"),
        ({"first": -1}, "PAGE_SIZE"),
        ({"after": "changed::milestone:nothing::"}, "CURSOR_UNKNOWN"),
        ({"after": ""}, "CURSOR_UNKNOWN"),
        ({"after": "9"}, "CURSOR_UNKNOWN"),
        ({"filter": {"area": "9"}}, "UNKNOWN_ITEM"),
        ({"filter": {"area": "1.1"}}, "UNKNOWN_ITEM"),
        ({"filter": {"item": "7.7/7"}}, "UNKNOWN_ITEM"),
        ({"filter": {"item": "\0"}}, "UNKNOWN_ITEM"),
        ({"filter": {"kpi": "calls"}}, "UNKNOWN_ITEM"),
        ({"filter": {"kpi": "1.1"}}, "UNKNOWN_ITEM"),
        ({"filter": {"kpi": "\ud800"}}, "UNKNOWN_ITEM"),
    ],
)
def test_a_question_that_cannot_be_answered_as_put_is_refused_with_a_code(
    face: Face, asked: dict[str, Any], code: str
) -> None:
    """Programs match on the code, people read the message; neither gets half an answer."""
    _two_quarters(face)
    assert _refused(face, **{"from": Q1, **asked}) == code


def test_before_the_plan_began_there_was_nothing_and_then_all_of_it(face: Face) -> None:
    """The first change of all is that there is a plan."""
    _two_quarters(face)
    found = _changes(face, f"{TOTALS} {TOLD}", **{"from": {"position": "0"}, "to": Q1})
    assert {change["what"] for change in found["nodes"]} == {"ADDED"}
    assert {change["ref"] for change in found["nodes"]} >= {"alpha", "1", "1.1", "1.1/1"}
    same = _changes(face, TOTALS, **{"from": {"position": "0"}, "to": {"position": "0"}})
    assert same["totals"] == {"changes": 0, "corrections": 0, "counts": []}


@pytest.mark.parametrize("detail", ["NET", "STEPS"])
@pytest.mark.parametrize("first", [1, 7, 100])
def test_pages_follow_each_other_and_no_change_is_lost_or_told_twice(
    northbridge: Asker, detail: str, first: int
) -> None:
    """A report made of pages must be the whole difference, whatever the size of a page."""
    ends = {
        "plan": "northbridge", "detail": detail,
        "from": {"review": "northbridge/board-2024-q1"},
        "to": {"review": "northbridge/scrutiny-2024-q2"},
    }  # fmt: skip
    edges = paged(lambda after: _changes(northbridge, PAGE, **ends, first=first, after=after))
    totals = _changes(northbridge, TOTALS, **ends)["totals"]
    assert len(edges) == totals["changes"] + totals["corrections"] > 100
    assert len({edge["cursor"] for edge in edges}) == len(edges)
    counted = Counter(edge["node"]["what"] for edge in edges)
    assert counted == {one["what"]: one["count"] for one in totals["counts"]}


def test_cursors_tell_all_changes_apart_over_the_whole_history(northbridge: Asker) -> None:
    """Two changes under one cursor would lose what stands between them."""
    head = str(northbridge.head())
    for detail in ("NET", "STEPS"):
        for start, end in (("0", head), (head, "0")):
            ends = {"from": {"position": start}, "to": {"position": end}}
            ask = partial(_changes, northbridge, PAGE, plan="northbridge", detail=detail, **ends)
            edges = paged(lambda after, ask=ask: ask(after=after))  # type: ignore[misc]
            assert len({edge["cursor"] for edge in edges}) == len(edges) > 100


def test_a_filter_leaves_only_what_it_says(northbridge: Asker) -> None:
    """Each part of a filter must hold, and the totals are those of the filter."""
    asked = {"plan": "northbridge", "from": {"review": "northbridge/board-2024-q1"}}
    shown = f"{TOTALS} {TOLD}"
    everything = _changes(northbridge, shown, **asked)
    in_area = _changes(northbridge, shown, **asked, filter={"area": "2"})
    assert 0 < in_area["totals"]["changes"] < everything["totals"]["changes"]
    assert {change["area"] for change in in_area["nodes"]} <= {"2", None}
    under = _changes(northbridge, shown, **asked, filter={"item": "2.1", "kinds": ["MILESTONE"]})
    assert under["nodes"]
    assert all(change["ref"].startswith("2.1/") for change in under["nodes"])
    both = _changes(northbridge, TOTALS, **asked, filter={"area": "1", "item": "2.1"})
    assert both["totals"]["changes"] == 0
    dates = _changes(northbridge, shown, **asked, filter={"tracks": ["TARGET_DATE"]})
    assert {change["track"] for change in dates["nodes"]} == {"TARGET_DATE"}


def test_changes_are_narrowed_to_one_kpi(northbridge: Asker) -> None:
    """An analyst who asks after one figure is not to read those of twelve KPIs."""
    asked = {"plan": "northbridge", "from": {"review": "northbridge/board-2024-q3"},
             "to": {"review": "northbridge/board-2024-q4"}}  # fmt: skip
    everything = _changes(northbridge, TOLD, **asked, filter={"kinds": ["KPI"]})["nodes"]
    refs = {change["ref"] for change in everything}
    assert len(refs) > 10
    for ref in refs:
        found = _changes(northbridge, f"{TOLD} {TOTALS}", **asked, filter={"kpi": ref})
        assert found["nodes"] == [change for change in everything if change["ref"] == ref]
        assert found["totals"]["changes"] + found["totals"]["corrections"] == len(found["nodes"])
    other = {"kpi": "eet", "kinds": ["MILESTONE"]}
    assert _changes(northbridge, TOLD, **asked, filter=other)["nodes"] == []
    none = {**asked, "to": {"position": "0"}, "from": {"position": "0"}}
    assert _changes(northbridge, TOLD, **none, filter={"kpi": "eet"})["nodes"] == []


def test_every_kind_of_thing_track_and_change_is_told_in_words(northbridge: Asker) -> None:
    """A change whose words cannot be found would be an error in the middle of a page."""
    shown = f"{PAGE} nodes {{ kind thingId ref title track what before after }}"
    seen: set[str] = set()
    tracks: set[str] = set()
    kinds: set[str] = set()
    head = str(northbridge.head())
    for start, end in (("0", head), (head, "0")):
        asked = {"plan": "northbridge", "from": {"position": start}, "to": {"position": end}}
        for detail in ("NET", "STEPS"):
            after: str | None = None
            more = True
            while more:
                page = _changes(northbridge, shown, **asked, detail=detail, after=after)
                more, after = page["pageInfo"].values()
                for change in page["nodes"]:
                    assert change["ref"]
                    assert change["before"] or change["after"] or change["track"]
                    assert (change["thingId"] is None) == (change["kind"] == "RATING_KEY")
                    seen.add(change["what"])
                    tracks.add(change["track"])
                    kinds.add(change["kind"])
    assert kinds >= {kind.name for kind in Kind}
    assert tracks >= {track.name for track in Track} - RARE_TRACKS
    assert seen >= {what.name for what in ChangeClass} - RARE
