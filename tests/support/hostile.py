"""Northbridge as somebody would write it who means harm, and its harmless twin.

Every text that people can write begins with the same hostile one; in the twin each of its signs is
a harmless letter. All else is the same, so that whatever differs between a page of the one and that
of the other came from a text.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any

from planledger.storage.memory import MemoryStore
from planledger.storage.port import NewRecord, StoredRecord
from tests.support import simulated
from tests.support.ledgers import SettableClock

HOSTILE = (
    "=<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}{% raw %}"
    '#eval("1")[a](javascript:alert(1))|*b*`c`_d_&lt;b&gt;&#x6a;</textarea></title></svg>-->'
    "\u202e\u2067\u200f\U0001f600a\u0301\u0301 "
)
HARMLESS = (
    "".join(sign if sign.isascii() and sign.isalnum() else "X" for sign in HOSTILE[:-1]) + " "
)

_WRITTEN = frozenset(
    (
        *("words", "title", "text", "name", "label", "formula", "unit", "source_system", "meaning"),
        *("as_printed", "method", "body", "framework", "judgement", "minute", "decider"),
        *("from_text", "to_text", "filename"),
    )
)
"""What people can write anything into, by the names of stored fields."""


def store_of(text: str) -> MemoryStore:
    """Give a store of Northbridge's entries with a text before whatever people can write."""
    clock = SettableClock()
    store = MemoryStore(clock)
    for plan, records in _commits():
        clock.now = datetime.fromtimestamp(0, UTC) + timedelta(microseconds=records[0].recorded_us)
        changed = [NewRecord(name=one.name, data=_with(text, one.data)) for one in records]
        named = json.loads(records[0].data)["command_id"]
        store.append(plan, records[0].version - 1, changed, command_id=named, digest=b"\0" * 32)
    clock.now = datetime(2026, 2, 12, 12, tzinfo=UTC)
    return store


def _commits() -> Iterator[tuple[str, list[StoredRecord]]]:
    """Give the entries as they were recorded together."""
    records = simulated.northbridge()[0]._store.read(limit=1_000_000)
    for (plan, _), together in groupby(records, key=lambda one: (one.plan, one.recorded_us)):
        yield plan, list(together)


def _with(text: str, data: bytes) -> bytes:
    return json.dumps(_written(text, json.loads(data))).encode()


def _written(text: str, value: Any) -> Any:  # noqa: ANN401 - whatever JSON can hold
    if isinstance(value, list):
        return [_written(text, one) for one in value]
    if isinstance(value, dict):
        return {
            name: text + one if name in _WRITTEN and isinstance(one, str) else _written(text, one)
            for name, one in value.items()
        }
    return value
