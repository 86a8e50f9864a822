"""Acts on a plan's items, its parties and its target dates."""

from tests.support.acts_base import AUTHORITY, PLAN, REASON, Act

_DATE = "__typename label asPrinted earliest latest"


def _party(name: str, kind: str, save: str) -> Act:
    return Act(
        mutation="partyRegister",
        given={"kind": kind, "name": name},
        noun="party",
        shown="ref name kind aliases",
        then={"name": name, "kind": kind, "aliases": []},
        events=({"__typename": "PartyRegistered", "name": name, "kind": kind},),
        payload="... on PartyRegistered { name kind }",
        refused=({"name": " "}, "TEXT_UNUSABLE", "name"),
        save=save,
    )


ITEMS: tuple[Act, ...] = (
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
        shown="ref text placeholder leads { ref } milestones { ref }",
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
)  # fmt: skip
