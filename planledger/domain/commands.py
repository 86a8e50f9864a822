"""What may be asked of a plan.

A command says what its caller states; who asks and on which day is stamped on by the ledger
(`Stamp`), so that `decide` needs no clock. Items may be named by ref ("1.4", "1.4/2") or by id.
"""

from datetime import date
from decimal import Decimal

from msgspec import Struct

from planledger.domain.draft import Draft
from planledger.events.dates import PartialDate
from planledger.events.values import (
    Author,
    Authority,
    PartyKind,
    Period,
    Personal,
    Polarity,
    ReadingStatus,
    ReasonCode,
    RevisionCause,
    StatementKind,
)


class Stamp(Struct, frozen=True, kw_only=True):
    """What the ledger puts on a command: who asks, on which civil day, under which id."""

    author: Author
    today: date
    command_id: str
    correlation_id: str | None = None


class Command(Struct, frozen=True, kw_only=True, tag=True):
    """What every command states. The class name is part of a receipt's digest."""

    plan: str
    """The plan's ref, such as "plymouth-2015"."""
    effective_on: date | None = None
    """The civil day it is true in the world; left out means the day of recording."""
    reason: Personal | None = None
    authority: Authority | None = None


class DraftPlan(Command, frozen=True, kw_only=True):
    """Begin an empty plan."""

    title: str


class ImportPlan(Command, frozen=True, kw_only=True):
    """Begin a plan with everything a document states."""

    draft: Draft


class AddArea(Command, frozen=True, kw_only=True):
    """Add an area for improvement at the end of the plan."""

    number: str
    title: str


class AddStatement(Command, frozen=True, kw_only=True):
    """Add an objective, outcome or measure under an area, or nested in another statement."""

    area: str
    kind: StatementKind
    text: str
    parent: str | None = None


class AddAction(Command, frozen=True, kw_only=True):
    """Add an action under an area."""

    area: str
    ref: str
    text: str
    placeholder: bool = False


class RenumberItem(Command, frozen=True, kw_only=True):
    """Give an action another reference, or an area another number."""

    item: str
    to: str


class RewordItem(Command, frozen=True, kw_only=True):
    """Change an item's wording; a material change needs authority."""

    item: str
    to: str
    material: bool


class ResolvePlaceholder(Command, frozen=True, kw_only=True):
    """Say which actions define what a placeholder promised."""

    action: str
    replaced_by: tuple[str, ...]


class WithdrawItem(Command, frozen=True, kw_only=True):
    """Take an item out of the plan, naming what takes its place."""

    item: str
    replaced_by: tuple[str, ...] = ()


class ProposeMilestone(Command, frozen=True, kw_only=True):
    """Put a milestone forward under an action."""

    action: str
    text: str


class AgreeMilestone(Command, frozen=True, kw_only=True):
    """Agree a proposed milestone; needs the authority that agreed it."""

    milestone: str


class SetTargetDate(Command, frozen=True, kw_only=True):
    """Set a date where none is in force. `date` None means ongoing, without an end."""

    milestone: str
    date: PartialDate | None
    as_printed: str | None = None


class DeferTargetDate(Command, frozen=True, kw_only=True):
    """Say that the date is to be confirmed, by whom and by when if known."""

    milestone: str
    decide_by: PartialDate | None = None
    decider: str | None = None
    as_printed: str | None = None


class MoveTargetDate(Command, frozen=True, kw_only=True):
    """Replace the date in force by another. `from_date` guards against moving another date."""

    milestone: str
    from_date: PartialDate
    to_date: PartialDate
    reason_code: ReasonCode | None = None
    as_printed: str | None = None


class SetRecurrence(Command, frozen=True, kw_only=True):
    """Say that a milestone is due again and again."""

    milestone: str
    every_months: int
    first: PartialDate | None = None
    until: PartialDate | None = None
    as_printed: str | None = None


class RegisterParty(Command, frozen=True, kw_only=True):
    """Make a person, post, body, organisation or collective known to the plan."""

    kind: PartyKind
    name: Personal


class RenameParty(Command, frozen=True, kw_only=True):
    """Give a party another name; it stays the same party."""

    party: str
    name: Personal


class AliasParty(Command, frozen=True, kw_only=True):
    """Record another spelling of a party's name."""

    party: str
    alias: Personal


class AssignLead(Command, frozen=True, kw_only=True):
    """Make a party lead an action or a milestone; `jointly` beside those who lead already."""

    item: str
    party: str
    jointly: bool = False


class ReassignLead(Command, frozen=True, kw_only=True):
    """Replace the leads of an action or a milestone; nobody in `to_parties` leaves it vacant."""

    item: str
    from_parties: tuple[str, ...]
    to_parties: tuple[str, ...]


class DefineKpi(Command, frozen=True, kw_only=True):
    """Define a KPI, or its next version."""

    kpi: str
    name: str
    formula: str
    unit: str
    polarity: Polarity
    frequency_months: int
    source_system: str
    suppression_rule: str
    statements: tuple[str, ...] = ()


class SetKpiTarget(Command, frozen=True, kw_only=True):
    """Set what is aimed at in a period."""

    kpi: str
    period: Period
    target: Decimal
    baseline: Decimal | None = None
    floor: Decimal | None = None
    tolerance: Decimal | None = None


class Figure(Struct, frozen=True, kw_only=True):
    """A figure as stated: a value, or a numerator and denominator, or both."""

    status: ReadingStatus
    extracted_on: date
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None


class RecordKpiReading(Command, frozen=True, kw_only=True):
    """Record the first figure for a period."""

    kpi: str
    period: Period
    figure: Figure


class ReviseKpiReading(Command, frozen=True, kw_only=True):
    """Record a later figure for a period that has one."""

    kpi: str
    period: Period
    figure: Figure
    cause: RevisionCause
    note: Personal | None = None


class EstablishForum(Command, frozen=True, kw_only=True):
    """Establish a body that reviews the plan."""

    forum: str
    name: str
    remit: Personal | None = None
    every_months: int | None = None


class OpenReview(Command, frozen=True, kw_only=True):
    """Open a forum's review of the plan, with its data cut-off."""

    review: str
    forum: str
    label: str
    as_at: date


class CloseReview(Command, frozen=True, kw_only=True):
    """Close a review: what it saw is frozen at the position of this entry."""

    review: str


class ResolveQuery(Command, frozen=True, kw_only=True):
    """Settle a query in words; a change it calls for is a command of its own."""

    query: str
    resolution: Personal


PlanCommand = (
    DraftPlan
    | ImportPlan
    | AddArea
    | AddStatement
    | AddAction
    | RenumberItem
    | RewordItem
    | ResolvePlaceholder
    | WithdrawItem
    | ProposeMilestone
    | AgreeMilestone
    | SetTargetDate
    | DeferTargetDate
    | MoveTargetDate
    | SetRecurrence
    | RegisterParty
    | RenameParty
    | AliasParty
    | AssignLead
    | ReassignLead
    | DefineKpi
    | SetKpiTarget
    | RecordKpiReading
    | ReviseKpiReading
    | EstablishForum
    | OpenReview
    | CloseReview
    | ResolveQuery
)
