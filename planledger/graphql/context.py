"""What a resolver may reach."""

from dataclasses import dataclass, field

import strawberry

from planledger.events.values import Author
from planledger.ledger import Ledger
from planledger.ledger.feed import Feed


class Grounds:
    """What an answer rests on, as the resolvers say that take part in it."""

    def __init__(self) -> None:
        """Begin with nothing noted."""
        self._noted: list[bool] = []

    def note(self, *, final: bool) -> None:
        """Note that something was read, and whether it will be read so for ever."""
        self._noted.append(final)

    def were_final(self) -> bool:
        """Tell whether all that was noted since this was last asked is final, and there was any."""
        noted, self._noted = self._noted, []
        return bool(noted) and all(noted)


@dataclass(frozen=True)
class Context:
    """One request: the ledger it works on, and who asks."""

    ledger: Ledger
    author: Author
    request_id: str | None = None
    """Names the request in the log, and in an answer that says no more than that it failed."""
    correlation_id: str | None = None
    """What its caller calls this piece of work, for commands that do not say it themselves."""
    feed: Feed | None = None
    """What subscriptions follow; None where nothing can be followed."""
    resumed_after: int | None = None
    """Where a subscription goes on that broke off, whatever its document says."""
    grounds: Grounds = field(default_factory=Grounds)
    """What the answer rests on: of the one that is being carried out, each having its own."""


Info = strawberry.Info[Context, None]
