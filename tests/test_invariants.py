"""The invariants of design page 3.7, held by one state machine over each kind of store.

The machine does to a ledger what offices do (record, record late, agree ahead, close reviews,
repeat commands, crash, set clocks wrong) from two writers, and holds what the ledger then says
against `tests.support.plain_model`. Each check names the invariants it holds.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from itertools import groupby, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar
from zoneinfo import ZoneInfo

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec.structs import replace

from planledger.domain.commands import (
    CloseReview,
    EstablishForum,
    ImportPlan,
    OpenReview,
    PlanCommand,
)
from planledger.domain.refusals import Code, Refusal
from planledger.events.codec import decode, encode
from planledger.events.envelope import Entry, instant
from planledger.events.structure import ItemWithdrawn
from planledger.ledger import Ledger, Recorded
from planledger.projections.points import AtEndOf, AtInstant, AtPosition, AtReview, Point
from planledger.storage.memory import MemoryStore
from planledger.storage.port import EntryStore
from planledger.storage.sqlite import SqliteStore
from tests.support.ledgers import (
    AUTHOR,
    MICROSECOND,
    NOON,
    InterruptedStore,
    SettableClock,
    begin_plan,
    items_of,
    serialised,
    small_draft,
)
from tests.support.plain_model import hold_structure, plain_state, plainly
from tests.support.wishes import COMMANDS, NO_PLAN, REFUSED, Wish

LONDON = ZoneInfo("Europe/London")
PLANS = ("alpha", "beta")
MANY = 10_000
DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"
HOW_HARD = (
    settings(stateful_step_count=50) if DEEP else settings(max_examples=200, stateful_step_count=30)
)

MOMENTS = (
    datetime(2026, 3, 29, 0, 59, 59, 999_999, tzinfo=UTC),  # the clocks go forward
    datetime(2026, 3, 29, 23, 30, tzinfo=UTC),  # half past midnight of the 30th in London
    datetime(2026, 10, 25, 0, 30, tzinfo=UTC),  # half past one, for the first time
    datetime(2026, 10, 25, 1, 30, tzinfo=UTC),  # half past one, for the second time
    datetime(2026, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
    datetime(2028, 2, 29, 12, tzinfo=UTC),
    NOON - timedelta(days=400),
    NOON,
)

writers = st.integers(0, 1)
plans = st.sampled_from(("alpha", "alpha", "beta"))
kinds = st.sampled_from(sorted(COMMANDS))
picks = st.integers(0, 11)
shifts = st.sampled_from([0, 0, 0, -1, -3, -30, 1, 40])
"""Days from today at which a command is effective: 0 leaves it unsaid, less is late."""

REBUILDS: Mapping[str, Callable[["LedgerMachine"], Ledger]] = {
    "replayed": lambda machine: Ledger(machine.stores[0], machine.clock),
    # Invariant 3 gains "from a snapshot and the tail" here, once there are snapshots.
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
        self.clock: SettableClock = SettableClock()
        self.lives = 0
        self.log: list[Entry] = []
        self.accepted: list[tuple[str, PlanCommand, Recorded]] = []
        self.remembered: dict[tuple[Point, date | None], bytes] = {}
        self.stores: list[EntryStore] = []
        self.open()

    # -- what happens to the ledger

    def open(self) -> None:
        """Open the store, for the second writer by a connection of its own where it has any."""
        if self.kind == "memory":
            self.stores = self.stores or [MemoryStore(self.clock)]
        else:
            first = SqliteStore(self.path, self.clock, create=not self.lives)
            self.stores = [first, SqliteStore(self.path, self.clock, create=False)]
        self.interrupted = InterruptedStore(self.stores[0])
        self.ledgers = [
            Ledger(self.interrupted, self.clock),
            Ledger(self.stores[-1], self.clock),
        ]

    @property
    def path(self) -> Path:
        """Where the SQLite file of this life lies."""
        return self.folder / f"plans-{self.lives}.db"

    def teardown(self) -> None:
        """Let go of the files."""
        for store in self.stores:
            store.close()
        self.exits.close()

    @rule()
    def crash_and_reopen(self) -> None:
        """Go on from the files as they lie while the store is open, as after a power cut."""
        if self.kind == "sqlite":
            old = self.path
            self.lives += 1
            for suffix in ("", "-wal"):
                shutil.copy(f"{old}{suffix}", f"{self.path}{suffix}")
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
        """Begin with a plan of one milestone with a date, and a party."""
        begin_plan(self.ledgers[0])
        self.log.extend(self.ledgers[0].events(limit=MANY))
        for writer, what in enumerate(("set", "party")):
            self.submit(writer, self.command("alpha", what, 0, 0))

    @rule(wishes=st.lists(st.tuples(writers, plans, kinds, picks, shifts), min_size=2, max_size=6))
    def record(self, wishes: list[tuple[int, str, str, int, int]]) -> None:
        """Record some things: today, late or ahead."""
        for writer, plan, what, pick, shift in wishes:
            self.submit(writer, self.command(plan, what, pick, shift))

    @rule(writer=writers, shift=shifts)
    def import_beta(self, writer: int, shift: int) -> None:
        """Record a commit of several entries, once: after that it is already so."""
        on = self.day(shift)
        self.submit(writer, ImportPlan(plan="beta", draft=small_draft(), effective_on=on))

    @rule(what=st.tuples(kinds, kinds), pick=picks, shift=shifts)
    def race(self, what: tuple[str, str], pick: int, shift: int) -> None:
        """Let the second writer in when the first has decided and is about to record."""
        mine = self.command("alpha", what[0], pick, shift)
        theirs = self.command("alpha", what[1], pick, 0)
        self.interrupted.before_append = lambda: self.submit(1, theirs)
        self.submit(0, mine)
        self.interrupted.before_append = None

    @rule(writer=writers, pick=picks, shift=st.sampled_from([0, -1, -30]))
    def close_review(self, writer: int, pick: int, shift: int) -> None:
        """Hold a review: establish its forum, open it and close it."""
        name = f"review-{pick}"
        as_at = self.ledgers[0].today + timedelta(days=shift)
        self.submit(writer, EstablishForum(plan="alpha", forum="scrutiny", name="Scrutiny Panel"))
        opened = OpenReview(plan="alpha", review=name, forum="scrutiny", label=name, as_at=as_at)
        self.submit(writer, opened)
        self.submit(writer, CloseReview(plan="alpha", review=name))

    @rule(writer=writers, pick=st.integers(0, 99))
    def repeat(self, writer: int, pick: int) -> None:
        """Invariant 11: a command id that comes again gets the first answer."""
        command_id, command, first = self.accepted[pick % len(self.accepted)]
        again = self.ledgers[writer].submit(command, author=AUTHOR, command_id=command_id)
        assert again == replace(first, repeated=True)
        self.expect_recorded([])

    @rule(writer=writers, pick=st.integers(0, 99))
    def reuse(self, writer: int, pick: int) -> None:
        """Invariant 11: a command id that comes again for something else is refused."""
        command_id, command, _ = self.accepted[pick % len(self.accepted)]
        other = replace(command, effective_on=date(2026, 6, 1))
        answer = self.ledgers[writer].submit(other, author=AUTHOR, command_id=command_id)
        assert isinstance(answer, Refusal)
        assert answer.code is Code.COMMAND_ID_REUSED
        self.expect_recorded([])

    @rule(writer=writers)
    def say_the_last_again(self, writer: int) -> None:
        """Invariant 11: what was recorded last, asked for anew, is already so."""
        _, command, _ = self.accepted[-1]
        again = replace(command, effective_on=self.log[-1].effective_on)
        answer = self.ledgers[writer].submit(again, author=AUTHOR)
        assert answer == Recorded(entries=(), position=len(self.log), repeated=False)
        self.expect_recorded([])

    @rule(writer=writers, make=st.sampled_from(REFUSED))
    def ask_the_impossible(self, writer: int, make: Callable[[date], PlanCommand]) -> None:
        """Invariant 11: a refused command leaves nothing behind."""
        ledger = self.ledgers[writer]
        answer = ledger.submit(make(ledger.today), author=AUTHOR)
        assert isinstance(answer, Refusal)
        self.expect_recorded([])

    # -- what they are told

    @rule(pick=st.integers(0, 99), ask=st.integers(0, 3), shift=st.sampled_from([None, 0, -30, 40]))
    def remember(self, pick: int, ask: int, shift: int | None) -> None:
        """Keep the answer to a question that is said to be answered for ever."""
        entry = self.log[pick % len(self.log)]
        reviews = plain_state(self.of("alpha"), MANY, None)
        closed = [name for name, seen in (reviews or {})["reviews"].items() if seen["closed"]]
        points: list[Point] = [
            AtPosition(entry.position),
            AtInstant(entry.recorded_at + (pick % 3 - 1) * MICROSECOND),
            AtEndOf(entry.recorded_at.astimezone(LONDON).date() - timedelta(days=pick % 2)),
            AtReview(f"alpha/{closed[pick % len(closed)]}") if closed else AtPosition(1),
        ]
        day = None if shift is None else entry.effective_on + timedelta(days=shift)
        if entry.recorded_at + MICROSECOND > max(self.clock.now, self.log[-1].recorded_at):
            points[1] = AtInstant(entry.recorded_at)  # what is still to come is refused
        answer = self.ledgers[pick % 2].at(points[ask], day)
        if answer.basis.final:
            self.remembered.setdefault((points[ask], day), serialised(answer))

    @rule()
    def ask_again(self) -> None:
        """Invariants 2 and 3: every answer given for ever is given again, byte for byte."""
        rebuilt = [rebuild(self) for rebuild in REBUILDS.values()]
        for (point, day), answer in self.remembered.items():
            for ledger in (*self.ledgers, *rebuilt):
                assert serialised(ledger.at(point, day)) == answer

    @rule(pick=st.integers(0, 99))
    def look_everywhere(self, pick: int) -> None:
        """Invariants 1, 3, 6 and 10: every position by every day, as kept and as rebuilt."""
        ledgers = [self.ledgers[pick % 2], *(rebuild(self) for rebuild in REBUILDS.values())]
        for plan in PLANS:
            entries = self.of(plan)
            edges = {entry.effective_on for entry in entries}
            days = [None, *sorted(edges | {day - timedelta(days=1) for day in edges})]
            for position in {0, pick % (len(self.log) + 1), *self.some_positions(pick)}:
                for day in days:
                    expected = plain_state(entries, position, day)
                    hold_structure(expected)
                    for ledger in ledgers:
                        assert plainly(ledger.history(plan).state(position, day)) == expected

    @rule(pick=st.integers(0, 99))
    def look_back_past_a_withdrawal(self, pick: int) -> None:
        """Invariant 10: a withdrawn item is seen as it was, on every day before."""
        gone: dict[str, date] = {}
        for entry in self.log:
            if isinstance(entry.event, ItemWithdrawn):
                item = entry.event.item
                gone[item] = min(gone.get(item, date.max), entry.effective_on)
        for item, first in gone.items():
            before = first - timedelta(days=1)
            at = self.ledgers[pick % 2].at(AtPosition(len(self.log)), before)
            shown = [seen for plan in at.plans() for seen in items_of(plan) if item in seen.id]
            known = [plain_state(self.of(plan), MANY, None) or NO_PLAN for plan in PLANS]
            added = [state["items"][item]["on"] for state in known if item in state["items"]]
            assert [seen.withdrawn for seen in shown] == [None for on in added if on <= before]

    @rule(pick=st.integers(0, 99))
    def compare_reported_with_known(self, pick: int) -> None:
        """Invariant 6: with nothing late, what a review reported is what is known of its day."""
        known = plain_state(self.of("alpha"), MANY, None) or NO_PLAN
        ledger = self.ledgers[pick % 2]
        for name, seen in known["reviews"].items():
            if seen["closed"] is None:
                continue
            reported = ledger.at(AtReview(f"alpha/{name}")).basis
            assert (reported.position, reported.effective_on) == (seen["closed"][1], seen["as_at"])
            late = [
                entry
                for entry in self.of("alpha")
                if entry.position > reported.position and entry.effective_on <= seen["as_at"]
            ]
            states = [
                ledger.history("alpha").state(position, seen["as_at"])
                for position in (reported.position, len(self.log))
            ]
            assert (states[0] == states[1]) or late

    @rule(pick=st.integers(0, 99))
    def look_at_the_bounds(self, pick: int) -> None:
        """Invariant 5: a point takes in whole commits, up to its own moment or midnight."""
        ledger = self.ledgers[pick % 2]
        commits = [list(commit) for _, commit in groupby(self.log, lambda entry: entry.recorded_us)]
        for commit in commits:
            first, last, moment = commit[0].position, commit[-1].position, commit[0].recorded_at
            for position in range(first, last + 1):
                assert ledger.at(AtPosition(position)).basis.position == last
            assert ledger.at(AtInstant(moment)).basis.position == last
            assert ledger.at(AtInstant(moment - MICROSECOND)).basis.position == first - 1
            day = moment.astimezone(LONDON).date()
            within = [
                entry.position
                for entry in self.log
                if entry.recorded_at.astimezone(LONDON).date() <= day
            ]
            assert ledger.at(AtEndOf(day)).basis.position == max(within)

    # -- what holds after every step

    @invariant()
    def the_head_is_everything(self) -> None:
        """Invariant 1: the plan at the head is the fold of all there is, for both writers."""
        for plan in PLANS:
            expected = plain_state(self.of(plan), MANY, None)
            for ledger in self.ledgers:
                assert plainly(ledger.history(plan).state(len(self.log))) == expected

    @invariant()
    def times_strictly_increase(self) -> None:
        """Invariant 5: from commit to commit, whatever the clock does; within one it stands."""
        for one, following in pairwise(self.log):
            if one.envelope.command_id == following.envelope.command_id:
                assert one.recorded_us == following.recorded_us
            else:
                assert one.recorded_us < following.recorded_us

    # -- means

    def submit(self, writer: int, command: PlanCommand) -> None:
        """Submit a command and hold the answer against what the ledger then has."""
        command_id = f"command-{len(self.accepted)}-{len(self.log)}-{writer}"
        answer = self.ledgers[writer].submit(command, author=AUTHOR, command_id=command_id)
        if isinstance(answer, Refusal):
            self.expect_recorded([])
            return
        assert not answer.repeated
        self.expect_recorded(list(answer.entries))
        assert answer.position == len(self.log)
        if answer.entries:
            self.accepted.append((command_id, command, answer))

    def expect_recorded(self, entries: list[Entry]) -> None:
        """Invariants 11, 12 and 13: these came after all before, at once, for every reader."""
        before = len(self.log)
        for ledger in self.ledgers:
            assert list(ledger.events(after=before, limit=MANY)) == entries
        assert [entry.position for entry in entries] == list(
            range(before + 1, before + 1 + len(entries))
        )
        last = self.log[-1].recorded_at if self.log else instant(0)
        for entry in entries:
            assert entry.recorded_at == max(self.clock.now, last + MICROSECOND)
        for record, entry in zip(
            self.stores[-1].read(after=before, limit=MANY), entries, strict=True
        ):
            assert decode(record.data, name=record.name, position=before) == entry.envelope
            assert encode(entry.envelope) == record.data
        self.log.extend(entries)

    def command(self, plan: str, what: str, pick: int, shift: int) -> PlanCommand:
        """Make a command of a kind."""
        on = self.day(shift)
        day = on or self.ledgers[0].today
        known = plain_state(self.of(plan), MANY, None) or NO_PLAN
        there = plain_state(self.of(plan), MANY, day) or NO_PLAN
        command = COMMANDS[what](Wish(plan, pick, known, there))
        return replace(command, effective_on=on)

    def day(self, shift: int) -> date | None:
        """Give the day so many days from today; None for today, as if none was stated."""
        return self.ledgers[0].today + timedelta(days=shift) if shift else None

    def of(self, plan: str) -> list[Entry]:
        """Give a plan's entries."""
        return [entry for entry in self.log if entry.plan == plan]

    def some_positions(self, pick: int) -> Iterator[int]:
        """Give some positions of the log, other ones for another pick, and always the last."""
        yield from range(len(self.log), 0, -1 - pick % 7)


class OverMemory(LedgerMachine):
    """The machine over the store in memory."""

    kind = "memory"


class OverSqlite(LedgerMachine):
    """The machine over a real SQLite file, by two connections."""

    kind = "sqlite"


TestOverMemory = OverMemory.TestCase
TestOverMemory.settings = HOW_HARD
TestOverSqlite = OverSqlite.TestCase
TestOverSqlite.settings = HOW_HARD
