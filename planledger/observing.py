"""Who is told what a ledger does, for metrics; a ledger works the same if nobody listens."""

from typing import Protocol


class Observer(Protocol):
    """Is told of what happens, from any thread. Must not raise, and must not wait."""

    def recorded(self, entries: int) -> None:
        """Hear that a command recorded so many entries."""

    def conflicted(self) -> None:
        """Hear that a command is decided again, since somebody else recorded first."""

    def opened(self, *, from_snapshot: bool) -> None:
        """Hear that a plan was opened: from its snapshot, or by reading all its entries."""


class Unobserved:
    """Hears nothing."""

    def recorded(self, entries: int) -> None:
        """Do nothing."""

    def conflicted(self) -> None:
        """Do nothing."""

    def opened(self, *, from_snapshot: bool) -> None:
        """Do nothing."""
