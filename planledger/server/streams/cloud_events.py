"""An entry as a CloudEvent (https://cloudevents.io, version 1.0.2)."""

from typing import Any
from urllib.parse import quote, urlsplit

from planledger.answers import plain_entry
from planledger.events.base import Event
from planledger.events.catalogue import stored_name
from planledger.events.envelope import Entry

BATCH = "application/cloudevents-batch+json"

_PLACES = 15
"""Digits of the longest position there is."""
_NOUNS = {"target_date": "milestone"}
"""What an event is about, where its module has another name."""


def cloud_event(entry: Entry, ledger: str) -> dict[str, Any]:
    """Give an entry of the ledger of a name, as JSON has it.

    `id` and `sequence` are its position, so source and id together are unique. `time` is when the
    ledger learned it, since the civil day on which it is effective is no moment: that is in the
    extension `effectiveon`.
    """
    plain = plain_entry(entry)
    return {
        "specversion": "1.0",
        "id": str(entry.position),
        "source": f"/planledger/{quote(ledger, safe='')}",
        "type": type_of(type(entry.event)),
        "subject": entry.plan,
        "time": plain["recorded_at"],
        "datacontenttype": "application/json",
        "sequence": f"{entry.position:0{_PLACES}d}",
        "recordedtime": plain["recorded_at"],
        "effectiveon": plain["effective_on"],
        "data": plain["event"],
    }


def type_of(event: type[Event]) -> str:
    """Give the type of its CloudEvents: what it is about, and the name it is stored under.

    Such as planledger.milestone.target-date-set.v1.
    """
    module = event.__module__.rpartition(".")[2]
    noun = _NOUNS.get(module, module)
    return f"planledger.{noun.replace('_', '-')}.{stored_name(event)}"


def ledger_name(url: str) -> str:
    """Give the name that a ledger has by its URL alone: of its file or database, no more.

    A URL can hold a password, and a path says how a machine is laid out.
    """
    parts = urlsplit(url)
    last = parts.path.rstrip("/").rpartition("/")[2]
    name = last.rpartition(".")[0] or last if parts.scheme == "sqlite" else last
    return name or parts.scheme or "ledger"
