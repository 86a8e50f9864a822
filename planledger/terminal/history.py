"""The history of one thing, on a terminal: who set what, when, why, and what became of it."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from planledger.answers import reveal
from planledger.events.catalogue import stored_name
from planledger.events.envelope import Entry
from planledger.projections.changes.shapes import (
    EntryStanding,
    HistoryEntry,
    ItemHistory,
    Kind,
    Said,
)
from planledger.projections.changes.words import name_thing, say
from planledger.projections.points import LONDON
from planledger.projections.timing import day_label
from planledger.terminal.changes import Entries, move_label, thing_label, what_label
from planledger.terminal.layout import (
    Cell,
    Column,
    Listing,
    authority_label,
    basis_label,
    counted,
    event_words,
    said,
)

_COLUMNS = (
    Column("Entry", 5, whole=True),
    Column("Effective on", 12),
    Column("What happened", 14),
    Column("Recorded (London)", 14),
    Column("By", 10),
    Column("Before -> after", 22),
    Column("Why", 20),
    Column("Standing", 12),
)
_STANDINGS = {
    EntryStanding.STANDS: "stands",
    EntryStanding.AHEAD: "not yet in force",
    EntryStanding.CORRECTED: "corrected",
    EntryStanding.VOID: "void",
}
_STYLES = {EntryStanding.VOID: "dim strike", EntryStanding.CORRECTED: "dim"}


def show_history(plan: str, answer: ItemHistory, entries: Entries) -> Group:
    """Lay out the history of a thing; `entries` are those it tells of, whole."""
    thing = named(answer)
    field = f", {answer.track.value}" if answer.track else ""
    inside = ", with all that is under it or about it" if answer.inside else ""
    what = f"{answer.kind.value} {thing.ref}"
    what += f" of {plan}" if answer.kind is not Kind.PLAN else ""
    head = f"History of {what}{field}{inside}, as known at {basis_label(answer.basis)}"
    parts: list[RenderableType] = [Text(head, style="bold")]
    if thing.title is not None:
        parts.append(Text(reveal(thing.title)))
    if not answer.entries:
        parts.append(Text("\nNothing had been recorded of it."))
        return Group(*parts)
    rows = [_row(answer, one, entries[one.position]) for one in answer.entries]
    parts += [
        Text(),
        Listing(_COLUMNS, rows, head=3, spaced=True),
        Text(f"\n{_totals(answer)}", style="bold"),
    ]
    return Group(*parts)


def named(answer: ItemHistory) -> Said:
    """Give what the thing is called, and its title, as last known."""
    return name_thing(answer.known, (answer.kind, answer.id))


def _row(answer: ItemHistory, one: HistoryEntry, entry: Entry) -> Iterator[Cell]:
    envelope = entry.envelope
    local = one.recorded_at.astimezone(LONDON)
    style = _STYLES.get(one.standing, "")
    about = f" (@{one.about})" if one.about is not None else ""
    yield f"@{one.position}"
    yield day_label(one.effective_on)
    yield Text(event_words(stored_name(type(entry.event))) + about, style=style)
    yield f"{day_label(local.date())} {local:%H:%M}"
    yield reveal(envelope.author.name)
    yield "\n".join(_moves(answer, one))
    yield "\n".join(part for part in _why(entry) if part)
    yield _standing(one)


def _moves(answer: ItemHistory, one: HistoryEntry) -> Iterator[str]:
    for change in one.changes:
        words = say(answer.known, change)
        is_other = (change.kind, change.id) != (answer.kind, answer.id)
        elsewhere = f"{_elsewhere(*thing_label(answer.known, change, words))}: " if is_other else ""
        move = move_label(change, words)
        yield f"{elsewhere}{what_label(change)}" + (f": {move}" if move else "")


def _elsewhere(ref: str, title: str) -> str:
    return f"{ref} ({title})" if ref and title else ref or title


def _why(entry: Entry) -> tuple[str, str]:
    return said(entry.envelope.reason), authority_label(entry.envelope.authority)


def _standing(one: HistoryEntry) -> str:
    by = f" by @{one.by}" if one.by is not None else ""
    told = f"{_STANDINGS[one.standing]}{by}"
    return f"{told}; {counted(one.late_days, 'day')} late" if one.late_days else told


def _totals(answer: ItemHistory) -> str:
    late = sum(one.late_days > 0 for one in answer.entries)
    told = {
        "corrected": sum(one.standing is EntryStanding.CORRECTED for one in answer.entries),
        "void": sum(one.standing is EntryStanding.VOID for one in answer.entries),
        "recorded late": late,
    }
    each = ", ".join(f"{number} {what}" for what, number in told.items() if number)
    total = counted(len(answer.entries), "entry", "entries")
    return f"{total}: {each}." if each else f"{total}."
