"""What can be found in a plan, asked over GraphQL: each finding, its narrowing, and its entries."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from planledger.events.values import ItemKind
from planledger.projections.findings import AmendmentKind, ConflictKind, Denominator, TbcEnd
from tests.support.face import Asker, Face

AUTHORITY = {"authority": {"forum": "board", "meeting": "2026-02-12", "minute": "4"}}
WHY = {"reason": "Nobody was free."}


def _found(asker: Asker, shown: str, plan: str = "alpha", at: str = "") -> dict[str, Any]:
    document = f"{{ ledger{at} {{ findings(plan: {plan!r}) {{ {shown} }} }} }}".replace("'", '"')
    found: dict[str, Any] = asker.ask(document)["ledger"]["findings"]
    return found


def _northbridge(asker: Asker, shown: str) -> dict[str, Any]:
    return _found(asker, shown, "northbridge")


def _refused(asker: Asker, shown: str) -> object:
    document = f'{{ ledger {{ findings(plan: "alpha") {{ {shown} }} }} }}'
    data, (error,) = asker.run(document)
    assert data == {"ledger": {"findings": None}}
    return (error.extensions or {}).get("code")


def _dated(face: Face) -> None:
    """Record a milestone due by February 2026, and nothing that says it was reached."""
    face.begin()
    given = {"plan": "alpha", "milestone": "1.1/1", "date": "2026-02-14"}
    face.done("targetDateSet", {**given, **AUTHORITY})


def _move(face: Face, start: str, end: str, **more: Any) -> None:
    moved = {"milestone": "1.1/1", "fromDate": start, "toDate": end, **WHY, **more}
    face.done("targetDateMove", {"plan": "alpha", **moved})


def test_where_there_is_no_plan_there_is_nothing_to_find(face: Face) -> None:
    """Null tells a plan that was not there from one without a fault."""
    _dated(face)
    assert _found(face, "on", "beta") is None
    assert _found(face, "on", at='(knownAt: {position: "0"})') is None
    assert _found(face, "on") == {"on": "2026-02-12"}


def test_what_is_due_is_looked_for_up_to_a_day(face: Face) -> None:
    """ "What is due before our next meeting, and what is late?" is asked before every one."""
    _dated(face)
    shown = "milestone { kind ref text } action { ref } dueBy daysOverdue agreed leads { name }"
    (due,) = _found(face, f"due {{ {shown} }}")["due"]
    assert due == {
        "milestone": {"kind": "MILESTONE", "ref": "1.1/1", "text": "A board meets"},
        "action": {"ref": "1.1"}, "dueBy": "2026-02-14", "daysOverdue": 0, "agreed": False,
        "leads": [],
    }  # fmt: skip
    assert _found(face, 'due(until: "2026-02-13") { dueBy }')["due"] == []
    assert _found(face, 'due(until: "2026-02-14") { dueBy }')["due"] == [{"dueBy": "2026-02-14"}]
    assert _found(face, "overdue { dueBy }")["overdue"] == []
    face.clock.now = datetime(2026, 3, 1, tzinfo=UTC)
    assert _found(face, "overdue { daysOverdue }")["overdue"] == [{"daysOverdue": 15}]


def test_looking_ahead_is_no_time_travel(face: Face) -> None:
    """A date agreed for later is not yet in force, however far ahead one looks."""
    _dated(face)
    _move(face, "2026-02-14", "2026-06-30", effectiveOn="2026-02-20")
    assert _found(face, 'due(until: "2026-12-31") { dueBy }')["due"] == [{"dueBy": "2026-02-14"}]
    later = '(effectiveOn: "2026-02-20")'
    assert _found(face, 'due(until: "2026-12-31") { dueBy }', at=later)["due"] == [
        {"dueBy": "2026-06-30"}
    ]


def test_a_recurring_milestone_is_due_time_by_time(face: Face) -> None:
    """Quarterly reviews that were missed are each of them missed."""
    face.begin()
    given = {"milestone": "1.1/1", "everyMonths": 1, "first": "2025-12", "until": "2026-03"}
    face.done("recurrenceSet", {"plan": "alpha", **given})
    due = _found(face, 'due(until: "2026-12-31") { occurrence daysOverdue }')["due"]
    assert [one["occurrence"] for one in due] == ["2025-12", "2026-01", "2026-02", "2026-03"]
    assert [one["daysOverdue"] > 0 for one in due] == [True, True, False, False]


@pytest.mark.parametrize(
    ("shown", "code"),
    [
        ('due(until: "2199-12-31") { dueBy }', "DATE_IMPOSSIBLE"),
        ('due(until: "9999-12-31") { dueBy }', "DATE_IMPOSSIBLE"),
        ("lateEntries(minDays: 0) { days }", "ARGUMENT_OUT_OF_BOUNDS"),
        ("lateEntries(minDays: -2147483648) { days }", "ARGUMENT_OUT_OF_BOUNDS"),
        ("stalled(days: 0) { days }", "ARGUMENT_OUT_OF_BOUNDS"),
        ('slipped(baseline: "nothing") { baseline }', "UNKNOWN_BASELINE"),
        (r'slipped(baseline: "\u0000") { baseline }', "UNKNOWN_BASELINE"),
    ],
)
def test_an_argument_out_of_bounds_is_refused_with_a_code(
    face: Face, shown: str, code: str
) -> None:
    """A question nobody can have meant must not cost an answer of thousands of rows."""
    _dated(face)
    assert _refused(face, shown) == code


def test_the_farthest_arguments_are_answered(face: Face) -> None:
    """What is within the bounds may find nothing, but is no error."""
    _dated(face)
    shown = """a: due(until: "0001-01-01") { dueBy } b: lateEntries(minDays: 2147483647) { days }
      c: stalled(days: 2147483647, kinds: []) { days } d: due(until: "2046-01-01") { dueBy }
      e: leadOn(item: "1.1", on: "9999-12-31") { since } f: leadOn(item: "", on: "0001-01-01") {
      since } g: leadIntervals(item: "") { since } h: claims(filter: {}) { waived }
      i: dateMoves(filter: {reasonCodes: []}) { on }"""
    found = _found(face, shown)
    assert [len(one or ()) for one in found.values()] == [0, 0, 0, 1, 0, 0, 0, 0, 0]


def test_moves_of_dates_are_found_with_their_entries_and_narrowed_by_what_is_odd(
    face: Face,
) -> None:
    """ "Which were moved after they had passed, or without authority?" is the auditor's."""
    _dated(face)
    face.done("forumEstablish", {"plan": "alpha", "forum": "board", "name": "The Board"})
    opened = {"review": "q1", "forum": "board", "label": "Q1", "asAt": "2026-02-13"}
    face.done("reviewOpen", {"plan": "alpha", **opened})
    _move(face, "2026-02-14", "2026-02-28", reasonCode="RESOURCES", **AUTHORITY)
    face.clock.now = datetime(2026, 3, 10, tzinfo=UTC)
    _move(face, "2026-02-28", "2026-05", reasonCode="PARTNER")
    shown = """on old { label } new { label } slippage { label } fromOriginal { label } reasonCode
      afterItPassed beforeReviews setAgain correction { position }
      event { position reason authority { minute } author { name } }"""
    first, second = _found(face, f"dateMoves {{ {shown} }}")["dateMoves"]
    assert first["beforeReviews"] == ["alpha/q1"]
    assert first["event"]["authority"] == {"minute": "4"}
    assert second == {
        "on": "2026-03-10", "old": {"label": "28 February 2026"}, "new": {"label": "May 2026"},
        "slippage": {"label": "3 months later"}, "fromOriginal": {"label": "3 months later"},
        "reasonCode": "PARTNER", "afterItPassed": True, "beforeReviews": [], "setAgain": False,
        "correction": None,
        "event": {
            "position": "9", "reason": "Nobody was free.", "authority": None,
            "author": {"name": "Ann Officer"},
        },
    }  # fmt: skip
    for narrowed, whens in (
        ("afterItPassed: true", ["2026-03-10"]),
        ("afterItPassed: false", ["2026-02-12"]),
        ("beforeReview: true", ["2026-02-12"]),
        ("withoutAuthority: true", ["2026-03-10"]),
        ("withoutAuthority: false", ["2026-02-12"]),
        ("setAgain: true", []),
        ("reasonCodes: [RESOURCES, OTHER]", ["2026-02-12"]),
        ("reasonCodes: [PARTNER], afterItPassed: false", []),
    ):
        moves = _found(face, f"dateMoves(filter: {{{narrowed}}}) {{ on }}")["dateMoves"]
        assert [move["on"] for move in moves] == whens, narrowed


def test_a_corrected_move_shows_its_entry_and_the_correction(face: Face) -> None:
    """The finding goes by what is known now; both entries can be looked at."""
    _dated(face)
    _move(face, "2026-02-14", "2026-04")
    changes = [{"field": "toTargetDate", "to": "2026-06"}]
    face.done("entryCorrect", {"plan": "alpha", "entry": "6", "changes": changes, **WHY})
    shown = "new { label } event { position } correction { position type }"
    assert _found(face, f"dateMoves {{ {shown} }}")["dateMoves"] == [
        {
            "new": {"label": "June 2026"}, "event": {"position": "6"},
            "correction": {"position": "7", "type": "entry-corrected.v1"},
        }
    ]  # fmt: skip
    (amended,) = _found(
        face, "amendments { kind position entry about original { type } event { reason } undone }"
    )["amendments"]
    assert amended == {
        "kind": "CORRECTED", "position": "7", "entry": "6", "about": "6",
        "original": {"type": "target-date-moved.v1"}, "event": WHY, "undone": False,
    }  # fmt: skip


def test_late_entries_are_those_that_many_days_late_or_more(face: Face) -> None:
    """ "At least ten days" includes the tenth."""
    face.begin()
    face.clock.now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    agreed = {"milestone": "1.1/1", "effectiveOn": "2026-02-20", **AUTHORITY}
    face.done("milestoneAgree", {"plan": "alpha", **agreed})
    shown = "days type item { ref } event { position effectiveOn }"
    for days, count in ((1, 1), (10, 1), (11, 0)):
        late = _found(face, f"lateEntries(minDays: {days}) {{ {shown} }}")["lateEntries"]
        assert len(late) == count
    assert _found(face, f"lateEntries {{ {shown} }}")["lateEntries"] == [
        {
            "days": 10, "type": "milestone-agreed.v1", "item": {"ref": "1.1/1"},
            "event": {"position": "5", "effectiveOn": "2026-02-20"},
        }
    ]  # fmt: skip


def test_who_led_on_a_day_is_told_with_the_entry_that_made_it_so(face: Face) -> None:
    """ "Who was lead for 8.1 on 31 March?" is asked when nobody seems to have been."""
    face.begin()
    registered = {"plan": "alpha", "kind": "PERSON", "name": "Ann Example"}
    shown = "... on PartyRecorded { party { party } }"
    ann = face.done("partyRegister", registered, shown)["party"]["party"]
    face.clock.now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    face.done("leadAssign", {"plan": "alpha", "item": "1.1", "party": ann})
    led = "leads { name } inherited since until event { position type }"
    for item, day, name in (
        ("1.1", "2026-03-02", "Ann Example"),
        ("1.1/1", "2026-03-02", "Ann Example"),
        ("1.1", "2026-03-01", None),
    ):
        on = _found(face, f'leadOn(item: "{item}", on: "{day}") {{ {led} }}')["leadOn"]
        assert [lead["name"] for lead in on["leads"]] == ([name] if name else [])
        assert on["event"]["type"] == ("lead-assigned.v1" if name else "action-added.v1")
    for item, day in (("1.1", "2026-02-11"), ("1.1", "2026-03-03"), ("9.9", "2026-03-02")):
        assert _found(face, f'leadOn(item: "{item}", on: "{day}") {{ {led} }}')["leadOn"] is None
    (before, after) = _found(face, f'leadIntervals(item: "1.1") {{ {led} }}')["leadIntervals"]
    assert (before["until"], after["since"], after["until"]) == ("2026-03-02", "2026-03-02", None)
    (load,) = _found(face, "leadLoads { party { name } actions milestones withoutDate }")[
        "leadLoads"
    ]
    assert load == {
        "party": {"name": "Ann Example"}, "actions": 1, "milestones": 1, "withoutDate": 1,
    }  # fmt: skip


def test_claims_are_narrowed_by_what_an_auditor_doubts(northbridge: Asker) -> None:
    """ "Which had no evidence?" and its like; a filter and its opposite share out all of them."""
    shown = """withoutEvidence waived datedAfter { id } withdrawnSince { id } evidence { title }
      claim { stands position }"""
    everything = _northbridge(northbridge, f"claims {{ {shown} }}")["claims"]
    assert len(everything) > 20
    doubts: dict[str, Callable[[Any], bool]] = {
        "withoutEvidence": lambda one: one["withoutEvidence"] and not one["evidence"],
        "waived": lambda one: one["waived"],
        "evidenceWithdrawn": lambda one: bool(one["withdrawnSince"]),
        "stands": lambda one: one["claim"]["stands"],
        "evidenceDatedAfter": lambda one: bool(one["datedAfter"]),
    }
    for narrowed, is_so in doubts.items():
        document = f"claims(filter: {{{narrowed}: %s}}) {{ {shown} }}"
        yes = _northbridge(northbridge, document % "true")["claims"]
        no = _northbridge(northbridge, document % "false")["claims"]
        assert yes, narrowed
        assert no, narrowed
        assert yes == [one for one in everything if is_so(one)]
        assert len(yes) + len(no) == len(everything)


def test_evidence_dated_after_what_rests_on_it_is_found(face: Face) -> None:
    """Minutes of a later meeting show that the claim was made before there was anything to show."""
    face.begin()
    face.clock.now = datetime(2026, 3, 20, 9, tzinfo=UTC)
    late = {"plan": "alpha", "effectiveOn": "2026-02-14"}
    face.done("milestoneAgree", {**late, "milestone": "1.1/1", **AUTHORITY})
    minutes = face.done(
        "evidenceRegister",
        {
            **late, "title": "Minutes", "kind": "MINUTES", "dated": "2026-03-15",
            "uri": "urn:board:4", "items": ["1.1/1"],
        },
        "... on EvidenceRecorded { evidence { evidence } }",
    )["evidence"]["evidence"]  # fmt: skip
    claimed = {"milestone": "1.1/1", "achievedOn": "2026-02-14", "evidence": [minutes]}
    face.done("milestoneReportComplete", {**late, **claimed})
    document = "claims(filter: {evidenceDatedAfter: %s}) { datedAfter { title } }"
    assert _found(face, document % "true")["claims"] == [{"datedAfter": [{"title": "Minutes"}]}]
    assert _found(face, document % "false")["claims"] == []


def test_amendments_of_what_was_reported_are_told_from_others(northbridge: Asker) -> None:
    """ "What had already been published with the error?" is what a correction is judged by."""
    shown = "(reported: %s) { position reviews }"
    yes = _northbridge(northbridge, f"amendments{shown % 'true'}")["amendments"]
    no = _northbridge(northbridge, f"amendments{shown % 'false'}")["amendments"]
    both = _northbridge(northbridge, "amendments { position reviews }")["amendments"]
    assert all(one["reviews"] for one in yes)
    assert not any(one["reviews"] for one in no)
    assert yes
    assert no
    assert sorted((*yes, *no), key=lambda one: int(one["position"])) == both


def test_slippage_is_measured_from_the_baseline_that_is_named(northbridge: Asker) -> None:
    """A plan that was rebaselined looks on time against its last baseline only."""
    plan = northbridge.ask('{ ledger { plan(ref: "northbridge") { baselines { ref } } } }')
    refs = [one["ref"] for one in plan["ledger"]["plan"]["baselines"]]
    assert len(refs) > 1
    shown = "milestone { ref } baseline atBaseline { label } fromBaseline { label }"
    by_ref = {
        ref: _northbridge(northbridge, f'slipped(baseline: "{ref}") {{ {shown} }}')["slipped"]
        for ref in refs
    }
    for ref, slipped in by_ref.items():
        assert {one["baseline"] for one in slipped} == {ref}
    assert _northbridge(northbridge, f"slipped {{ {shown} }}")["slipped"] == by_ref[refs[-1]]
    assert by_ref[refs[0]] != by_ref[refs[-1]]


def test_stalled_work_is_narrowed_by_days_and_by_kinds_of_lead(northbridge: Asker) -> None:
    """ "Which partner-led actions are stalled?" Who counts as a partner is the asker's to say."""
    shown = "{ days lastReportOn leads { kind } milestone { ref } }"
    by_default = _northbridge(northbridge, f"stalled {shown}")["stalled"]
    long = _northbridge(northbridge, f"stalled(days: 365) {shown}")["stalled"]
    assert all(one["days"] >= 90 for one in by_default)
    assert long == [one for one in by_default if one["days"] >= 365]
    persons = _northbridge(northbridge, f"stalled(kinds: [PERSON]) {shown}")["stalled"]
    for one in persons:
        assert "PERSON" in {lead["kind"] for lead in one["leads"]}
    assert by_default


EVERYTHING = {
    "overdue": "milestone { ref } rating { rating }",
    "due": "milestone { ref } occurrence delivery leadsInherited",
    "tbcAges": "milestone { ref } since until days endedBy hadDate { label }",
    "firstSettings": "milestone { ref } on was { label } new { label } event { position }",
    "dateMoves": "milestone { ref } position recordedOn baseline fromBaseline { label }",
    "slipped": "milestone { ref } targetDate { label } fromOriginal { label }",
    "leadIntervals": "item { kind } leads { name } position event { position }",
    "leadLoads": "party { name } overdue",
    "claims": "milestone { ref } claim { signOffs { position } }",
    "reopened": "milestone { ref } claims { stands } refused reopened",
    "lateEntries": "position event { position } effectiveOn recordedOn",
    "amendments": "kind on recordedOn item { ref } event { position } original { position }",
    "conflicts": "kind item { ref } dueBy waitsFor { ref } waitsForDueBy reference",
    "completeness": "outOf agreed { count outOf percent label } reportedComplete { label } "
    "signedOff { label }",
    "stalled": "milestone { ref } action { ref } delivery dueBy",
    "challenges": "challenge { text } item { ref } isOpen daysLate",
    "openQueries": "query { question } item { ref } daysOpen",
    "ratingTrails": "item { kind } forum { ref } ratings { rating } changes { before after "
    "keyChanged to { rationale } }",
    "coverage": "area { kind } actions placeholders { ref } withoutOwner { ref } "
    "withoutPeriod { ref } isCovered",
}


def test_every_finding_finds_something_in_two_years_of_northbridge(northbridge: Asker) -> None:
    """A finding that is wired to nothing would answer with an empty list for years."""
    shown = " ".join(f"{name} {{ {fields} }}" for name, fields in EVERYTHING.items())
    found = _northbridge(northbridge, f"on {shown}")
    assert {name for name, listed in found.items() if not listed} == set()
    left = ["placeholders", "milestones", "withoutDate", "vacantActions", "vacantMilestones"]
    lists = " ".join(f"{name} {{ ref kind }}" for name in left)
    unconfirmed = "toBeConfirmed { milestone { ref } decideBy decider decisionOverdue }"
    undefined = _northbridge(northbridge, f"undefined {{ {lists} {unconfirmed} }}")["undefined"]
    assert undefined["toBeConfirmed"]
    assert {one["kind"] for one in undefined["milestones"]} == {"MILESTONE"}


def test_the_values_of_every_enum_are_answered(northbridge: Asker) -> None:
    """A value that is in the code and not in the schema would be an error in an answer."""
    found = _northbridge(
        northbridge,
        "completeness { outOf } amendments { kind item { kind } } tbcAges { endedBy } "
        "leadIntervals { item { kind } } coverage { area { kind } } conflicts { kind }",
    )
    assert {one["outOf"] for one in found["completeness"]} == {each.name for each in Denominator}
    assert {one["kind"] for one in found["amendments"]} == {each.name for each in AmendmentKind}
    assert {one["endedBy"] for one in found["tbcAges"]} <= {None, *(e.name for e in TbcEnd)}
    assert {one["kind"] for one in found["conflicts"]} <= {each.name for each in ConflictKind}
    items = [one["item"] for one in found["leadIntervals"]] + [
        one["area"] for one in found["coverage"]
    ]
    assert {item["kind"] for item in items} == {e.name for e in ItemKind} - {"STATEMENT"}


def test_findings_at_a_point_are_those_of_that_point(northbridge: Asker) -> None:
    """ "What was overdue as the board saw it?" must not know what came later."""
    document = """query($at: LedgerPoint, $on: Date) { ledger(knownAt: $at, effectiveOn: $on) {
      findings(plan: "northbridge") { on amendments { position } dateMoves { position event {
      position } } overdue { milestone { id } } } } }"""
    at = {"review": "northbridge/board-2024-q2"}
    then = northbridge.ask(document, at=at)["ledger"]["findings"]
    closed = int(
        northbridge.ask(
            "query($at: LedgerPoint) { ledger(knownAt: $at) { basis { position } } }", at=at
        )["ledger"]["basis"]["position"]
    )
    assert then["dateMoves"]
    for moved in then["dateMoves"]:
        assert int(moved["position"]) <= closed
        assert moved["event"] == {"position": moved["position"]}
    assert all(f"@{closed},{then['on']}" in one["milestone"]["id"] for one in then["overdue"])
