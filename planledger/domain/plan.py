"""The plan as a value: what a fold over its entries holds.

Everything is frozen and the collections are persistent maps, so that versions of a plan share
what did not change between them and all of them can be kept.
"""

from datetime import date
from decimal import Decimal

from immutables import Map
from msgspec import Struct

from planledger.domain.delivery import Completion, Delivery
from planledger.domain.governance import (
    Baseline,
    Challenge,
    Closing,
    Evidence,
    Forum,
    GivenRating,
    Inspection,
    Query,
    RatingKey,
    Reference,
    Review,
    Version,
)
from planledger.events.dates import PartialDate
from planledger.events.envelope import Fact
from planledger.events.target_dates import OneOff, TargetDate
from planledger.events.values import (
    Definition,
    PartyKind,
    Period,
    Personal,
    Polarity,
    Source,
    StatementKind,
)


class _Value(Struct, frozen=True, kw_only=True, gc=False):
    """A frozen value without cycles."""


class Withdrawal(_Value, frozen=True, kw_only=True, gc=False):
    """That an item was taken out of the plan, and what took its place."""

    on: date
    replaced_by: tuple[str, ...]


class Area(_Value, frozen=True, kw_only=True, gc=False):
    """An area for improvement."""

    id: str
    number: str
    ordinal: int
    title: str
    added_on: date
    source: Source | None
    former_numbers: tuple[str, ...] = ()
    withdrawn: Withdrawal | None = None


class Statement(_Value, frozen=True, kw_only=True, gc=False):
    """An objective, an outcome or a measure under an area."""

    id: str
    area: str
    parent: str | None
    kind: StatementKind
    ordinal: int
    text: str
    added_on: date
    source: Source | None
    withdrawn: Withdrawal | None = None


class Action(_Value, frozen=True, kw_only=True, gc=False):
    """A numbered row under an area."""

    id: str
    area: str
    ref: str
    text: str
    placeholder: bool
    added_on: date
    source: Source | None
    leads: tuple[str, ...] = ()
    lead_to_be_confirmed: str | None = None
    """As printed, until it is first said who leads it, or that nobody does."""
    replaced_by: tuple[str, ...] | None = None
    """Once a placeholder is resolved: the actions that define what it promised."""
    former_refs: tuple[str, ...] = ()
    withdrawn: Withdrawal | None = None


class Milestone(_Value, frozen=True, kw_only=True, gc=False):
    """One promised step of an action."""

    id: str
    action: str
    ordinal: int
    text: str
    definition: Definition
    added_on: date
    source: Source | None
    target_date: TargetDate
    original: OneOff | None = None
    """The first date set; it never changes, whatever moves after."""
    shared_with: tuple[str, ...] = ()
    leads: tuple[str, ...] | None = None
    """Leads of its own; None inherits the action's, () is vacant."""
    agreed_on: date | None = None
    delivery: Delivery = Delivery.NOT_STARTED
    forecast: PartialDate | None = None
    """When its lead last expected it to be done; says nothing of when it is due."""
    narrative: Personal | None = None
    progress_on: date | None = None
    """The effective day of the last report of progress."""
    completions: tuple[Completion, ...] = ()
    """Every claim that it is reached, the oldest first."""
    withdrawn: Withdrawal | None = None


class Party(_Value, frozen=True, kw_only=True, gc=False):
    """A person, post, body, organisation or collective."""

    id: str
    kind: PartyKind
    name: Personal
    registered_at: int
    """Position of the entry that registered it: parties are listed in this order."""
    aliases: tuple[Personal, ...] = ()


class KpiDefinition(_Value, frozen=True, kw_only=True, gc=False):
    """One version of what a KPI means."""

    version: int
    on: date
    name: str
    formula: str
    unit: str
    polarity: Polarity
    frequency_months: int
    source_system: str
    suppression_rule: str
    statements: tuple[str, ...]


class KpiTarget(_Value, frozen=True, kw_only=True, gc=False):
    """What is aimed at in a period."""

    period: Period
    baseline: Decimal | None
    target: Decimal
    floor: Decimal | None
    tolerance: Decimal | None


Span = tuple[date, date]
"""First and last day of a period: readings and targets are kept by it, not by its label."""


class Kpi(_Value, frozen=True, kw_only=True, gc=False):
    """An indicator: its definitions, oldest first, its targets and its readings by period.

    A reading is kept as the facts that gave it, the oldest first: each is a vintage.
    """

    id: str
    definitions: tuple[KpiDefinition, ...]
    targets: Map[Span, KpiTarget] = Map()
    readings: Map[Span, tuple[Fact, ...]] = Map()


Item = Area | Statement | Action | Milestone


class Plan(_Value, frozen=True, kw_only=True, gc=False):
    """One improvement plan as some entries leave it."""

    ref: str
    title: str
    drafted_on: date
    documents: tuple[str, ...] = ()
    """SHA-256 of every document imported."""
    introduction: tuple[Personal, ...] = ()
    """What stands before the first area of these, a text a paragraph."""
    areas: Map[str, Area] = Map()
    statements: Map[str, Statement] = Map()
    actions: Map[str, Action] = Map()
    milestones: Map[str, Milestone] = Map()
    parties: Map[str, Party] = Map()
    kpis: Map[str, Kpi] = Map()
    forums: Map[str, Forum] = Map()
    reviews: Map[str, Review] = Map()
    rating_keys: Map[str, tuple[RatingKey, ...]] = Map()
    """Every version of each key, the oldest first."""
    ratings: Map[tuple[str, str], GivenRating] = Map()
    """What each review judged, by item and review."""
    challenges: Map[str, Challenge] = Map()
    evidence: Map[str, Evidence] = Map()
    references: Map[str, Reference] = Map()
    queries: Map[str, Query] = Map()
    versions: Map[str, Version] = Map()
    baselines: Map[str, Baseline] = Map()
    inspections: Map[str, Inspection] = Map()
    closed: Closing | None = None


def span(period: Period) -> Span:
    """Give what a reading or target of this period is kept by."""
    return (period.first, period.last)


def find_item(plan: Plan, item: str) -> Item | None:
    """Give the area, statement, action or milestone of this id, if there is one."""
    # Milestones first, one after the other: this is done for every change to an item ever read.
    return (
        plan.milestones.get(item)
        or plan.actions.get(item)
        or plan.statements.get(item)
        or plan.areas.get(item)
    )
