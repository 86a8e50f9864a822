"""How queries and cross-references change."""

from msgspec.structs import replace

from planledger.domain.governance import Query, Reference
from planledger.domain.plan import Plan
from planledger.domain.steps.common import Steps
from planledger.events import query, reference
from planledger.events.envelope import Fact


def _reference_recorded(plan: Plan, event: reference.CrossReferenceRecorded, _: Fact) -> Plan:
    pointer = Reference(
        id=event.reference,
        item=event.item,
        kind=event.kind,
        as_printed=event.as_printed,
        printed_target=event.printed_target,
        resolved_target=event.resolved_target,
        confidence=event.confidence,
    )
    return replace(plan, references=plan.references.set(pointer.id, pointer))


def _query_raised(plan: Plan, event: query.QueryRaised, entry: Fact) -> Plan:
    raised = Query(
        id=event.query,
        item=event.item,
        line=event.line,
        question=event.question,
        taken=event.taken,
        instead=event.instead,
        raised_on=entry.effective_on,
    )
    return replace(plan, queries=plan.queries.set(raised.id, raised))


def _query_resolved(plan: Plan, event: query.QueryResolved, entry: Fact) -> Plan:
    raised = plan.queries.get(event.query)
    if raised is None:
        return plan
    resolved = replace(raised, resolution=event.resolution, resolved_on=entry.effective_on)
    return replace(plan, queries=plan.queries.set(resolved.id, resolved))


STEPS: Steps = {
    reference.CrossReferenceRecorded: _reference_recorded,
    query.QueryRaised: _query_raised,
    query.QueryResolved: _query_resolved,
}
