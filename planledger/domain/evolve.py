"""How one entry changes a plan. No rule lives here and nothing fails: rules are in `decide`.

An entry about an item that is not there (yet, in effective order) changes nothing. A table from
event to step, rather than one long match, keeps a step's cost the same for every event; a test
holds that the table is complete.
"""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from planledger.domain.plan import (
    Action,
    Area,
    Forum,
    Item,
    Kpi,
    KpiDefinition,
    KpiTarget,
    Milestone,
    Party,
    Plan,
    Query,
    Reference,
    Review,
    Statement,
    Withdrawal,
    find_item,
    span,
)
from planledger.events import kpi, milestone, party, query, reference, review, structure
from planledger.events.base import Event
from planledger.events.envelope import Fact
from planledger.events.plan import DocumentImported, PlanDrafted
from planledger.events.target_date import (
    RecurrenceSet,
    TargetDateDeferred,
    TargetDateMoved,
    TargetDateSet,
)
from planledger.events.target_dates import NotStated, OneOff, TargetDate
from planledger.events.values import Definition

FOLD_VERSION = 1
"""Raised whenever a step comes to mean something else, so that kept folds are made anew."""

_UNPRINTED = NotStated(as_printed="")
_LED = (Action, Milestone)  # a tuple: `Action | Milestone` would be made anew at every step


def evolve(plan: Plan | None, entry: Fact) -> Plan | None:
    """Give the plan after one more entry; None as long as no plan was drafted."""
    event = entry.envelope.event
    if plan is not None:
        return STEPS[type(event)](plan, event, entry)
    if isinstance(event, PlanDrafted):
        return Plan(ref=entry.plan, title=event.title, drafted_on=entry.effective_on)
    return None


def _plan_drafted(plan: Plan, event: PlanDrafted, _: Fact) -> Plan:
    return replace(plan, title=event.title)


def _document_imported(plan: Plan, event: DocumentImported, _: Fact) -> Plan:
    return replace(plan, documents=(*plan.documents, event.sha256))


def _area_added(plan: Plan, event: structure.AreaAdded, entry: Fact) -> Plan:
    area = Area(
        id=event.area,
        number=event.number,
        ordinal=event.ordinal,
        title=event.title,
        added_on=entry.effective_on,
        source=entry.envelope.source,
    )
    return replace(plan, areas=plan.areas.set(area.id, area))


def _statement_added(plan: Plan, event: structure.StatementAdded, entry: Fact) -> Plan:
    statement = Statement(
        id=event.statement,
        area=event.area,
        parent=event.parent,
        kind=event.kind,
        ordinal=event.ordinal,
        text=event.text,
        added_on=entry.effective_on,
        source=entry.envelope.source,
    )
    return replace(plan, statements=plan.statements.set(statement.id, statement))


def _action_added(plan: Plan, event: structure.ActionAdded, entry: Fact) -> Plan:
    action = Action(
        id=event.action,
        area=event.area,
        ref=event.ref,
        text=event.text,
        placeholder=event.placeholder,
        added_on=entry.effective_on,
        source=entry.envelope.source,
    )
    return replace(plan, actions=plan.actions.set(action.id, action))


def _item_renumbered(plan: Plan, event: structure.ItemRenumbered, _: Fact) -> Plan:
    area = plan.areas.get(event.item)
    if area is not None:
        formerly = (*area.former_numbers, event.from_ref)
        return _with_item(plan, replace(area, number=event.to_ref, former_numbers=formerly))
    action = plan.actions.get(event.item)
    if action is None:
        return plan
    former = (*action.former_refs, event.from_ref)
    return _with_item(plan, replace(action, ref=event.to_ref, former_refs=former))


def _wording_changed(plan: Plan, event: structure.WordingChanged, _: Fact) -> Plan:
    item = find_item(plan, event.item)
    if item is None:
        return plan
    if isinstance(item, Area):
        return _with_item(plan, replace(item, title=event.to_text))
    if isinstance(item, Milestone):
        # Words put in the place of "TBC" define what was promised.
        return _with_item(plan, replace(item, text=event.to_text, definition=Definition.STATED))
    return _with_item(plan, replace(item, text=event.to_text))


def _placeholder_resolved(plan: Plan, event: structure.PlaceholderResolved, _: Fact) -> Plan:
    action = plan.actions.get(event.action)
    if action is None:
        return plan
    return _with_item(plan, replace(action, replaced_by=event.replaced_by))


def _item_withdrawn(plan: Plan, event: structure.ItemWithdrawn, entry: Fact) -> Plan:
    item = find_item(plan, event.item)
    if item is None:
        return plan
    withdrawn = Withdrawal(on=entry.effective_on, replaced_by=event.replaced_by)
    return _with_item(plan, replace(item, withdrawn=withdrawn))


def _milestone_proposed(plan: Plan, event: milestone.MilestoneProposed, entry: Fact) -> Plan:
    proposed = Milestone(
        id=event.milestone,
        action=event.action,
        ordinal=event.ordinal,
        text=event.text,
        definition=event.definition,
        added_on=entry.effective_on,
        source=entry.envelope.source,
        target_date=_UNPRINTED,
    )
    return replace(plan, milestones=plan.milestones.set(proposed.id, proposed))


def _milestone_agreed(plan: Plan, event: milestone.MilestoneAgreed, entry: Fact) -> Plan:
    agreed = plan.milestones.get(event.milestone)
    if agreed is None:
        return plan
    agreed = replace(agreed, agreed_on=entry.envelope.effective_on)
    return replace(plan, milestones=plan.milestones.set(agreed.id, agreed))


def _target_date_given(
    plan: Plan, event: TargetDateDeferred | TargetDateSet | RecurrenceSet, _: Fact
) -> Plan:
    return _with_date(plan, event.milestone, event.target_date, event.shared_with)


def _target_date_moved(plan: Plan, event: TargetDateMoved, _: Fact) -> Plan:
    return _with_date(plan, event.milestone, event.to_target_date, ())


def _with_date(plan: Plan, of: str, target_date: TargetDate, shared: tuple[str, ...]) -> Plan:
    due = plan.milestones.get(of)
    if due is None:
        return plan
    original = due.original
    if original is None and isinstance(target_date, OneOff):
        original = target_date
    due = replace(due, target_date=target_date, shared_with=shared, original=original)
    return replace(plan, milestones=plan.milestones.set(of, due))


def _party_registered(plan: Plan, event: party.PartyRegistered, entry: Fact) -> Plan:
    known = plan.parties.get(event.party)
    if known is None:
        at = entry.position
        known = Party(id=event.party, kind=event.kind, name=event.name, registered_at=at)
    known = replace(known, kind=event.kind, name=event.name)
    return replace(plan, parties=plan.parties.set(known.id, known))


def _party_renamed(plan: Plan, event: party.PartyRenamed, _: Fact) -> Plan:
    known = plan.parties.get(event.party)
    if known is None:
        return plan
    aliases = (*known.aliases, known.name)
    return replace(
        plan, parties=plan.parties.set(known.id, replace(known, name=event.name, aliases=aliases))
    )


def _party_aliased(plan: Plan, event: party.PartyAliased, _: Fact) -> Plan:
    known = plan.parties.get(event.party)
    if known is None:
        return plan
    aliases = (*known.aliases, event.alias)
    return replace(plan, parties=plan.parties.set(known.id, replace(known, aliases=aliases)))


def _lead_assigned(plan: Plan, event: party.LeadAssigned, _: Fact) -> Plan:
    led = find_item(plan, event.item)
    if not isinstance(led, _LED):
        return plan
    others = tuple(lead for lead in led.leads or () if lead != event.party)
    return _with_item(plan, replace(led, leads=(*others, event.party)))


def _lead_reassigned(plan: Plan, event: party.LeadReassigned, _: Fact) -> Plan:
    led = find_item(plan, event.item)
    if not isinstance(led, _LED):
        return plan
    return _with_item(plan, replace(led, leads=event.to_parties))


def _kpi_defined(plan: Plan, event: kpi.KpiDefined, entry: Fact) -> Plan:
    definition = KpiDefinition(
        version=event.definition_version,
        on=entry.effective_on,
        name=event.name,
        formula=event.formula,
        unit=event.unit,
        polarity=event.polarity,
        frequency_months=event.frequency_months,
        source_system=event.source_system,
        suppression_rule=event.suppression_rule,
        statements=event.statements,
    )
    known = plan.kpis.get(event.kpi) or Kpi(id=event.kpi, definitions=())
    definitions = (*known.definitions, definition)
    return replace(plan, kpis=plan.kpis.set(known.id, replace(known, definitions=definitions)))


def _kpi_target_set(plan: Plan, event: kpi.KpiTargetSet, _: Fact) -> Plan:
    known = plan.kpis.get(event.kpi)
    if known is None:
        return plan
    target = KpiTarget(
        period=event.period,
        baseline=event.baseline,
        target=event.target,
        floor=event.floor,
        tolerance=event.tolerance,
    )
    targets = known.targets.set(span(event.period), target)
    return replace(plan, kpis=plan.kpis.set(known.id, replace(known, targets=targets)))


def _kpi_reading(
    plan: Plan, event: kpi.KpiReadingRecorded | kpi.KpiReadingRevised, entry: Fact
) -> Plan:
    known = plan.kpis.get(event.kpi)
    if known is None:
        return plan
    key = span(event.period)
    readings = known.readings.set(key, (*known.readings.get(key, ()), entry))
    return replace(plan, kpis=plan.kpis.set(known.id, replace(known, readings=readings)))


def _forum_established(plan: Plan, event: review.ForumEstablished, entry: Fact) -> Plan:
    forum = Forum(
        id=event.forum,
        name=event.name,
        remit=event.remit,
        every_months=event.every_months,
        added_on=entry.effective_on,
    )
    return replace(plan, forums=plan.forums.set(forum.id, forum))


def _review_opened(plan: Plan, event: review.ReviewOpened, entry: Fact) -> Plan:
    opened = Review(
        id=event.review,
        forum=event.forum,
        label=event.label,
        as_at=event.as_at,
        opened_on=entry.effective_on,
    )
    return replace(plan, reviews=plan.reviews.set(opened.id, opened))


def _review_closed(plan: Plan, event: review.ReviewClosed, entry: Fact) -> Plan:
    opened = plan.reviews.get(event.review)
    if opened is None:
        return plan
    closed = replace(opened, closed_on=entry.effective_on, closed_at=entry.position)
    return replace(plan, reviews=plan.reviews.set(closed.id, closed))


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


def _with_item(plan: Plan, item: Item) -> Plan:
    match item:
        case Milestone():
            return replace(plan, milestones=plan.milestones.set(item.id, item))
        case Action():
            return replace(plan, actions=plan.actions.set(item.id, item))
        case Statement():
            return replace(plan, statements=plan.statements.set(item.id, item))
        case Area():
            return replace(plan, areas=plan.areas.set(item.id, item))


STEPS: Mapping[type[Event], Callable[[Plan, Any, Fact], Plan]] = {
    PlanDrafted: _plan_drafted,
    DocumentImported: _document_imported,
    structure.AreaAdded: _area_added,
    structure.StatementAdded: _statement_added,
    structure.ActionAdded: _action_added,
    structure.ItemRenumbered: _item_renumbered,
    structure.WordingChanged: _wording_changed,
    structure.PlaceholderResolved: _placeholder_resolved,
    structure.ItemWithdrawn: _item_withdrawn,
    milestone.MilestoneProposed: _milestone_proposed,
    milestone.MilestoneAgreed: _milestone_agreed,
    TargetDateDeferred: _target_date_given,
    TargetDateSet: _target_date_given,
    TargetDateMoved: _target_date_moved,
    RecurrenceSet: _target_date_given,
    party.PartyRegistered: _party_registered,
    party.PartyRenamed: _party_renamed,
    party.PartyAliased: _party_aliased,
    party.LeadAssigned: _lead_assigned,
    party.LeadReassigned: _lead_reassigned,
    kpi.KpiDefined: _kpi_defined,
    kpi.KpiTargetSet: _kpi_target_set,
    kpi.KpiReadingRecorded: _kpi_reading,
    kpi.KpiReadingRevised: _kpi_reading,
    review.ForumEstablished: _forum_established,
    review.ReviewOpened: _review_opened,
    review.ReviewClosed: _review_closed,
    reference.CrossReferenceRecorded: _reference_recorded,
    query.QueryRaised: _query_raised,
    query.QueryResolved: _query_resolved,
}
