"""Changes and histories as JSON has them. Keys are stable: what reads them is a program."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from planledger.answers import plain
from planledger.domain.plan import Plan
from planledger.events.catalogue import stored_name
from planledger.events.envelope import Entry
from planledger.projections.changes.shapes import Change, ChangeSet, HistoryEntry, ItemHistory
from planledger.projections.changes.words import say
from planledger.terminal.history import named

Entries = Mapping[int, Entry]


def plain_changes(
    answer: ChangeSet, changes: Sequence[Change], corrections: Sequence[Change], entries: Entries
) -> dict[str, Any]:
    """Give what of an answer is told: its ends, changes and corrections, and how many of each."""
    by_class = Counter(change.what.value for change in changes)
    return {
        "from": plain(answer.start),
        "to": plain(answer.end),
        "changes": [_with_causes(answer.known, change, entries) for change in changes],
        "corrections": [_with_causes(answer.known, change, entries) for change in corrections],
        "totals": {
            "changes": len(changes),
            "corrections": len(corrections),
            "by_class": dict(by_class.most_common()),
        },
    }


def plain_history(plan: str, answer: ItemHistory, entries: Entries) -> dict[str, Any]:
    """Give the history of a thing."""
    thing = named(answer)
    return {
        "plan": plan,
        "basis": plain(answer.basis),
        "kind": answer.kind.value,
        "id": plain(answer.id),
        "ref": thing.ref,
        "title": plain(thing.title),
        "field": plain(answer.track),
        "inside": answer.inside,
        "entries": [_entry(answer.known, one, entries[one.position]) for one in answer.entries],
    }


def _entry(known: Plan | None, one: HistoryEntry, entry: Entry) -> dict[str, Any]:
    return {
        **_cause(entry),
        "standing": one.standing.value,
        "by": one.by,
        "about": one.about,
        "late_days": one.late_days,
        "changes": [_change(known, change) for change in one.changes],
    }


def _with_causes(known: Plan | None, change: Change, entries: Entries) -> dict[str, Any]:
    causes = [_cause(entries[cause]) for cause in change.causes]
    return {**_change(known, change), "late": change.late, "causes": causes}


def _change(known: Plan | None, change: Change) -> dict[str, Any]:
    words = say(known, change)
    first, last = change.span or (None, None)
    return {
        "kind": change.kind.value,
        "id": plain(change.id),
        "ref": words.ref,
        "area": words.area,
        "title": plain(words.title),
        "field": plain(change.track),
        "period": plain({"first": first, "last": last}) if first else None,
        "what": change.what.value,
        "slippage": plain(change.slippage),
        "before": plain(words.before),
        "after": plain(words.after),
    }


def _cause(entry: Entry) -> dict[str, Any]:
    envelope = entry.envelope
    return {
        "position": entry.position,
        "recorded_at": entry.recorded_at.isoformat(),
        "effective_on": entry.effective_on.isoformat(),
        "type": stored_name(type(entry.event)),
        "author": plain(envelope.author),
        "reason": plain(envelope.reason),
        "authority": plain(envelope.authority),
    }
