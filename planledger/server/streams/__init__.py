"""Entries as they are recorded, over HTTP and WebSockets, for as long as somebody reads them.

`streams.py` is what all of them share, `subscriber.py` the one who reads. `sockets.py` lets
WebSockets in, `transport.py` speaks graphql-transport-ws on them and `uvicorn_protocol.py` closes
them; `event_stream.py` writes text/event-stream, `events.py` answers GET /events, and
`cloud_events.py` says an entry as a CloudEvent.

Nothing is queued: who reads holds a position (decision 15), and is told it where a stream ends.
"""

from planledger.server.streams.events import Events
from planledger.server.streams.over_sse import as_event_stream
from planledger.server.streams.sockets import Sockets
from planledger.server.streams.streaming import Streaming
from planledger.server.streams.streams import Pace, Streams

__all__ = ["Events", "Pace", "Sockets", "Streaming", "Streams", "as_event_stream"]
