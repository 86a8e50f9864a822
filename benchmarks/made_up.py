"""A made-up plan of any length, the same for the same length: what the benchmarks run on.

The shape is a council's: 6 areas, 30 actions, 80 milestones, 12 KPIs, then years of changes. Two in
a hundred are keyed in late, by up to sixty days.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from planledger.events import kpi, milestone, party, structure
from planledger.events.catalogue import PlanEvent, stored_name
from planledger.events.codec import encode
from planledger.events.dates import Day, Month
from planledger.events.envelope import Envelope, instant
from planledger.events.plan import PlanDrafted
from planledger.events.target_date import TargetDateMoved, TargetDateSet
from planledger.events.target_dates import OneOff
from planledger.events.values import (
    Author,
    Authority,
    Definition,
    PartyKind,
    Period,
    Personal,
    Polarity,
    ReadingStatus,
    RevisionCause,
)
from planledger.storage.port import EntryStore, NewRecord
from planledger.storage.sqlite import SqliteStore

PLAN = "northbridge"
AREAS, ACTIONS, MILESTONES, PARTIES, KPIS = 6, 30, 80, 20, 12
BEGUN = date(2015, 1, 6)
LATE_IN_A_HUNDRED = 2

_AUTHOR = Author(id="programme-office", name=Personal(words="Programme office"))
_REASON = Personal(words="The board asked for more time to recruit")
_AUTHORITY = Authority(forum="improvement-board", meeting=None, minute="12/15", officer=None)
_WITH_REASON = (TargetDateMoved, party.LeadReassigned)
_WITH_AUTHORITY = (TargetDateMoved, milestone.MilestoneAgreed)
"""What the rules ask a reason or an authority for, or people give one."""


def envelopes(count: int) -> list[Envelope]:
    """Give the first `count` entries of the plan, in the order they are recorded."""
    chance = random.Random(count)  # noqa: S311 - the same plan every time is the point
    made: list[Envelope] = []
    for number, event in enumerate(_events(chance)):
        if number == count:
            return made
        made.append(_envelope(event, number, count, chance))
    return made


def write(path: Path, count: int) -> None:
    """Write a ledger with `count` entries of the plan."""
    clock = iter(range(1_500_000_000_000_000, 2_000_000_000_000_000, 1_000_000))
    store = SqliteStore(path, lambda: instant(next(clock)), create=True)
    fill(store, count)
    store.close()


def fill(store: EntryStore, count: int, plan: str = PLAN) -> None:
    """Add `count` entries of the plan to a store where there is no such plan, ten a commit."""
    records = [
        NewRecord(name=stored_name(type(envelope.event)), data=encode(envelope))
        for envelope in envelopes(count)
    ]
    step = 10
    for start in range(0, count, step):
        store.append(
            plan,
            start,
            records[start : start + step],
            command_id=f"{plan}-{start}",
            digest=bytes(32),
        )


def _envelope(event: PlanEvent, number: int, count: int, chance: random.Random) -> Envelope:
    day = BEGUN + timedelta(days=number * 1_000 // count)
    late = number > PREPARED and chance.randrange(100) < LATE_IN_A_HUNDRED
    on = max(BEGUN, day - timedelta(days=chance.randint(1, 60))) if late else day
    if number <= PREPARED:
        on = BEGUN
    return Envelope(
        event=event,
        effective_on=on,
        author=_AUTHOR,
        command_id=f"00000000-0000-4000-8000-{number:012}",
        reason=_REASON if isinstance(event, _WITH_REASON) else None,
        authority=_AUTHORITY if isinstance(event, _WITH_AUTHORITY) else None,
    )


def _events(chance: random.Random) -> Iterator[PlanEvent]:
    yield from _prepared()
    while True:
        yield _change(chance)


def _prepared() -> Iterator[PlanEvent]:
    yield PlanDrafted(title="Northbridge improvement plan (fictional)")
    for number in range(PARTIES):
        name = Personal(words=f"Fictional officer {number}")
        yield party.PartyRegistered(party=f"party-{number}", kind=PartyKind.POST, name=name)
    for number in range(AREAS):
        yield structure.AreaAdded(
            area=f"area-{number}",
            number=str(number + 1),
            ordinal=number + 1,
            title=f"Area {number}",
        )
    for number in range(ACTIONS):
        yield structure.ActionAdded(
            action=f"action-{number:012}",
            area=f"area-{number % AREAS}",
            ref=f"{number % AREAS + 1}.{number // AREAS + 1}",
            text="Review and agree the arrangements",
            placeholder=False,
        )
    for number in range(MILESTONES):
        yield milestone.MilestoneProposed(
            milestone=_milestone(number),
            action=f"action-{number % ACTIONS:012}",
            ordinal=number // ACTIONS + 1,
            text="Arrangements agreed and in place",
            definition=Definition.STATED,
        )
        yield TargetDateSet(milestone=_milestone(number), target_date=_due(number), shared_with=())
    for number in range(KPIS):
        yield kpi.KpiDefined(
            kpi=f"kpi-{number}",
            definition_version=1,
            name=f"Indicator {number}",
            formula="Those in time out of all",
            unit="%",
            polarity=Polarity.HIGH,
            frequency_months=1,
            source_system="Case records",
            suppression_rule="5 or fewer",
            statements=(),
        )


def _change(chance: random.Random) -> PlanEvent:
    which = chance.random()
    of = _milestone(chance.randrange(MILESTONES))
    if which < 0.45:
        return TargetDateMoved(
            milestone=of,
            from_target_date=_due(chance.randrange(36)),
            to_target_date=_due(chance.randrange(36)),
            reason_code=None,
        )
    if which < 0.55:
        return milestone.MilestoneAgreed(milestone=of)
    if which < 0.7:
        return party.LeadReassigned(
            item=of,
            from_parties=(f"party-{chance.randrange(PARTIES)}",),
            to_parties=(f"party-{chance.randrange(PARTIES)}",),
        )
    if which < 0.8:
        return structure.WordingChanged(
            item=of, from_text="Arrangements", to_text="Arrangements in place", material=False
        )
    return _reading(chance)


def _reading(chance: random.Random) -> PlanEvent:
    month = chance.randrange(36)
    first = date(2015 + month // 12, month % 12 + 1, 1)
    return kpi.KpiReadingRevised(
        kpi=f"kpi-{chance.randrange(KPIS)}",
        definition_version=1,
        period=Period(first=first, last=first + timedelta(days=27), label=f"{first:%Y-%m}"),
        value=Decimal(chance.randrange(1_000)) / 10,
        numerator=None,
        denominator=None,
        status=ReadingStatus.PROVISIONAL,
        extracted_on=first + timedelta(days=40),
        cause=RevisionCause.REVISION,
        note=None,
    )


def _milestone(number: int) -> str:
    return f"milestone-{number:012}"


def _due(number: int) -> OneOff:
    if number % 5:
        month = Month(2015 + number // 12, number % 12 + 1)
        return OneOff(as_printed=month.label, date=month)
    on = Day(2015 + number // 12, number % 12 + 1, 15)
    return OneOff(as_printed=on.label, date=on)


PREPARED = len(list(_prepared()))
"""How many entries the plan begins with; every length is longer."""
