"""Commands about queries and cross-references."""

from planledger.domain.commands.base import Command
from planledger.events.values import Personal, ReferenceKind


class ResolveQuery(Command, frozen=True, kw_only=True):
    """Settle a query in words; a change it calls for is a command of its own."""

    query: str
    resolution: Personal


class RaiseQuery(Command, frozen=True, kw_only=True):
    """Leave a question for a person, with the reading the plan holds and the other one."""

    question: Personal
    taken: Personal
    instead: Personal
    item: str | None = None


class RecordReference(Command, frozen=True, kw_only=True):
    """Say that an item mentions another or cannot be done before it."""

    item: str
    kind: ReferenceKind
    target: str
