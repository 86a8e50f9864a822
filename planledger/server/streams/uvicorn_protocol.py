"""How uvicorn speaks WebSocket here: no subscriber can keep its connection from being closed.

uvicorn waits for room before it sends a close frame, and then for what was sent to be taken, for as
long as that takes. Ours goes behind what is there to be taken, and is cut off some time later.
"""

import logging
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

TAKE_SECONDS = 30.0
"""How long a client has to read why its connection is closed, and all that lies before it."""
ENDING_SECONDS = 1.0
"""The same, once the service ends."""

_log = logging.getLogger(__name__)
# The library tells of every connection with its whole address, and of every frame with what is in
# it; `requests.py` and `transport.py` tell what may be told.
_log.setLevel(logging.WARNING)


class ClosingProtocol(WebSocketsSansIOProtocol):
    """One connection."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.logger = _log
        self.conn.logger = _log
        self.conn.debug = False

    async def send(self, message: Any) -> None:  # noqa: ANN401 - what the library itself takes
        """Send what the app says; a close frame whether there is room or not."""
        closes = message["type"] == "websocket.close" and self.handshake_complete
        if closes:
            self.writable.set()
        await super().send(message)
        if closes:
            self._cut_off_after(TAKE_SECONDS)

    def shutdown(self) -> None:
        """Close the connection as the server ends, and wait little for it."""
        super().shutdown()
        self._cut_off_after(ENDING_SECONDS)

    def _cut_off_after(self, seconds: float) -> None:
        if self.close_timer is not None:
            self.close_timer.cancel()
        self.close_timer = self.loop.call_later(seconds, self.transport.abort)
