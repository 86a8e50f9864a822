"""The history of a thing or one of its tracks: who set what, when, and what became of the entry.

Only entries that touch the thing are folded: the steps of others change nothing of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from msgspec import Struct
from msgspec.structs import replace

from planledger.domain.evolve import evolve
from planledger.domain.plan import Plan
from planledger.events.envelope import Fact
from planledger.events.record import EntryVoided, RecordEvent
from planledger.projections.changes import tracks
from planledger.projections.changes.compare import compare_thing, compare_track
from planledger.projections.changes.index import Index, said
from planledger.projections.changes.net import At
from planledger.projections.changes.shapes import (
    Change,
    EntryStanding,
    HistoryEntry,
    Thing,
    Track,
)
from planledger.projections.changes.touches import Touch, touches
from planledger.projections.points import day_of


class Field(Struct, frozen=True, gc=False):
    """A thing, or one track of it."""

    thing: Thing
    track: Track | None = None

    def takes(self, touch: Touch) -> bool:
        """Say whether a touch of the thing is one of this field."""
        if self.track is None or touch.track is None:
            # Coming to be sets every track, but a KPI comes to be without targets and readings.
            return self.track not in tracks.SPANS
        return touch.track is self.track


def history_of(
    index: Index, field: Field, at: At, *, inside: bool = False
) -> tuple[HistoryEntry, ...]:
    """Give every entry that touches a field, as known at a point, in ledger order.

    `inside` adds, for a whole item, what is under it, all the way down, and what is about any of
    it: ratings, challenges, evidence, references and queries.
    """
    fields = [field]
    if inside and field.track is None:
        fields += [Field(thing) for thing in _inside(index, field.thing)]
    amended = index.history.record.amended
    chains: dict[int, Sequence[Fact]] = {}
    made: defaultdict[int, tuple[Change, ...]] = defaultdict(tuple)
    for each in fields:
        lines = _lines(index, each)
        for touch in lines:
            for fact in index.known(touch, at.position):
                if fact.position in chains:
                    continue
                if fact.position not in amended:
                    chains[fact.position] = (fact,)
                    continue
                chain = _chain(index, fact, at.position)
                if _ever_touches(chain, each):
                    chains[fact.position] = chain
        for position, changes in _made(index, each, lines, at):
            made[position] += changes
    found = [entry for chain in chains.values() for entry in _entries(index, chain, made, at)]
    told = (_with_former(index, fields, entry) for entry in found)
    return tuple(sorted(told, key=lambda entry: entry.position))


def _with_former(index: Index, fields: Iterable[Field], entry: HistoryEntry) -> HistoryEntry:
    """Add what an entry did as it was recorded, if it does not stand any more."""
    if entry.place is None or entry.standing not in {EntryStanding.CORRECTED, EntryStanding.VOID}:
        return entry
    at = At(entry.position, entry.effective_on)
    fact = index.history.record.at(entry.position)
    things = {touch.thing for event in said([fact] if fact else []) for touch in touches(event)}
    former = [
        change
        for each in fields
        if each.thing in things
        for position, changes in _made(index, each, _lines(index, each), at)
        if position == entry.position
        for change in changes
    ]
    return replace(entry, former=tuple(former))


def _lines(index: Index, field: Field) -> list[Touch]:
    return [touch for touch in index.lines(field.thing) if field.takes(touch)]


def _inside(index: Index, thing: Thing) -> set[Thing]:
    found: set[Thing] = set()
    ahead = [thing]
    while ahead:
        _, name = ahead.pop()
        new = index.under(name) - found if isinstance(name, str) else frozenset[Thing]()
        found |= new
        ahead += new
    return found


def _chain(index: Index, root: Fact, until: int) -> Sequence[Fact]:
    """Give a fact and what was done to it by a position, in ledger order."""
    done = (amendment for amendment in index.amendments(root) if amendment.position <= until)
    return [root, *done]


def _ever_touches(chain: Iterable[Fact], field: Field) -> bool:
    return any(
        touch.thing == field.thing and field.takes(touch)
        for event in said(chain)
        for touch in touches(event)
    )


def _made(
    index: Index, field: Field, lines: Iterable[Touch], at: At
) -> Iterator[tuple[int, tuple[Change, ...]]]:
    """Give what each entry made of the field, by its position: a corrected one's correction did."""
    plan: Plan | None = None
    known = None
    # Without what brought it to be there is nothing to set: so that is folded in any case.
    for fact in index.facts((*lines, Touch(*field.thing)), at.position, at.day):
        plan = evolve(plan, fact)
        now = tracks.read(plan, field.thing)
        if now is not known:
            causes = tuple(sorted({fact.position, fact.learned_at}))
            changes = _told(field, known, now)
            yield fact.learned_at, tuple(replace(change, causes=causes) for change in changes)
        known = now


def _told(field: Field, before: object, after: object) -> Iterator[Change]:
    """Give what is different about the field."""
    if field.track is None:
        return compare_thing(field.thing, before, after)
    if field.track not in tracks.SPANS:
        return compare_track(field.thing, field.track, before, after)
    changes = compare_thing(field.thing, before, after)
    return (change for change in changes if change.track is field.track)


def _entries(
    index: Index, chain: Sequence[Fact], made: dict[int, tuple[Change, ...]], at: At
) -> Iterator[HistoryEntry]:
    root = chain[0]
    if len(chain) == 1:
        ahead = root.envelope.effective_on > at.day
        standing = EntryStanding.AHEAD if ahead else EntryStanding.STANDS
        yield _entry(root, root, standing, None, made.get(root.position, ()))
        return
    void = _void(chain[1:])
    form = index.standing(root, at.position)
    for fact in chain:
        if fact.position in void:
            standing, by = EntryStanding.VOID, void[fact.position]
        elif isinstance(fact.event, EntryVoided):
            standing, by = EntryStanding.STANDS, None
        elif form is None:
            standing, by = EntryStanding.VOID, void[root.position]
        elif form.learned_at != fact.position:
            standing, by = EntryStanding.CORRECTED, form.learned_at
        else:
            ahead = fact.effective_on > at.day
            standing, by = EntryStanding.AHEAD if ahead else EntryStanding.STANDS, None
        yield _entry(root, fact, standing, by, made.get(fact.position, ()))


def _void(amendments: Sequence[Fact]) -> dict[int, int]:
    """Give the positions that are void, each with that of the entry that voids it.

    From the newest to the oldest, as `domain.record` resolves them, so a void can itself be void.
    """
    void: dict[int, int] = {}
    for amendment in reversed(amendments):
        if amendment.position not in void and isinstance(amendment.event, EntryVoided):
            void.setdefault(amendment.event.entry, amendment.position)
    return void


def _entry(
    root: Fact, fact: Fact, standing: EntryStanding, by: int | None, changes: tuple[Change, ...]
) -> HistoryEntry:
    effective_on = fact.envelope.effective_on
    amends = fact is not root
    late = 0 if amends else (day_of(fact.recorded_us) - effective_on).days
    return HistoryEntry(
        position=fact.position,
        recorded_at=fact.recorded_at,
        effective_on=effective_on,
        place=None if isinstance(fact.event, EntryVoided) else (effective_on, root.position),
        late_days=max(0, late),
        standing=standing,
        by=by,
        about=cast("RecordEvent", fact.event).entry if amends else None,
        changes=changes,
        former=(),
    )
