"""Checks that entries and receipts from elsewhere make a whole ledger, while they pass by."""

from collections.abc import Iterable, Iterator

from planledger.storage.common import storable
from planledger.storage.port import Commit, Receipt, StoredRecord


class Whole:
    """One ledger on its way from store to store; first its entries pass, then its receipts."""

    def __init__(self) -> None:
        """Begin before the first entry."""
        self._commits: list[tuple[str, Commit]] = []
        """Each with its plan."""
        self._versions: dict[str, int] = {}

    @property
    def last(self) -> int:
        """Position of the last entry that passed; 0 before the first."""
        return self._commits[-1][1].last if self._commits else 0

    def entries(self, entries: Iterable[StoredRecord]) -> Iterator[StoredRecord]:
        """Pass entries on, each once it is known to follow the one before. Raises ValueError."""
        for entry in entries:
            self._follow(entry)
            yield entry

    def receipts(self, receipts: Iterable[Receipt]) -> Iterator[Receipt]:
        """Pass receipts on, one for each commit that passed. Raises ValueError."""
        commits = iter(self._commits)
        seen = set[str]()
        for receipt in receipts:
            expected = next(commits, None)
            if expected != (receipt.plan, receipt.commit):
                raise ValueError(
                    f"The receipt of command {receipt.command_id} does not fit the entries: "
                    + (f"position {expected[1].first} is next." if expected else "it is left over.")
                )
            if not storable((receipt.command_id,)):
                raise ValueError("A receipt has a command id that no store can keep.")
            if receipt.command_id in seen:
                raise ValueError(f"There are two receipts of command {receipt.command_id}.")
            seen.add(receipt.command_id)
            yield receipt
        left = next(commits, None)
        if left is not None:
            raise ValueError(f"There is no receipt of the commit at position {left[1].first}.")

    def _follow(self, entry: StoredRecord) -> None:
        if not storable((entry.plan, entry.name)):
            raise ValueError(f"Position {entry.position} has text that no store can keep.")
        if entry.position != self.last + 1:
            raise ValueError(f"Position {entry.position} follows {self.last}; one is missing.")
        version = self._versions.get(entry.plan, 0) + 1
        if entry.version != version:
            raise ValueError(
                f"Position {entry.position} is version {entry.version} of {entry.plan}, "
                f"where {version} is next."
            )
        self._versions[entry.plan] = version
        plan, commit = self._commits[-1] if self._commits else (entry.plan, None)
        if commit is not None and entry.recorded_us == commit.recorded_us:
            if entry.plan != plan:
                raise ValueError(f"The commit at position {commit.first} is of two plans.")
            self._commits[-1] = (plan, _reaching(commit, entry.position))
            return
        if commit is not None and entry.recorded_us < commit.recorded_us:
            raise ValueError(f"The time of position {entry.position} is before the one before it.")
        begun = Commit(first=entry.position, last=entry.position, recorded_us=entry.recorded_us)
        self._commits.append((entry.plan, begun))


def _reaching(commit: Commit, last: int) -> Commit:
    return Commit(first=commit.first, last=last, recorded_us=commit.recorded_us)
