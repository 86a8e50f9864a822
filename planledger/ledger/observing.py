"""Who is told what a ledger does, for metrics; a ledger works the same if nobody listens."""

from typing import Literal, Protocol

Outcome = Literal["accepted", "already_so", "repeated", "refused", "conflict", "failed"]
"""What may come of a command; "failed" is trouble with the store, whether or not it was kept."""


class Observer(Protocol):
    """Is told of what happens, from any thread. Must not raise, and must not wait."""

    def recorded(self, entries: int) -> None:
        """Hear that a command recorded so many entries."""

    def conflicted(self) -> None:
        """Hear that a command is decided again, since somebody else recorded first."""

    def submitted(self, outcome: Outcome) -> None:
        """Hear what came of a command, whenever one was answered."""

    def opened(self, *, from_snapshot: bool) -> None:
        """Hear that a plan was opened: from its snapshot, or by reading all its entries."""


class Unobserved:
    """Hears nothing."""

    def recorded(self, entries: int) -> None:
        """Do nothing."""

    def conflicted(self) -> None:
        """Do nothing."""

    def submitted(self, outcome: Outcome) -> None:
        """Do nothing."""

    def opened(self, *, from_snapshot: bool) -> None:
        """Do nothing."""


class Observers:
    """Several observers, as one."""

    def __init__(self, *observers: Observer) -> None:
        """Tell each of them, in this order."""
        self._observers = observers

    def recorded(self, entries: int) -> None:
        """Tell everybody."""
        for observer in self._observers:
            observer.recorded(entries)

    def conflicted(self) -> None:
        """Tell everybody."""
        for observer in self._observers:
            observer.conflicted()

    def submitted(self, outcome: Outcome) -> None:
        """Tell everybody."""
        for observer in self._observers:
            observer.submitted(outcome)

    def opened(self, *, from_snapshot: bool) -> None:
        """Tell everybody."""
        for observer in self._observers:
            observer.opened(from_snapshot=from_snapshot)
