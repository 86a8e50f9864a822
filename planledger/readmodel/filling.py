"""Filling the register from the ledger: commit by commit, in batches."""

from collections.abc import Callable, Iterator, Sequence
from itertools import count, groupby
from operator import attrgetter

from planledger.events import codec
from planledger.events.envelope import Fact, instant
from planledger.ledger.loading import decode_entries
from planledger.projections.points import civil_day
from planledger.readmodel.batch import Batch, OvertakenError, RegisterError
from planledger.readmodel.plans import PlanTimelines
from planledger.readmodel.register import Register
from planledger.storage.port import EntryStore, StoredRecord

BATCH = 500
"""Entries read at a time, and recorded in one transaction with the rest of the last commit."""
TRIES = 5
"""How often a batch may be overtaken without the register having moved: something else is wrong."""

Watch = Callable[[int], None]
"""Told the position that is reached, after every batch."""


def unwatched(_: int) -> None:
    """Do nothing."""


class Filler:
    """Fills one register from one ledger. Used by one thread at a time.

    Holds every plan of which it has read entries, as a ledger that shows them does.
    """

    def __init__(self, store: EntryStore, register: Register) -> None:
        """Go on from where the register is; nothing is read yet."""
        self._store = store
        self._register = register
        self._plans: dict[str, PlanTimelines] = {}
        self._position: int | None = None
        """How far the register reaches; None where that is to be asked."""
        self._numbers = count(1)
        self._replaced = 0
        self._overtaken = 0
        self._shown = False
        """Whether the views have been looked after."""

    def catch_up(self, until: int | None = None, watch: Watch = unwatched) -> int:
        """Fill it up to the head, or to the end of the commit at a position; give how far it is.

        Raises RegisterError, also for a register that is not this ledger's, StoreError, and
        UnreadableEntryError. What was recorded by then stays, and catching up may be tried again.
        """
        while not self.step(until):
            watch(self.position)
        return self.position

    @property
    def position(self) -> int:
        """How far the register reaches, as far as is known here."""
        return self._position or 0

    def step(self, until: int | None = None) -> bool:
        """Fill in one batch; tell whether there was nothing left to fill in. Raises likewise."""
        try:
            return self._step(until)
        except BaseException:
            self._forget()  # what is in memory may be ahead of what is recorded
            raise

    def _step(self, until: int | None) -> bool:
        position = self._resume() if self._position is None else self._position
        records = self._whole_commits(position, until)
        if not records:
            if until is None and not self._shown:
                self._register.show()
                self._shown = True
            return True
        try:
            self._register.record(self._batch(records), position, self._replaced)
        except OvertakenError:
            self._forget()
            self._overtaken = self._overtaken + 1 if self._resume() == position else 0
            if self._overtaken == TRIES:
                raise
            return False
        self._position, self._overtaken = records[-1].position, 0
        return False

    def _forget(self) -> None:
        self._plans = {}
        self._position = None

    def _resume(self) -> int:
        """Look how far the register reaches, and that it is this ledger's."""
        # First: what is replaced after this is noticed when the next batch is recorded.
        self._replaced = self._register.replaced()
        reached = self._register.last_commit()
        if reached is not None and self._store.commit_at(position=reached.last) != reached:
            raise RegisterError(
                f"The register {self._register.name} reaches to position {reached.last}, which is "
                "not in this ledger, or is something else there. Make it anew: "
                "`planledger register rebuild`."
            )
        self._position = reached.last if reached else 0
        self._numbers = count(self._register.next_number())
        return self._position

    def _whole_commits(self, position: int, until: int | None) -> Sequence[StoredRecord]:
        records = list(self._store.read(after=position, until=until, limit=BATCH))
        if records:
            # Of a commit there is all or nothing: a position inside it stands for the whole.
            last = records[-1].position
            commit = self._store.commit_at(position=last)
            if commit is not None and commit.last > last:
                more = commit.last - last
                records += self._store.read(after=last, until=commit.last, limit=more)
        return records

    def _batch(self, records: Sequence[StoredRecord]) -> Batch:
        batch = Batch()
        facts = _facts(records)
        for _, commit in groupby(facts, key=attrgetter("recorded_us")):
            self._add(batch, list(commit))
        return batch

    def _add(self, batch: Batch, facts: Sequence[Fact]) -> None:
        first, last = facts[0], facts[-1]
        plan = self._plan(first.plan, first.position)
        closed, opened = plan.commit(facts, self._numbers)
        batch.closed |= {stretch.number: first.position for stretch in closed}
        batch.opened |= {stretch.number: stretch for stretch in opened}
        batch.commits.append(
            (
                *(first.position, last.position),
                *(instant(first.recorded_us), civil_day(instant(first.recorded_us)), first.plan),
            )
        )
        batch.reviews += [
            (first.plan, one.id, one.label, one.forum, one.as_at, one.closed_on, one.closed_at)
            for one in plan.closed_reviews(facts)
        ]
        batch.last = last.position

    def _plan(self, ref: str, position: int) -> PlanTimelines:
        """Give a plan's timelines as they were before a position."""
        plan = self._plans.get(ref)
        if plan is None:
            facts = [fact for page in self._pages(ref, position - 1) for fact in page]
            plan = PlanTimelines(facts, self._register.open_stretches(ref) if facts else ())
            self._plans[ref] = plan
        return plan

    def _pages(self, ref: str, until: int) -> Iterator[Sequence[Fact]]:
        after = 0
        while records := self._store.read(after=after, until=until, plan=ref, limit=BATCH):
            yield _facts(records)
            after = records[-1].position


def _facts(records: Sequence[StoredRecord]) -> Sequence[Fact]:
    """Decode what folds need of entries. Raises UnreadableEntryError."""
    happenings = codec.decode_happenings(record.data for record in records)
    if happenings is None:
        return decode_entries(records)
    return [
        Fact(record.position, record.recorded_us, record.plan, record.version, happening)
        for record, happening in zip(records, happenings, strict=True)
    ]
