"""What the ordinary rules ask of an event, asked again of what an amendment has an entry say."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from planledger.domain.case import (
    Case,
    action_of,
    bad_months,
    counting,
    is_closed,
    item_of,
    milestone_of,
    need_authority,
    not_come,
)
from planledger.domain.commands import CorrectEntry, Figure, VoidEntry
from planledger.domain.delivery import CLAIMED
from planledger.domain.dependence import needs
from planledger.domain.evolve import fold
from planledger.domain.occurrences import is_occurrence
from planledger.domain.patching import shown_name
from planledger.domain.plan import Plan
from planledger.domain.refusals import Code, Refusal
from planledger.domain.rules.challenge import bad_due
from planledger.domain.rules.consequences import Amended
from planledger.domain.rules.delivery import no_evidence, same_signer
from planledger.domain.rules.evidence import bad_evidence
from planledger.domain.rules.inspection import bad_days
from planledger.domain.rules.kpi import bad_figure, not_a_number, statements_of
from planledger.domain.rules.rating import bad_meanings, bad_rating
from planledger.domain.rules.reference import goes_round, to_itself, way_back
from planledger.domain.rules.structure import bad_ref, by_itself, successors_of
from planledger.domain.rules.target_date import bad_recurrence
from planledger.domain.rules.version import bad_successor, goes_on, no_recipients
from planledger.events.base import Event
from planledger.events.envelope import Fact
from planledger.events.evidence import EvidenceRegistered, EvidenceWithdrawn
from planledger.events.inspection import InspectionReportReceived
from planledger.events.kpi import KpiDefined, KpiReadingRecorded, KpiReadingRevised, KpiTargetSet
from planledger.events.milestone import (
    MilestoneProgressReported,
    MilestoneReportedComplete,
    MilestoneSignedOff,
)
from planledger.events.plan import PlanClosed, PlanSubmitted
from planledger.events.reference import CrossReferenceRecorded
from planledger.events.review import (
    ChallengeRaised,
    ForumEstablished,
    RatingGiven,
    RatingKeyAdopted,
)
from planledger.events.structure import (
    ActionAdded,
    AreaAdded,
    ItemRenumbered,
    ItemWithdrawn,
    PlaceholderResolved,
    WordingChanged,
)
from planledger.events.target_date import RecurrenceSet
from planledger.events.values import ReferenceKind, SuppressionRule
from planledger.events.world import WorldEvent


class Correction(Struct, frozen=True, kw_only=True):
    """What an entry comes to say, by a correction or by the void of one, and the plan around it."""

    command: CorrectEntry | VoidEntry
    now: Fact
    """What stands until now; where the entry is void until now, what it comes to say."""
    event: WorldEvent
    case: Case
    """With the plan before the place of the entry, as if it were only now recorded."""
    amended: Amended

    @property
    def moved(self) -> bool:
        """Whether it comes to stand on a day on which it does not stand until now."""
        return self.amended.was is None or self.case.on != self.now.effective_on

    def changes(self, *fields: str) -> bool:
        """Say whether it changes any of the event's fields that it has of these."""
        was, will_be = self.now.event, self.event
        return any(getattr(was, field, None) != getattr(will_be, field, None) for field in fields)


Check = Callable[[Any, Correction], Refusal | None]


def bad_values(correction: Correction) -> Refusal | None:
    """Refuse what the rule for an entry of this type would have refused."""
    closing = correction.case.plan.closed
    if closing is not None and correction.moved:
        return replace(is_closed(correction.case.plan.ref, closing), path="effectiveOn")
    check = _CHECKS.get(type(correction.event))
    refusal = check(correction.event, correction) if check else None
    refusal = refusal or next(_not_living(correction), None)
    if refusal is None or refusal.path in {None, "authority", "effectiveOn"}:
        return refusal
    return replace(refusal, path=f"event.{refusal.path}")


def _not_living(correction: Correction) -> Iterator[Refusal]:
    """Find what it newly rests on that is out of the plan by its day."""
    before = () if correction.moved else needs(correction.now.event)
    for kind, *name in needs(correction.event):
        if (kind, *name) in before:
            continue
        found: object = None
        if kind == "item":
            found = item_of(correction.case, str(name[0]), _field_with(correction.event, name[0]))
        if kind == "evidence" and not isinstance(correction.event, EvidenceWithdrawn):
            found = counting(correction.case, (str(name[0]),))
        if isinstance(found, Refusal):
            yield found


def _field_with(event: WorldEvent, name: object) -> str:
    for field in event.__struct_fields__:
        value = getattr(event, field)
        if value == name or (isinstance(value, tuple) and name in value):
            return shown_name(field)
    return "item"


def _named(field: str) -> Check:
    def check(event: Event, correction: Correction) -> Refusal | None:
        """Refuse a reference that is not as it was, and that nobody would print."""
        # A document may print what nobody could choose.
        return bad_ref(getattr(event, field), field) if correction.changes(field) else None

    return check


def _reworded(event: WordingChanged, correction: Correction) -> Refusal | None:
    if not event.material or not correction.changes("material"):
        return None
    why = "A material rewording changes what is promised."
    return need_authority(correction.command, why)


def _resolved(event: PlaceholderResolved, correction: Correction) -> Refusal | None:
    if event.action in event.replaced_by:
        return by_itself(event.action)
    found = successors_of(correction.case, event.replaced_by, action_of)
    return found if isinstance(found, Refusal) else None


def _withdrawn(event: ItemWithdrawn, _: Correction) -> Refusal | None:
    return by_itself(event.item) if event.item in event.replaced_by else None


def _progress(event: MilestoneProgressReported, correction: Correction) -> Refusal | None:
    milestone = milestone_of(correction.case, event.milestone) if correction.moved else None
    if milestone is None or isinstance(milestone, Refusal):
        return milestone
    if milestone.delivery not in CLAIMED:
        return None
    return Refusal(
        code=Code.MILESTONE_DONE,
        message=f"On {correction.case.on} it was claimed to be reached. Give another day.",
        path="effectiveOn",
    )


def _claimed(event: MilestoneReportedComplete, correction: Correction) -> Refusal | None:
    refusal = None
    if correction.moved or correction.changes("achieved_on"):
        refusal = not_come(correction.case, event.achieved_on, "achievedOn")
    return refusal or _signed(event, correction)


def _signed(
    event: MilestoneReportedComplete | MilestoneSignedOff, correction: Correction
) -> Refusal | None:
    """Refuse a claim and its sign-off by one person, or without anything that shows it."""
    at, name = correction.now.position, event.milestone
    plan = _with_claims(event, correction)
    milestone = plan.milestones.get(name)
    for claim in milestone.completions if milestone else ():
        if milestone is None or at not in (claim.at, *(signed.at for signed in claim.sign_offs)):
            continue
        for sign_off in claim.sign_offs:
            refusal = same_signer(claim, sign_off.signer, sign_off.account, name)
            if refusal is None and correction.changes("evidence", "waiver"):
                refusal = no_evidence(sign_off, plan, milestone, claim, name)
            if refusal is not None:
                return refusal
    return None


def _with_claims(
    event: MilestoneReportedComplete | MilestoneSignedOff, correction: Correction
) -> Plan:
    """Give the plan with the correction, as far as it bears on the claims it is about."""
    known = correction.case.known
    unclaimed = replace(known.milestones[event.milestone], completions=())
    plan = replace(known, milestones=known.milestones.set(unclaimed.id, unclaimed))
    return fold(correction.amended.tied(("claim", unclaimed.id, event.occurrence)), plan) or plan


def _recurrence(event: RecurrenceSet, correction: Correction) -> Refusal | None:
    refusal = bad_recurrence(event.target_date)
    if refusal is not None:
        return replace(refusal, path=f"targetDate.{refusal.path}")
    was = correction.now.event
    milestone = correction.case.known.milestones.get(event.milestone)
    for claim in milestone.completions if milestone else ():
        named = claim.occurrence
        fitted = (
            named is not None
            and isinstance(was, RecurrenceSet)
            and is_occurrence(was.target_date, named)
        )
        if fitted and named and not is_occurrence(event.target_date, named):
            return Refusal(
                code=Code.DEPENDED_ON,
                message=f"Entry {claim.at} claims that {named.label} is reached, and with this the "
                "milestone would not be due then. Void that entry first.",
                path="targetDate",
            )
    return None


def _defined(event: KpiDefined, correction: Correction) -> Refusal | None:
    rule = event.suppression_rule
    known = [known.value for known in SuppressionRule]
    if rule not in known and correction.changes("suppression_rule"):
        return Refusal(
            code=Code.VALUE_UNUSABLE,
            message=f"A suppression rule is one of: {', '.join(known)}.",
            path="suppressionRule",
        )
    refusal = bad_months(event.frequency_months, "A KPI is read", "frequencyMonths")
    if refusal is None and (correction.moved or correction.changes("statements")):
        found = statements_of(correction.case, event.statements)
        refusal = found if isinstance(found, Refusal) else None
    return refusal


def _target(event: KpiTargetSet, _: Correction) -> Refusal | None:
    figures = (event.target, event.baseline, event.floor, event.tolerance)
    finite = all(figure is None or figure.is_finite() for figure in figures)
    return None if finite else not_a_number("target")


def _read(event: KpiReadingRecorded | KpiReadingRevised, correction: Correction) -> Refusal | None:
    figure = Figure(**{field: getattr(event, field) for field in Figure.__struct_fields__})
    refusal = bad_figure(figure, event.period, correction.case)
    if refusal is None:
        return None
    field = "extractedOn" if refusal.path == "figure.extractedOn" else "value"
    return replace(refusal, path=field)


def _forum(event: ForumEstablished, _: Correction) -> Refusal | None:
    months = event.every_months
    return bad_months(months, "A forum meets", "everyMonths") if months is not None else None


def _rated(event: RatingGiven, correction: Correction) -> Refusal | None:
    keys = correction.case.known.rating_keys.get(event.key, ())
    key = next((key for key in keys if key.version == event.key_version), None)
    return bad_rating(event, key) if key else None


def _challenged(event: ChallengeRaised, correction: Correction) -> Refusal | None:
    return bad_due(event.response_due, correction.case)


def _pointed(event: CrossReferenceRecorded, correction: Correction) -> Refusal | None:
    target = event.resolved_target
    if target == event.item:
        return replace(to_itself(event.item), path="resolvedTarget")
    if target is None or event.kind is not ReferenceKind.DEPENDS_ON:
        return None
    way = way_back(correction.case.known, event.item, target)
    return replace(goes_round(correction.case.known, way), path="resolvedTarget") if way else None


def _ended(event: PlanClosed, correction: Correction) -> Refusal | None:
    refusal = bad_successor(event.successor, correction.case.plan.ref)
    if refusal is None and correction.moved:
        refusal = goes_on(correction.case, correction.now.position)
    return refusal


_CHECKS: Mapping[type[Event], Check] = {
    PlanSubmitted: lambda event, _: no_recipients(event.recipients),
    PlanClosed: _ended,
    InspectionReportReceived: lambda event, correction: bad_days(event, correction.case),
    AreaAdded: _named("number"),
    ActionAdded: _named("ref"),
    ItemRenumbered: lambda event, _: bad_ref(event.to_ref, "toRef"),
    WordingChanged: _reworded,
    PlaceholderResolved: _resolved,
    ItemWithdrawn: _withdrawn,
    MilestoneProgressReported: _progress,
    MilestoneReportedComplete: _claimed,
    MilestoneSignedOff: _signed,
    RecurrenceSet: _recurrence,
    KpiDefined: _defined,
    KpiTargetSet: _target,
    KpiReadingRecorded: _read,
    KpiReadingRevised: _read,
    ForumEstablished: _forum,
    RatingKeyAdopted: lambda event, _: bad_meanings(event),
    RatingGiven: _rated,
    ChallengeRaised: _challenged,
    EvidenceRegistered: lambda event, _: bad_evidence(event),
    CrossReferenceRecorded: _pointed,
}
"""By the type of event, what is asked beyond what it needs of others (`dependence`)."""
