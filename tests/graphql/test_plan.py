"""What a plan shows: target dates of every kind, leads, KPIs, reviews, queries, references."""

from datetime import UTC, datetime
from typing import Any

from tests.support.face import Face

WHY = {"reason": "The board said so.", "authority": {"forum": "board"}}
TARGET = """targetDate { __typename asPrinted label earliest latest
  ... on OneOff { date } ... on ToBeConfirmed { decideBy decider }
  ... on Recurring { first everyMonths until } }"""


def _milestone(face: Face, shown: str, ref: str = "1.1/1") -> dict[str, Any]:
    query = f'{{ ledger {{ plan(ref: "alpha") {{ milestones {{ ref {shown} }} }} }} }}'
    milestones = face.ask(query)["ledger"]["plan"]["milestones"]
    (found,) = [milestone for milestone in milestones if milestone.pop("ref") == ref]
    milestone: dict[str, Any] = found
    return milestone


def _change(face: Face, mutation: str, **given: Any) -> None:
    face.done(mutation, {"plan": "alpha", **given})


def test_every_kind_of_target_date_is_shown_as_what_it_is(face: Face) -> None:
    """ "TBC" must never look like a date, and a month never like its first day."""
    face.begin()
    one = {"milestone": "1.1/1"}
    nothing = {"asPrinted": "", "earliest": None, "latest": None}
    assert _milestone(face, TARGET)["targetDate"] == {
        "__typename": "NotStated", "label": "No date stated", **nothing,
    }  # fmt: skip
    _change(face, "targetDateDefer", **one, asPrinted="tbc")
    assert _milestone(face, TARGET)["targetDate"] == {
        "__typename": "ToBeConfirmed", "label": "To be confirmed", **nothing, "asPrinted": "tbc",
        "decideBy": None, "decider": None,
    }  # fmt: skip
    spans = {
        "2027": ("2027", "2027-01-01", "2027-12-31"),
        "2027-34": ("April to June 2027", "2027-04-01", "2027-06-30"),
        "2028-02": ("February 2028", "2028-02-01", "2028-02-29"),
        "2028-03-31": ("31 March 2028", "2028-03-31", "2028-03-31"),
    }
    before = None
    for date, (label, earliest, latest) in spans.items():
        if before is None:
            _change(face, "targetDateSet", **one, date=date)
        else:
            _change(face, "targetDateMove", **one, fromDate=before, toDate=date, **WHY)
        before = date
        assert _milestone(face, TARGET)["targetDate"] == {
            "__typename": "OneOff", "asPrinted": label, "label": label, "earliest": earliest,
            "latest": latest, "date": date,
        }  # fmt: skip
    _change(face, "recurrenceSet", **one, everyMonths=3, **WHY)
    assert _milestone(face, TARGET)["targetDate"] == {
        "__typename": "Recurring", **nothing, "asPrinted": "Every 3 months",
        "label": "Every 3 months from a date to be confirmed", "first": None, "everyMonths": 3,
        "until": None,
    }  # fmt: skip
    _change(face, "targetDateSet", **one, date=None, **WHY)
    assert _milestone(face, TARGET)["targetDate"] == {
        "__typename": "Ongoing", **nothing, "asPrinted": "Ongoing", "label": "Ongoing",
    }  # fmt: skip
    original = _milestone(face, "originalTargetDate { __typename label }")["originalTargetDate"]
    assert original == {"__typename": "OneOff", "label": "2027"}


def test_timeliness_and_slippage_are_those_of_the_day_asked_for(face: Face) -> None:
    """A milestone that was not yet due at the review must not be shown as late at the review."""
    face.begin()
    _change(face, "targetDateSet", milestone="1.1/1", date="2026-03")
    later = {"fromDate": "2026-03", "toDate": "2026-05", "effectiveOn": "2026-04-10"}
    _change(face, "targetDateMove", milestone="1.1/1", **later, **WHY)
    shown = "timeliness dueBy slippage { amount unit label }"
    query = f"""query($on: Date) {{ ledger(effectiveOn: $on) {{ plan(ref: "alpha") {{
      totals {{ overdue }} milestones {{ {shown} }} }} }} }}"""
    two_months = {"amount": 2, "unit": "MONTHS", "label": "2 months later"}
    expected = {
        "2026-02-28": ("NOT_YET_DUE", "2026-03-31", None, 0),
        "2026-03-01": ("DUE_THIS_MONTH", "2026-03-31", None, 0),
        "2026-03-31": ("DUE_THIS_MONTH", "2026-03-31", None, 0),
        "2026-04-01": ("OVERDUE", "2026-03-31", None, 1),
        "2026-04-10": ("NOT_YET_DUE", "2026-05-31", two_months, 0),
        "2026-06-01": ("OVERDUE", "2026-05-31", two_months, 1),
    }
    for on, (timeliness, due, slippage, overdue) in expected.items():
        plan = face.ask(query, on=on)["ledger"]["plan"]
        assert plan["milestones"] == [
            {"timeliness": timeliness, "dueBy": due, "slippage": slippage}
        ], on
        assert plan["totals"] == {"overdue": overdue}


def test_a_milestone_inherits_its_actions_leads_until_it_has_its_own(face: Face) -> None:
    """ "Who is lead for 8.1" has one answer on each row."""
    face.begin()
    ids = {}
    for name in ("Ann", "Bob"):
        shown = "... on PartyRecorded { party { ref } }"
        given = {"plan": "alpha", "kind": "PERSON", "name": name}
        ids[name] = face.done("partyRegister", given, shown)["party"]["ref"]
    shown = "leadsInherited leads { name }"
    assert _milestone(face, shown) == {"leadsInherited": True, "leads": []}
    _change(face, "leadAssign", item="1.1", party=ids["Ann"])
    assert _milestone(face, shown) == {"leadsInherited": True, "leads": [{"name": "Ann"}]}
    _change(face, "leadAssign", item="1.1/1", party=ids["Bob"])
    assert _milestone(face, shown) == {"leadsInherited": False, "leads": [{"name": "Bob"}]}
    _change(
        face, "leadReassign", item="1.1/1", fromParties=[ids["Bob"]], toParties=[], reason="Left."
    )
    assert _milestone(face, shown) == {"leadsInherited": False, "leads": []}


def test_a_withdrawn_item_is_shown_as_withdrawn_and_no_longer_counts(face: Face) -> None:
    """It stays to be seen, but nobody owes it any more."""
    face.begin()
    _change(face, "targetDateSet", milestone="1.1/1", date="2026-01")
    _change(face, "milestonePropose", action="1.1", text="A better step")
    _change(face, "itemWithdraw", item="1.1/1", replacedBy=["1.1/2"], **WHY)
    shown = "timeliness dueBy withdrawn { on replacedBy }"
    assert _milestone(face, shown) == {
        "timeliness": None,
        "dueBy": None,
        "withdrawn": {"on": "2026-02-12", "replacedBy": ["1.1/2"]},
    }
    totals = face.ask('{ ledger { plan(ref: "alpha") { totals { milestones overdue } } } }')
    assert totals["ledger"]["plan"]["totals"] == {"milestones": 1, "overdue": 0}


def test_a_reading_shows_which_figure_each_review_saw(face: Face) -> None:
    """An analyst asks which figure a review saw, and whether it was revised since."""
    face.begin()
    words = {"name": "Re-referrals", "formula": "a/b", "unit": "%", "sourceSystem": "Carefirst"}
    definition = {**words, "suppressionRule": "NONE", "polarity": "LOW", "frequencyMonths": 3}
    _change(face, "kpiDefine", kpi="re-referrals", **definition)
    period = {"first": "2025-10-01", "last": "2025-12-31", "label": "Q3"}
    figure = {"status": "PROVISIONAL", "extractedOn": "2026-02-01"}
    of = {"kpi": "re-referrals", "period": period}
    _change(face, "kpiReadingRecord", **of, figure={**figure, "value": "30.10"})
    _change(face, "forumEstablish", forum="board", name="The Board")
    _change(face, "reviewOpen", review="q1", forum="board", label="Q1", asAt="2026-02-12")
    _change(face, "reviewClose", review="q1")
    face.clock.now = datetime(2026, 5, 1, tzinfo=UTC)
    changed = {**definition, "formula": "a/(b+c)", "reason": "The return changed."}
    _change(face, "kpiDefine", kpi="re-referrals", **changed)
    better = {"status": "FINAL", "extractedOn": "2026-04-30", "value": "28"}
    _change(face, "kpiReadingRevise", **of, figure=better, cause="ERROR", definitionVersion=2)
    shown = """fragment f on Ledger { plan(ref: "alpha") { kpis { definition { version formula }
      readings { latest { value definitionVersion } vintages { value recordedAt position
      definitionVersion status } } } reviews { ref closedAt closedOn } } }"""
    data = face.ask(
        '{ then: ledger(knownAt: {review: "alpha/q1"}) { ...f } now: ledger { ...f } }' + shown
    )
    (then,), (now,) = data["then"]["plan"]["kpis"], data["now"]["plan"]["kpis"]
    assert then["definition"] == {"version": 1, "formula": "a/b"}
    assert now["definition"] == {"version": 2, "formula": "a/(b+c)"}
    assert then["readings"][0]["latest"] == {"value": "30.10", "definitionVersion": 1}
    assert now["readings"][0]["latest"] == {"value": "28", "definitionVersion": 2}
    first, second = now["readings"][0]["vintages"]
    assert then["readings"][0]["vintages"] == [first]
    assert (first["position"], second["position"]) == ("6", "11")
    assert second["recordedAt"].startswith("2026-05-01T00:00:00.")  # the second commit since
    (review,) = data["now"]["plan"]["reviews"]
    assert review == {"ref": "alpha/q1", "closedAt": "9", "closedOn": "2026-02-12"}


def test_a_position_is_a_string_so_that_no_client_rounds_it(face: Face) -> None:
    """JavaScript's numbers end at 2^53; a position is compared and handed back."""
    face.begin()
    data = face.ask("{ ledger { basis { position } } events(first: 1) { nodes { position } } }")
    assert data["ledger"]["basis"]["position"] == "4"
    assert data["events"]["nodes"] == [{"position": "1"}]
