"""Walking over a ledger's entries and receipts, and noting what is not as it should be."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from planledger.events.codec import UnreadableEntryError, decode
from planledger.storage.keeping import Flaw, Severity
from planledger.storage.port import Receipt, StoredRecord

DIGEST_BYTES = 32
MOST_FINDINGS = 100
"""How many findings are told; of the rest only how many there are."""

_RESTORE = "Restore the ledger from a backup."


class Finding(Struct, frozen=True, kw_only=True):
    """Something about a ledger that is not as it should be."""

    problem: str
    """What is wrong, and what to do: one line for a person."""
    position: int | None = None
    """Where; None where it is about the ledger as a whole."""
    warning: bool = False
    """Whether the ledger is whole all the same."""


class Findings:
    """The first findings, and a count of all that are wrong."""

    def __init__(self) -> None:
        """Begin without any."""
        self.told: list[Finding] = []
        self.wrong = 0
        """How many say that the ledger is not whole, told or not."""

    def add(self, problem: str, position: int | None = None, *, warning: bool = False) -> None:
        """Note one."""
        self.wrong += not warning
        if len(self.told) < MOST_FINDINGS:
            self.told.append(Finding(problem=problem, position=position, warning=warning))

    def damage(self, problem: str, position: int) -> None:
        """Note one that only a backup helps with."""
        self.add(f"{problem} {_RESTORE}", position)

    def flaw(self, flaw: Flaw) -> None:
        """Note what a store says of its database."""
        self.add(flaw.problem, warning=flaw.severity is Severity.WARNING)


class _Begun:
    """A commit, as far as its entries have come by."""

    def __init__(self, entry: StoredRecord, receipt: Receipt | None) -> None:
        self.first = self.last = entry.position
        self.recorded_us, self.plan = entry.recorded_us, entry.plan
        self.receipt = receipt


class Walk:
    """Entries that pass by in order, compared with the promises of the port."""

    def __init__(self, receipts: Iterable[Receipt], findings: Findings) -> None:
        """Begin before the first entry; `receipts` are all that there are."""
        self._findings = findings
        self._receipts: dict[int, Receipt] = {}
        for receipt in receipts:
            first = receipt.commit.first
            if first in self._receipts:
                findings.damage(f"There are two receipts of the commit at {first}.", first)
            self._receipts[first] = receipt
            if len(receipt.digest) != DIGEST_BYTES:
                findings.damage(f"The receipt of {receipt.command_id} has no SHA-256.", first)
        self._commit: _Begun | None = None
        self._last = 0
        self._versions: dict[str, int] = {}
        self.entries = 0
        self.commits = 0
        self.entries_of: dict[str, int] = {}
        """How many entries each plan has, in order of their first ones."""
        self.broken: set[str] = set()
        """Plans that cannot be folded: an entry of theirs is missing or cannot be read."""

    def past(self, entries: Iterable[StoredRecord]) -> Iterator[StoredRecord]:
        """Pass entries on, and note what is wrong with each; at the end, with the receipts."""
        for entry in entries:
            self.entries += 1
            self._check_place(entry)
            self._check_time(entry)
            self._check_data(entry)
            yield entry
        self._end_commit()
        for first, receipt in self._receipts.items():
            self._findings.damage(
                f"There is a receipt of {receipt.command_id}, but no commit at {first}.", first
            )

    def _check_place(self, entry: StoredRecord) -> None:
        position, plan = entry.position, entry.plan
        if position != self._last + 1:
            missing = f"{self._last + 1} to {position - 1}"
            self._findings.damage(f"Positions {missing} are missing.", self._last + 1)
        version = self._versions.get(plan, 0) + 1
        if entry.version != version:
            self.broken.add(plan)
            self._findings.damage(
                f"It is version {entry.version} of {plan}, where {version} is next.", position
            )
        self._last, self._versions[plan] = position, entry.version
        self.entries_of[plan] = self.entries_of.get(plan, 0) + 1

    def _check_time(self, entry: StoredRecord) -> None:
        commit = self._commit
        if commit is not None and entry.recorded_us == commit.recorded_us:
            commit.last = entry.position
            if entry.plan != commit.plan:
                self._findings.damage(
                    f"It is of {entry.plan}, but of one commit with {commit.plan}.", entry.position
                )
            return
        if commit is not None and entry.recorded_us < commit.recorded_us:
            self._findings.damage(
                "Its time is before that of the position before it.", entry.position
            )
        self._end_commit()
        self._commit = _Begun(entry, self._receipts.pop(entry.position, None))

    def _check_data(self, entry: StoredRecord) -> None:
        try:
            envelope = decode(entry.data, name=entry.name, position=entry.position)
        except UnreadableEntryError as error:
            self.broken.add(entry.plan)
            self._findings.add(str(error), entry.position)
            return
        receipt = self._commit.receipt if self._commit else None
        if receipt is not None and envelope.command_id != receipt.command_id:
            self._findings.damage(
                f"It was recorded by command {envelope.command_id}, but the receipt of its commit "
                f"is of {receipt.command_id}.",
                entry.position,
            )

    def _end_commit(self) -> None:
        commit = self._commit
        if commit is None:
            return
        self.commits += 1
        receipt = commit.receipt
        if receipt is None:
            self._findings.damage(
                f"The commit at positions {commit.first} to {commit.last} has no receipt.",
                commit.first,
            )
            return
        of = receipt.commit
        place = (commit.first, commit.last, commit.recorded_us, commit.plan)
        if place != (of.first, of.last, of.recorded_us, receipt.plan):
            self._findings.damage(
                f"The receipt of {receipt.command_id} is of positions {of.first} to {of.last} of "
                f"{receipt.plan}, but the commit is {commit.first} to {commit.last} of "
                f"{commit.plan}, or its time differs.",
                commit.first,
            )
