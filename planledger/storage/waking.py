"""Waiting for the head to move: woken by this process's appends, else looking now and then."""

from collections.abc import Callable
from threading import Condition
from time import monotonic

POLL_SECONDS = 0.1
"""How often to look whether another process recorded something, where nothing tells."""


class Bell:
    """Rings in this process whenever something was recorded by it."""

    def __init__(self) -> None:
        """Hang it up."""
        self._changed = Condition()
        self._rung = 0

    @property
    def rung(self) -> int:
        """How often it has rung."""
        return self._rung

    def ring(self) -> None:
        """Wake everybody who waits."""
        with self._changed:
            self._rung += 1
            self._changed.notify_all()

    def wait(self, rung: int, timeout: float) -> None:
        """Wait until it has rung more than `rung` times, at most `timeout` seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._rung > rung, timeout)


class HeadWatch:
    """A watch where nothing tells: the bell, and a look at the head every `poll` seconds."""

    def __init__(self, bell: Bell, head: Callable[[], int], poll: float = POLL_SECONDS) -> None:
        """Watch what `head` gives; it may raise StoreError."""
        self._bell = bell
        self._head = head
        self._poll = poll
        self._closed = False

    def wait(self, after: int, timeout: float) -> int:
        """Wait until the head lies beyond `after`; see the port."""
        deadline = monotonic() + timeout
        while True:
            # Before the look: what is recorded after it rings once more than this.
            rung = self._bell.rung
            head = self._head()
            left = deadline - monotonic()
            if head > after or left <= 0 or self._closed:
                return head
            self._bell.wait(rung, min(left, self._poll))

    def close(self) -> None:
        """Let go, and wake the thread that waits."""
        self._closed = True
        self._bell.ring()
