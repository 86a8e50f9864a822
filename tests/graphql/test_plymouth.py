"""The real plan, asked for as a whole: everything the document states is in the answer."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.face import Face

WHOLE = """
{ ledger(effectiveOn: "2015-03-31") { basis { position effectiveOn } plan(ref: "plymouth-2015") {
  ref title draftedOn documents introduction
  totals { areas objectives outcomes measures actions placeholderActions actionsWithoutLead
    milestones statedMilestones agreedMilestones oneOff toBeConfirmed recurring notStated overdue
    openQueries }
  areas { ref number ordinal title source { line document asPrinted } addedOn withdrawn { on }
    objectives { ...statement } outcomes { ...statement children { ...statement } }
    measures { ...statement }
    actions { ref text placeholder replacedBy formerRefs leads { ref } leadToBeConfirmed
      milestones { ...milestone } } }
  milestones { ref }
  parties { ref kind name aliases }
  kpis { ref } forums { ref } reviews { ref }
  references { item kind asPrinted printedTarget resolvedTarget confidence }
  queries { ref item line question taken instead raisedOn resolution } } } }
fragment statement on Statement { ref kind text source { line } }
fragment milestone on Milestone { ref ordinal text definition agreedOn dueBy timeliness
  sharesDateWith leadsInherited leadToBeConfirmed leads { name }
  targetDate { __typename asPrinted label earliest latest ... on OneOff { date }
    ... on ToBeConfirmed { decideBy decider } ... on Recurring { first everyMonths until } } }
"""


@pytest.fixture(scope="module")
def plan(plymouth: Face) -> dict[str, Any]:
    """Give the whole plan as answered."""
    seen: dict[str, Any] = plymouth.ask(WHOLE)["ledger"]["plan"]
    return seen


def _milestones(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for area in plan["areas"]:
        for action in area["actions"]:
            yield from action["milestones"]


def test_the_totals_are_those_of_the_document(plan: dict[str, Any]) -> None:
    """These are what a careful person counts in the paper (design page 2.1)."""
    assert plan["totals"] == {
        "areas": 17, "objectives": 28, "outcomes": 60, "measures": 53, "actions": 48,
        "placeholderActions": 8, "actionsWithoutLead": 2, "milestones": 70,
        "statedMilestones": 60,  # 59, and the recurring activity of 11.1
        "agreedMilestones": 0, "oneOff": 41, "toBeConfirmed": 26, "recurring": 2, "notStated": 1,
        # On 31 March everything due by the end of February has passed.
        "overdue": 18, "openQueries": len(plan["queries"]),
    }  # fmt: skip


def test_what_stands_before_the_first_area_is_the_introduction(plan: dict[str, Any]) -> None:
    """It says which bodies oversee the plan, and stands in no item."""
    assert len(plan["introduction"]) == 12
    assert plan["introduction"][0] == plan["title"]
    assert "Ambitious Plymouth Overview and Scrutiny Panel" in plan["introduction"][8]


def test_two_leads_are_to_be_confirmed_as_printed(plan: dict[str, Any]) -> None:
    """Nobody leads them, as of a vacancy; but the document says that somebody is to."""
    actions = [action for area in plan["areas"] for action in area["actions"]]
    items = [(one["ref"], one) for action in actions for one in (action, *action["milestones"])]
    awaited = {ref: one["leadToBeConfirmed"] for ref, one in items if one["leadToBeConfirmed"]}
    assert awaited == dict.fromkeys(("4.2", "4.2/1", "10.2", "10.2/1"), "TBC")
    assert [action["ref"] for action in actions if not action["leads"]] == ["4.2", "10.2"]


def test_what_is_listed_is_what_is_counted(plan: dict[str, Any]) -> None:
    """A total that differs from its list makes both worthless."""
    areas, milestones = plan["areas"], list(_milestones(plan))
    listed = {
        "areas": len(areas),
        "objectives": sum(len(area["objectives"]) for area in areas),
        "outcomes": sum(
            1 + len(outcome["children"]) for area in areas for outcome in area["outcomes"]
        ),
        "measures": sum(len(area["measures"]) for area in areas),
        "actions": sum(len(area["actions"]) for area in areas),
        "milestones": len(milestones),
        "overdue": sum(milestone["timeliness"] == "OVERDUE" for milestone in milestones),
    }
    assert listed == {name: plan["totals"][name] for name in listed}
    assert [len(area["actions"]) for area in areas] == [
        4, 3, 3, 2, 2, 5, 1, 2, 4, 2, 4, 3, 2, 1, 3, 3, 4,
    ]  # fmt: skip
    assert [milestone["ref"] for milestone in plan["milestones"]] == [
        milestone["ref"] for milestone in milestones
    ]


def test_every_target_date_is_of_the_kind_the_document_prints(plan: dict[str, Any]) -> None:
    """Most dates are a month or TBC; none is a day."""
    dates = [milestone["targetDate"] for milestone in _milestones(plan)]
    assert Counter(date["__typename"] for date in dates) == {
        "OneOff": 41, "ToBeConfirmed": 26, "Recurring": 2, "NotStated": 1,
    }  # fmt: skip
    assert all(len(date["date"]) == len("2015-03") for date in dates if "date" in date)
    by_board = [date for date in dates if date.get("decider")]
    assert len(by_board) == 6
    assert {date["decideBy"] for date in by_board} == {"2015-01"}


def test_the_first_area_reads_as_printed(plan: dict[str, Any]) -> None:
    """Its number is a roman one in the paper; people refer to its actions as 1.1 to 1.4."""
    first = plan["areas"][0]
    assert (first["ref"], first["number"], first["ordinal"]) == ("1", "I", 1)
    assert first["title"] == "Ensure that practitioners have reasonable workloads"
    assert first["source"]["document"] == plan["documents"][0]
    assert [action["ref"] for action in first["actions"]] == ["1.1", "1.2", "1.3", "1.4"]
    one, two = first["actions"][0]["milestones"]
    assert one["sharesDateWith"] == [two["ref"]]
    assert (one["leadsInherited"], one["leads"]) == (True, [{"name": "Alison Botham"}])


def test_leads_parties_and_pointers_are_all_there(plan: dict[str, Any]) -> None:
    """50 assignments to 17 parties, and every pointer with what it says and what it means."""
    actions = [action for area in plan["areas"] for action in area["actions"]]
    assert sum(len(action["leads"]) for action in actions) == 50
    assert [action["ref"] for action in actions if not action["leads"]] == ["4.2", "10.2"]
    assert Counter(party["kind"] for party in plan["parties"]) == {
        "PERSON": 12, "POST": 3, "COLLECTIVE": 1, "BODY": 1,
    }  # fmt: skip
    targets = {
        (reference["item"], reference["printedTarget"], reference["resolvedTarget"])
        for reference in plan["references"]
    }
    assert {("1.4", "2.1", "1.1"), ("1.4", "1.2", "6.2")} <= targets


def test_every_query_names_its_line_and_both_readings(plan: dict[str, Any]) -> None:
    """Where the reader had to choose, a person is asked, and can look it up."""
    assert plan["queries"]
    for query in plan["queries"]:
        assert query["line"]
        assert query["question"]
        assert query["taken"] != query["instead"]
        assert query["resolution"] is None
        assert query["raisedOn"] == "2015-01-06"


def test_before_its_day_there_was_no_plan(plymouth: Face) -> None:
    """It is recorded today and effective from 6 January 2015; the ledger knows both days."""
    query = """query($on: Date) { ledger(effectiveOn: $on) { plan(ref: "plymouth-2015") { ref } }
    }"""
    assert plymouth.ask(query, on="2015-01-05")["ledger"]["plan"] is None
    assert plymouth.ask(query, on="2015-01-06")["ledger"]["plan"] == {"ref": "plymouth-2015"}
