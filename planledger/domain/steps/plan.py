"""How the plan as a whole changes: versions, baselines, inspections, evidence, its end."""

from msgspec.structs import replace

from planledger.domain.governance import (
    Approval,
    Baseline,
    Closing,
    Evidence,
    Inspection,
    Submission,
    Version,
)
from planledger.domain.plan import Plan
from planledger.domain.steps.common import Steps
from planledger.events import evidence
from planledger.events import plan as events
from planledger.events.envelope import Fact
from planledger.events.inspection import InspectionReportReceived


def _plan_drafted(plan: Plan, event: events.PlanDrafted, _: Fact) -> Plan:
    return replace(plan, title=event.title)


def _document_imported(plan: Plan, event: events.DocumentImported, _: Fact) -> Plan:
    return replace(
        plan,
        documents=(*plan.documents, event.sha256),
        introduction=(*plan.introduction, *event.introduction),
    )


def _version_issued(plan: Plan, event: events.PlanVersionIssued, entry: Fact) -> Plan:
    version = Version(
        id=event.version,
        label=event.label,
        kind=event.kind,
        on=entry.effective_on,
        at=entry.position,
    )
    return replace(plan, versions=plan.versions.set(version.id, version))


def _approved(plan: Plan, event: events.PlanApproved, entry: Fact) -> Plan:
    version = plan.versions.get(event.version)
    if version is None:
        return plan
    approval = Approval(body=event.body, on=entry.effective_on, at=entry.position)
    version = replace(version, approvals=(*version.approvals, approval))
    return replace(plan, versions=plan.versions.set(version.id, version))


def _submitted(plan: Plan, event: events.PlanSubmitted, entry: Fact) -> Plan:
    version = plan.versions.get(event.version)
    if version is None:
        return plan
    submission = Submission(
        recipients=event.recipients,
        method=event.method,
        on=entry.effective_on,
        at=entry.position,
    )
    version = replace(version, submissions=(*version.submissions, submission))
    return replace(plan, versions=plan.versions.set(version.id, version))


def _baselined(plan: Plan, event: events.PlanBaselined, entry: Fact) -> Plan:
    baseline = Baseline(
        id=event.baseline, label=event.label, on=entry.effective_on, at=entry.position
    )
    return replace(plan, baselines=plan.baselines.set(baseline.id, baseline))


def _closed(plan: Plan, event: events.PlanClosed, entry: Fact) -> Plan:
    closed = Closing(
        on=entry.effective_on,
        at=entry.position,
        outcome=event.outcome,
        successor=event.successor,
    )
    return replace(plan, closed=closed)


def _report_received(plan: Plan, event: InspectionReportReceived, entry: Fact) -> Plan:
    inspection = Inspection(
        id=event.inspection,
        framework=event.framework,
        judgement=event.judgement,
        received_on=event.received_on,
        published_on=event.published_on,
        working_days=event.working_days,
        statement_due_on=event.statement_due_on,
        on=entry.effective_on,
    )
    return replace(plan, inspections=plan.inspections.set(inspection.id, inspection))


def _evidence_registered(plan: Plan, event: evidence.EvidenceRegistered, entry: Fact) -> Plan:
    registered = Evidence(
        id=event.evidence,
        title=event.title,
        kind=event.kind,
        dated=event.dated,
        uri=event.uri,
        sha256=event.sha256,
        items=event.items,
        on=entry.effective_on,
    )
    return replace(plan, evidence=plan.evidence.set(registered.id, registered))


def _evidence_withdrawn(plan: Plan, event: evidence.EvidenceWithdrawn, entry: Fact) -> Plan:
    registered = plan.evidence.get(event.evidence)
    if registered is None:
        return plan
    withdrawn = replace(registered, withdrawn_on=entry.effective_on)
    return replace(plan, evidence=plan.evidence.set(withdrawn.id, withdrawn))


STEPS: Steps = {
    events.PlanDrafted: _plan_drafted,
    events.DocumentImported: _document_imported,
    events.PlanVersionIssued: _version_issued,
    events.PlanApproved: _approved,
    events.PlanSubmitted: _submitted,
    events.PlanBaselined: _baselined,
    events.PlanClosed: _closed,
    InspectionReportReceived: _report_received,
    evidence.EvidenceRegistered: _evidence_registered,
    evidence.EvidenceWithdrawn: _evidence_withdrawn,
}
