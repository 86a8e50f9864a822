"""Offices at work on a ledger: what happens to it, and what two writers do, by chance.

A state machine of Hypothesis; `tests/test_invariants.py` holds what the ledger says against a
plain model while this goes on.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from msgspec.structs import replace

from planledger.domain.commands import (
    AdoptRatingKey,
    AgreeMilestone,
    CloseReview,
    EstablishForum,
    GiveRating,
    ImportPlan,
    OpenReview,
    PlanCommand,
    VoidEntry,
)
from planledger.domain.refusals import Code, Refusal
from planledger.events.codec import decode, encode
from planledger.events.envelope import Entry, instant
from planledger.events.values import Rating, RatingMeaning
from planledger.ledger import Ledger, Recorded
from planledger.ledger.snapshots import Sizes
from planledger.projections.points import Point
from planledger.storage.cache import Cache
from planledger.storage.memory import MemoryStore
from planledger.storage.port import EntryStore
from planledger.storage.postgres import PostgresStore
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
    small_draft,
)
from tests.support.plain_model import Plain, plain_state, plainly
from tests.support.postgres import new_database
from tests.support.snapshots import MemoryCache
from tests.support.wishes import COMMANDS, NO_PLAN, REFUSED, Wish

PLANS = ("alpha", "beta")
MANY = 10_000
MEANINGS = tuple(RatingMeaning(rating=rating, meaning=f"As {rating.value}") for rating in Rating)

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


class OfficeMachine(RuleBasedStateMachine):
    """Two writers on one ledger, and what they were told."""

    kind: ClassVar[str]

    def __init__(self) -> None:
        """Open an empty ledger for both writers."""
        super().__init__()
        self.exits = ExitStack()
        self.folder = Path(self.exits.enter_context(TemporaryDirectory()))
        if self.kind == "postgres":
            self.url = self.exits.enter_context(new_database())
        self.clock: SettableClock = SettableClock()
        self.lives = 0
        self.log: list[Entry] = []
        self.accepted: list[tuple[str, PlanCommand, Recorded]] = []
        self.remembered: dict[tuple[Point, date | None], bytes] = {}
        self.stores: list[EntryStore] = []
        self.cache: Cache = MemoryCache()
        """Kept through every crash, as files beside the ledger are."""
        self.sizes = Sizes(window=5, least=1, behind=8)
        self.open()

    # -- what happens to the ledger

    def open(self) -> None:
        """Open the store, for the second writer by a connection of its own where it has any."""
        if self.kind == "memory":
            self.stores = self.stores or [MemoryStore(self.clock)]
        elif self.kind == "postgres":
            self.stores = [PostgresStore(self.url, self.clock) for _ in range(2)]
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
        """Let go of the files and the database."""
        for store in self.stores:
            store.close()
        self.exits.close()

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
        """Begin with a plan of one milestone with a date, and two parties."""
        begin_plan(self.ledgers[0])
        self.log.extend(self.ledgers[0].events(limit=MANY))
        for writer, what, pick in ((0, "set", 0), (1, "party", 0), (0, "party", 1)):
            self.submit(writer, self.command("alpha", what, pick, 0))

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
    def hold_review(self, writer: int, pick: int, shift: int) -> None:
        """Hold a review: establish its forum, open it, judge an item, and close it."""
        name = f"review-{pick}"
        as_at = self.ledgers[0].today + timedelta(days=shift)
        commands = (
            EstablishForum(plan="alpha", forum="scrutiny", name="Scrutiny Panel"),
            AdoptRatingKey(plan="alpha", key="brag", name="Four colours", meanings=MEANINGS),
            OpenReview(plan="alpha", review=name, forum="scrutiny", label=name, as_at=as_at),
            GiveRating(
                plan="alpha",
                review=name,
                item=self.wish("alpha", pick, self.ledgers[0].today).one("area", "milestone"),
                key="brag",
                rating=list(Rating)[pick % 4],
                rationale=REASON,
            ),
            CloseReview(plan="alpha", review=name),
        )
        for command in commands:
            self.submit(writer, command)

    @rule(writer=writers, pick=picks, shift=st.sampled_from([0, -1, -30]))
    def deliver(self, writer: int, pick: int, shift: int) -> None:
        """See a milestone through: agreed, reported, signed off or not, perhaps reopened."""
        milestone = self.wish("alpha", pick, self.ledgers[0].today).one("milestone")
        agreed = AgreeMilestone(
            plan="alpha", milestone=milestone, authority=AUTHORITY, effective_on=self.day(shift)
        )
        self.submit(writer, agreed)
        self.submit(writer, self.command("alpha", "move", pick, shift))
        for what in (("complete", "sign off", "reopen"), ("complete", "refuse"))[pick % 4 == 0]:
            self.submit(writer, self.command("alpha", what, pick, shift))

    @rule(writer=writers, plan=plans, pick=picks, shift=shifts, then=st.booleans())
    def put_right(self, writer: int, plan: str, pick: int, shift: int, *, then: bool) -> None:
        """Correct an entry, perhaps on another day; perhaps void the correction, or the entry."""
        corrected = self.submit(writer, self.command(plan, "correct", pick, shift))
        if then and isinstance(corrected, Recorded):
            self.submit(writer, self.command(plan, "void", pick % 2, 0))

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
        if not isinstance(command, VoidEntry):
            command = replace(command, effective_on=self.log[-1].effective_on)
        answer = self.ledgers[writer].submit(command, author=AUTHOR)
        assert answer == Recorded(entries=(), position=len(self.log), repeated=False)
        self.expect_recorded([])

    @rule(writer=writers, make=st.sampled_from(REFUSED))
    def ask_the_impossible(self, writer: int, make: Callable[[date], PlanCommand]) -> None:
        """Invariant 11: a refused command leaves nothing behind."""
        ledger = self.ledgers[writer]
        answer = ledger.submit(make(ledger.today), author=AUTHOR)
        assert isinstance(answer, Refusal)
        self.expect_recorded([])

    # -- means

    def submit(self, writer: int, command: PlanCommand) -> Recorded | Refusal:
        """Submit a command and hold the answer against what the ledger then has."""
        command_id = f"command-{len(self.accepted)}-{len(self.log)}-{writer}"
        answer = self.ledgers[writer].submit(command, author=AUTHOR, command_id=command_id)
        if isinstance(answer, Refusal):
            self.expect_recorded([])
            return answer
        assert not answer.repeated
        self.expect_recorded(list(answer.entries))
        assert answer.position == len(self.log)
        if answer.entries:
            self.accepted.append((command_id, command, answer))
        return answer

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
        command = COMMANDS[what](self.wish(plan, pick, on or self.ledgers[0].today))
        # What never happened never happened on any day.
        return command if isinstance(command, VoidEntry) else replace(command, effective_on=on)

    def wish(self, plan: str, pick: int, day: date) -> Wish:
        """Give what a command effective on a day is made from."""
        entries = self.of(plan)
        known = plain_state(entries, MANY, None) or NO_PLAN
        return Wish(plan, pick, known, plain_state(entries, MANY, day) or NO_PLAN, entries)

    def state(self, writer: int, plan: str, day: date | None) -> Plain | None:
        """Give what a writer's ledger holds of a plan on a day, in the model's words."""
        return plainly(self.ledgers[writer].history(plan).state(len(self.log), day))

    def day(self, shift: int) -> date | None:
        """Give the day so many days from today; None for today, as if none was stated."""
        return self.ledgers[0].today + timedelta(days=shift) if shift else None

    def of(self, plan: str) -> list[Entry]:
        """Give a plan's entries."""
        return [entry for entry in self.log if entry.plan == plan]

    def some_positions(self, pick: int) -> Iterator[int]:
        """Give some positions of the log, other ones for another pick, and always the last."""
        yield from range(len(self.log), 0, -1 - pick % 7)
