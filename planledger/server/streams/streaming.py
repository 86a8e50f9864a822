"""What the answers in streams are made from."""

from msgspec import Struct

from planledger.events.values import Author
from planledger.graphql.context import Context
from planledger.graphql.execution.following import Following
from planledger.ledger import Ledger
from planledger.server.http import Reader
from planledger.server.requests import Asked
from planledger.server.streams.streams import Streams


class Streaming(Struct, frozen=True):
    """The parts of the service that a stream needs."""

    streams: Streams
    following: Following
    reader: Reader
    ledger: Ledger
    author: Author
    """Who is named as the author of what is recorded."""

    def context(self, asked: Asked, resumed_after: int | None = None) -> Context:
        """Give what one question may reach."""
        return Context(
            ledger=self.ledger,
            author=self.author,
            request_id=asked.id,
            correlation_id=asked.stated,
            feed=self.streams.feed,
            resumed_after=resumed_after,
        )
