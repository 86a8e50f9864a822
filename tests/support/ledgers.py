"""Ledgers to test: a clock to set by hand, stores of each kind, and short ways to ask."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec

from planledger.domain.commands import (
    AddAction,
    AddArea,
    DraftPlan,
    PlanCommand,
    ProposeMilestone,
)
from planledger.domain.draft import Draft, DraftAction, DraftArea, DraftMilestone
from planledger.domain.refusals import Refusal
from planledger.events.dates import Month
from planledger.events.target_dates import OneOff
from planledger.events.values import Author, Authority, Definition, Personal
from planledger.ledger import Ledger, LedgerAt, Recorded
from planledger.projections.view import ActionView, AreaView, MilestoneView, PlanView
from planledger.storage.memory import MemoryStore
from planledger.storage.port import Clock, Commit, EntryStore, NewRecord, Receipt
from planledger.storage.sqlite import SqliteStore
from tests.support.postgres import OwnStore, new_database

MICROSECOND = timedelta(microseconds=1)
NOON = datetime(2026, 2, 12, 12, tzinfo=UTC)
AUTHOR = Author(id="officer-1", name=Personal(words="Ann Officer"))
REASON = Personal(words="The board said so.")
AUTHORITY = Authority(forum="board", meeting=date(2026, 2, 12), minute="4", officer=None)


class SettableClock:
    """A clock that stands where it was set."""

    def __init__(self, now: datetime = NOON) -> None:
        """Set it to `now`."""
        self.now = now

    def __call__(self) -> datetime:
        """Read it."""
        return self.now


def open_kind(kind: str, folder: Path, clock: Clock) -> EntryStore:
    """Open a new store of a kind: "memory", "sqlite" or "postgres"."""
    if kind == "memory":
        return MemoryStore(clock)
    if kind == "postgres":
        return OwnStore(clock)
    return SqliteStore(folder / "plans.db", clock, create=True)


@contextmanager
def new_ledger(kind: str, folder: Path) -> Iterator[str]:
    """Give the URL of a new, empty ledger of a kind that several processes can open."""
    if kind == "postgres":
        with new_database() as url:
            yield url
    else:
        SqliteStore(folder / "plans.db", lambda: NOON, create=True).close()
        yield f"sqlite:///{folder}/plans.db"


class InterruptedStore:
    """A store before whose next append, or after whose next receipt, somebody else gets in."""

    def __init__(self, store: EntryStore) -> None:
        """Pass everything on to `store`."""
        self._store = store
        self.read = store.read
        self.replay = store.replay
        self.head = store.head
        self.commit_at = store.commit_at
        self.plans = store.plans
        self.receipts = store.receipts
        self.adopt = store.adopt
        self.watch = store.watch
        self.close = store.close
        self.before_append: Callable[[], object] | None = None
        self.after_receipt: Callable[[], object] | None = None

    def receipt(self, command_id: str) -> Receipt | None:
        """Look it up, then let the other one in."""
        found = self._store.receipt(command_id)
        interrupt, self.after_receipt = self.after_receipt, None
        if interrupt is not None:
            interrupt()
        return found

    def append(
        self,
        plan: str,
        expected_version: int,
        records: Sequence[NewRecord],
        *,
        command_id: str,
        digest: bytes,
    ) -> Commit:
        """Let the other one in first, then append."""
        interrupt, self.before_append = self.before_append, None
        if interrupt is not None:
            interrupt()
        return self._store.append(
            plan, expected_version, records, command_id=command_id, digest=digest
        )


def recorded(ledger: Ledger, command: PlanCommand, command_id: str | None = None) -> Recorded:
    """Submit a command that is to be accepted."""
    answer = ledger.submit(command, author=AUTHOR, command_id=command_id)
    assert isinstance(answer, Recorded), answer
    return answer


def refused(ledger: Ledger, command: PlanCommand, command_id: str | None = None) -> str:
    """Submit a command that is to be refused, and give the code."""
    answer = ledger.submit(command, author=AUTHOR, command_id=command_id)
    assert isinstance(answer, Refusal), answer
    return answer.code.value


def begin_plan(ledger: Ledger, plan: str = "alpha") -> None:
    """Record a plan with one area, one action and one milestone: positions 1 to 4."""
    recorded(ledger, DraftPlan(plan=plan, title=f"Plan {plan}"))
    recorded(ledger, AddArea(plan=plan, number="1", title="Leadership"))
    recorded(ledger, AddAction(plan=plan, area="1", ref="1.1", text="Lead"))
    recorded(ledger, ProposeMilestone(plan=plan, action="1.1", text="A board meets"))


def serialised(ledger_at: LedgerAt) -> bytes:
    """Give everything that is answered at a point, as bytes."""
    return msgspec.json.encode((ledger_at.basis, ledger_at.plans()))


def items_of(plan: PlanView) -> Iterator[AreaView | ActionView | MilestoneView]:
    """Give every area, action and milestone that a plan shows."""
    for area in plan.areas:
        yield area
        for action in area.actions:
            yield action
            yield from action.milestones


def small_draft() -> Draft:
    """Give a document whose import makes one commit of several entries."""
    milestones = tuple(
        DraftMilestone(
            line=6 + number,
            as_printed=f"Step {number} March 2026",
            key=f"m{number}",
            text=f"Step {number}",
            definition=Definition.STATED,
            target_date=OneOff(as_printed="March 2026", date=Month(2026, 3)),
            shared_with=(),
            leads=None,
        )
        for number in (1, 2)
    )
    action = DraftAction(
        line=6,
        as_printed="1.1 Do",
        key="a",
        ref="1.1",
        text="Do",
        placeholder=False,
        milestones=milestones,
        leads=(),
    )
    area = DraftArea(
        line=5,
        as_printed="AREA 1",
        key="area",
        number="1",
        ordinal=1,
        title="First",
        statements=(),
        actions=(action,),
    )
    return Draft(
        title="A small plan",
        stated_on=date(2026, 1, 6),
        sha256="0" * 64,
        filename="small.txt",
        reader="text/1",
        areas=(area,),
        parties=(),
        references=(),
        queries=(),
    )
