"""Entries of one plan, built directly, for tests that need no ledger and no rules."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from planledger.domain.evolve import fold
from planledger.domain.plan import Plan
from planledger.domain.record import Record
from planledger.events.catalogue import PlanEvent
from planledger.events.dates import PartialDate
from planledger.events.envelope import EPOCH, Entry, Envelope, microseconds
from planledger.events.milestone import MilestoneProposed
from planledger.events.party import PartyRegistered
from planledger.events.plan import PlanDrafted
from planledger.events.record import EntryCorrected, EntryVoided
from planledger.events.structure import ActionAdded, AreaAdded, StatementAdded
from planledger.events.target_date import TargetDateSet
from planledger.events.target_dates import OneOff
from planledger.events.values import (
    Author,
    Definition,
    PartyKind,
    Personal,
    StatementKind,
)
from planledger.events.world import WorldEvent

START = date(2026, 1, 6)
AUTHOR = Author(id="officer-1", name=Personal(words="Ann Officer"))


class Book:
    """A plan's entries as they are written down, one a commit."""

    def __init__(self, plan: str = "alpha") -> None:
        """Begin with the plan drafted on START."""
        self.plan = plan
        self.entries: list[Entry] = []
        self.write(PlanDrafted(title="A plan"))

    def write(
        self, event: PlanEvent, on: date = START, skip: int = 0, recorded_on: date | None = None
    ) -> Entry:
        """Write an event down, `skip` positions further on than need be.

        The day of recording, where it matters, is a civil day; else it is long ago.
        """
        last = self.entries[-1].position if self.entries else 0
        position = last + 1 + skip
        noon = datetime.combine(recorded_on, time(12), UTC) if recorded_on else EPOCH
        entry = Entry(
            position=position,
            recorded_us=microseconds(noon) + position * 1_000_000,
            plan=self.plan,
            version=len(self.entries) + 1,
            envelope=Envelope(
                event=event, effective_on=on, author=AUTHOR, command_id=f"command-{position}"
            ),
        )
        self.entries.append(entry)
        return entry

    def write_all(self, events: Iterable[PlanEvent], on: date = START) -> None:
        """Write events down one after the other."""
        for event in events:
            self.write(event, on)

    def correct(self, position: int, event: WorldEvent, on: date | None = None) -> Entry:
        """Have an entry about the world say something else, on the day it stands or another."""
        record = Record(self.entries)
        root = record.at(position)
        assert root is not None
        now = record.standing().get(position, root) or root
        return self.write(EntryCorrected(entry=position, event=event), on or now.effective_on)

    def void(self, position: int) -> Entry:
        """Say that an entry, of whatever kind, is void."""
        found = Record(self.entries).at(position)
        assert found is not None
        return self.write(EntryVoided(entry=position), found.effective_on)

    def folded(self) -> Plan:
        """Give the plan after everything, in the order it was written."""
        plan = fold(self.entries)
        assert plan is not None
        return plan


def area(name: str, number: str, ordinal: int) -> AreaAdded:
    """Add an area."""
    return AreaAdded(area=name, number=number, ordinal=ordinal, title=f"Area {number}")


def action(name: str, ref: str, under: str, *, placeholder: bool = False) -> ActionAdded:
    """Add an action."""
    return ActionAdded(action=name, area=under, ref=ref, text=f"Do {ref}", placeholder=placeholder)


def milestone(
    name: str, under: str, ordinal: int = 1, definition: Definition = Definition.STATED
) -> MilestoneProposed:
    """Propose a milestone."""
    return MilestoneProposed(
        milestone=name, action=under, ordinal=ordinal, text=f"Reach {name}", definition=definition
    )


def statement(
    name: str, kind: StatementKind, under: str, ordinal: int = 1, parent: str | None = None
) -> StatementAdded:
    """Add a statement."""
    return StatementAdded(
        statement=name, area=under, parent=parent, kind=kind, ordinal=ordinal, text=f"Say {name}"
    )


def party(name: str) -> PartyRegistered:
    """Register a person."""
    return PartyRegistered(
        party=name, kind=PartyKind.PERSON, name=Personal(words=name.capitalize())
    )


def due(on: PartialDate) -> OneOff:
    """Give the target date that is due once."""
    return OneOff(as_printed=on.label, date=on)


def date_set(name: str, on: PartialDate, shared_with: tuple[str, ...] = ()) -> TargetDateSet:
    """Set a milestone's date."""
    return TargetDateSet(milestone=name, target_date=due(on), shared_with=shared_with)
