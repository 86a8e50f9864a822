"""The acts a history is made of: on which day who asks for what, as data.

An act states a command's fields as a person would write them: "2024-03" for a partial date, plain
words for a personal text. What follows only from earlier acts (the id of a party, the position of
an entry) is written as something to find: `party("Ines Okoro")`, `entry_of("a name")`.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Protocol, get_args

import msgspec
from msgspec import Struct

from planledger.domain.commands import Command
from planledger.domain.refusals import Code
from planledger.events.dates import Day, parse_edtf
from planledger.events.envelope import Entry
from planledger.events.values import Authority, PartyKind, Personal


class Known(Protocol):
    """What is known of the acts carried out so far, by whoever carries them out."""

    def party(self, name: Personal, kind: PartyKind | None) -> str:
        """Give the id of the party of this name; of two the first."""

    def query_about(self, item: str) -> str:
        """Give the id of the open query about an item."""

    def recorded(self, name: str) -> Entry:
        """Give the last entry that the act of this name recorded."""


class ToFind(Struct, frozen=True):
    """What is known only once earlier acts have been carried out."""

    find: Callable[[Known], Any]


class Act(Struct, frozen=True, kw_only=True):
    """One command, by one account, recorded on one day."""

    day: date
    who: str
    """The account that records it."""
    command: type[Command]
    fields: Mapping[str, Any]
    called: str | None
    """What later acts call it; it becomes the command's id."""
    refused: Code | None
    """The refusal that this act is meant to meet; None where it must be carried out."""


def act(
    day: str,
    who: str,
    command: type[Command],
    *,
    called: str | None = None,
    refused: Code | None = None,
    **fields: Any,
) -> Act:
    """State an act; `fields` are the command's own."""
    types = {field.name: field.type for field in msgspec.structs.fields(command)}
    return Act(
        day=date.fromisoformat(day),
        who=who,
        command=command,
        fields={field: _value(types[field], given) for field, given in fields.items()},
        called=called,
        refused=refused,
    )


def party(name: str, kind: PartyKind | None = None) -> ToFind:
    """Find the id of the party of this name."""
    return ToFind(lambda known: known.party(Personal(words=name), kind))


def entry_of(name: str) -> ToFind:
    """Find the position of the last entry that the act of this name recorded."""
    return ToFind(lambda known: known.recorded(name).position)


def amended(name: str, **changes: Any) -> ToFind:
    """Find what the act of this name recorded, as it should have said."""
    return ToFind(lambda known: msgspec.structs.replace(known.recorded(name).event, **changes))


def made(what: str, by: str) -> ToFind:
    """Find the id of the "evidence", "challenge" or "query" that the act named `by` made."""
    return ToFind(lambda known: getattr(known.recorded(by).event, what))


def query_about(item: str) -> ToFind:
    """Find the id of the open query about an item."""
    return ToFind(lambda known: known.query_about(item))


def decided_by(forum: str, meeting: str, minute: str) -> Authority:
    """Give the authority of a forum's meeting."""
    return Authority(forum=forum, meeting=date.fromisoformat(meeting), minute=minute, officer=None)


def _value(kind: object, given: object) -> object:
    """Turn what a person would write into what the command's field holds."""
    if isinstance(given, tuple):
        inner, *_ = get_args(kind)
        return tuple(_value(inner, each) for each in given)
    if not isinstance(given, str):
        return given
    kinds = get_args(kind) or (kind,)
    if Personal in kinds:
        return Personal(words=given)
    if Day in kinds:
        return parse_edtf(given)
    if date in kinds:
        return date.fromisoformat(given)
    return Decimal(given) if Decimal in kinds else given
