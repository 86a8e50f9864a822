"""What can be found in a plan, asked over GraphQL: each finding, its narrowing, and its entries."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from planledger.events.values import ItemKind
from planledger.projections.findings import AmendmentKind, ConflictKind, Denominator, TbcEnd
from tests.support.face import Asker, Face
from tests.support.found import found, listed

AUTHORITY = {"authority": {"forum": "board", "meeting": "2026-02-12", "minute": "4"}}
WHY = {"reason": "Nobody was free."}


def _found(asker: Asker, shown: str, at: str = "") -> dict[str, Any]:
    fields: dict[str, Any] = found(asker, shown, "alpha", at)
    return fields


def _listed(asker: Asker, field: str, shown: str, given: str = "", at: str = "") -> Any:  # noqa: ANN401
    return listed(asker, field, shown, "alpha", given=given, at=at)


def _northbridge(asker: Asker, field: str, shown: str, given: str = "") -> Any:  # noqa: ANN401
    return listed(asker, field, shown, "northbridge", given=given)


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
    assert found(face, "on", "beta") is None
    assert _found(face, "on", at='(knownAt: {position: "0"})') is None
    assert _found(face, "on") == {"on": "2026-02-12"}


def test_what_is_due_is_looked_for_up_to_a_day(face: Face) -> None:
    """ "What is due before our next meeting, and what is late?" is asked before every one."""
    _dated(face)
    shown = "milestone { kind ref text } action { ref } dueBy daysOverdue agreed leads { name }"
    (due,) = _listed(face, "due", shown)
    assert due == {
        "milestone": {"kind": "MILESTONE", "ref": "1.1/1", "text": "A board meets"},
        "action": {"ref": "1.1"}, "dueBy": "2026-02-14", "daysOverdue": 0, "agreed": False,
        "leads": [],
    }  # fmt: skip
    assert _listed(face, "due", "dueBy", 'until: "2026-02-13"') == []
    assert _listed(face, "due", "dueBy", 'until: "2026-02-14"') == [{"dueBy": "2026-02-14"}]
    assert _listed(face, "overdue", "dueBy") == []
    face.clock.now = datetime(2026, 3, 1, tzinfo=UTC)
    assert _listed(face, "overdue", "daysOverdue") == [{"daysOverdue": 15}]


def test_looking_ahead_is_no_time_travel(face: Face) -> None:
    """A date agreed for later is not yet in force, however far ahead one looks."""
    _dated(face)
    _move(face, "2026-02-14", "2026-06-30", effectiveOn="2026-02-20")
    until = 'until: "2026-12-31"'
    assert _listed(face, "due", "dueBy", until) == [{"dueBy": "2026-02-14"}]
    later = '(effectiveOn: "2026-02-20")'
    assert _listed(face, "due", "dueBy", until, at=later) == [{"dueBy": "2026-06-30"}]


def test_a_recurring_milestone_is_due_time_by_time(face: Face) -> None:
    """Quarterly reviews that were missed are each of them missed."""
    face.begin()
    given = {"milestone": "1.1/1", "everyMonths": 1, "first": "2025-12", "until": "2026-03"}
    face.done("recurrenceSet", {"plan": "alpha", **given})
    due = _listed(face, "due", "occurrence daysOverdue", 'until: "2026-12-31"')
    assert [one["occurrence"] for one in due] == ["2025-12", "2026-01", "2026-02", "2026-03"]
    assert [one["daysOverdue"] > 0 for one in due] == [True, True, False, False]


@pytest.mark.parametrize(
    ("shown", "code"),
    [
        ('due(first: 9, until: "2199-12-31") { totalCount }', "DATE_IMPOSSIBLE"),
        ('due(first: 9, until: "9999-12-31") { totalCount }', "DATE_IMPOSSIBLE"),
        ("lateEntries(first: 9, filter: {minDays: 0}) { totalCount }", "ARGUMENT_OUT_OF_BOUNDS"),
        (
            "lateEntries(first: 9, filter: {minDays: -2147483648}) { totalCount }",
            "ARGUMENT_OUT_OF_BOUNDS",
        ),
        ("stalled(first: 9, days: 0) { totalCount }", "ARGUMENT_OUT_OF_BOUNDS"),
        (
            'claims(first: 9, filter: {since: "2026-02-02", until: "2026-02-01"}) { totalCount }',
            "ARGUMENT_OUT_OF_BOUNDS",
        ),
        ('slipped(first: 9, baseline: "nothing") { totalCount }', "UNKNOWN_BASELINE"),
        (r'slipped(first: 9, baseline: "\u0000") { totalCount }', "UNKNOWN_BASELINE"),
        ('overdue(first: 9, filter: {area: "9"}) { totalCount }', "UNKNOWN_ITEM"),
        ('overdue(first: 9, filter: {area: "1.1"}) { totalCount }', "UNKNOWN_ITEM"),
        ('overdue(first: 9, filter: {item: "9.9"}) { totalCount }', "UNKNOWN_ITEM"),
        ('overdue(first: 9, filter: {item: ""}) { totalCount }', "UNKNOWN_ITEM"),
        ('overdue(first: 9, filter: {lead: "nobody"}) { totalCount }', "UNKNOWN_ITEM"),
        ('leadIntervals(first: 9, filter: {party: "nobody"}) { totalCount }', "UNKNOWN_ITEM"),
        ('ratingTrails(first: 9, filter: {forum: "nothing"}) { totalCount }', "UNKNOWN_ITEM"),
        ("amendments(first: 0) { totalCount }", "PAGE_SIZE"),
        ("amendments(first: 101) { totalCount }", "PAGE_SIZE"),
        ("undefined { placeholders(first: 101) { totalCount } }", "PAGE_SIZE"),
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
    for field, given, count in (
        ("due", 'until: "0001-01-01"', 0),
        ("due", 'until: "2046-01-01"', 1),
        ("lateEntries", "filter: {minDays: 2147483647}", 0),
        ("stalled", "days: 2147483647, kinds: []", 0),
        ("leadIntervals", 'filter: {on: "9999-12-31"}', 0),
        ("leadIntervals", "filter: {kinds: []}", 0),
        ("claims", "filter: {}", 0),
        ("dateMoves", "filter: {reasonCodes: []}", 0),
        ("dateMoves", 'filter: {since: "0001-01-01", until: "9999-12-31"}', 0),
    ):
        assert len(_listed(face, field, "__typename", given)) == count, (field, given)
    for item, day in (("1.1", "9999-12-31"), ("", "0001-01-01")):
        led = _found(face, f'leadOn(item: "{item}", on: "{day}") {{ since }}')
        assert led == {"leadOn": None}


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
    first, second = _listed(face, "dateMoves", shown)
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
        ('since: "2026-03-10"', ["2026-03-10"]),
        ('since: "2026-02-13", until: "2026-03-09"', []),
        ('until: "2026-02-12"', ["2026-02-12"]),
    ):
        moves = _listed(face, "dateMoves", "on", f"filter: {{{narrowed}}}")
        assert [move["on"] for move in moves] == whens, narrowed


def test_a_corrected_move_shows_its_entry_and_the_correction(face: Face) -> None:
    """The finding goes by what is known now; both entries can be looked at."""
    _dated(face)
    _move(face, "2026-02-14", "2026-04")
    changes = [{"field": "toTargetDate", "to": "2026-06"}]
    face.done("entryCorrect", {"plan": "alpha", "entry": "6", "changes": changes, **WHY})
    shown = "new { label } event { position } correction { position type }"
    assert _listed(face, "dateMoves", shown) == [
        {
            "new": {"label": "June 2026"}, "event": {"position": "6"},
            "correction": {"position": "7", "type": "entry-corrected.v1"},
        }
    ]  # fmt: skip
    amendment = "kind position entry about original { type } event { reason } undone"
    (amended,) = _listed(face, "amendments", amendment)
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
        late = _listed(face, "lateEntries", shown, f"filter: {{minDays: {days}}}")
        assert len(late) == count
    assert _listed(face, "lateEntries", shown) == [
        {
            "days": 10, "type": "milestone-agreed.v1", "item": {"ref": "1.1/1"},
            "event": {"position": "5", "effectiveOn": "2026-02-20"},
        }
    ]  # fmt: skip


def test_who_led_on_a_day_is_told_with_the_entry_that_made_it_so(face: Face) -> None:
    """ "Who was lead for 8.1 on 31 March?" is asked when nobody seems to have been."""
    face.begin()
    registered = {"plan": "alpha", "kind": "PERSON", "name": "Ann Example"}
    shown = "... on PartyRecorded { party { ref } }"
    ann = face.done("partyRegister", registered, shown)["party"]["ref"]
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
    own = 'filter: {item: "1.1", kinds: [ACTION]}'
    (before, after) = _listed(face, "leadIntervals", led, own)
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
    everything = _northbridge(northbridge, "claims", shown)
    assert len(everything) > 20
    doubts: dict[str, Callable[[Any], bool]] = {
        "withoutEvidence": lambda one: one["withoutEvidence"] and not one["evidence"],
        "waived": lambda one: one["waived"],
        "evidenceWithdrawn": lambda one: bool(one["withdrawnSince"]),
        "stands": lambda one: one["claim"]["stands"],
        "evidenceDatedAfter": lambda one: bool(one["datedAfter"]),
    }
    for narrowed, is_so in doubts.items():
        yes = _northbridge(northbridge, "claims", shown, f"filter: {{{narrowed}: true}}")
        no = _northbridge(northbridge, "claims", shown, f"filter: {{{narrowed}: false}}")
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
        "... on EvidenceRecorded { evidence { ref } }",
    )["evidence"]["ref"]  # fmt: skip
    claimed = {"milestone": "1.1/1", "achievedOn": "2026-02-14", "evidence": [minutes]}
    face.done("milestoneReportComplete", {**late, **claimed})
    yes, no = ("filter: {evidenceDatedAfter: true}", "filter: {evidenceDatedAfter: false}")
    shown = "datedAfter { title }"
    assert _listed(face, "claims", shown, yes) == [{"datedAfter": [{"title": "Minutes"}]}]
    assert _listed(face, "claims", shown, no) == []


def test_amendments_of_what_was_reported_are_told_from_others(northbridge: Asker) -> None:
    """ "What had already been published with the error?" is what a correction is judged by."""
    shown = "position reviews"
    yes = _northbridge(northbridge, "amendments", shown, "filter: {reported: true}")
    no = _northbridge(northbridge, "amendments", shown, "filter: {reported: false}")
    both = _northbridge(northbridge, "amendments", shown)
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
        ref: _northbridge(northbridge, "slipped", shown, f'baseline: "{ref}"') for ref in refs
    }
    for ref, slipped in by_ref.items():
        assert {one["baseline"] for one in slipped} == {ref}
    assert _northbridge(northbridge, "slipped", shown) == by_ref[refs[-1]]
    assert by_ref[refs[0]] != by_ref[refs[-1]]


def test_stalled_work_is_narrowed_by_days_and_by_kinds_of_lead(northbridge: Asker) -> None:
    """ "Which partner-led actions are stalled?" Who counts as a partner is the asker's to say."""
    shown = "days since lastReportOn leads { kind } milestone { ref }"
    by_default = _northbridge(northbridge, "stalled", shown)
    long = _northbridge(northbridge, "stalled", shown, "days: 365")
    assert all(one["days"] >= 90 for one in by_default)
    assert long == [one for one in by_default if one["days"] >= 365]
    persons = _northbridge(northbridge, "stalled", shown, "kinds: [PERSON]")
    for one in persons:
        assert "PERSON" in {lead["kind"] for lead in one["leads"]}
    assert by_default


EVERYTHING = {
    "overdue": "milestone { ref } rating { rating }",
    "due": "milestone { ref } occurrence delivery leadsInherited",
    "undefined.placeholders": "kind ref",
    "undefined.milestones": "kind ref",
    "undefined.withoutDate": "kind ref",
    "undefined.toBeConfirmed": "milestone { ref } decideBy decider decisionOverdue",
    "undefined.vacantActions": "kind ref",
    "undefined.vacantMilestones": "kind ref",
    "tbcAges": "milestone { ref } since until days endedBy hadDate { label }",
    "firstSettings": "milestone { ref } on was { label } new { label } event { position }",
    "dateMoves": "milestone { ref } position recordedOn baseline fromBaseline { label }",
    "slipped": "milestone { ref } targetDate { label } fromOriginal { label }",
    "leadIntervals": "item { kind } leads { name } position event { position }",
    "claims": "milestone { ref } claim { signOffs { position } }",
    "reopened": "milestone { ref } claims { stands } refused reopened",
    "lateEntries": "position event { position } effectiveOn recordedOn",
    "amendments": "kind on recordedOn item { ref } event { position } original { position }",
    "conflicts": "kind item { ref } dueBy waitsFor { ref } waitsForDueBy reference",
    "stalled": "milestone { ref } action { ref } delivery dueBy",
    "challenges": "challenge { text } item { ref } isOpen daysLate",
    "openQueries": "query { question } item { ref } daysOpen",
    "ratingTrails": "item { kind } forum { ref } ratings { rating } changes { before after "
    "keyChanged to { rationale } }",
}
WHOLE = """on leadLoads { party { name } overdue } completeness { outOf agreed { count outOf percent
  label } reportedComplete { label } signedOff { label } } coverage { area { kind } actions
  placeholders { ref } withoutOwner { ref } withoutPeriod { ref } isCovered }"""


@pytest.mark.parametrize("field", EVERYTHING)
def test_every_list_lists_something_in_two_years_of_northbridge(
    northbridge: Asker, field: str
) -> None:
    """A finding that is wired to nothing would answer with an empty list for years."""
    everything = _northbridge(northbridge, field, EVERYTHING[field])
    assert everything
    assert listed(northbridge, field, EVERYTHING[field], "northbridge", first=7) == everything


def test_what_is_not_in_pages_is_there_too(northbridge: Asker) -> None:
    """As many as areas, parties or counts there are, and no more."""
    whole = found(northbridge, WHOLE, "northbridge")
    assert [name for name, listed in whole.items() if not listed] == []


def test_the_values_of_every_enum_are_answered(northbridge: Asker) -> None:
    """A value that is in the code and not in the schema would be an error in an answer."""
    whole = found(northbridge, WHOLE, "northbridge")
    assert {one["outOf"] for one in whole["completeness"]} == {each.name for each in Denominator}
    amended = {one["kind"] for one in _northbridge(northbridge, "amendments", "kind")}
    assert amended == {each.name for each in AmendmentKind}
    ended = {one["endedBy"] for one in _northbridge(northbridge, "tbcAges", "endedBy")}
    assert ended <= {None, *(e.name for e in TbcEnd)}
    wrong = {one["kind"] for one in _northbridge(northbridge, "conflicts", "kind")}
    assert wrong <= {each.name for each in ConflictKind}
    led = _northbridge(northbridge, "leadIntervals", "item { kind }")
    items = [one["item"] for one in led] + [one["area"] for one in whole["coverage"]]
    assert {item["kind"] for item in items} == {e.name for e in ItemKind} - {"STATEMENT"}


def test_findings_at_a_point_are_those_of_that_point(northbridge: Asker) -> None:
    """ "What was overdue as the board saw it?" must not know what came later."""
    document = """query($at: LedgerPoint, $on: Date) { ledger(knownAt: $at, effectiveOn: $on) {
      findings(plan: "northbridge") { on dateMoves(first: 100) { nodes { position event {
      position } } } overdue(first: 100) { nodes { milestone { itemId } } } } } }"""
    at = {"review": "northbridge/board-2024-q2"}
    then = northbridge.ask(document, at=at)["ledger"]["findings"]
    closed = int(
        northbridge.ask(
            "query($at: LedgerPoint) { ledger(knownAt: $at) { basis { position } } }", at=at
        )["ledger"]["basis"]["position"]
    )
    assert then["dateMoves"]["nodes"]
    for moved in then["dateMoves"]["nodes"]:
        assert int(moved["position"]) <= closed
        assert moved["event"] == {"position": moved["position"]}
    assert all(
        f"@{closed},{then['on']}" in one["milestone"]["itemId"] for one in then["overdue"]["nodes"]
    )
