"""Taking turns within a process, for no longer than somebody who waits for an answer would."""

from threading import RLock
from types import TracebackType

from planledger.storage.port import StoreError

PATIENCE_SECONDS = 10.0
"""How long a thread waits for its turn: more than a large plan takes to be opened, or the store
takes to say that it cannot be had."""


class Turns:
    """A lock, for `with`; who holds it may take it again. Raises StoreError after PATIENCE_SECONDS.

    Without a bound, a store that lets everyone wait for seconds and then says no would let the
    tenth in the row wait for ten times as long.
    """

    def __init__(self) -> None:
        """Nobody has it yet."""
        self._lock = RLock()

    def __enter__(self) -> None:
        if not self._lock.acquire(timeout=PATIENCE_SECONDS):
            raise StoreError("The ledger is too busy in this process. Try again in a moment.")

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_val: BaseException | None,
        exc_tb: TracebackType | None,
    ) -> None:
        self._lock.release()
