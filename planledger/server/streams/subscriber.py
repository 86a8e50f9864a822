"""The one at the other end of a stream."""

from time import monotonic

from starlette.types import Message, Send


class GoneError(Exception):
    """The client has closed the connection, or lost it."""


class Subscriber:
    """Sends to a client, and notices when it takes nothing."""

    def __init__(self, send: Send) -> None:
        """Send by the server's own `send`, which waits while the connection is full."""
        self._send = send
        self._sending = 0
        self._since = 0.0

    async def send(self, message: Message) -> None:
        """Send, when there is room. Raises GoneError."""
        if not self._sending:
            self._since = monotonic()
        self._sending += 1
        try:
            await self._send(message)
        except OSError:
            raise GoneError from None
        finally:
            self._sending -= 1
            self._since = monotonic()

    @property
    def waited(self) -> float:
        """For how many seconds it has taken nothing of what is there for it; 0 if it has all."""
        return monotonic() - self._since if self._sending else 0.0
