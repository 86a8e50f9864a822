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


Info = strawberry.Info[Context, None]
