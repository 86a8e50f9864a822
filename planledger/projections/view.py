"""A plan as a person sees it at one point: everything named, sorted and derived for its day.

Built once for a point and never changed, so that whoever shows it needs no rules of their own.
Fields that name people are still `Personal` here; see `planledger.answers`.
"""

from datetime import date, datetime
from decimal import Decimal

from msgspec import Struct

from planledger.events.dates import PartialDate
from planledger.events.values import (
    Confidence,
    Definition,
    PartyKind,
    Period,
    Personal,
    Polarity,
    ReadingStatus,
    ReferenceKind,
    RevisionCause,
    Source,
    StatementKind,
)
from planledger.projections.timing import Slippage, Timeliness


class _View(Struct, frozen=True, kw_only=True, gc=False):
    """A frozen part of a view."""


class Basis(_View, frozen=True, kw_only=True, gc=False):
    """What an answer was read from."""

    position: int
    """Everything up to here was known; 0 in an empty ledger."""
    recorded_at: datetime | None
    """When the commit at that position was recorded; None in an empty ledger."""
    review: str | None
    """The review asked for, "plan/review", if one was."""
    effective_on: date
    """Everything effective by this day counted."""
    final: bool
    """Whether the same question will be given the same answer for ever."""


class TargetDateView(_View, frozen=True, kw_only=True, gc=False):
    """What every kind of target date shows."""

    as_printed: str
    label: str
    earliest: date | None
    latest: date | None


class NotStatedView(TargetDateView, frozen=True, kw_only=True, gc=False):
    """No date stated."""


class ToBeConfirmedView(TargetDateView, frozen=True, kw_only=True, gc=False):
    """To be confirmed."""

    decide_by: PartialDate | None
    decider: str | None


class OneOffView(TargetDateView, frozen=True, kw_only=True, gc=False):
    """Due once."""

    date: PartialDate


class RecurringView(TargetDateView, frozen=True, kw_only=True, gc=False):
    """Due again and again."""

    first: PartialDate | None
    every_months: int
    until: PartialDate | None


class OngoingView(TargetDateView, frozen=True, kw_only=True, gc=False):
    """Without an end."""


class WithdrawalView(_View, frozen=True, kw_only=True, gc=False):
    """That an item is no longer in the plan."""

    on: date
    replaced_by: tuple[str, ...]
    """Refs of what took its place."""


class PartyView(_View, frozen=True, kw_only=True, gc=False):
    """A party under its present name."""

    id: str
    party: str
    """What commands call it."""
    kind: PartyKind
    name: Personal
    aliases: tuple[Personal, ...]


class MilestoneView(_View, frozen=True, kw_only=True, gc=False):
    """A milestone with its four tracks of today: definition, date, timeliness and lead."""

    id: str
    ref: str
    ordinal: int
    text: str
    definition: Definition
    agreed_on: date | None
    target_date: TargetDateView
    original_target_date: TargetDateView | None
    due_by: date | None
    timeliness: Timeliness | None
    slippage: Slippage | None
    shares_date_with: tuple[str, ...]
    leads: tuple[PartyView, ...]
    leads_inherited: bool
    added_on: date
    withdrawn: WithdrawalView | None
    source: Source | None


class ActionView(_View, frozen=True, kw_only=True, gc=False):
    """An action with its milestones."""

    id: str
    ref: str
    text: str
    placeholder: bool
    replaced_by: tuple[str, ...]
    former_refs: tuple[str, ...]
    leads: tuple[PartyView, ...]
    milestones: tuple[MilestoneView, ...]
    added_on: date
    withdrawn: WithdrawalView | None
    source: Source | None


class StatementView(_View, frozen=True, kw_only=True, gc=False):
    """A statement with those nested in it."""

    id: str
    ref: str
    kind: StatementKind
    text: str
    children: "tuple[StatementView, ...]"
    added_on: date
    withdrawn: WithdrawalView | None
    source: Source | None


class AreaView(_View, frozen=True, kw_only=True, gc=False):
    """An area with its statements and actions."""

    id: str
    ref: str
    number: str
    ordinal: int
    title: str
    objectives: tuple[StatementView, ...]
    outcomes: tuple[StatementView, ...]
    measures: tuple[StatementView, ...]
    actions: tuple[ActionView, ...]
    added_on: date
    withdrawn: WithdrawalView | None
    source: Source | None


class KpiDefinitionView(_View, frozen=True, kw_only=True, gc=False):
    """One version of what a KPI means."""

    version: int
    effective_on: date
    name: str
    formula: str
    unit: str
    polarity: Polarity
    frequency_months: int
    source_system: str
    suppression_rule: str
    statements: tuple[str, ...]


class KpiTargetView(_View, frozen=True, kw_only=True, gc=False):
    """What is aimed at in a period."""

    period: Period
    baseline: Decimal | None
    target: Decimal
    floor: Decimal | None
    tolerance: Decimal | None


class VintageView(_View, frozen=True, kw_only=True, gc=False):
    """One published figure."""

    position: int
    recorded_at: datetime
    effective_on: date
    definition_version: int
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    status: ReadingStatus
    extracted_on: date
    cause: RevisionCause | None


class ReadingView(_View, frozen=True, kw_only=True, gc=False):
    """A period's figure at this point, and every one published before it."""

    period: Period
    latest: VintageView
    vintages: tuple[VintageView, ...]


class KpiView(_View, frozen=True, kw_only=True, gc=False):
    """A KPI with its definitions, targets and readings, each oldest first."""

    id: str
    ref: str
    definition: KpiDefinitionView
    definitions: tuple[KpiDefinitionView, ...]
    targets: tuple[KpiTargetView, ...]
    readings: tuple[ReadingView, ...]


class ForumView(_View, frozen=True, kw_only=True, gc=False):
    """A body that reviews the plan."""

    id: str
    ref: str
    name: str
    remit: Personal | None
    every_months: int | None


class ReviewView(_View, frozen=True, kw_only=True, gc=False):
    """A review; `ref` is "plan/review"."""

    id: str
    ref: str
    forum: ForumView
    label: str
    as_at: date
    opened_on: date
    closed_on: date | None
    closed_at: int | None


class ReferenceView(_View, frozen=True, kw_only=True, gc=False):
    """A pointer, as printed and as read; targets are refs."""

    id: str
    item: str
    kind: ReferenceKind
    as_printed: str
    printed_target: str | None
    resolved_target: str | None
    confidence: Confidence


class QueryView(_View, frozen=True, kw_only=True, gc=False):
    """A query; `item` is a ref."""

    id: str
    query: str
    item: str | None
    line: int | None
    question: Personal
    taken: Personal
    instead: Personal
    raised_on: date
    resolution: Personal | None
    resolved_on: date | None


class TotalsView(_View, frozen=True, kw_only=True, gc=False):
    """Counts over what is in the plan at this point; what is withdrawn does not count."""

    areas: int
    objectives: int
    outcomes: int
    measures: int
    actions: int
    placeholder_actions: int
    actions_without_lead: int
    milestones: int
    stated_milestones: int
    agreed_milestones: int
    one_off: int
    to_be_confirmed: int
    recurring: int
    not_stated: int
    overdue: int
    open_queries: int


class PlanView(_View, frozen=True, kw_only=True, gc=False):
    """A plan at one point."""

    id: str
    ref: str
    title: str
    drafted_on: date
    documents: tuple[str, ...]
    totals: TotalsView
    areas: tuple[AreaView, ...]
    milestones: tuple[MilestoneView, ...]
    """Every milestone, in the order of the plan."""
    parties: tuple[PartyView, ...]
    kpis: tuple[KpiView, ...]
    forums: tuple[ForumView, ...]
    reviews: tuple[ReviewView, ...]
    references: tuple[ReferenceView, ...]
    queries: tuple[QueryView, ...]
