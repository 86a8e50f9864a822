"""What the fault tables of all stores share: the places, and the bench for the store."""

from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

from planledger.storage.port import CommandAlreadyRecordedError, EntryStore, StoreError
from tests.storage.ledger_check import add, check_ledger, read_all

PLACES = (
    "before it begins",
    "at the lock",
    "at the first question",
    "at the first entry",
    "between entries",
    "at the receipt",
    "before the commit",
    "during the commit",
    "after the commit",
)
"""Where an append may break, in the order in which it gets there."""
(
    AT_START,
    AT_LOCK,
    AT_QUESTION,
    AT_ENTRY,
    AMID_ENTRIES,
    AT_RECEIPT,
    BEFORE_COMMIT,
    AT_COMMIT,
    AFTER_COMMIT,
) = PLACES

BEFORE, STRUCK = 2, 200
"""Entries of the commit before, and of the one that is struck."""

NOTHING, UNSURE = "Nothing was recorded.", "was recorded is unknown; send it again under the same"
KILLED = "no answer: the process was killed"


class Bench:
    """A store with a commit in it, about to be struck at its next append."""

    def __init__(self, opened: Callable[[], EntryStore]) -> None:
        """Record the commit before."""
        self.begun = BEFORE
        """Entries there are before the one that is struck."""
        self._opened = opened
        self.store = opened()
        add(self.store, "harbour", 0, "before", BEFORE)

    def append(self) -> str | None:
        """Append what is to be struck, and read; gives what is said of trouble, if there is any."""
        said = None
        try:
            add(self.store, "harbour", BEFORE, "struck", STRUCK)
        except StoreError as error:
            said = str(error)
        self._look()
        return said

    def reopen(self) -> None:
        """Close the store and open it anew."""
        self.store.close()
        self.store = self._opened()

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    def _look(self) -> None:
        """Hold that whoever reads amid the trouble is told of it, or shown whole commits."""
        with suppress(StoreError):
            assert len(read_all(self.store)) in {self.begun, self.begun + STRUCK}


class Fault(NamedTuple):
    """One thing that breaks."""

    place: str
    name: str
    says: str | None
    """A pattern for what is said; None where it is mended unseen, and acknowledged."""
    kept: bool
    """Whether the commit is there once the cause is gone."""
    strike: Callable[..., str | None]
    """Brings the cause about on a bench, appends, ends the cause; gives what was said."""

    @property
    def title(self) -> str:
        """What the test is called."""
        return f"{self.place}: {self.name}"


def undone(place: str, name: str, says: str, strike: Callable[..., str | None]) -> Fault:
    """Describe a fault that leaves nothing of the commit."""
    return Fault(place, name, says, kept=False, strike=strike)


def kept(place: str, name: str, says: str | None, strike: Callable[..., str | None]) -> Fault:
    """Describe a fault that leaves the commit whole."""
    return Fault(place, name, says, kept=True, strike=strike)


class Never(NamedTuple):
    """Why nothing can break at a place and leave it so."""

    place: str
    kept: bool
    reason: str


NOT_SENT = "no COMMIT was sent"


def check_fault(bench: Bench, fault: Fault, said: str | None) -> None:
    """Hold every promise after a fault: on the store as it is, then on one opened anew."""
    check_said(fault, said)
    found = bench.store.receipt("struck")
    assert (found is not None) == fault.kept
    entries = check_ledger(bench.store)
    assert len(entries) == bench.begun + STRUCK * fault.kept
    try:
        commit = add(bench.store, "harbour", BEFORE, "struck", STRUCK)
    except CommandAlreadyRecordedError:
        assert found is not None
        commit = found.commit
    again = bench.store.receipt("struck")
    assert again is not None
    assert again.commit == commit
    add(bench.store, "after", 0, "after")
    expected = check_ledger(bench.store)
    assert expected[: len(entries)] == entries
    assert len(expected) == bench.begun + STRUCK + 1
    bench.reopen()
    assert check_ledger(bench.store) == expected


def check_said(fault: Fault, said: str | None) -> None:
    """Hold that what was said of the trouble is what should be, and true."""
    if said is None:
        assert (fault.says, fault.kept) == (None, True)
        return
    assert fault.says is not None
    assert fault.says in said
    assert "\n" not in said
    expected = fault.says if fault.says in {UNSURE, KILLED} else NOTHING
    assert [words for words in (NOTHING, UNSURE, KILLED) if words in said] == [expected]
