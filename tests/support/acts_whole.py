"""Acts on a plan as a whole: documents, queries, versions, the record, and its end."""

from tests.support.acts_base import AUTHORITY, DOCUMENT, REASON, Act

WHOLE: tuple[Act, ...] = (
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
    Act(
        mutation="queryRaise",
        given={
            "question": "Is the board the old one?", "taken": "It is", "instead": "It is another",
            "item": "1.1",
        },
        noun="query",
        shown="item line question taken instead raisedOn resolution",
        then={
            "item": "1.1", "line": None, "question": "Is the board the old one?", "taken": "It is",
            "instead": "It is another", "raisedOn": "2026-02-12", "resolution": None,
        },
        events=({"__typename": "QueryRaised", "question": "Is the board the old one?"},),
        payload="... on QueryRaised { question }",
        refused=({"item": "7.7"}, "UNKNOWN_ITEM", "item"),
    ),
    Act(
        mutation="referenceRecord",
        given={"item": "1.1/1", "kind": "REFERENCE", "target": "1/outcome/1"},
        noun="reference",
        shown="item kind asPrinted printedTarget resolvedTarget confidence",
        then={
            "item": "1.1/1", "kind": "REFERENCE", "asPrinted": "1/outcome/1",
            "printedTarget": None, "resolvedTarget": "1/outcome/1", "confidence": "CERTAIN",
        },
        events=({"__typename": "CrossReferenceRecorded", "kind": "REFERENCE"},),
        payload="... on CrossReferenceRecorded { kind }",
        refused=({"target": "1.1/1"}, "REFERS_TO_ITSELF", "target"),
    ),
    Act(
        mutation="inspectionReportReceive",
        given={
            "inspection": "ofsted-2026", "framework": "ILACS", "judgement": "Requires improvement",
            "receivedOn": "2026-01-20", "publishedOn": "2026-02-02",
        },
        noun="inspection",
        shown="ref framework judgement receivedOn publishedOn workingDays statementDueOn",
        then={
            "ref": "ofsted-2026", "framework": "ILACS", "judgement": "Requires improvement",
            "receivedOn": "2026-01-20", "publishedOn": "2026-02-02", "workingDays": 70,
            "statementDueOn": "2026-04-30",  # 14 weeks, and two days of Easter
        },
        events=({"__typename": "InspectionReportReceived", "statementDueOn": "2026-04-30"},),
        payload="... on InspectionReportReceived { statementDueOn }",
        refused=(
            {"inspection": "ofsted-2027", "workingDays": 0}, "WORKING_DAYS_IMPOSSIBLE",
            "workingDays",
        ),
    ),
    Act(
        mutation="planVersionIssue",
        given={"version": "v1", "label": "Version 1.0", "kind": "CONSULTATION"},
        noun="version",
        shown="ref label kind on approvals { body } submissions { method }",
        then={
            "ref": "v1", "label": "Version 1.0", "kind": "CONSULTATION", "on": "2026-02-12",
            "approvals": [], "submissions": [],
        },
        events=({"__typename": "PlanVersionIssued", "planVersion": "v1", "label": "Version 1.0"},),
        payload="... on PlanVersionIssued { planVersion label }",
        refused=({"label": "Version 2.0"}, "REF_IN_USE", "version"),
    ),
    Act(
        mutation="planVersionApprove",
        given={"version": "v1", "body": "Cabinet", "authority": AUTHORITY},
        noun="version",
        shown="ref approvals { body on }",
        then={"ref": "v1", "approvals": [{"body": "Cabinet", "on": "2026-02-12"}]},
        events=({"__typename": "PlanApproved", "planVersion": "v1", "body": "Cabinet"},),
        payload="... on PlanApproved { planVersion body }",
        refused=({"body": "Council", "authority": None}, "AUTHORITY_REQUIRED", "authority"),
    ),
    Act(
        mutation="planVersionSubmit",
        given={"version": "v1", "recipients": ["Ofsted", "DfE"], "method": "by e-mail"},
        noun="version",
        shown="ref submissions { recipients method on }",
        then={
            "ref": "v1",
            "submissions": [
                {"recipients": ["Ofsted", "DfE"], "method": "by e-mail", "on": "2026-02-12"},
            ],
        },
        events=({"__typename": "PlanSubmitted", "recipients": ["Ofsted", "DfE"]},),
        payload="... on PlanSubmitted { recipients }",
        refused=({"recipients": []}, "NOTHING_NAMED", "recipients"),
    ),
    Act(
        mutation="planBaselineSet",
        given={"baseline": "b1", "label": "As submitted", "authority": AUTHORITY},
        noun="baseline",
        shown="ref label on",
        then={"ref": "b1", "label": "As submitted", "on": "2026-02-12"},
        events=({"__typename": "PlanBaselined", "baseline": "b1"},),
        payload="... on PlanBaselined { baseline }",
        refused=({"label": "As agreed"}, "BASELINE_EXISTS", "baseline"),
    ),
    Act(
        mutation="entryCorrect",
        given={
            "entry": "$reading", "reason": REASON,
            "changes": [{"field": "value", "to": "31.25"}, {"field": "status", "to": "FINAL"}],
        },
        noun="entry",
        shown="type ... on KpiReadingRecorded { value status extractedOn }",
        then={
            "type": "kpi-reading-recorded.v1", "value": "31.25", "status": "FINAL",
            "extractedOn": "2026-01-20",
        },
        events=(
            {
                "__typename": "EntryCorrected",
                "event": {"__typename": "KpiReadingRecorded", "value": "31.25", "reason": REASON},
            },
        ),
        payload="... on EntryCorrected { entry event { __typename reason "
        "... on KpiReadingRecorded { value } } }",
        refused=({"changes": [{"field": "price", "to": "1"}]}, "FIELD_UNKNOWN", "changes.0.field"),
        save_position="correction",
    ),
    Act(
        mutation="entryVoid",
        given={"entry": "$correction", "reason": REASON},
        noun="entry",
        shown="type ... on KpiReadingRecorded { value status }",
        then={"type": "kpi-reading-recorded.v1", "value": "31.20", "status": "PROVISIONAL"},
        events=({"__typename": "EntryVoided", "reason": REASON},),
        payload="reason ... on EntryVoided { entry }",
        refused=({"entry": "999999"}, "UNKNOWN_ENTRY", "entry"),
    ),
    Act(
        mutation="planClose",
        given={
            "outcome": "All of it is reached", "successor": "northbridge-2",
            "authority": AUTHORITY,
        },
        noun="plan",
        shown="ref closed { on outcome successor }",
        then={
            "ref": "northbridge",
            "closed": {
                "on": "2026-02-12", "outcome": "All of it is reached",
                "successor": "northbridge-2",
            },
        },
        events=({"__typename": "PlanClosed", "successor": "northbridge-2"},),
        payload="... on PlanClosed { successor }",
        refused=({"outcome": "Some of it is"}, "PLAN_CLOSED", "plan"),
    ),
)  # fmt: skip
