"""One act for every mutation, in an order in which each is accepted once.

A text "$name" in an input stands for the id that an earlier act's answer gave under that name.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

PLAN = "northbridge"
REASON = "The board said so."
AUTHORITY = {"forum": "board", "meeting": "2026-02-12", "minute": "4"}
DOCUMENT = """ROADS PLAN
3 March 2024

AREA FOR IMPROVEMENT 1: Better roads
OBJECTIVES:
- Roads are safe

ACTION\t\tPROGRESS MILESTONES\tTARGET DATE\tDELIVERY LEAD
1.1\tMend roads\tRoads mended\tMay 2024\tAmina Rook\tPriya Dell
"""
"""A document with one cell too many on line 9, which leaves a query."""


class Act(NamedTuple):
    """A mutation, what it is given, and what is to come of it."""

    mutation: str
    given: Mapping[str, Any]
    noun: str
    """The field of the answer that holds the object."""
    shown: str
    """What to ask of the object, and of the events."""
    then: Mapping[str, Any]
    """The object afterwards."""
    events: tuple[Mapping[str, Any], ...]
    """The events recorded, with what `payload` asks of them."""
    payload: str
    refused: tuple[Mapping[str, Any], str, str | None]
    """Changes to the input that have it refused, with the code and path of the refusal."""
    save: str = ""
    """The name under which the object's id within the plan is kept for later acts."""
    plan: str = PLAN


def _party(name: str, kind: str, save: str) -> Act:
    return Act(
        mutation="partyRegister",
        given={"kind": kind, "name": name},
        noun="party",
        shown="party name kind aliases",
        then={"name": name, "kind": kind, "aliases": []},
        events=({"__typename": "PartyRegistered", "name": name, "kind": kind},),
        payload="... on PartyRegistered { name kind }",
        refused=({"name": " "}, "TEXT_UNUSABLE", "name"),
        save=save,
    )


_PERIOD = {"first": "2025-10-01", "last": "2025-12-31", "label": "Q3 2025-26"}
_BACKWARDS = {"first": "2025-12-31", "last": "2025-10-01", "label": "Q3 2025-26"}
_FIGURE = {"status": "PROVISIONAL", "extractedOn": "2026-01-20", "value": "31.20"}
_BETTER = {"status": "FINAL", "extractedOn": "2026-02-01", "numerator": "25", "denominator": "80"}
_DATE = "__typename label asPrinted earliest latest"

ACTS: tuple[Act, ...] = (
    Act(
        mutation="planDraft",
        given={"title": "Northbridge <b>plan</b>"},
        noun="plan",
        shown="ref title draftedOn",
        then={"ref": PLAN, "title": "Northbridge <b>plan</b>", "draftedOn": "2026-02-12"},
        events=({"__typename": "PlanDrafted", "title": "Northbridge <b>plan</b>"},),
        payload="... on PlanDrafted { title }",
        refused=({"plan": "North Bridge"}, "NAME_UNUSABLE", "plan"),
    ),
    Act(
        mutation="areaAdd",
        given={"number": "I", "title": "Leadership"},
        noun="area",
        shown="ref number ordinal title",
        then={"ref": "1", "number": "I", "ordinal": 1, "title": "Leadership"},
        events=({"__typename": "AreaAdded", "number": "I", "ordinal": 1, "title": "Leadership"},),
        payload="... on AreaAdded { number ordinal title }",
        refused=({"title": "Other"}, "REF_IN_USE", "number"),
    ),
    Act(
        mutation="statementAdd",
        given={"area": "1", "kind": "OUTCOME", "text": "Children are safe"},
        noun="statement",
        shown="ref kind text",
        then={"ref": "1/outcome/1", "kind": "OUTCOME", "text": "Children are safe"},
        events=({"__typename": "StatementAdded", "kind": "OUTCOME", "parent": None},),
        payload="... on StatementAdded { kind parent }",
        refused=({"area": "9"}, "UNKNOWN_ITEM", "area"),
        save="outcome",
    ),
    Act(
        mutation="statementAdd",
        given={"area": "I", "kind": "OUTCOME", "text": "Children are safe", "parent": "$outcome"},
        noun="statement",
        shown="ref",
        then={"ref": "1/outcome/1/1"},
        events=({"__typename": "StatementAdded", "ordinal": 1},),
        payload="... on StatementAdded { ordinal }",
        refused=({"kind": "MEASURE"}, "PARENT_DIFFERS", "parent"),
    ),
    Act(
        mutation="actionAdd",
        given={"area": "1", "ref": "1.1", "text": "Lead"},
        noun="action",
        shown="ref text placeholder leads { party } milestones { ref }",
        then={"ref": "1.1", "text": "Lead", "placeholder": False, "leads": [], "milestones": []},
        events=({"__typename": "ActionAdded", "ref": "1.1", "placeholder": False},),
        payload="... on ActionAdded { ref placeholder }",
        refused=({"ref": "1 1"}, "NAME_UNUSABLE", "ref"),
    ),
    Act(
        mutation="actionAdd",
        given={"area": "1", "ref": "1.2", "text": "To be defined", "placeholder": True},
        noun="action",
        shown="ref placeholder",
        then={"ref": "1.2", "placeholder": True},
        events=({"__typename": "ActionAdded", "placeholder": True},),
        payload="... on ActionAdded { placeholder }",
        refused=({"text": "Something else"}, "REF_IN_USE", "ref"),
    ),
    Act(
        mutation="placeholderResolve",
        given={"action": "1.2", "replacedBy": ["1.1"]},
        noun="action",
        shown="ref replacedBy",
        then={"ref": "1.2", "replacedBy": ["1.1"]},
        events=({"__typename": "PlaceholderResolved"},),
        payload="... on PlaceholderResolved { action replacedBy }",
        refused=({"action": "1.1", "replacedBy": ["1.2"]}, "NOT_A_PLACEHOLDER", "action"),
    ),
    Act(
        mutation="itemReword",
        given={"item": "I", "to": "Leadership and management", "material": False},
        noun="item",
        shown="__typename ref ... on Area { title }",
        then={"__typename": "Area", "ref": "1", "title": "Leadership and management"},
        events=({"__typename": "WordingChanged", "fromText": "Leadership", "material": False},),
        payload="... on WordingChanged { fromText material }",
        refused=({"to": "Promises", "material": True}, "AUTHORITY_REQUIRED", "authority"),
    ),
    Act(
        mutation="itemRenumber",
        given={"item": "1.2", "to": "1.9"},
        noun="item",
        shown="__typename ref ... on Action { formerRefs }",
        then={"__typename": "Action", "ref": "1.9", "formerRefs": ["1.2"]},
        events=({"__typename": "ItemRenumbered", "fromRef": "1.2", "toRef": "1.9"},),
        payload="... on ItemRenumbered { fromRef toRef }",
        refused=({"item": "1.9", "to": "1.1"}, "REF_IN_USE", "to"),
        save="renumbered",
    ),
    Act(
        mutation="itemWithdraw",
        given={"item": "1.9", "reason": REASON, "authority": AUTHORITY, "replacedBy": ["1.1"]},
        noun="item",
        shown="ref withdrawn { on replacedBy }",
        then={"ref": "1.9", "withdrawn": {"on": "2026-02-12", "replacedBy": ["1.1"]}},
        events=({"__typename": "ItemWithdrawn"},),
        payload="... on ItemWithdrawn { replacedBy }",
        refused=({"item": "1.1", "replacedBy": [], "reason": None}, "REASON_REQUIRED", "reason"),
    ),
    _party("Ann Example", "PERSON", "ann"),
    _party("Improvement Board", "BODY", "board"),
    Act(
        mutation="partyRename",
        given={"party": "$ann", "name": "Ann Other"},
        noun="party",
        shown="name",
        then={"name": "Ann Other"},
        events=({"__typename": "PartyRenamed", "name": "Ann Other"},),
        payload="... on PartyRenamed { name }",
        refused=({"party": "nobody"}, "UNKNOWN_ITEM", "party"),
    ),
    Act(
        mutation="partyAlias",
        given={"party": "$ann", "alias": "A. Other"},
        noun="party",
        shown="name aliases",
        then={"name": "Ann Other", "aliases": ["Ann Example", "A. Other"]},
        events=({"__typename": "PartyAliased", "alias": "A. Other"},),
        payload="... on PartyAliased { alias }",
        refused=({"alias": ""}, "TEXT_UNUSABLE", "alias"),
    ),
    Act(
        mutation="leadAssign",
        given={"item": "1.1", "party": "$ann"},
        noun="item",
        shown="ref ... on Action { leads { name } }",
        then={"ref": "1.1", "leads": [{"name": "Ann Other"}]},
        events=({"__typename": "LeadAssigned"},),
        payload="... on LeadAssigned { item party }",
        refused=({"party": "$board"}, "LEAD_IN_PLACE", "jointly"),
    ),
    Act(
        mutation="leadReassign",
        given={
            "item": "1.1", "fromParties": ["$ann"], "toParties": ["$board"], "reason": REASON,
        },
        noun="item",
        shown="... on Action { leads { name } }",
        then={"leads": [{"name": "Improvement Board"}]},
        events=({"__typename": "LeadReassigned", "reason": REASON},),
        payload="reason ... on LeadReassigned { fromParties toParties }",
        refused=({"toParties": []}, "FROM_DIFFERS", "fromParties"),
    ),
    Act(
        mutation="milestonePropose",
        given={"action": "1.1", "text": "A board meets"},
        noun="milestone",
        shown="ref ordinal text definition agreedOn leadsInherited leads { name }",
        then={
            "ref": "1.1/1", "ordinal": 1, "text": "A board meets", "definition": "STATED",
            "agreedOn": None, "leadsInherited": True, "leads": [{"name": "Improvement Board"}],
        },
        events=({"__typename": "MilestoneProposed", "definition": "STATED", "ordinal": 1},),
        payload="... on MilestoneProposed { definition ordinal }",
        refused=({"action": "1.9", "text": "Too late"}, "WITHDRAWN", "action"),
    ),
    Act(
        mutation="milestoneAgree",
        given={"milestone": "1.1/1", "authority": AUTHORITY},
        noun="milestone",
        shown="ref agreedOn",
        then={"ref": "1.1/1", "agreedOn": "2026-02-12"},
        events=(
            {"__typename": "MilestoneAgreed", "authority": {**AUTHORITY, "officer": None}},
        ),
        payload="authority { forum meeting minute officer } ... on MilestoneAgreed { milestone }",
        refused=({"milestone": "1.1/2"}, "UNKNOWN_ITEM", "milestone"),
    ),
    Act(
        mutation="targetDateDefer",
        given={"milestone": "1.1/1", "decideBy": "2026-33", "decider": "the board"},
        noun="milestone",
        shown=f"timeliness targetDate {{ {_DATE} ... on ToBeConfirmed {{ decideBy decider }} }}",
        then={
            "timeliness": "NO_DATE",
            "targetDate": {
                "__typename": "ToBeConfirmed", "asPrinted": "TBC", "label": "To be confirmed by the board, decision due January to March 2026",  # noqa: E501
                "earliest": None, "latest": None, "decideBy": "2026-33", "decider": "the board",
            },
        },
        events=(
            {
                "__typename": "TargetDateDeferred",
                "targetDate": {"__typename": "ToBeConfirmed", "label": "To be confirmed by the board, decision due January to March 2026"},  # noqa: E501
            },
        ),
        payload="... on TargetDateDeferred { targetDate { __typename label } }",
        refused=({"decideBy": "2300"}, "DATE_IMPOSSIBLE", "decideBy"),
    ),
    Act(
        mutation="targetDateSet",
        given={"milestone": "1.1/1", "date": "2026-03"},
        noun="milestone",
        shown=f"dueBy timeliness targetDate {{ {_DATE} ... on OneOff {{ date }} }}",
        then={
            "dueBy": "2026-03-31",
            "timeliness": "NOT_YET_DUE",
            "targetDate": {
                "__typename": "OneOff", "asPrinted": "March 2026", "label": "March 2026",
                "earliest": "2026-03-01", "latest": "2026-03-31", "date": "2026-03",
            },
        },
        events=(
            {
                "__typename": "TargetDateSet",
                "targetDate": {"__typename": "OneOff", "date": "2026-03"}, "sharedWith": [],
            },
        ),
        payload="... on TargetDateSet { sharedWith targetDate { __typename ... on OneOff { date } "
        "} }",
        refused=({"date": "2026-05"}, "TARGET_DATE_IN_FORCE", "date"),
    ),
    Act(
        mutation="targetDateMove",
        given={
            "milestone": "1.1/1", "fromDate": "2026-03", "toDate": "2026-05-15",
            "reason": REASON, "reasonCode": "PARTNER",
        },
        noun="milestone",
        shown="slippage { amount unit label } originalTargetDate { label } targetDate { label }",
        then={
            "slippage": {"amount": 2, "unit": "MONTHS", "label": "2 months later"},
            "originalTargetDate": {"label": "March 2026"},
            "targetDate": {"label": "15 May 2026"},
        },
        events=(
            {
                "__typename": "TargetDateMoved", "reasonCode": "PARTNER",
                "fromTargetDate": {"label": "March 2026"},
                "toTargetDate": {"label": "15 May 2026"},
            },
        ),
        payload="... on TargetDateMoved { reasonCode fromTargetDate { label } "
        "toTargetDate { label } }",
        refused=({"toDate": "2026-06"}, "FROM_DIFFERS", "fromDate"),
    ),
    Act(
        mutation="recurrenceSet",
        given={
            "milestone": "1.1/1", "everyMonths": 3, "first": "2026-06", "until": "2027",
            "reason": REASON, "asPrinted": "June and then quarterly",
        },
        noun="milestone",
        shown=f"dueBy targetDate {{ {_DATE} ... on Recurring {{ first everyMonths until }} }}",
        then={
            "dueBy": "2026-06-30",
            "targetDate": {
                "__typename": "Recurring", "asPrinted": "June and then quarterly",
                "label": "Every 3 months from June 2026 until 2027",
                "earliest": "2026-06-01", "latest": "2027-12-31",
                "first": "2026-06", "everyMonths": 3, "until": "2027",
            },
        },
        events=({"__typename": "RecurrenceSet", "targetDate": {"everyMonths": 3}},),
        payload="... on RecurrenceSet { targetDate { ... on Recurring { everyMonths } } }",
        refused=({"everyMonths": 121}, "RECURRENCE_IMPOSSIBLE", "everyMonths"),
    ),
    Act(
        mutation="kpiDefine",
        given={
            "kpi": "re-referrals", "name": "Re-referrals", "formula": "a / b", "unit": "%",
            "polarity": "LOW", "frequencyMonths": 3, "sourceSystem": "Carefirst",
            "suppressionRule": "5 or fewer", "statements": ["1/outcome/1"],
        },
        noun="kpi",
        shown="ref definition { version name statements polarity } definitions { version } "
        "targets { target } readings { latest { value } }",
        then={
            "ref": "re-referrals",
            "definition": {
                "version": 1, "name": "Re-referrals", "statements": ["1/outcome/1"],
                "polarity": "LOW",
            },
            "definitions": [{"version": 1}], "targets": [], "readings": [],
        },
        events=({"__typename": "KpiDefined", "polarity": "LOW", "definitionVersion": 1},),
        payload="... on KpiDefined { polarity definitionVersion }",
        refused=({"unit": "children"}, "REASON_REQUIRED", "reason"),
    ),
    Act(
        mutation="kpiTargetSet",
        given={"kpi": "re-referrals", "period": _PERIOD, "target": "20.0", "floor": "25"},
        noun="kpi",
        shown="targets { period { first last label } target floor baseline tolerance }",
        then={
            "targets": [
                {
                    "period": _PERIOD, "target": "20.0", "floor": "25", "baseline": None,
                    "tolerance": None,
                },
            ],
        },
        events=({"__typename": "KpiTargetSet", "target": "20.0", "period": _PERIOD},),
        payload="... on KpiTargetSet { target period { first last label } }",
        refused=({"period": _BACKWARDS}, "DATE_IMPOSSIBLE", "period"),
    ),
    Act(
        mutation="kpiReadingRecord",
        given={"kpi": "re-referrals", "period": _PERIOD, "figure": _FIGURE},
        noun="kpi",
        shown="readings { period { label } latest { value status cause definitionVersion } }",
        then={
            "readings": [
                {
                    "period": {"label": "Q3 2025-26"},
                    "latest": {
                        "value": "31.20", "status": "PROVISIONAL", "cause": None,
                        "definitionVersion": 1,
                    },
                },
            ],
        },
        events=({"__typename": "KpiReadingRecorded", "value": "31.20", "numerator": None},),
        payload="... on KpiReadingRecorded { value numerator }",
        refused=({"period": _BACKWARDS}, "DATE_IMPOSSIBLE", "period"),
    ),
    Act(
        mutation="kpiReadingRevise",
        given={
            "kpi": "re-referrals", "period": _PERIOD, "figure": _BETTER, "cause": "FINALISED",
            "note": "The year's return",
        },
        noun="kpi",
        shown="readings { latest { value numerator } vintages { value numerator denominator "
        "status cause extractedOn effectiveOn } }",
        then={
            "readings": [
                {
                    "latest": {"value": None, "numerator": "25"},
                    "vintages": [
                        {
                            "value": "31.20", "numerator": None, "denominator": None,
                            "status": "PROVISIONAL", "cause": None,
                            "extractedOn": "2026-01-20", "effectiveOn": "2026-02-12",
                        },
                        {
                            "value": None, "numerator": "25", "denominator": "80",
                            "status": "FINAL", "cause": "FINALISED",
                            "extractedOn": "2026-02-01", "effectiveOn": "2026-02-12",
                        },
                    ],
                },
            ],
        },
        events=(
            {
                "__typename": "KpiReadingRevised", "cause": "FINALISED",
                "note": "The year's return",
            },
        ),
        payload="... on KpiReadingRevised { cause note }",
        refused=({"period": _BACKWARDS}, "DATE_IMPOSSIBLE", "period"),
    ),
    Act(
        mutation="forumEstablish",
        given={"forum": "scrutiny", "name": "Scrutiny Panel", "remit": "Impact", "everyMonths": 3},
        noun="forum",
        shown="ref name remit everyMonths",
        then={"ref": "scrutiny", "name": "Scrutiny Panel", "remit": "Impact", "everyMonths": 3},
        events=({"__typename": "ForumEstablished", "remit": "Impact", "everyMonths": 3},),
        payload="... on ForumEstablished { remit everyMonths }",
        refused=({"name": "Another"}, "REF_IN_USE", "forum"),
    ),
    Act(
        mutation="reviewOpen",
        given={
            "review": "scrutiny-q1", "forum": "scrutiny", "label": "Q1 2026", "asAt": "2026-01-31",
        },
        noun="review",
        shown="ref label asAt openedOn closedOn closedAt forum { ref }",
        then={
            "ref": "northbridge/scrutiny-q1", "label": "Q1 2026", "asAt": "2026-01-31",
            "openedOn": "2026-02-12", "closedOn": None, "closedAt": None,
            "forum": {"ref": "scrutiny"},
        },
        events=({"__typename": "ReviewOpened", "label": "Q1 2026", "asAt": "2026-01-31"},),
        payload="... on ReviewOpened { label asAt }",
        refused=({"review": "scrutiny-q2"}, "REVIEW_OPEN", "forum"),
    ),
    Act(
        mutation="reviewClose",
        given={"review": "scrutiny-q1"},
        noun="review",
        shown="ref closedOn",
        then={"ref": "northbridge/scrutiny-q1", "closedOn": "2026-02-12"},
        events=({"__typename": "ReviewClosed", "review": "scrutiny-q1"},),
        payload="... on ReviewClosed { review }",
        refused=({"review": "scrutiny-q9"}, "UNKNOWN_ITEM", "review"),
    ),
    Act(
        mutation="planImport",
        given={"filename": "roads.txt", "document": DOCUMENT},
        noun="plan",
        shown="ref title draftedOn totals { areas actions milestones oneOff }",
        then={
            "ref": "roads", "title": "ROADS PLAN", "draftedOn": "2024-03-03",
            "totals": {"areas": 1, "actions": 1, "milestones": 1, "oneOff": 1},
        },
        events=tuple(
            {"__typename": name}
            for name in (
                "PlanDrafted", "DocumentImported", "PartyRegistered", "AreaAdded",
                "StatementAdded", "ActionAdded", "LeadAssigned", "MilestoneProposed",
                "TargetDateSet", "QueryRaised",
            )
        ),
        payload="",
        refused=({"document": "Dear all"}, "NOT_A_PLAN", "document"),
        plan="roads",
    ),
    Act(
        mutation="queryResolve",
        given={"query": "$asked", "resolution": "Priya helps"},
        noun="query",
        shown="question line resolution resolvedOn",
        then={"line": 9, "resolution": "Priya helps", "resolvedOn": "2026-02-12"},
        events=({"__typename": "QueryResolved", "resolution": "Priya helps"},),
        payload="... on QueryResolved { resolution }",
        refused=({"resolution": "She does not"}, "QUERY_RESOLVED", "query"),
        plan="roads",
    ),
)  # fmt: skip


def filled(given: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """Put the ids that earlier acts gave in the places of their names."""

    def fill(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
        if isinstance(value, str) and value.startswith("$"):
            return names[value[1:]]
        return [fill(inner) for inner in value] if isinstance(value, list) else value

    return {field: fill(value) for field, value in given.items()}
