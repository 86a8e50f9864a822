"""What a plan accepts of versions, inspections, evidence and references; see `accepted_cases`."""

from datetime import date

from planledger.domain.commands import (
    ApproveVersion,
    ClosePlan,
    IssueVersion,
    RaiseQuery,
    ReceiveReport,
    RecordReference,
    RegisterEvidence,
    SetBaseline,
    SubmitVersion,
    WithdrawEvidence,
)
from planledger.events.dates import Month
from planledger.events.evidence import EvidenceRegistered, EvidenceWithdrawn
from planledger.events.inspection import InspectionReportReceived
from planledger.events.plan import (
    PlanApproved,
    PlanBaselined,
    PlanClosed,
    PlanSubmitted,
    PlanVersionIssued,
)
from planledger.events.query import QueryRaised, QueryResolved
from planledger.events.reference import CrossReferenceRecorded
from planledger.events.values import (
    Authority,
    Confidence,
    EvidenceKind,
    Personal,
    ReferenceKind,
    VersionKind,
)
from tests.support.accepted_cases import Accepted, made
from tests.support.domain_cases import BEGUN, BOARD, FIRST_DAY, PLAN, REASON

OUTCOME = Personal(words="Every area is done.")
QUESTION = Personal(words="Is this the same post?")
ITS_HASH = "0123456789abcdef" * 4

ISSUE = IssueVersion(plan=PLAN, version="v1", label="Version 1", kind=VersionKind.PUBLISHED)
ISSUED = BEGUN.happened(
    PlanVersionIssued(version="v1", label="Version 1", kind=VersionKind.PUBLISHED)
)
APPROVED = ISSUED.happened(PlanApproved(version="v1", body="Cabinet"))
BASELINED = BEGUN.happened(PlanBaselined(baseline="start", label="As approved"))
CLOSED = BEGUN.happened(PlanClosed(outcome=OUTCOME, successor=None), on=date(2025, 5, 20))


def _named(recipients: tuple[str, ...]) -> tuple[Personal, ...]:
    return tuple(Personal(words=recipient) for recipient in recipients)


def approve(body: str = "Cabinet", on: date | None = None) -> ApproveVersion:
    """Ask that a body approves version 1."""
    return ApproveVersion(plan=PLAN, version="v1", body=body, authority=BOARD, effective_on=on)


def submit(
    *recipients: str, authority: Authority | None = None, on: date | None = None
) -> SubmitVersion:
    """Ask that version 1 is sent by post."""
    return SubmitVersion(
        plan=PLAN, version="v1", recipients=_named(recipients), method="Post", authority=authority,
        effective_on=on,
    )  # fmt: skip


def sent(*recipients: str) -> PlanSubmitted:
    """Give that version 1 was sent by post."""
    return PlanSubmitted(version="v1", recipients=_named(recipients), method="Post")


def close(successor: str | None = None, on: date | None = None) -> ClosePlan:
    """Ask that the plan ends."""
    return ClosePlan(
        plan=PLAN, outcome=OUTCOME, successor=successor, authority=BOARD, effective_on=on
    )


def receive(
    received_on: date = FIRST_DAY, working_days: int = 70, published_on: date | None = None
) -> ReceiveReport:
    """Ask that an inspection report is recorded."""
    return ReceiveReport(
        plan=PLAN, inspection="sif-2015", framework="SIF", judgement="Requires improvement",
        received_on=received_on, published_on=published_on, working_days=working_days,
    )  # fmt: skip


def received(
    received_on: date, working_days: int, statement_due_on: date, published_on: date | None = None
) -> InspectionReportReceived:
    """Give that an inspection report was received."""
    return InspectionReportReceived(
        inspection="sif-2015", framework="SIF", judgement="Requires improvement",
        received_on=received_on, published_on=published_on, working_days=working_days,
        statement_due_on=statement_due_on,
    )  # fmt: skip


VERSIONS = {
    "a version is issued": Accepted(
        BEGUN, ISSUE, (PlanVersionIssued(version="v1", label="Version 1", kind=ISSUE.kind),)
    ),
    "a version is approved": Accepted(
        ISSUED, approve(), (PlanApproved(version="v1", body="Cabinet"),)
    ),
    "a version is approved by a second body": Accepted(
        APPROVED, approve("Council"), (PlanApproved(version="v1", body="Council"),)
    ),
    "an approved version is sent": Accepted(
        APPROVED, submit("Ofsted", "DfE", "Ofsted"), (sent("Ofsted", "DfE"),)
    ),
    "a version is sent by an authority of its own": Accepted(
        ISSUED, submit("Ofsted", authority=BOARD), (sent("Ofsted"),)
    ),
    "a version is sent to somebody else": Accepted(
        APPROVED.happened(sent("Ofsted")), submit("DfE"), (sent("DfE"),)
    ),
    "a baseline is set": Accepted(
        BEGUN,
        SetBaseline(plan=PLAN, baseline="start", label="As approved", authority=BOARD),
        (PlanBaselined(baseline="start", label="As approved"),),
    ),
    "a second baseline is set": Accepted(
        BASELINED,
        SetBaseline(plan=PLAN, baseline="year-2", label="As refreshed", authority=BOARD),
        (PlanBaselined(baseline="year-2", label="As refreshed"),),
    ),
    "a plan is closed": Accepted(
        BEGUN, close("northbridge-2016"),
        (PlanClosed(outcome=OUTCOME, successor="northbridge-2016"),),
    ),
    "what happened before the end is recorded after it": Accepted(
        CLOSED,
        IssueVersion(
            plan=PLAN, version="v1", label="Version 1", kind=VersionKind.PUBLISHED,
            effective_on=date(2025, 5, 19),
        ),
        (PlanVersionIssued(version="v1", label="Version 1", kind=VersionKind.PUBLISHED),),
    ),
}  # fmt: skip

INSPECTIONS = {
    "a report is received": Accepted(
        BEGUN, receive(date(2015, 1, 2)),
        (received(date(2015, 1, 2), 70, date(2015, 4, 14)),),
    ),
    "a report is received and published on one day, and a draft is due": Accepted(
        BEGUN, receive(date(2025, 6, 2), 20, published_on=date(2025, 6, 2)),
        (received(date(2025, 6, 2), 20, date(2025, 6, 30), published_on=date(2025, 6, 2)),),
    ),
    "a report is to be answered on the next working day": Accepted(
        BEGUN, receive(date(2025, 4, 17), 1), (received(date(2025, 4, 17), 1, date(2025, 4, 22)),)
    ),
    "a report is to be answered within a year of working days": Accepted(
        BEGUN, receive(date(2024, 1, 1), 260),
        (received(date(2024, 1, 1), 260, date(2025, 1, 9)),),
    ),
}  # fmt: skip


def register(
    uri: str = "https://northbridge.example/audit",
    *items: str,
    kind: EvidenceKind = EvidenceKind.AUDIT,
    sha256: str | None = None,
    on: date | None = None,
) -> RegisterEvidence:
    """Ask that an audit of May is registered, by default for the milestone 1.1/1."""
    return RegisterEvidence(
        plan=PLAN, title=Personal(words="Audit"), kind=kind, uri=uri, items=items or ("1.1/1",),
        dated=Month(2025, 5), sha256=sha256, effective_on=on,
    )  # fmt: skip


def evidence(
    uri: str = "https://northbridge.example/audit",
    *items: str,
    name: str = "audit",
    kind: EvidenceKind = EvidenceKind.AUDIT,
    sha256: str | None = None,
) -> EvidenceRegistered:
    """Give that an audit of May was registered, by default for the milestone "review"."""
    return EvidenceRegistered(
        evidence=name, title=Personal(words="Audit"), kind=kind, dated=Month(2025, 5), uri=uri,
        sha256=sha256, items=items or ("review",),
    )  # fmt: skip


REGISTERED = BEGUN.happened(evidence())
WITHDRAWN = REGISTERED.happened(EvidenceWithdrawn(evidence="audit"), on=date(2025, 5, 20))
_NEW = made("evidence")

EVIDENCE = {
    "evidence is registered": Accepted(BEGUN, register(), (evidence(name=_NEW),)),
    "evidence is registered for several items with its hash": Accepted(
        BEGUN,
        register("urn:nbn:audit-7", "1.1", "1", "front-door", sha256=ITS_HASH.upper()),
        (evidence("urn:nbn:audit-7", "front-door", "help", name=_NEW, sha256=ITS_HASH),),
    ),
    "evidence is registered in a store of documents": Accepted(
        BEGUN, register("objective:A1234567"), (evidence("objective:A1234567", name=_NEW),)
    ),
    "the same link is evidence for something else": Accepted(
        REGISTERED,
        register(evidence().uri, "1.2"),
        (evidence(evidence().uri, "undefined", name=_NEW),),
    ),
    "the same link with other bytes is other evidence": Accepted(
        REGISTERED, register(sha256=ITS_HASH), (evidence(name=_NEW, sha256=ITS_HASH),)
    ),
    "what was withdrawn is registered anew": Accepted(
        WITHDRAWN, register(), (evidence(name=_NEW),)
    ),
    "evidence is withdrawn": Accepted(
        REGISTERED,
        WithdrawEvidence(plan=PLAN, evidence="audit", reason=REASON),
        (EvidenceWithdrawn(evidence="audit"),),
    ),
}


def ask(item: str | None = "1.1", on: date | None = None) -> RaiseQuery:
    """Ask a person whether two posts are one."""
    return RaiseQuery(
        plan=PLAN, question=QUESTION, taken=OUTCOME, instead=REASON, item=item, effective_on=on
    )


def asked(name: str = "same-post", item: str | None = "front-door") -> QueryRaised:
    """Give that a person was asked whether two posts are one."""
    return QueryRaised(
        query=name, item=item, line=None, question=QUESTION, taken=OUTCOME, instead=REASON
    )


QUERIES = {
    "a query is raised": Accepted(BEGUN, ask(), (asked(made("query")),)),
    "a query about nothing in particular is raised": Accepted(
        BEGUN, ask(None), (asked(made("query"), None),)
    ),
    "the same query about another item is raised": Accepted(
        BEGUN.happened(asked()), ask("2.1"), (asked(made("query"), "pledge"),)
    ),
    "a query is raised again after it was settled": Accepted(
        BEGUN.happened(asked(), QueryResolved(query="same-post", resolution=REASON)),
        ask(),
        (asked(made("query")),),
    ),
}


def depend(
    item: str,
    target: str,
    kind: ReferenceKind = ReferenceKind.DEPENDS_ON,
    on: date | None = None,
) -> RecordReference:
    """Ask that an item depends on another."""
    return RecordReference(plan=PLAN, item=item, kind=kind, target=target, effective_on=on)


def depends(
    item: str,
    target: str | None,
    kind: ReferenceKind = ReferenceKind.DEPENDS_ON,
    name: str | None = None,
    printed: str = "",
) -> CrossReferenceRecorded:
    """Give that an item depends on another."""
    return CrossReferenceRecorded(
        reference=name or f"{item}-{target}", item=item, kind=kind, as_printed=printed,
        printed_target=None, resolved_target=target, confidence=Confidence.CERTAIN,
    )  # fmt: skip


_POINTER = made("reference")

REFERENCES = {
    "a milestone mentions an area": Accepted(
        BEGUN,
        depend("1.1/1", "II", ReferenceKind.REFERENCE),
        (depends("review", "care", ReferenceKind.REFERENCE, _POINTER, "2"),),
    ),
    "a milestone mentions the action it belongs to": Accepted(
        BEGUN,
        depend("1.1/1", "1.1", ReferenceKind.REFERENCE),
        (depends("review", "front-door", ReferenceKind.REFERENCE, _POINTER, "1.1"),),
    ),
    "an action depends on a milestone of another": Accepted(
        BEGUN,
        depend("2.1", "1.1/2"),
        (depends("pledge", "to-come", name=_POINTER, printed="1.1/2"),),
    ),
    "a milestone depends on one beside it": Accepted(
        BEGUN,
        depend("1.1/2", "1.1/1"),
        (depends("to-come", "review", name=_POINTER, printed="1.1/1"),),
    ),
    "a chain of dependencies is made longer": Accepted(
        BEGUN.happened(depends("pledge", "undefined")),
        depend("1.2", "1.1/2"),
        (depends("undefined", "to-come", name=_POINTER, printed="1.1/2"),),
    ),
    "two items mention each other": Accepted(
        BEGUN.happened(depends("pledge", "undefined", ReferenceKind.REFERENCE)),
        depend("1.2", "2.1", ReferenceKind.REFERENCE),
        (depends("undefined", "pledge", ReferenceKind.REFERENCE, _POINTER, "2.1"),),
    ),
    "what is mentioned is depended on by what mentions it": Accepted(
        BEGUN.happened(depends("pledge", "undefined", ReferenceKind.REFERENCE)),
        depend("1.2", "2.1"),
        (depends("undefined", "pledge", name=_POINTER, printed="2.1"),),
    ),
    "a dependency turns out to be older": Accepted(
        BEGUN.happened(depends("pledge", "undefined"), on=date(2025, 5, 20)),
        depend("2.1", "1.2", on=date(2025, 5, 1)),
        (depends("pledge", "undefined", printed="1.2"),),
    ),
    "an item depends on a measure": Accepted(
        BEGUN,
        depend("2.1", "1/measure/1"),
        (depends("pledge", "measure", name=_POINTER, printed="1/measure/1"),),
    ),
}

GOVERNANCE = {**VERSIONS, **INSPECTIONS, **EVIDENCE, **QUERIES, **REFERENCES}
