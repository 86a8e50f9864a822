"""Answers about changes: points are resolved, compared, and what came of it is kept for a while.

Nothing here is safe for use by two threads at once; `planledger.ledger` takes care of that.
"""

from collections.abc import Iterable
from datetime import date

from planledger.domain.finding import find_any
from planledger.domain.plan import Plan
from planledger.events.envelope import Entry
from planledger.ledger.basis import QuestionError, Resolver
from planledger.ledger.loading import PAGE, Histories, decode_entries
from planledger.projections.changes.index import Index, said
from planledger.projections.changes.item_history import Field, history_of
from planledger.projections.changes.net import At, net, state
from planledger.projections.changes.shapes import (
    THE_PLAN,
    Change,
    ChangeSet,
    HistoryEntry,
    ItemHistory,
    Kind,
    Said,
    Thing,
    Track,
    item_thing,
)
from planledger.projections.changes.steps import steps
from planledger.projections.changes.touches import Touch, touches
from planledger.projections.changes.tracks import TRACKS, read, write
from planledger.projections.changes.words import known_in, name_thing
from planledger.projections.points import AtHead, AtReview, Point
from planledger.projections.recent import Recent
from planledger.storage.port import Clock, EntryStore

KEPT = 16
"""Differences kept, the least recently asked for going first."""
HISTORIES_KEPT = 4
"""Histories kept likewise: one may be as long as its plan's."""
GAP = 16
"""So many entries nobody asked for are read along, sooner than asking the store once more."""


_Made = tuple[tuple[Change, ...], Plan | None, tuple[Plan | None, Plan | None]]
"""Changes, what names are looked up in, and the two states."""


class Comparing:
    """Compares points of plans, and tells the history of what is in them."""

    def __init__(self, store: EntryStore, histories: Histories, clock: Clock) -> None:
        """Compare what `store` holds; `clock` gives the present moment."""
        self._store = store
        self._histories = histories
        self._clock = clock
        self._indexes: dict[str, Index] = {}
        self._made: Recent[tuple[str, At, At, bool], _Made]
        self._made = Recent(KEPT)
        self._told: Recent[tuple[str, Field, At, bool], tuple[HistoryEntry, ...]]
        self._told = Recent(HISTORIES_KEPT)

    def changes(
        self, plan: str, ends: tuple[Point, Point], effective_on: date | None, *, by_steps: bool
    ) -> ChangeSet:
        """Give what changed between two points. Raises QuestionError."""
        resolver = self._resolver()
        start, end = (resolver.basis(point, effective_on) for point in ends)
        index = self._index(plan)
        points = (At(start.position, start.effective_on), At(end.position, end.effective_on))
        # A position and a day say the same for ever, whether the point that led there is final.
        key = (plan, *points, by_steps)
        made = self._made.again(key)
        if made is None:
            changes = (steps if by_steps else net)(index, *points)
            states = (state(index, points[0]), state(index, points[1]))
            made = self._made.keep(key, (changes, known_in(states[1], changes), states))
        return ChangeSet(
            start=start,
            end=end,
            steps=by_steps,
            changes=made[0],
            known=made[1],
            states=made[2],
        )

    def restatements(self, plan: str, review: str) -> ChangeSet:
        """Give what differs from a review as reported to it as now known. Raises QuestionError."""
        if review.partition("/")[0] != plan:
            self._index(plan)  # where there is no such plan either, that is what to say
            raise QuestionError(
                "UNKNOWN_REVIEW",
                f"{review[:80]!r} is no review of {plan}. Name one of its own, or ask what changed "
                f"in {plan} since that review.",
            )
        reported = AtReview(review)
        as_at = self._resolver().basis(reported).effective_on
        return self.changes(plan, (reported, AtHead()), as_at, by_steps=False)

    def history(
        self,
        plan: str,
        item: str | Thing,
        track: Track | None,
        point: tuple[Point, date | None],
        *,
        inside: bool,
    ) -> ItemHistory:
        """Give every entry that touches a thing, or a track of it. Raises QuestionError."""
        basis = self._resolver().basis(*point)
        index = self._index(plan)
        at = At(basis.position, basis.effective_on)
        thing = self._thing(index, item, at) if isinstance(item, str) else item
        field = Field(thing, track)
        kind, name = thing
        if not index.lines(thing):
            there = f"There is no {kind.value} {str(name)[:80]!r} in {plan}."
            raise QuestionError("UNKNOWN_ITEM", there)
        if track is not None and track not in TRACKS[kind]:
            there = ", ".join(each.value for each in TRACKS[kind])
            one = f"{'an' if kind.value[0] in 'aeiou' else 'a'} {kind.value}"
            raise QuestionError(
                "UNKNOWN_FIELD", f"There is no field {track.value!r} of {one}. There is: {there}."
            )
        return ItemHistory(
            basis=basis,
            kind=kind,
            id=name,
            track=track,
            inside=inside,
            entries=self._told_of(plan, field, at, inside=inside),
            known=_with(index, state(index, at), thing),
        )

    def _told_of(
        self, plan: str, field: Field, at: At, *, inside: bool
    ) -> tuple[HistoryEntry, ...]:
        """Tell a history, or what was told of it: whoever reads a long one asks page by page."""
        # A position and a day say the same for ever.
        key = (plan, field, at, inside)
        told = self._told.again(key)
        if told is None:
            told = self._told.keep(key, history_of(self._index(plan), field, at, inside=inside))
        return told

    def about(self, entry: Entry) -> tuple[tuple[Thing, Said], ...]:
        """Give what an entry is about, and what that is called now; of an amendment, what its is.

        Raises QuestionError.
        """
        index = self._index(entry.plan)
        root = index.history.record.root(entry)
        chain = (entry,) if root is None or root.position == entry.position else (root, entry)
        things = dict.fromkeys(touch.thing for event in said(chain) for touch in touches(event))
        known = index.history.state(index.history.position)
        # An event that names an item without its kind touches every kind that it may be.
        return tuple(
            (thing, name_thing(_with(index, known, thing), thing))
            for thing in things
            if thing == THE_PLAN or Touch(*thing) in index.lines(thing)
        )

    def _resolver(self) -> Resolver:
        return Resolver(self._store, self._histories, self._clock())

    def _index(self, plan: str) -> Index:
        history = self._histories.of(plan)
        if not history.version:
            raise QuestionError(
                "UNKNOWN_PLAN", f"There is no plan {plan[:80]!r}. Ask for the plans there are."
            )
        known = self._indexes.get(plan)
        if known is None or known.history is not history:
            known = self._indexes[plan] = Index(history)
        return known

    def _thing(self, index: Index, name: str, at: At) -> Thing:
        """Find a thing by what people call it: an item's ref, or the id of anything."""
        history = index.history
        for plan in (state(index, at), history.state(at.position), history.state(history.position)):
            found = find_any(plan, name) if plan else None
            if found is not None:
                return item_thing(found)
        # The plan itself has no name of its own: an empty one names nothing.
        for kind in Kind if name else ():
            if Touch(kind, name) in index.lines((kind, name)):
                return (kind, name)
        raise QuestionError(
            "UNKNOWN_ITEM",
            f"There is no {name[:80]!r} in {history.record.facts[0].plan}. Items are named by "
            'their ref, such as "1.4" or "1.4/2".',
        )


def entries_at(store: EntryStore, positions: Iterable[int]) -> dict[int, Entry]:
    """Give the entries at some positions, by position; one that is not in the ledger is left out.

    Positions close together are read in one go, at most a page of entries at a time.
    """
    wanted = sorted(set(positions))
    found: dict[int, Entry] = {}
    while wanted:
        first, last = wanted[0], wanted[0]
        for position in wanted:
            if position - last > GAP or position - first >= PAGE:
                break
            last = position
        asked = {position for position in wanted if position <= last}
        records = store.read(after=max(0, first - 1), until=last, limit=PAGE)
        asked_for = [record for record in records if record.position in asked]
        found |= {entry.position: entry for entry in decode_entries(asked_for)}
        wanted = wanted[len(asked) :]
    return found


def _with(index: Index, plan: Plan | None, thing: Thing) -> Plan | None:
    """Give a plan with a thing in it as it first was, where it is not in it any more, or yet."""
    if plan is None or read(plan, thing) is not None:
        return plan
    for fact in index.known(Touch(*thing), index.history.position):
        was = read(index.history.state(fact.position), thing)
        if was is not None:
            return write(plan, thing, was)
    return plan
