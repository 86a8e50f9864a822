"""The shell around the core: carry out a command, and answer for a point.

    submit: load the plan, decide, append; decided again on the newer plan if somebody was first
    at:     resolve a point to a position and a day, and show plans as they were there
    changes, restatements, item_history: what is different between two points, and how it came about

Every question first asks the store for its head, so an answer is at least as new as every write
acknowledged before it, from whichever process.
"""

import hashlib
import threading
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import uuid4

import msgspec
from msgspec import Struct

from planledger.basis import LAST_YEAR, QuestionError, Resolver
from planledger.comparing import Comparing, entries_at
from planledger.domain.commands import PlanCommand, Stamp
from planledger.domain.decide import decide
from planledger.domain.decided import Decided
from planledger.domain.plan import Plan
from planledger.domain.record import Record
from planledger.domain.refusals import Code, Refusal
from planledger.events import codec
from planledger.events.catalogue import stored_name
from planledger.events.envelope import Entry, Envelope
from planledger.events.values import Author, blank_problem, text_problem
from planledger.loading import Histories, decode_entries
from planledger.projections.changes.shapes import ChangeSet, ItemHistory, Thing, Track
from planledger.projections.findings import Findings, Snapshot, amendments_by
from planledger.projections.history import History
from planledger.projections.points import (
    AtHead,
    Point,
    civil_day,
)
from planledger.projections.recent import Recent
from planledger.projections.register import RegisterFilter, RegisterRow, register
from planledger.projections.view import Basis, PlanView, view_plan
from planledger.storage.port import (
    Clock,
    CommandAlreadyRecordedError,
    EntryStore,
    NewRecord,
    Receipt,
    VersionConflictError,
)

__all__ = ["LAST_YEAR", "ConflictError", "Ledger", "LedgerAt", "QuestionError", "Recorded"]

ID_LIMIT = 100
"""The most characters that a command's id, or the id of a piece of work, may have."""
TRIES = 4
"""How often a command is decided again when somebody else records first."""
VIEWS_KEPT = 64
"""Views of past points kept, the least recently asked for going first."""
FINDINGS_KEPT = 16
"""Findings kept likewise: each has worked out only what was asked of it."""


class ConflictError(Exception):
    """The plan has changed since the caller looked; nothing was recorded. Look again."""


class Recorded(Struct, frozen=True, kw_only=True):
    """What came of a command that was accepted."""

    entries: tuple[Entry, ...]
    """What it recorded; empty when it was already so."""
    position: int
    """Position of its last entry; the head where it was already so."""
    repeated: bool
    """Whether the command id had been recorded before, and this is the first answer again."""


class Ledger:
    """Plans as a ledger over a store. May be used from several threads."""

    def __init__(self, store: EntryStore, clock: Clock) -> None:
        """Work on `store`; `clock` gives the present moment and should be the store's own."""
        self._store = store
        self._clock = clock
        self._lock = threading.RLock()
        # Writers of this process take turns: else all but one of them would decide in vain.
        self._writing = threading.Lock()
        self._histories = Histories(store)
        self._comparing = Comparing(store, self._histories, clock)
        self._views: Recent[tuple[str, int, date, str], tuple[Plan, PlanView]] = Recent(VIEWS_KEPT)
        self._findings: Recent[tuple[str, int, date, str], Findings] = Recent(FINDINGS_KEPT)

    def close(self) -> None:
        """Let go of the store."""
        self._store.close()

    @property
    def today(self) -> date:
        """The civil day (Europe/London) it is."""
        return civil_day(self._clock())

    def submit(
        self,
        command: PlanCommand,
        *,
        author: Author,
        command_id: str | None = None,
        correlation_id: str | None = None,
        expected_position: int | None = None,
    ) -> Recorded | Refusal:
        """Carry out a command, once for its id, however often it is sent.

        `expected_position` is the position the caller looked at. Raises ConflictError when the
        plan has entries after it, or when others kept recording first; StoreError for trouble.
        """
        for path, text in (("commandId", command_id), ("correlationId", correlation_id)):
            if text is not None and (problem := _id_problem(text)):
                return Refusal(
                    code=Code.TEXT_UNUSABLE, message=f"It cannot be kept: {problem}.", path=path
                )
        digest = _digest(command)
        stamp = Stamp(
            author=author,
            today=self.today,
            command_id=command_id or str(uuid4()),
            correlation_id=correlation_id,
        )
        with self._writing:
            for _ in range(TRIES):
                receipt = self._store.receipt(stamp.command_id)
                if receipt is not None:
                    return self._answered(receipt, command, digest)
                try:
                    return self._try(command, stamp, digest, expected_position)
                except (VersionConflictError, CommandAlreadyRecordedError):
                    continue
        raise ConflictError(
            f"Others kept changing {command.plan} while this was recorded. Look again, then retry."
        )

    def at(self, point: Point, effective_on: date | None = None) -> "LedgerAt":
        """Give the ledger as known at a point and effective on a day.

        Left out, the day is the point's own: today at the head, the cut-off of a review, else the
        civil day of the point. Raises QuestionError for a point that is not (yet) in the ledger.
        """
        with self._lock:
            resolver = Resolver(self._store, self._histories, self._clock())
            basis = resolver.basis(point, effective_on)
        return LedgerAt(self, basis, is_head=point == AtHead())

    def changes(
        self,
        plan: str,
        start: Point,
        end: Point = AtHead(),  # noqa: B008 - a frozen value
        effective_on: date | None = None,
        *,
        steps: bool = False,
    ) -> ChangeSet:
        """Give what changed in a plan between two points: NET, or with `steps` every move between.

        Each point has its own day unless `effective_on` is given for both. Raises QuestionError,
        UNKNOWN_PLAN among others.
        """
        with self._lock:
            return self._comparing.changes(plan, (start, end), effective_on, by_steps=steps)

    def restatements(self, plan: str, review: str) -> ChangeSet:
        """Give what differs from a review ("plan/review") as reported to it as now known.

        First what was corrected since, then what was entered late. Raises QuestionError.
        """
        with self._lock:
            return self._comparing.restatements(plan, review)

    def item_history(  # noqa: PLR0913 - which history is asked for, and known when
        self,
        plan: str,
        item: str | Thing,
        track: Track | None = None,
        known_at: Point = AtHead(),  # noqa: B008 - a frozen value
        effective_on: date | None = None,
        *,
        inside: bool = False,
    ) -> ItemHistory:
        """Give every entry that touches a thing, or one track of it, as known at a point.

        `item` is an item's ref ("1.4/2"), the id of anything, or a kind with an id. With `inside`,
        what is under the item and about it is there too. Raises QuestionError.
        """
        with self._lock:
            return self._comparing.history(
                plan, item, track, (known_at, effective_on), inside=inside
            )

    def entries_at(self, positions: Iterable[int]) -> Mapping[int, Entry]:
        """Give the entries at some positions, such as the causes of a page of changes."""
        return entries_at(self._store, positions)

    def events(self, *, after: int = 0, plan: str | None = None, limit: int) -> Sequence[Entry]:
        """Give entries after a position, in order, at most `limit` of them."""
        return decode_entries(self._store.read(after=after, plan=plan, limit=limit))

    def history(self, plan: str) -> History:
        """Give a plan's history, caught up with the store; empty where there is no such plan."""
        with self._lock:
            return self._histories.of(plan)

    def record(self, plan: str) -> Record:
        """Give every entry of a plan, as they are now: what is given does not grow."""
        with self._lock:
            return Record(self.history(plan).record.facts)

    def plans(self, position: int) -> tuple[str, ...]:
        """Give the refs of the plans begun by a position, the oldest first."""
        return tuple(plan for plan, first in self._store.plans() if first <= position)

    def view(self, ref: str, basis: Basis, mark: str) -> PlanView | None:
        """Show one plan at a resolved point; None where it had not begun."""
        with self._lock:
            plan = self.history(ref).state(basis.position, basis.effective_on)
            if plan is None:
                return None
            # The state itself is the key: it is the same object wherever nothing changed.
            key = (ref, id(plan), basis.effective_on, mark)
            kept = self._views.again(key)
            if kept is None:
                shown = view_plan(plan, basis.effective_on, mark)
                kept = self._views.keep(key, (plan, shown))
            return kept[1]

    def findings(self, ref: str, basis: Basis, mark: str) -> Findings | None:
        """Look into one plan at a resolved point; None where it had not begun."""
        with self._lock:
            key = (ref, basis.position, basis.effective_on, mark)
            kept = self._findings.again(key)
            found = kept or self._looked_into(ref, basis, mark)
            return found and self._findings.keep(key, found)

    def _looked_into(self, ref: str, basis: Basis, mark: str) -> Findings | None:
        view, history = self.view(ref, basis, mark), self.history(ref)
        plan = history.state(basis.position, basis.effective_on)
        if view is None or plan is None:
            return None
        spine = history.spine(basis.position)
        return Findings(
            Snapshot(
                plan=plan,
                view=view,
                facts=spine.order[: spine.count(basis.position, basis.effective_on)],
                amendments=amendments_by(history.record, basis.position),
                position=basis.position,
                on=basis.effective_on,
            )
        )

    def _try(
        self, command: PlanCommand, stamp: Stamp, digest: bytes, expected: int | None
    ) -> Recorded | Refusal:
        with self._lock:
            history = self.history(command.plan)
            if expected is not None and history.position > expected:
                raise ConflictError(
                    f"{command.plan} has changed since position {expected}; it is at "
                    f"{history.position} now. Look again, then retry."
                )
            on = command.effective_on or stamp.today
            outcome = decide(
                command,
                plan=history.state(history.position, on),
                record=history.record,
                timeline=history.spine(history.position),
                stamp=stamp,
            )
            version = history.version
        if isinstance(outcome, Refusal):
            return outcome
        if not outcome:
            head = self._store.head()
            return Recorded(entries=(), position=head.last if head else 0, repeated=False)
        envelopes = [
            _envelope(decided, command, stamp, decided.effective_on or on) for decided in outcome
        ]
        return self._record(command.plan, version, envelopes, digest)

    def _record(
        self, plan: str, version: int, envelopes: Sequence[Envelope], digest: bytes
    ) -> Recorded:
        commit = self._store.append(
            plan,
            version,
            [
                NewRecord(name=stored_name(type(envelope.event)), data=codec.encode(envelope))
                for envelope in envelopes
            ],
            command_id=envelopes[0].command_id,
            digest=digest,
        )
        return Recorded(
            entries=tuple(
                Entry(
                    position=commit.first + index,
                    recorded_us=commit.recorded_us,
                    plan=plan,
                    version=version + 1 + index,
                    envelope=envelope,
                )
                for index, envelope in enumerate(envelopes)
            ),
            position=commit.last,
            repeated=False,
        )

    def _answered(
        self, receipt: Receipt, command: PlanCommand, digest: bytes
    ) -> Recorded | Refusal:
        if receipt.digest != digest or receipt.plan != command.plan:
            return Refusal(
                code=Code.COMMAND_ID_REUSED,
                message=f"Command id {receipt.command_id} has been used for something else. Give "
                "every new command an id of its own.",
                path="commandId",
            )
        first, last = receipt.commit.first, receipt.commit.last
        records = self._store.read(after=first - 1, until=last, limit=last - first + 1)
        return Recorded(entries=tuple(decode_entries(records)), position=last, repeated=True)


class LedgerAt:
    """The ledger at a resolved point: what it was read from, and the plans there."""

    def __init__(self, ledger: Ledger, basis: Basis, *, is_head: bool) -> None:
        """Bind a ledger to a basis; made by `Ledger.at`."""
        self._ledger = ledger
        self.basis = basis
        # At the head an object keeps one id for ever; at any other point the id names the point.
        today = is_head and basis.effective_on == ledger.today
        self._mark = "" if today else f"@{basis.position},{basis.effective_on}"

    def plan(self, ref: str) -> PlanView | None:
        """Show a plan; None where there was none of this ref."""
        return self._ledger.view(ref, self.basis, self._mark)

    def findings(self, ref: str) -> Findings | None:
        """Look into a plan: what is overdue, undefined, moved …; None where there was none."""
        return self._ledger.findings(ref, self.basis, self._mark)

    def register(self, wanted: RegisterFilter | None = None) -> tuple[RegisterRow, ...]:
        """List the milestones of every plan that are wanted, the oldest plan first."""
        return register(self.plans(), wanted)

    def plans(self) -> tuple[PlanView, ...]:
        """Show every plan that had begun, the oldest first."""
        shown = (self.plan(ref) for ref in self._ledger.plans(self.basis.position))
        return tuple(plan for plan in shown if plan is not None)


def _id_problem(text: str) -> str | None:
    """Say what makes an id that a caller made unusable, if anything does."""
    if len(text) > ID_LIMIT:
        return f"it has {len(text):,} characters; {ID_LIMIT} is the most"
    return text_problem(text) or blank_problem(text)


def _digest(command: PlanCommand) -> bytes:
    """Give the digest of what a command asks."""
    try:
        asked = msgspec.json.encode(command)
    except UnicodeEncodeError:
        asked = b""  # a text that no store can keep; `decide` says which, and nothing is recorded
    return hashlib.sha256(asked).digest()


def _envelope(decided: Decided, command: PlanCommand, stamp: Stamp, on: date) -> Envelope:
    return Envelope(
        event=decided.event,
        effective_on=on,
        author=stamp.author,
        command_id=stamp.command_id,
        correlation_id=stamp.correlation_id,
        reason=command.reason,
        authority=command.authority,
        source=decided.source,
    )
