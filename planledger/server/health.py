"""Whether the process is up, and whether it should be sent requests now.

/healthz touches nothing. /readyz asks the store, and says in words for people what is amiss:
never where the ledger lies, which is in the log.
"""

import logging
from threading import Lock
from time import monotonic

from planledger.ledger.feed import Feed
from planledger.ledger.observing import Outcome, Unobserved
from planledger.server.ending import Ending
from planledger.storage.port import EntryStore, NewRecord, StoreError, VersionConflictError

FRESH_SECONDS = 1.0
"""How long what was found out is said again, so that no crowd of askers can keep a store busy."""
DOUBT_SECONDS = 10.0
"""How long a command that could not be recorded speaks against the store.

A full disk lets a writer begin, and shows only when something is recorded.
"""

PATIENCE_SECONDS = 6.0
"""How long to wait for the store: a little longer than it waits for a lock itself."""

UNANSWERED = "The ledger does not answer."
ENDING = "The service is ending."
UNFOLLOWED = "The ledger cannot be followed at the moment; the log says why."
UNREADABLE = "The ledger cannot be read at the moment; the log says why."
UNWRITABLE = "The ledger cannot be written at the moment; the log says why."
FAILED = "A command could not be recorded a moment ago; the log says why."

_log = logging.getLogger(__name__)


class Readiness(Unobserved):
    """Whether a process can do what it is for; an Observer, since a failed command says no."""

    def __init__(self, store: EntryStore, feed: Feed, ending: Ending, *, writes: bool) -> None:
        """Look at `store` and `feed`; `writes` is whether it should be possible to record."""
        self._store = store
        self._feed = feed
        self._writes = writes
        self._ending = ending
        self._failed_at: float | None = None
        self._looking = Lock()
        self._looked_at: float | None = None
        self._found: str | None = None

    def submitted(self, outcome: Outcome) -> None:
        """Hear what came of a command; see the Observer."""
        if outcome == "failed":
            self._failed_at, self._looked_at = monotonic(), None
        elif outcome == "accepted":
            self._failed_at = None

    def problem(self) -> str | None:
        """Say why no requests should be sent now; None where all is well. May wait for a lock."""
        if self._ending.announced():
            return ENDING
        if not self._looking.acquire(timeout=PATIENCE_SECONDS):
            return UNANSWERED  # whoever looks before us still waits for the store
        try:
            if self._looked_at is None or monotonic() - self._looked_at > FRESH_SECONDS:
                before, self._found = self._found, self._look()
                self._looked_at = monotonic()
                if self._found != before:
                    self._tell()
            return self._found
        finally:
            self._looking.release()

    def _look(self) -> str | None:
        try:
            self._store.head()
        except StoreError as error:
            return self._because(UNREADABLE, error)
        if self._feed.trouble is not None:
            return UNFOLLOWED
        if not self._writes:
            return None
        try:
            check_writable(self._store)
        except StoreError as error:
            return self._because(UNWRITABLE, error)
        failed_at = self._failed_at
        return FAILED if failed_at and monotonic() - failed_at < DOUBT_SECONDS else None

    def _because(self, reason: str, error: StoreError) -> str:
        if self._found != reason:
            _log.warning("trouble with the store: %s", error)
        return reason

    def _tell(self) -> None:
        if self._found is None:
            _log.info("ready")
        else:
            _log.warning("not ready", extra={"reason": self._found})


def check_writable(store: EntryStore) -> None:
    """Go all the way of an append but for recording anything. Raises StoreError.

    A plan of no name is never at version 1: the store takes its lock as a writer, finds that out,
    and lets go. A store that is read-only or locked does not come so far.
    """
    nothing = NewRecord(name="none", data=b"")
    try:
        store.append("", 1, [nothing], command_id="", digest=bytes(32))
    except VersionConflictError:
        return
    raise AssertionError("A store has recorded what it should have refused.")
