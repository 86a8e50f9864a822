"""Commands for the state machine of `tests/test_invariants.py`, made from few small numbers."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from msgspec.structs import replace

from planledger.domain.commands import (
    AddAction,
    AddArea,
    AgreeMilestone,
    AssignLead,
    CorrectEntry,
    DeferTargetDate,
    DraftPlan,
    MoveTargetDate,
    PlanCommand,
    ProposeMilestone,
    ReassignLead,
    RefuseSignOff,
    RegisterParty,
    RenumberItem,
    ReopenMilestone,
    ReportComplete,
    ReportProgress,
    RewordItem,
    SetRecurrence,
    SetTargetDate,
    SignOffMilestone,
    VoidEntry,
    WithdrawItem,
)
from planledger.events import milestone, review, structure, target_date
from planledger.events.dates import Day, Month, PartialDate, Quarter, Year
from planledger.events.envelope import Entry
from planledger.events.record import EntryCorrected, EntryVoided
from planledger.events.target_dates import OneOff
from planledger.events.values import (
    PartyKind,
    Personal,
    Progress,
    Rating,
    ReopenTrigger,
    SignOffLevel,
)
from planledger.events.world import WorldEvent
from tests.support.ledgers import AUTHORITY, REASON
from tests.support.plain_model import Plain

DATES: tuple[PartialDate, ...] = (
    Month(2026, 3), Day(2026, 3, 31), Quarter(2026, 2), Year(2027), Day(2028, 2, 29),
)  # fmt: skip
NO_PLAN: Plain = {"items": {}, "parties": {}}


class Wish(NamedTuple):
    """What a command is made from: the items to choose among, and which to choose."""

    plan: str
    pick: int
    known: Plain
    """The plan with everything known."""
    there: Plain
    """The plan on the command's day."""
    entries: Sequence[Entry] = ()
    """The plan's entries."""

    def one(self, *kinds: str) -> str:
        """Choose an item of one of the kinds; a name that is not there where there is none."""
        kind = kinds[self.pick % len(kinds)]
        ids = [name for name, item in self.known["items"].items() if item["kind"] == kind]
        return ids[self.pick % len(ids)] if ids else "nothing"

    def date(self) -> PartialDate:
        """Choose a date."""
        return DATES[self.pick % len(DATES)]

    def date_in_force(self) -> PartialDate:
        """Give the date of the chosen milestone on the day, or one that it does not have."""
        target = self.there["items"].get(self.one("milestone"), {}).get("target")
        return target.date if isinstance(target, OneOff) else Month(2026, 1)

    def party(self, beside: int = 0) -> str:
        """Choose a party, or one so many beside it."""
        ids = list(self.known["parties"])
        return ids[(self.pick + beside) % len(ids)] if ids else "nobody"

    def entry(self) -> Entry | None:
        """Choose an entry, mostly of the later ones."""
        return self.entries[-1 - self.pick % len(self.entries)] if self.entries else None

    def position(self) -> int:
        """Give the chosen entry's position; one that is not there where there is none."""
        entry = self.entry()
        return entry.position if entry else 1_000_000

    def put_right(self) -> WorldEvent:
        """Give what the chosen entry says with other words, or another date or state in it."""
        entry = self.entry()
        if entry is None or isinstance(entry.event, EntryVoided):
            return milestone.MilestoneAgreed(milestone="nothing")
        event = entry.event.event if isinstance(entry.event, EntryCorrected) else entry.event
        other = OTHERWISE.get(type(event))
        # Of what is not in the table at most the day is put right.
        return replace(event, **other(self)) if other else event

    def leads(self) -> tuple[str, ...]:
        """Give the leads of the chosen action on the day."""
        return tuple(self.there["items"].get(self.one("action"), {}).get("leads") or ())


OTHERWISE: Mapping[type, Callable[[Wish], dict[str, object]]] = {
    structure.AreaAdded: lambda w: {"title": f"Put right {w.pick % 3}"},
    structure.ActionAdded: lambda w: {"text": f"Put right {w.pick % 3}"},
    structure.WordingChanged: lambda w: {"to_text": f"Put right {w.pick % 3}"},
    milestone.MilestoneProposed: lambda w: {"text": f"Put right {w.pick % 3}"},
    milestone.MilestoneProgressReported: lambda w: {"state": list(Progress)[w.pick % 3]},
    target_date.TargetDateSet: lambda w: {
        "target_date": OneOff(as_printed=w.date().label, date=w.date())
    },
    review.RatingGiven: lambda w: {"rating": list(Rating)[w.pick % 4]},
}
"""What an entry might have said instead."""

COMMANDS: Mapping[str, Callable[[Wish], PlanCommand]] = {
    "plan": lambda w: DraftPlan(plan=w.plan, title=f"Plan {w.plan}"),
    "area": lambda w: AddArea(plan=w.plan, number=str(w.pick + 1), title=f"Area {w.pick % 3}"),
    "action": lambda w: AddAction(
        plan=w.plan, area=w.one("area"), ref=f"1.{w.pick}", text=f"Do {w.pick % 3}"
    ),
    "milestone": lambda w: ProposeMilestone(
        plan=w.plan, action=w.one("action"), text=f"Step {w.pick}"
    ),
    "agree": lambda w: AgreeMilestone(
        plan=w.plan, milestone=w.one("milestone"), authority=AUTHORITY
    ),
    "set": lambda w: SetTargetDate(plan=w.plan, milestone=w.one("milestone"), date=w.date()),
    "ongoing": lambda w: SetTargetDate(
        plan=w.plan, milestone=w.one("milestone"), date=None, reason=REASON
    ),
    "move": lambda w: MoveTargetDate(
        plan=w.plan,
        milestone=w.one("milestone"),
        from_date=w.date_in_force(),
        to_date=w.date(),
        reason=REASON,
    ),
    "defer": lambda w: DeferTargetDate(
        plan=w.plan, milestone=w.one("milestone"), reason=REASON, authority=AUTHORITY
    ),
    "recur": lambda w: SetRecurrence(
        plan=w.plan, milestone=w.one("milestone"), every_months=w.pick + 1, reason=REASON
    ),
    "reword": lambda w: RewordItem(
        plan=w.plan,
        item=w.one("area", "action", "milestone"),
        to=f"Words {w.pick}",
        material=False,
    ),
    "renumber": lambda w: RenumberItem(plan=w.plan, item=w.one("action"), to=f"2.{w.pick}"),
    "withdraw": lambda w: WithdrawItem(
        plan=w.plan,
        item=w.one("milestone", "milestone", "action", "milestone", "area"),
        reason=REASON,
        authority=AUTHORITY,
    ),
    "party": lambda w: RegisterParty(
        plan=w.plan, kind=PartyKind.PERSON, name=Personal(words=f"Person {w.pick % 4}")
    ),
    "lead": lambda w: AssignLead(
        plan=w.plan, item=w.one("action", "milestone"), party=w.party(), jointly=w.pick % 3 == 0
    ),
    "reassign": lambda w: ReassignLead(
        plan=w.plan, item=w.one("action"), from_parties=w.leads(), to_parties=(), reason=REASON
    ),
    "progress": lambda w: ReportProgress(
        plan=w.plan,
        milestone=w.one("milestone"),
        state=list(Progress)[w.pick % 3],
        forecast=w.date(),
    ),
    "complete": lambda w: ReportComplete(
        plan=w.plan,
        milestone=w.one("milestone"),
        achieved_on=Month(2024, 6),
        reporter=w.party(),
    ),
    "sign off": lambda w: SignOffMilestone(
        plan=w.plan,
        milestone=w.one("milestone"),
        level=list(SignOffLevel)[w.pick % 2],
        signer=w.party(beside=1),
        waiver=REASON,
        authority=AUTHORITY,
    ),
    "refuse": lambda w: RefuseSignOff(plan=w.plan, milestone=w.one("milestone"), missing=REASON),
    "reopen": lambda w: ReopenMilestone(
        plan=w.plan, milestone=w.one("milestone"), trigger=ReopenTrigger.AUDIT, reason=REASON
    ),
    "correct": lambda w: CorrectEntry(
        plan=w.plan, entry=w.position(), event=w.put_right(), reason=REASON
    ),
    "void": lambda w: VoidEntry(plan=w.plan, entry=w.position(), reason=REASON),
}
"""Commands that may be accepted, already so or refused, as the plan has it."""

REFUSED: tuple[Callable[[date], PlanCommand], ...] = (
    lambda _: AddArea(plan="gamma", number="1", title="No such plan"),
    lambda _: AddArea(plan="alpha", number="99", title="\ud800 is half a character"),
    lambda _: AgreeMilestone(plan="alpha", milestone="nothing", authority=AUTHORITY),
    lambda _: SetRecurrence(plan="alpha", milestone="1.1/1", every_months=0),
    lambda _: RewordItem(plan="alpha", item="1.1/1", to="Other promises", material=True),
    lambda today: AddArea(
        plan="alpha", number="99", title="Far", effective_on=today + timedelta(days=366 * 21)
    ),
    lambda _: AddArea(plan="alpha", number="99", title="Old", effective_on=date(1990, 1, 1)),
)
"""Commands that are refused whatever the plan holds; each takes the day it is."""
