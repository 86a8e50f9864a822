"""Following the ledger with the register, for as long as it takes."""

import logging
import random
from collections.abc import Iterator
from contextlib import closing
from threading import Event

from planledger.events.codec import UnreadableEntryError
from planledger.readmodel.filling import Filler, Watch, unwatched
from planledger.readmodel.register import Register
from planledger.storage.port import EntryStore, StoreError

LOOK_SECONDS = 1.0
"""How often to look whether to end, while nothing is recorded."""
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 30.0
"""Seconds between tries in trouble: doubled from the first to the longest, less up to half."""

_log = logging.getLogger(__name__)


class Follower:
    """Keeps a register up with its ledger, through whatever trouble, until it is told to end."""

    def __init__(self, store: EntryStore, register: Register) -> None:
        """Follow `store`; `run` does it."""
        self._store = store
        self._filler = Filler(store, register)
        self._ending = Event()
        self._trouble: str | None = None

    def end(self) -> None:
        """Have `run` end after the batch that is under way. From any thread, or a signal."""
        self._ending.set()

    def run(self, watch: Watch = unwatched) -> None:
        """Follow until the end. In trouble, try again for as long as it takes.

        Trouble is logged when it begins, when it becomes another, and when it is over.
        """
        pauses = _pauses()
        while not self._ending.is_set():
            try:
                with closing(self._store.watch()) as head:
                    while not self._ending.is_set():
                        self._catch_up(watch)
                        pauses = _pauses()
                        head.wait(self._filler.position, LOOK_SECONDS)
            except Exception as error:  # noqa: BLE001 - if it ended, nobody would fill it any more
                self._troubled(error)
                self._ending.wait(next(pauses))

    def _catch_up(self, watch: Watch) -> None:
        while not self._ending.is_set() and not self._filler.step():
            watch(self._filler.position)
        if self._trouble is not None and not self._ending.is_set():
            self._trouble = None
            _log.info("The register is filled again, up to position %d.", self._filler.position)

    def _troubled(self, error: Exception) -> None:
        known = isinstance(error, StoreError | UnreadableEntryError)
        message = str(error) if known else f"The register cannot be filled: {error!r}."
        if message != self._trouble:
            _log.warning(
                "Filling the register is interrupted, and tried again until it works: %s",
                message,
                exc_info=None if known else error,
            )
        self._trouble = message


def _pauses() -> Iterator[float]:
    """Give how long to wait before each next try."""
    pause = FIRST_PAUSE
    while True:
        # Less some chance, so that two who fill one register do not meet again and again.
        yield pause * random.uniform(0.5, 1)  # noqa: S311 - nothing secret
        pause = min(2 * pause, LONGEST_PAUSE)
