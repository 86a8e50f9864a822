"""The one place where personal texts become text: when an answer is given.

Everything before holds `Personal`; keeping those texts apart and erasing them later changes this
file and what reads the store, and nothing between (design page 3.6).
"""

import json
from typing import Any

import msgspec

from planledger.events.catalogue import stored_name
from planledger.events.dates import Day, Month, Quarter, Year
from planledger.events.envelope import Entry
from planledger.events.values import Personal


def reveal(personal: Personal) -> str:
    """Give the text of a personal value."""
    return personal.words


def to_json(value: object, *, indent: int | None = None) -> bytes:
    """Give JSON in UTF-8, whatever the locale. Half a character is escaped, since UTF-8 has none.

    On one line, and as short as can be, unless `indent` says how far to indent.
    """
    if indent is None:
        try:
            return msgspec.json.encode(value)
        except UnicodeEncodeError:
            pass  # half a character
    separators = (",", ":") if indent is None else None
    text = json.dumps(value, ensure_ascii=False, indent=indent, separators=separators)
    return text.encode("utf-8", "backslashreplace")


def plain(value: object) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """Give a value as JSON has it: objects by field name, partial dates as EDTF, texts revealed."""
    if isinstance(value, Personal):
        return reveal(value)
    if isinstance(value, Year | Quarter | Month | Day):
        return value.edtf
    if isinstance(value, msgspec.Struct):
        return {field: plain(getattr(value, field)) for field in value.__struct_fields__}
    if isinstance(value, tuple):
        return [plain(inner) for inner in value]
    return msgspec.to_builtins(value)


def plain_entry(entry: Entry) -> dict[str, Any]:
    """Give an entry as JSON has it, with the event's own fields last."""
    envelope = plain(entry.envelope)
    event = envelope.pop("event")
    return {
        "position": entry.position,
        "recorded_at": entry.recorded_at.isoformat(),
        "plan": entry.plan,
        "version": entry.version,
        "type": stored_name(type(entry.event)),
        **envelope,
        "event": event,
    }
