"""What does not hold together among facts: what is missing, and what is there twice.

`flaws` looks through all there is. `new_flaws` finds what one amendment would do, and looks only
at what it can touch; a test holds the two against each other.
"""

from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from planledger.domain.dependence import (
    ONLY_ONCE,
    PLAN,
    Thing,
    Things,
    gives,
    names,
    needs,
    takes,
)
from planledger.domain.record import Record, key_of
from planledger.events.envelope import Fact


class Flaw(NamedTuple):
    """A fact that does not go with the others, and the things on account of which."""

    fact: Fact
    things: Things


class Flaws(NamedTuple):
    """What does not hold together among facts that stand."""

    unmet: tuple[Flaw, ...]
    """Those that need what no fact before them gives, and those that need these in turn."""
    twice: tuple[Flaw, ...]
    """Those that give what is there already and can be there only once."""


def flaws(facts: Iterable[Fact], among: Container[Thing] | None = None) -> Flaws:
    """Find what does not hold together among facts about the world, given in any order.

    With `among`, only these things are looked at, and all else is taken to be there. What was
    recorded through `decide` has no flaw, nor has it with what the rules let be corrected or
    voided.
    """

    def looked_at(things: Things) -> Things:
        return things if among is None else tuple(thing for thing in things if thing in among)

    ordered = sorted(facts, key=key_of)
    ever = {thing for fact in ordered for thing in gives(fact.event)}
    there: set[Thing] = set()
    unmet, twice = [], []
    for fact in ordered:
        event = fact.event
        lacks = [thing for thing in looked_at(needs(event)) if thing not in there]
        lacks += [thing for thing in looked_at(names(event)) if thing not in ever]
        if lacks:
            unmet.append(Flaw(fact, tuple(lacks)))
            continue
        there -= set(takes(event))
        given = looked_at(gives(event))
        again = tuple(thing for thing in given if thing[0] in ONLY_ONCE and thing in there)
        if again:
            twice.append(Flaw(fact, again))
        there.update(given)
    return Flaws(tuple(unmet), tuple(twice))


def new_flaws(record: Record, position: int, now: Fact | None) -> Flaws:
    """Find what would be wrong if an entry stood as `now`, and is not wrong as it stands.

    None is void. Beyond what the one gives or takes and the other does not, only what rests on
    that is looked at, directly or in turn.
    """
    own = {*needs(now.event), *names(now.event)} if now else set()
    touched = _differing(record.stands(position), now)
    while True:
        among = touched | own
        positions = {position, *_tied(record, touched, among)}
        was = flaws(record.those(positions), among)
        found = flaws(record.those(positions, {position: now}), among)
        new = Flaws(_beyond(was.unmet, found.unmet), _beyond(was.twice, found.twice))
        lost = {thing for flaw in new.unmet for thing in _changed_by(flaw.fact)}
        if lost <= touched:
            return new
        touched |= lost


def _beyond(was: Iterable[Flaw], now: Iterable[Flaw]) -> tuple[Flaw, ...]:
    # A ledger may be older than what is asked of it today.
    known = {flaw.fact.position for flaw in was}
    return tuple(flaw for flaw in now if flaw.fact.position not in known)


def _differing(was: Fact | None, now: Fact | None) -> set[Thing]:
    """Give the things that are there because of one and not because of the other."""
    if was is None or now is None or was.effective_on != now.effective_on:
        return {thing for fact in (was, now) if fact for thing in _changed_by(fact)}
    given = set(gives(was.event)) ^ set(gives(now.event))
    return given | (set(takes(was.event)) ^ set(takes(now.event)))


def _changed_by(fact: Fact) -> Things:
    return (*gives(fact.event), *takes(fact.event))


def _tied(record: Record, touched: set[Thing], among: set[Thing]) -> Iterator[int]:
    """Find what needs the things that are touched, and all that change those looked at."""
    tied = record.tied()
    for thing in touched:
        yield from record.positions if thing == PLAN else tied.needing.get(thing, ())
    for thing in among:
        yield from tied.changing.get(thing, ())
