"""A store that can be made to wait, or to fail, at whatever it is asked."""

from collections.abc import Callable
from threading import Event, Semaphore
from typing import Any, cast

from planledger.storage.port import EntryStore


class StruckStore:
    """Passes everything on to a store, unless and until it may not."""

    def __init__(self, store: EntryStore) -> None:
        """Pass on to `store`."""
        self._store = store
        self.free = Event()
        """While it is cleared, whoever asks waits."""
        self.free.set()
        self.waiting = Semaphore(0)
        """Is released by whoever begins to wait."""
        self.error: Exception | None = None
        """What whoever asks is told."""

    @property
    def store(self) -> EntryStore:
        """Itself, as what it is for everybody else."""
        return cast("EntryStore", self)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        asked: Callable[..., Any] = getattr(self._store, name)

        def answer(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever it is
            if name not in {"cache", "close"}:
                if not self.free.is_set():
                    self.waiting.release()
                self.free.wait()
                if self.error is not None:
                    raise self.error
            return asked(*arguments, **named)

        return answer
