"""What each entry gives to those that follow, and what it needs of those before it.

An entry is recorded only when what it needs stands before it in effective order, and no later
entry takes that away. Voids and corrections could: `planledger.domain.flaws` finds what they would
leave behind (design page 3.2). The rules are in `planledger.domain.rules`; here are tables alone.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from planledger.events import (
    evidence,
    inspection,
    kpi,
    milestone,
    party,
    plan,
    query,
    reference,
    review,
    structure,
    target_date,
)
from planledger.events.base import Event
from planledger.events.catalogue import PlanEvent
from planledger.events.dates import PartialDate
from planledger.events.target_dates import OneOff
from planledger.events.values import Definition, Period

Thing = tuple[object, ...]
"""What entries give and need: its kind, then its name, such as ("item", "area-1")."""
Things = tuple[Thing, ...]

PLAN: Thing = ("plan",)

ONLY_ONCE = frozenset(
    (
        *("plan", "closed", "version", "baseline", "inspection", "forum", "review", "rating-key"),
        *("definition", "reading", "claim", "settled", "answered"),
    )
)
"""Kinds that are there once at most: a second one would take the place of the first unseen."""


def _nothing(_: Any) -> Things:  # noqa: ANN401 - any event
    return ()


class Ties(NamedTuple):
    """How one type of event hangs together with others."""

    gives: Callable[[Any], Things] = _nothing
    needs: Callable[[Any], Things] = _nothing
    """What stands before it."""
    names: Callable[[Any], Things] = _nothing
    """What stands before or after it: a document names milestones before it proposes them."""
    takes: Callable[[Any], Things] = _nothing
    """What is not there any more for those that follow."""


def _item(name: str | None) -> Things:
    return (("item", name),) if name is not None else ()


def _items(names: Iterable[str]) -> Things:
    return tuple(("item", name) for name in names)


def _parties(names: Iterable[str | None]) -> Things:
    return tuple(("party", name) for name in names if name is not None)


def _evidence(names: Iterable[str]) -> Things:
    return tuple(("evidence", name) for name in names)


def _claim(name: str, occurrence: PartialDate | None) -> Things:
    return (("claim", name, occurrence),)


def _sign_off(name: str, occurrence: PartialDate | None) -> Things:
    return (("sign-off", name, occurrence),)


def _reading(name: str, period: Period) -> Things:
    return (("reading", name, period.first, period.last),)


def _date(name: str, target: object) -> Things:
    return (("date", name),) if isinstance(target, OneOff) else ()


def _stated(name: str, definition: Definition) -> Things:
    return (("stated", name),) if definition is Definition.STATED else ()


_TIES: Mapping[type[Event], Ties] = {
    plan.PlanDrafted: Ties(gives=lambda _: (PLAN,)),
    plan.DocumentImported: Ties(),
    plan.PlanVersionIssued: Ties(gives=lambda e: (("version", e.version),)),
    plan.PlanApproved: Ties(needs=lambda e: (("version", e.version),)),
    plan.PlanSubmitted: Ties(needs=lambda e: (("version", e.version),)),
    plan.PlanBaselined: Ties(gives=lambda e: (("baseline", e.baseline),)),
    plan.PlanClosed: Ties(gives=lambda _: (("closed",),)),
    inspection.InspectionReportReceived: Ties(gives=lambda e: (("inspection", e.inspection),)),
    structure.AreaAdded: Ties(gives=lambda e: _item(e.area)),
    structure.StatementAdded: Ties(
        gives=lambda e: _item(e.statement),
        needs=lambda e: (*_item(e.area), *_item(e.parent)),
    ),
    structure.ActionAdded: Ties(
        gives=lambda e: (*_item(e.action), *((("placeholder", e.action),) * e.placeholder)),
        needs=lambda e: _item(e.area),
    ),
    structure.ItemRenumbered: Ties(needs=lambda e: _item(e.item)),
    structure.WordingChanged: Ties(
        gives=lambda e: (("stated", e.item),), needs=lambda e: _item(e.item)
    ),
    structure.PlaceholderResolved: Ties(
        needs=lambda e: (("placeholder", e.action), *_items(e.replaced_by))
    ),
    structure.ItemWithdrawn: Ties(needs=lambda e: (*_item(e.item), *_items(e.replaced_by))),
    milestone.MilestoneProposed: Ties(
        gives=lambda e: (*_item(e.milestone), *_stated(e.milestone, e.definition)),
        needs=lambda e: _item(e.action),
    ),
    milestone.MilestoneAgreed: Ties(
        gives=lambda e: (("agreed", e.milestone),),
        needs=lambda e: (*_item(e.milestone), ("stated", e.milestone)),
    ),
    milestone.MilestoneProgressReported: Ties(needs=lambda e: _item(e.milestone)),
    milestone.MilestoneReportedComplete: Ties(
        gives=lambda e: _claim(e.milestone, e.occurrence),
        needs=lambda e: (
            ("agreed", e.milestone),
            *((("recurrence", e.milestone),) if e.occurrence is not None else ()),
            *_parties((e.reporter,)),
            *_evidence(e.evidence),
        ),
        takes=lambda e: _sign_off(e.milestone, e.occurrence),
    ),
    milestone.MilestoneSignedOff: Ties(
        gives=lambda e: _sign_off(e.milestone, e.occurrence),
        needs=lambda e: (
            *_claim(e.milestone, e.occurrence),
            *_parties((e.signer,)),
            *_evidence(e.evidence),
        ),
    ),
    milestone.MilestoneSignOffRefused: Ties(
        needs=lambda e: _claim(e.milestone, e.occurrence),
        takes=lambda e: _claim(e.milestone, e.occurrence),
    ),
    milestone.MilestoneReopened: Ties(
        needs=lambda e: (*_claim(e.milestone, e.occurrence), *_sign_off(e.milestone, e.occurrence)),
        takes=lambda e: _claim(e.milestone, e.occurrence),
    ),
    target_date.TargetDateDeferred: Ties(
        needs=lambda e: _item(e.milestone), names=lambda e: _items(e.shared_with)
    ),
    target_date.TargetDateSet: Ties(
        gives=lambda e: _date(e.milestone, e.target_date),
        needs=lambda e: _item(e.milestone),
        names=lambda e: _items(e.shared_with),
    ),
    target_date.TargetDateMoved: Ties(
        gives=lambda e: _date(e.milestone, e.to_target_date),
        needs=lambda e: (("date", e.milestone),),
    ),
    target_date.RecurrenceSet: Ties(
        gives=lambda e: (("recurrence", e.milestone),),
        needs=lambda e: _item(e.milestone),
        names=lambda e: _items(e.shared_with),
    ),
    party.PartyRegistered: Ties(gives=lambda e: _parties((e.party,))),
    party.PartyRenamed: Ties(needs=lambda e: _parties((e.party,))),
    party.PartyAliased: Ties(needs=lambda e: _parties((e.party,))),
    party.LeadAssigned: Ties(needs=lambda e: (*_item(e.item), *_parties((e.party,)))),
    party.LeadReassigned: Ties(needs=lambda e: (*_item(e.item), *_parties(e.to_parties))),
    kpi.KpiDefined: Ties(
        gives=lambda e: (("kpi", e.kpi), ("definition", e.kpi, e.definition_version)),
        needs=lambda e: _items(e.statements),
    ),
    kpi.KpiTargetSet: Ties(needs=lambda e: (("kpi", e.kpi),)),
    kpi.KpiReadingRecorded: Ties(
        gives=lambda e: _reading(e.kpi, e.period),
        needs=lambda e: (("definition", e.kpi, e.definition_version),),
    ),
    kpi.KpiReadingRevised: Ties(
        needs=lambda e: (
            ("definition", e.kpi, e.definition_version),
            *_reading(e.kpi, e.period),
        )
    ),
    review.ForumEstablished: Ties(gives=lambda e: (("forum", e.forum),)),
    review.ReviewOpened: Ties(
        gives=lambda e: (("review", e.review),), needs=lambda e: (("forum", e.forum),)
    ),
    review.ReviewClosed: Ties(needs=lambda e: (("review", e.review),)),
    review.RatingKeyAdopted: Ties(
        gives=lambda e: (
            ("rating-key", e.key, e.key_version),
            *(("rating", e.key, e.key_version, meaning.rating) for meaning in e.meanings),
        )
    ),
    review.RatingGiven: Ties(
        needs=lambda e: (
            ("review", e.review),
            *_item(e.item),
            ("rating", e.key, e.key_version, e.rating),
        )
    ),
    review.ChallengeRaised: Ties(
        gives=lambda e: (("challenge", e.challenge),),
        needs=lambda e: (("review", e.review), *_item(e.item)),
    ),
    review.ChallengeAnswered: Ties(
        gives=lambda e: (("answered", e.challenge),), needs=lambda e: (("challenge", e.challenge),)
    ),
    evidence.EvidenceRegistered: Ties(
        gives=lambda e: _evidence((e.evidence,)), needs=lambda e: _items(e.items)
    ),
    evidence.EvidenceWithdrawn: Ties(needs=lambda e: _evidence((e.evidence,))),
    reference.CrossReferenceRecorded: Ties(
        gives=lambda e: (("reference", e.reference),),
        needs=lambda e: (*_item(e.item), *_item(e.printed_target), *_item(e.resolved_target)),
    ),
    query.QueryRaised: Ties(gives=lambda e: (("query", e.query),), needs=lambda e: _item(e.item)),
    query.QueryResolved: Ties(
        gives=lambda e: (("settled", e.query),), needs=lambda e: (("query", e.query),)
    ),
}


def gives(event: PlanEvent) -> Things:
    """Give what is there once this, which is about the world, has happened."""
    return _TIES[type(event)].gives(event)


def needs(event: PlanEvent) -> Things:
    """Give what must be there before this can happen; everything but its drafting needs a plan."""
    found = _TIES[type(event)].needs(event)
    return found if isinstance(event, plan.PlanDrafted) else (PLAN, *found)


def names(event: PlanEvent) -> Things:
    """Give what must be there at some time, before this or after."""
    return _TIES[type(event)].names(event)


def takes(event: PlanEvent) -> Things:
    """Give what is not there any more once this has happened."""
    return _TIES[type(event)].takes(event)
