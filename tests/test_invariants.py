"""The invariants of design page 3.7, held by one state machine over each kind of store.

The machine does to a ledger what offices do (record, record late, agree ahead, close reviews,
repeat commands, crash, set clocks wrong) from two writers, and holds what the ledger then says
against `tests.support.plain_model`. Each check names the invariant it holds.
"""

import shutil
from bisect import bisect_right
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from itertools import groupby, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec.structs import replace

from planledger.domain.commands import (
    AddAction,
    AddArea,
    AgreeMilestone,
    AssignLead,
    CloseReview,
    DeferTargetDate,
    DraftPlan,
    EstablishForum,
    ImportPlan,
    MoveTargetDate,
    OpenReview,
    PlanCommand,
    ProposeMilestone,
    ReassignLead,
    RegisterParty,
    RenumberItem,
    RewordItem,
    SetRecurrence,
    SetTargetDate,
    WithdrawItem,
)
from planledger.domain.refusals import Code, Refusal
from planledger.events.codec import decode, encode
from planledger.events.dates import Day, Month, PartialDate, Quarter, Year
from planledger.events.envelope import Entry, instant, microseconds
from planledger.events.structure import ItemWithdrawn
from planledger.events.target_dates import OneOff
from planledger.events.values import PartyKind, Personal
from planledger.ledger import Ledger, QuestionError, Recorded
from planledger.projections.points import (
    AtEndOf,
    AtHead,
    AtInstant,
    AtPosition,
    AtReview,
    Point,
)
from planledger.storage.memory import MemoryStore
from planledger.storage.port import EntryStore
from planledger.storage.sqlite import SqliteStore
from tests.support.ledgers import (
    AUTHOR,
    AUTHORITY,
    MICROSECOND,
    NOON,
    REASON,
    InterruptedStore,
    SettableClock,
    begin_plan,
    serialised,
    small_draft,
)
from tests.support.plain_model import Plain, plain_state, plainly

LONDON = ZoneInfo("Europe/London")
PLANS = ("alpha", "beta")
MANY = 1_000

MOMENTS = (
    datetime(2026, 3, 29, 0, 59, 59, 999_999, tzinfo=UTC),  # the clocks go forward
    datetime(2026, 3, 29, 23, 30, tzinfo=UTC),  # half past midnight of the 30th in London
    datetime(2026, 10, 25, 0, 30, tzinfo=UTC),  # half past one, for the first time
    datetime(2026, 10, 25, 1, 30, tzinfo=UTC),  # half past one, for the second time
    datetime(2026, 10, 25, 23, 59, 59, 999_999, tzinfo=UTC),
    datetime(2026, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
    datetime(2028, 2, 29, 12, tzinfo=UTC),
    NOON - timedelta(days=400),
    NOON,
)
DATES: tuple[PartialDate, ...] = (
    Month(2026, 3), Day(2026, 3, 31), Quarter(2026, 2), Year(2027), Day(2028, 2, 29),
)  # fmt: skip

writers = st.integers(0, 1)
picks = st.integers(0, 11)
shifts = st.sampled_from([0, 0, 0, -1, -3, -30, 1, 40])
"""Days from today at which a command is effective: 0 leaves it unsaid, less is late."""


class Wish(NamedTuple):
    """What a command is made from: the items to choose among, and which to choose."""

    plan: str
    pick: int
    on: date | None
    known: Plain
    """The plan with everything known."""
    there: Plain
    """The plan on the command's day."""

    def one(self, kind: str) -> str:
        """Choose an item; a name that is not there where there is none of the kind."""
        ids = [name for name, item in self.known["items"].items() if item["kind"] == kind]
        return ids[self.pick % len(ids)] if ids else "nothing"

    def date(self) -> PartialDate:
        """Choose a date."""
        return DATES[self.pick % len(DATES)]

    def date_in_force(self) -> PartialDate:
        """Give the date of the chosen milestone on the day, if it has one."""
        item = self.there["items"].get(self.one("milestone"), {})
        target = item.get("target")
        return target.date if isinstance(target, OneOff) else Month(2026, 1)

    def party(self) -> str:
        """Choose a party."""
        ids = list(self.known["parties"])
        return ids[self.pick % len(ids)] if ids else "nobody"

    def leads(self) -> tuple[str, ...]:
        """Give the leads of the chosen action on the day."""
        return tuple(self.there["items"].get(self.one("action"), {}).get("leads") or ())


COMMANDS: Mapping[str, Callable[[Wish], PlanCommand]] = {
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
        item=w.one(("area", "action", "milestone")[w.pick % 3]),
        to=f"Words {w.pick}",
        material=False,
    ),
    "renumber": lambda w: RenumberItem(plan=w.plan, item=w.one("action"), to=f"2.{w.pick}"),
    "withdraw": lambda w: WithdrawItem(
        plan=w.plan,
        item=w.one(("milestone", "milestone", "action", "area")[w.pick % 4]),
        reason=REASON,
        authority=AUTHORITY,
    ),
    "party": lambda w: RegisterParty(
        plan=w.plan, kind=PartyKind.PERSON, name=Personal(words=f"Person {w.pick % 4}")
    ),
    "lead": lambda w: AssignLead(
        plan=w.plan,
        item=w.one(("action", "milestone")[w.pick % 2]),
        party=w.party(),
        jointly=w.pick % 3 == 0,
    ),
    "reassign": lambda w: ReassignLead(
        plan=w.plan, item=w.one("action"), from_parties=w.leads(), to_parties=(), reason=REASON
    ),
}

REFUSED: tuple[Callable[[date], PlanCommand], ...] = (
    lambda _: AddArea(plan="gamma", number="1", title="No such plan"),
    lambda _: AddArea(plan="alpha", number="1", title="In use, for something else"),
    lambda _: AddArea(plan="alpha", number="9\ud800", title="Not text"),
    lambda _: AgreeMilestone(plan="alpha", milestone="1.1/1"),
    lambda _: ProposeMilestone(plan="alpha", action="nothing", text="Nowhere"),
    lambda today: AddArea(
        plan="alpha", number="9", title="Far", effective_on=today + timedelta(days=366 * 21)
    ),
    lambda _: AddArea(
        plan="alpha", number="9", title="Before the plan", effective_on=date(1990, 1, 1)
    ),
)

REBUILDS: Mapping[str, Callable[["LedgerMachine"], Ledger]] = {
    "replay": lambda machine: Ledger(machine.stores[0], machine.clock),
    # Invariant 3 gains "a snapshot and the tail" here, with damaged ones, once there are any.
}
"""Ways to come by a ledger other than having been there all along."""


class LedgerMachine(RuleBasedStateMachine):
    """Two writers on one ledger, and what they were told."""

    kind: ClassVar[str]

    def __init__(self) -> None:
        """Open an empty ledger for both writers."""
        super().__init__()
        self.exits = ExitStack()
        self.folder = Path(self.exits.enter_context(TemporaryDirectory()))
        self.clock = SettableClock()
        self.lives = 0
        self.log: list[Entry] = []
        self.accepted: list[tuple[str, PlanCommand, Recorded]] = []
        self.remembered: dict[tuple[Point, date | None], bytes] = {}
        self.open()

    # -- what happens to the ledger

    def open(self) -> None:
        """Open the store, for a second writer by its own connection where it has any."""
        if self.kind == "memory":
            self.stores: list[EntryStore] = getattr(self, "stores", [MemoryStore(self.clock)])
        else:
            path = self.folder / f"plans-{self.lives}.db"
            first = SqliteStore(path, self.clock, create=not self.lives)
            self.stores = [first, SqliteStore(path, self.clock, create=False)]
        self.interrupted = InterruptedStore(self.stores[0])
        self.ledgers = [
            Ledger(self.interrupted, self.clock),
            Ledger(self.stores[-1], self.clock),
        ]

    def teardown(self) -> None:
        """Let go of the files."""
        for store in self.stores:
            store.close()
        self.exits.close()

    @rule()
    def crash_and_reopen(self) -> None:
        """Go on from the files as they lie while the store is open, as after a power cut."""
        if self.kind == "sqlite":
            old = self.folder / f"plans-{self.lives}.db"
            self.lives += 1
            new = self.folder / f"plans-{self.lives}.db"
            for suffix in ("", "-wal"):
                shutil.copy(f"{old}{suffix}", f"{new}{suffix}")
            for store in self.stores:
                store.close()
        self.open()
        self.ask_again()

    @rule(moment=st.sampled_from(MOMENTS))
    def set_clock(self, moment: datetime) -> None:
        """Set the clock forward or back."""
        self.clock.now = moment

    @rule(wait=st.sampled_from([MICROSECOND, timedelta(hours=1), timedelta(days=1)]))
    def wait(self, wait: timedelta) -> None:
        """Let time pass."""
        self.clock.now += wait

    # -- what the writers do

    @initialize()
    def begin(self) -> None:
        """Begin with a plan of one milestone."""
        begin_plan(self.ledgers[0])
        self.log.extend(self.ledgers[0].events(limit=MANY))

    @rule(
        writer=writers,
        plan=st.sampled_from(("alpha", "alpha", "beta")),
        what=st.sampled_from(sorted(COMMANDS)),
        pick=picks,
        shift=shifts,
    )
    def record(self, writer: int, plan: str, what: str, pick: int, shift: int) -> None:
        """Record something, today, late or ahead."""
        command = self.command(plan, what, pick, shift)
        assume(command is not None)
        assert command is not None
        self.submit(writer, command)

    @rule(writer=writers, shift=shifts)
    def import_beta(self, writer: int, shift: int) -> None:
        """Record a commit of several entries, once: after that it is already so."""
        self.submit(writer, ImportPlan(plan="beta", draft=small_draft(), effective_on=self.on(shift)))

    @rule(what=st.tuples(*[st.sampled_from(sorted(COMMANDS))] * 2), pick=picks, shift=shifts)
    def race(self, what: tuple[str, str], pick: int, shift: int) -> None:
        """Let the second writer in while the first one, having decided, is about to record."""
        mine = self.command("alpha", what[0], pick, shift)
        theirs = self.command("alpha", what[1], pick, 0)
        assert mine is not None
        assert theirs is not None
        self.interrupted.before_append = lambda: self.submit(1, theirs)
        self.submit(0, mine)
        self.interrupted.before_append = None

    @rule(writer=writers, pick=picks, shift=st.sampled_from([0, -1, -30]))
    def close_review(self, writer: int, pick: int, shift: int) -> None:
        """Hold a review: establish its forum, open it and close it."""
        today = self.ledgers[0].today
        name = f"review-{pick}"
        as_at = today + timedelta(days=shift)
        for command in (
            EstablishForum(plan="alpha", forum="scrutiny", name="Scrutiny Panel"),
            OpenReview(plan="alpha", review=name, forum="scrutiny", label=name, as_at=as_at),
            CloseReview(plan="alpha", review=name),
        ):
            self.submit(writer, command)

    @rule(writer=writers, pick=st.integers(0, 99))
    def repeat(self, writer: int, pick: int) -> None:
        """Invariant 11: a command id that comes again gets the first answer."""
        assume(self.accepted)
        command_id, command, first = self.accepted[pick % len(self.accepted)]
        again = self.ledgers[writer].submit(command, author=AUTHOR, command_id=command_id)
        assert again == replace(first, repeated=True)
        self.nothing_recorded()

    @rule(writer=writers, pick=st.integers(0, 99))
    def reuse(self, writer: int, pick: int) -> None:
        """Invariant 11: a command id that comes again for something else is refused."""
        assume(self.accepted)
        command_id, command, _ = self.accepted[pick % len(self.accepted)]
        other = replace(command, reason=Personal(words="Another reason."))
        answer = self.ledgers[writer].submit(other, author=AUTHOR, command_id=command_id)
        assert isinstance(answer, Refusal)
        assert answer.code is Code.COMMAND_ID_REUSED
        self.nothing_recorded()

    @rule(writer=writers)
    def say_the_last_again(self, writer: int) -> None:
        """Invariant 11: what was just recorded, asked for anew, is already so."""
        assume(self.accepted)
        command_id, command, _ = self.accepted[-1]
        assume(self.log[-1].envelope.command_id == command_id)
        again = replace(command, effective_on=self.log[-1].effective_on)
        answer = self.ledgers[writer].submit(again, author=AUTHOR)
        assert answer == Recorded(entries=(), position=len(self.log), repeated=False)
        self.nothing_recorded()

    @rule(writer=writers, make=st.sampled_from(REFUSED))
    def ask_the_impossible(self, writer: int, make: Callable[[date], PlanCommand]) -> None:
        """Invariant 11: a refused command leaves nothing behind."""
        ledger = self.ledgers[writer]
        command = make(ledger.today)
        if isinstance(command, AgreeMilestone | AddArea) and command.number_or_agreed(self.log):
            return
        answer = ledger.submit(command, author=AUTHOR)
        assert isinstance(answer, Refusal)
        self.nothing_recorded()
