"""Given what happened, when this is asked, then that is recorded: decisions, told as they are.

`BEGUN` is a small fictional plan to tell them of, with ids that can be read.
"""

from datetime import date
from decimal import Decimal

from msgspec import Struct

from planledger.domain.commands import Figure, PlanCommand, Stamp
from planledger.domain.decide import decide
from planledger.domain.decided import Decided
from planledger.domain.evolve import evolve
from planledger.domain.plan import Plan
from planledger.domain.record import Record, key_of
from planledger.domain.refusals import Code, Refusal
from planledger.events.catalogue import PlanEvent
from planledger.events.dates import Month
from planledger.events.envelope import Entry, Envelope
from planledger.events.kpi import KpiDefined, KpiReadingRecorded
from planledger.events.milestone import MilestoneProposed
from planledger.events.party import LeadAssigned, PartyRegistered
from planledger.events.plan import PlanDrafted
from planledger.events.query import QueryRaised
from planledger.events.review import ForumEstablished, ReviewOpened
from planledger.events.structure import ActionAdded, AreaAdded, ItemWithdrawn, StatementAdded
from planledger.events.target_date import TargetDateDeferred, TargetDateSet
from planledger.events.target_dates import OneOff, ToBeConfirmed
from planledger.events.values import (
    Author,
    Authority,
    Definition,
    PartyKind,
    Period,
    Personal,
    Polarity,
    ReadingStatus,
    StatementKind,
)
from planledger.projections.spine import Spine

PLAN = "northbridge"
FIRST_DAY = date(2025, 1, 6)
"""The day everything in `BEGUN` came to be."""
TODAY = date(2025, 6, 2)
CLERK = Author(id="clerk", name=Personal(words="Imogen Hale"))
REASON = Personal(words="Two of four posts are vacant.")
BOARD = Authority(forum="Improvement Board", meeting=date(2025, 5, 28), minute="7", officer=None)
Q4 = Period(first=date(2025, 1, 1), last=date(2025, 3, 31), label="Q4 2024-25")
Q1 = Period(first=date(2025, 4, 1), last=date(2025, 6, 30), label="Q1 2025-26")
MARCH = OneOff(as_printed="March 2025", date=Month(2025, 3))
TBC = ToBeConfirmed(as_printed="TBC", decide_by=None, decider=None)

Outcome = tuple[Decided, ...] | Refusal


class Past(Struct, frozen=True):
    """What has been recorded of one plan. Never changed: telling more gives a new past."""

    entries: tuple[Entry, ...] = ()

    def happened(self, *events: PlanEvent, on: date = FIRST_DAY) -> "Past":
        """Give this past with events recorded after it, effective on a day."""
        entries = list(self.entries)
        for event in events:
            position = len(entries) + 1
            envelope = Envelope(
                event=event, effective_on=on, author=CLERK, command_id=f"given-{position}"
            )
            entries.append(
                Entry(
                    position=position,
                    recorded_us=position,
                    plan=PLAN,
                    version=position,
                    envelope=envelope,
                )
            )
        return Past(entries=tuple(entries))

    def did(self, command: PlanCommand, command_id: str = "earlier") -> "Past":
        """Give this past with what a command records; it must record something."""
        outcome = self.when(command, command_id=command_id)
        assert not isinstance(outcome, Refusal), outcome.message
        assert outcome, f"{command} records nothing."
        on = command.effective_on or TODAY
        past = self
        for decided in outcome:
            past = past.happened(decided.event, on=decided.effective_on or on)
        return past

    def plan(self, on: date | None = None) -> Plan | None:
        """Give the plan on a day, folded in the plainest way; without a day, everything counts."""
        facts = Record(self.entries).live()
        plan: Plan | None = None
        for fact in sorted(facts, key=key_of):
            if on is None or fact.effective_on <= on:
                plan = evolve(plan, fact)
        return plan

    def known(self) -> Plan:
        """Give the plan with everything recorded; there must be one."""
        plan = self.plan()
        assert plan is not None
        return plan

    def when(self, command: PlanCommand, command_id: str = "command-1") -> Outcome:
        """Decide a command as the ledger does: on its effective day, by default today."""
        stamp = Stamp(author=CLERK, today=TODAY, command_id=command_id)
        on = command.effective_on or TODAY
        record = Record(self.entries)
        timeline = Spine()
        timeline.grow_sorted(record.live())
        plan = self.plan(on)
        return decide(command, plan=plan, record=record, timeline=timeline, stamp=stamp)


def then(outcome: Outcome, *events: PlanEvent) -> None:
    """Check that exactly these events come of a decision, in this order; none: already so."""
    assert not isinstance(outcome, Refusal), outcome.message
    assert tuple(decided.event for decided in outcome) == events


def refused(outcome: Outcome, code: Code, says: str, path: str | None = None) -> None:
    """Check that a decision is a refusal of this code, about this field, which says so."""
    assert isinstance(outcome, Refusal), outcome
    assert outcome.code is code, outcome
    assert says in outcome.message
    if path is not None:
        assert outcome.path == path


def figure(
    value: str | None = None, numerator: str | None = None, denominator: str | None = None
) -> Figure:
    """Give a provisional figure, extracted in April."""
    return Figure(
        status=ReadingStatus.PROVISIONAL,
        extracted_on=date(2025, 4, 7),
        value=Decimal(value) if value else None,
        numerator=Decimal(numerator) if numerator else None,
        denominator=Decimal(denominator) if denominator else None,
    )


def definition(version: int, unit: str = "%") -> KpiDefined:
    """Give a version of the definition of the KPI "visits"."""
    return KpiDefined(
        kpi="visits",
        definition_version=version,
        name="Visits in time",
        formula="in time / all",
        unit=unit,
        polarity=Polarity.HIGH,
        frequency_months=3,
        source_system="Casebook",
        suppression_rule="small-numbers",
        statements=("measure",),
    )


def reading(period: Period = Q4, value: str = "71.5") -> KpiReadingRecorded:
    """Give the first figure of a period."""
    return KpiReadingRecorded(
        kpi="visits",
        definition_version=1,
        period=period,
        value=Decimal(value),
        numerator=None,
        denominator=None,
        status=ReadingStatus.PROVISIONAL,
        extracted_on=date(2025, 4, 7),
    )


def gone(item: str, *replaced_by: str) -> ItemWithdrawn:
    """Give that an item was withdrawn."""
    return ItemWithdrawn(item=item, replaced_by=replaced_by)


def opened(review: str = "q1") -> ReviewOpened:
    """Give that scrutiny opened a review as at 31 March."""
    return ReviewOpened(review=review, forum="scrutiny", label="Q1", as_at=date(2025, 3, 31))


def _statement(name: str, kind: StatementKind, text: str) -> StatementAdded:
    return StatementAdded(statement=name, area="help", parent=None, kind=kind, ordinal=1, text=text)


def _action(name: str, area: str, ref: str, *, placeholder: bool = False) -> ActionAdded:
    return ActionAdded(action=name, area=area, ref=ref, text=f"Do {name}", placeholder=placeholder)


def _milestone(name: str, action: str, ordinal: int, kind: Definition) -> MilestoneProposed:
    text = f"Reach {name}" if kind is Definition.STATED else "TBC"
    return MilestoneProposed(
        milestone=name, action=action, ordinal=ordinal, text=text, definition=kind
    )


BEGUN = Past().happened(
    PlanDrafted(title="Northbridge improvement plan"),
    PartyRegistered(party="ada", kind=PartyKind.PERSON, name=Personal(words="Ada Lark")),
    PartyRegistered(party="ben", kind=PartyKind.PERSON, name=Personal(words="Ben Reed")),
    AreaAdded(area="help", number="1", ordinal=1, title="Early Help"),
    AreaAdded(area="care", number="II", ordinal=2, title="Children in care"),
    _statement("outcome", StatementKind.OUTCOME, "Families get help early"),
    _statement("measure", StatementKind.MEASURE, "Visits in time"),
    _action("front-door", "help", "1.1"),
    _action("undefined", "help", "1.2", placeholder=True),
    _action("pledge", "care", "2.1"),
    LeadAssigned(item="front-door", party="ada"),
    _milestone("review", "front-door", 1, Definition.STATED),
    _milestone("to-come", "front-door", 2, Definition.UNDEFINED),
    _milestone("sign", "pledge", 1, Definition.STATED),
    TargetDateSet(milestone="review", target_date=MARCH, shared_with=("to-come",)),
    TargetDateDeferred(milestone="to-come", target_date=TBC, shared_with=()),
    definition(1),
    ForumEstablished(forum="scrutiny", name="Scrutiny Panel", remit=None, every_months=3),
    QueryRaised(
        query="which-date",
        item="to-come",
        line=31,
        question=Personal(words="Does the one date govern both?"),
        taken=Personal(words="It governs both."),
        instead=Personal(words="It governs the first."),
    ),
)
"""Areas 1 "help" and II "care", ref 2; actions 1.1 "front-door" led by ada, 1.2 "undefined", which
is a placeholder, and 2.1 "pledge"; milestones 1.1/1 "review", due in March, 1.1/2 "to-come", which
is not stated and TBC, and 2.1/1 "sign", without a date; an outcome and a measure; a KPI "visits";
a forum "scrutiny"; and a query."""
