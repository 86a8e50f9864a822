"""Carrying out commands: load the plan, decide, append; decided again if somebody was first."""

import hashlib
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from secrets import randbits
from uuid import UUID

import msgspec
from msgspec import Struct

from planledger.domain.commands import PlanCommand, Stamp
from planledger.domain.refusals import Code, Refusal
from planledger.events import codec
from planledger.events.catalogue import stored_name
from planledger.events.envelope import Entry, Envelope, microseconds
from planledger.events.values import Author, blank_problem, text_problem
from planledger.ledger.deciding import decide_all, impossible
from planledger.ledger.loading import Histories, decode_entries
from planledger.ledger.observing import Observer, Outcome
from planledger.ledger.turns import Turns
from planledger.projections.foreseeing import Preview, foresee
from planledger.projections.points import civil_day
from planledger.storage.port import (
    Clock,
    CommandAlreadyRecordedError,
    EntryStore,
    NewRecord,
    Receipt,
    StoreError,
    VersionConflictError,
)

ID_LIMIT = 100
"""The most characters that a command's id, or the id of a piece of work, may have."""
TRIES = 12
"""How often a command is decided when somebody else keeps recording first."""
LONGEST_PAUSE = 0.05
"""Seconds; from the third try on, there is a pause of chance before each, at most so long."""


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


class Submitter:
    """Carries out commands, one at a time in this process."""

    def __init__(
        self,
        store: EntryStore,
        histories: Histories,
        clock: Clock,
        lock: Turns,
        observer: Observer,
    ) -> None:
        """Record in `store`; `lock` guards the histories, and is not held while recording."""
        self._store = store
        self._histories = histories
        self._clock = clock
        self._lock = lock
        self._observer = observer
        # Writers of this process take turns: else all but one of them would decide in vain.
        self._writing = Turns()

    def submit(
        self,
        commands: Sequence[PlanCommand],
        *,
        author: Author,
        command_id: str | None = None,
        correlation_id: str | None = None,
        expected_position: int | None = None,
    ) -> Recorded | Refusal:
        """Carry out commands on one plan together; see `Ledger.submit_all`."""
        try:
            answer = self._submit(commands, author, command_id, correlation_id, expected_position)
        except ConflictError:
            self._observer.submitted("conflict")
            raise
        except StoreError:
            self._observer.submitted("failed")
            raise
        self._observer.submitted(_outcome(answer))
        return answer

    def preview(
        self, commands: Sequence[PlanCommand], *, author: Author, command_id: str | None = None
    ) -> Preview | Refusal:
        """Decide commands on one plan, and record nothing; see `Ledger.preview`."""
        stamp = self._stamp(commands, author, command_id, None)
        if isinstance(stamp, Refusal):
            return stamp
        plan = commands[0].plan
        with self._lock:
            history = self._histories.of(plan)
            envelopes = decide_all(commands, history, stamp)
            if isinstance(envelopes, Refusal):
                return envelopes
            return foresee(history, plan, envelopes, stamp.today)

    def carried_out(self, command_id: str) -> Recorded | None:
        """Give what was recorded under a command's id; see `Ledger.carried_out`."""
        receipt = self._store.receipt(command_id)
        return self._repeated(receipt) if receipt is not None else None

    def _stamp(
        self,
        commands: Sequence[PlanCommand],
        author: Author,
        command_id: str | None,
        correlation_id: str | None,
    ) -> Stamp | Refusal:
        """Give what the commands are stamped with, or refuse what nobody could record."""
        ids = {"commandId": command_id, "correlationId": correlation_id}
        refusal = next(_unusable(ids), None) or impossible(commands)
        if refusal is not None:
            return refusal
        now = self._clock()
        return Stamp(
            author=author,
            today=civil_day(now),
            command_id=command_id or _new_id(now),
            correlation_id=correlation_id,
        )

    def _submit(
        self,
        commands: Sequence[PlanCommand],
        author: Author,
        command_id: str | None,
        correlation_id: str | None,
        expected_position: int | None,
    ) -> Recorded | Refusal:
        stamp = self._stamp(commands, author, command_id, correlation_id)
        if isinstance(stamp, Refusal):
            return stamp
        plan, digest = commands[0].plan, _digest(commands)
        try:
            answer = self._decided(commands, stamp, digest, expected_position, command_id)
        except ConflictError:
            if (repeated := self._recorded_meanwhile(command_id, plan, digest)) is None:
                raise
            return repeated
        if isinstance(answer, Refusal) or not answer.entries:
            return self._recorded_meanwhile(command_id, plan, digest) or answer
        return answer

    def _recorded_meanwhile(
        self, command_id: str | None, plan: str, digest: bytes
    ) -> Recorded | Refusal | None:
        """Give the first answer to a command that another process recorded as this one looked.

        Judged on a plan that has it already, it is refused, or so already, or comes too late.
        """
        receipt = self._store.receipt(command_id) if command_id is not None else None
        return self._answered(receipt, plan, digest) if receipt is not None else None

    def _decided(
        self,
        commands: Sequence[PlanCommand],
        stamp: Stamp,
        digest: bytes,
        expected_position: int | None,
        command_id: str | None,
    ) -> Recorded | Refusal:
        plan = commands[0].plan
        with self._writing:
            maybe_repeated = command_id is not None
            for tried in range(TRIES):
                if tried > 1:
                    _let_others_go_on(tried)
                receipt = self._store.receipt(stamp.command_id) if maybe_repeated else None
                if receipt is not None:
                    return self._answered(receipt, plan, digest)
                try:
                    return self._try(plan, commands, stamp, digest, expected_position)
                except VersionConflictError:
                    self._observer.conflicted()
                except CommandAlreadyRecordedError:
                    maybe_repeated = True
                    self._observer.conflicted()
        raise ConflictError(
            f"Others kept changing {plan} while this was recorded. Look again, then retry."
        )

    def _try(
        self,
        plan: str,
        commands: Sequence[PlanCommand],
        stamp: Stamp,
        digest: bytes,
        expected: int | None,
    ) -> Recorded | Refusal:
        with self._lock:
            history = self._histories.of(plan)
            if expected is not None and history.position > expected:
                raise ConflictError(
                    f"{plan} has changed since position {expected}; it is at "
                    f"{history.position} now. Look again, then retry."
                )
            envelopes = decide_all(commands, history, stamp)
            version = history.version
        if isinstance(envelopes, Refusal):
            return envelopes
        if not envelopes:
            head = self._store.head()
            return Recorded(entries=(), position=head.last if head else 0, repeated=False)
        return self._record(plan, version, envelopes, digest)

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
        self._observer.recorded(len(envelopes))
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

    def _answered(self, receipt: Receipt, plan: str, digest: bytes) -> Recorded | Refusal:
        if receipt.digest != digest or receipt.plan != plan:
            return Refusal(
                code=Code.COMMAND_ID_REUSED,
                message=f"Command id {receipt.command_id} has been used for something else. Give "
                "every new command an id of its own.",
                path="commandId",
            )
        return self._repeated(receipt)

    def _repeated(self, receipt: Receipt) -> Recorded:
        first, last = receipt.commit.first, receipt.commit.last
        records = self._store.read(after=first - 1, until=last, limit=last - first + 1)
        return Recorded(entries=tuple(decode_entries(records)), position=last, repeated=True)


def _let_others_go_on(tried: int) -> None:
    """Pause by chance, so that processes that got in each other's way do not do so again."""
    time.sleep(random.uniform(0, min(2**tried / 1_000, LONGEST_PAUSE)))  # noqa: S311 - no secret


def _outcome(answer: Recorded | Refusal) -> Outcome:
    if isinstance(answer, Refusal):
        return "refused"
    if answer.repeated:
        return "repeated"
    return "accepted" if answer.entries else "already_so"


def _unusable(ids: Mapping[str, str | None]) -> Iterator[Refusal]:
    """Refuse ids that cannot be kept, by the field each is given in."""
    for path, text in ids.items():
        if text is not None and (problem := _id_problem(text)):
            yield Refusal(
                code=Code.TEXT_UNUSABLE, message=f"It cannot be kept: {problem}.", path=path
            )


def _id_problem(text: str) -> str | None:
    """Say what makes an id that a caller made unusable, if anything does."""
    if len(text) > ID_LIMIT:
        return f"it has {len(text):,} characters; {ID_LIMIT} is the most"
    return text_problem(text) or blank_problem(text)


def _new_id(now: datetime) -> str:
    """Make an id for a command that came without one: a UUID of version 7 (RFC 9562).

    It begins with the time, so receipts written one after the other lie side by side: a commit
    changes a page of their index that the commit before it changed too, not one anywhere.
    """
    milliseconds, chance = microseconds(now) // 1_000 % 2**48, randbits(74)
    version, variant = 7, 2
    high = milliseconds << 16 | version << 12 | chance >> 62
    return str(UUID(int=high << 64 | variant << 62 | chance % 2**62))


def _digest(commands: Sequence[PlanCommand]) -> bytes:
    """Give the digest of what is asked."""
    try:
        # One alone has the digest that it had before there were several.
        asked = msgspec.json.encode(commands if len(commands) > 1 else commands[0])
    except UnicodeEncodeError:
        asked = b""  # a text that no store can keep; `decide` says which, and nothing is recorded
    return hashlib.sha256(asked).digest()
