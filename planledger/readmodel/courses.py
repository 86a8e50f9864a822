"""What becomes of each thing of a plan, day by day, apart from all other things.

A thing is changed by the facts that touch it and by nothing else (`changes.touches`; tests hold
it), so it can be followed without folding its plan: a late fact then costs what comes after it in
the course of one thing, not what comes after it in the plan.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from planledger.domain.evolve import evolve
from planledger.domain.plan import Plan
from planledger.domain.record import Key, Record, is_amendment, key_of
from planledger.events.envelope import Fact
from planledger.projections.changes.index import said
from planledger.projections.changes.shapes import THE_PLAN, Kind, Thing
from planledger.projections.changes.touches import touches
from planledger.projections.changes.tracks import read, write

_ELSEWHERE = Plan(ref="", title="", drafted_on=date.min)
"""A plan without anything in it, for a thing to be in alone."""


class Course:
    """The facts that touch one thing and stand, in effective order, and it after each of them."""

    __slots__ = ("_days", "_facts", "_keys", "_thing", "_values")

    def __init__(self, thing: Thing) -> None:
        """Begin before the first fact."""
        self._thing = thing
        self._facts: list[Fact] = []
        self._keys: list[Key] = []
        self._days: list[date] = []
        self._values: list[Any] = []

    def put(self, fact: Fact, begun: Key | None) -> None:
        """Put a fact in its place. Before `begun`, where the plan begins, nothing counts."""
        key = key_of(fact)
        place = bisect_left(self._keys, key)
        self._facts.insert(place, fact)
        self._keys.insert(place, key)
        self._days.insert(place, key[0])
        self._values.insert(place, None)
        self.fold(begun, place)

    def take_out(self, position: int, begun: Key | None) -> None:
        """Take the fact of a position out, if it is there."""
        for place, (_, found) in enumerate(self._keys):
            if found == position:
                del self._facts[place], self._keys[place], self._days[place], self._values[place]
                self.fold(begun, place)
                return

    def fold(self, begun: Key | None, place: int = 0) -> None:
        """Work out anew what the thing is after the facts from a place on."""
        thing, values = self._thing, self._values
        value = values[place - 1] if place else None
        for index in range(place, len(values)):
            if begun is not None and self._keys[index] >= begun:
                alone = write(_ELSEWHERE, thing, value)
                value = read(evolve(alone, self._facts[index]), thing)
            values[index] = value

    @property
    def first(self) -> Key | None:
        """The place of its first fact."""
        return self._keys[0] if self._keys else None

    def at(self, day: date) -> Any:  # noqa: ANN401 - whatever the kind holds
        """Give the thing as it is on a day; None where it is not there."""
        count = bisect_right(self._days, day)
        return self._values[count - 1] if count else None

    def since(self, day: date) -> Sequence[Any]:
        """Give the thing as it is on a day, if it is there, and after each fact of a later day."""
        count = bisect_right(self._days, day)
        found = self._values[max(count - 1, 0) :]
        return [value for value in found if value is not None]

    def days_after(self, day: date) -> Sequence[date]:
        """Give the later days on which it changes."""
        return self._days[bisect_right(self._days, day) :]


class Courses:
    """The courses of a plan's things of some kinds, as far as its facts are learned."""

    def __init__(self, kinds: Iterable[Kind]) -> None:
        """Follow the things of these kinds, and the plan itself."""
        self._kinds = {*kinds, Kind.PLAN}
        self._record = Record()
        self._courses: dict[Thing, Course] = {}
        self._begun: Key | None = None

    def of(self, thing: Thing) -> Course:
        """Give the course of a thing; without facts where none touches it."""
        course = self._courses.get(thing)
        if course is None:
            course = self._courses[thing] = Course(thing)
        return course

    def learn(self, facts: Sequence[Fact]) -> None:
        """Learn facts that follow those there are, in ledger order: whole commits."""
        self._record.extend(facts)
        for fact in facts:
            self._place(self.chain(fact))

    def chain(self, fact: Fact) -> Sequence[Fact]:
        """Give a fact; in the place of an amendment, what it is about and all done to that."""
        if not is_amendment(fact):
            return (fact,)
        root = self._record.root(fact)
        return () if root is None else self._record.amended[root.position]

    def touched_by(self, chain: Sequence[Fact]) -> Iterator[Thing]:
        """Give the followed things that facts touch; of the plan, where all of it comes to be."""
        for event in said(chain):
            for touch in touches(event):
                if touch.kind in self._kinds and (touch.kind is not Kind.PLAN or not touch.track):
                    yield touch.thing

    def _place(self, chain: Sequence[Fact]) -> None:
        """Put what stands of a fact where it belongs, and nowhere else."""
        if not chain:
            return
        root = chain[0]
        amended = root.position in self._record.amended
        stands = self._record.stands(root.position) if amended else root
        now = set() if stands is None else set(self.touched_by((stands,)))
        for thing in {*self.touched_by(chain), *now} if amended else now:
            course = self.of(thing)
            if amended:
                course.take_out(root.position, self._begun)
            if stands is not None and thing in now:
                course.put(stands, self._begun)
            if thing == THE_PLAN:
                self._begin(course)

    def _begin(self, plan: Course) -> None:
        """Note where the plan begins; where that is elsewhere now, think everything anew."""
        if plan.first != self._begun:
            self._begun = plan.first
            for course in self._courses.values():
                course.fold(self._begun)
