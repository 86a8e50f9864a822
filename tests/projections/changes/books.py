"""Random books of entries: late, corrected and voided ones of every type, about a few things."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, get_type_hints

from hypothesis import strategies as st

from planledger.events.base import Event, EvidenceId
from planledger.events.catalogue import WORLD_EVENT_TYPES, PlanEvent
from planledger.events.envelope import Entry
from planledger.events.kpi import KpiDefined, KpiReadingRecorded
from planledger.events.milestone import MilestoneProposed, MilestoneReportedComplete
from planledger.events.party import LeadReassigned
from planledger.events.plan import DocumentImported
from planledger.events.record import EntryCorrected, EntryVoided
from planledger.events.structure import WordingChanged
from planledger.events.target_date import TargetDateMoved, TargetDateSet
from planledger.events.world import WorldEvent
from planledger.projections.changes.index import Index
from planledger.projections.changes.net import At
from planledger.projections.history import History
from tests.support.books import START, Book, action, area, milestone, party
from tests.support.event_strategies import Leaves, strategy_for

AREAS, ACTIONS, MILESTONES, STATEMENTS = ["a1", "a2"], ["b1", "b2"], ["m1", "m2"], ["s1", "s2"]
ITEMS = [*AREAS, *ACTIONS, *MILESTONES, *STATEMENTS]
PARTIES = ["ann", "bob"]
REVIEWS = ["q1", "q2"]
OTHERS = ("kpi", "forum", "key", "challenge", "evidence", "reference", "query", "version")

DAYS = st.dates(START - timedelta(days=3), START + timedelta(days=20))
LEAVES: Leaves = {
    str: st.sampled_from(["these words", "those words", "1.1"]),
    int: st.integers(1, 3),
    date: DAYS,
}
NAMED: Mapping[str, st.SearchStrategy[Any]] = {
    "area": st.sampled_from(AREAS),
    "action": st.sampled_from(ACTIONS),
    "milestone": st.sampled_from(MILESTONES),
    "statement": st.sampled_from(STATEMENTS),
    "parent": st.none() | st.sampled_from(STATEMENTS),
    "item": st.sampled_from(ITEMS),
    "items": st.lists(st.sampled_from(ITEMS), max_size=2, unique=True).map(tuple),
    "party": st.sampled_from(PARTIES),
    "from_parties": st.just(()),
    "to_parties": st.lists(st.sampled_from(PARTIES), max_size=2, unique=True).map(tuple),
    "review": st.sampled_from(REVIEWS),
    "baseline": st.just("baseline"),
    "inspection": st.just("inspection"),
    "occurrence": st.none(),
    **{name: st.just(name) for name in OTHERS},
}
"""No two kinds share an id, as in every ledger: ids carry their kind, or are unique by a rule."""


def _event(kind: type[Event]) -> st.SearchStrategy[Any]:
    hints = get_type_hints(kind, include_extras=True)
    # Of a claim or a sign-off, "evidence" is not one id but several.
    named = {name for name in NAMED if name != "evidence" or hints.get(name) is EvidenceId}
    fields = {
        name: NAMED[name] if name in named else strategy_for(hints[name], LEAVES)
        for name in kind.__struct_fields__
    }
    return st.builds(kind, **fields)


EVENTS: Mapping[type[Event], st.SearchStrategy[Any]] = {
    kind: _event(kind) for kind in WORLD_EVENT_TYPES
}
OFTEN = (
    *(TargetDateSet, TargetDateMoved, WordingChanged, MilestoneProposed, LeadReassigned),
    *(MilestoneReportedComplete, KpiReadingRecorded, DocumentImported),
)
"""So often that they meet each other: a late one, say, and one that was corrected."""
MIX: list[type[Event]] = [*WORLD_EVENT_TYPES, *OFTEN, *OFTEN, *OFTEN, *OFTEN, *OFTEN]
events: st.SearchStrategy[WorldEvent] = st.sampled_from(MIX).flatmap(EVENTS.__getitem__)
"""Any event about the world."""


@st.composite
def books(draw: st.DrawFn, *, amended: bool = True, longest: int = 14) -> list[Entry]:
    """Give a plan's entries, in ledger order: a small plan, then anything."""
    book = Book()
    book.write_all([area("a1", "1", 1), action("b1", "1.1", "a1"), milestone("m1", "b1")])
    book.write_all([party("ann"), draw(EVENTS[KpiDefined])])
    for _ in range(draw(st.integers(0, longest))):
        skip = draw(st.sampled_from([0, 0, 0, 2]))
        book.write(_written(draw, book.entries, amended=amended), draw(DAYS), skip)
    return book.entries


def _written(draw: st.DrawFn, before: Sequence[Entry], *, amended: bool) -> PlanEvent:
    how = draw(st.sampled_from(["new", "new", "again", "correct", "void"]))
    about = draw(st.sampled_from([*before, *before[6:], *before[6:], before[0]]))
    if not amended or how == "new":
        return draw(events)
    if how == "void":
        return EntryVoided(entry=about.position)
    if isinstance(about.event, EntryCorrected | EntryVoided):
        event = draw(events)
    else:
        event = draw(EVENTS[type(about.event)])
    return event if how == "again" else EntryCorrected(entry=about.position, event=event)


def points(entries: Sequence[Entry]) -> st.SearchStrategy[At]:
    """Give any point of a book's life, a little before and after it too."""
    return st.builds(At, st.integers(0, entries[-1].position + 1), DAYS)


def indexed(entries: Sequence[Entry]) -> Index:
    """Give the index of a book's history."""
    return Index(History(entries))
