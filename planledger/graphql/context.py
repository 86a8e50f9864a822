"""What a resolver may reach."""

from dataclasses import dataclass

import strawberry

from planledger.events.values import Author
from planledger.ledger import Ledger


@dataclass(frozen=True)
class Context:
    """One request: the ledger it works on, and who asks."""

    ledger: Ledger
    author: Author
    request_id: str | None = None
    """Names the request in the log, and in an answer that says no more than that it failed."""
    correlation_id: str | None = None
    """What its caller calls this piece of work, for commands that do not say it themselves."""


Info = strawberry.Info[Context, None]
