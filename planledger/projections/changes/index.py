"""Which facts touch which thing: what makes histories and causes cheap to find.

An index belongs to one history and is caught up with it whenever it is asked. It holds facts about
the world as they were recorded; how one stands at a position is asked with `standing`.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from planledger.domain.record import Record, is_amendment, key_of
from planledger.events.envelope import Fact
from planledger.events.record import EntryCorrected, EntryVoided
from planledger.events.world import WorldEvent
from planledger.projections.changes.shapes import Thing
from planledger.projections.changes.touches import DRAFTING, Touch, touches
from planledger.projections.changes.under import lies_under
from planledger.projections.history import History


class Line:
    """The facts that touch one track, in ledger order."""

    __slots__ = ("amended", "facts", "latest", "positions")

    def __init__(self) -> None:
        self.facts: list[Fact] = []
        self.positions: list[int] = []
        self.latest: list[date] = []
        """The latest effective day among the facts up to each."""
        self.amended = False
        """Whether any of them was ever corrected or voided."""

    def add(self, fact: Fact) -> None:
        """Add a fact that comes after all there are."""
        day = fact.envelope.effective_on
        if self.latest and self.latest[-1] > day:
            day = self.latest[-1]
        self.facts.append(fact)
        self.positions.append(fact.position)
        self.latest.append(day)

    def insert(self, fact: Fact) -> None:
        """Add a fact in its place in ledger order, unless it is there."""
        index = bisect_left(self.positions, fact.position)
        if index < len(self.positions) and self.positions[index] == fact.position:
            return
        rest = self.facts[index:]
        del self.facts[index:], self.positions[index:], self.latest[index:]
        for later in (fact, *rest):
            self.add(later)


class Index:
    """The facts of a history by what they touch. Not safe for use by two threads at once."""

    def __init__(self, history: History) -> None:
        """Index a history; it may grow."""
        self.history = history
        self._lines: dict[Touch, Line] = {}
        self._things: defaultdict[Thing, dict[Touch, Line]] = defaultdict(dict)
        self._under: defaultdict[str, set[Thing]] = defaultdict(set)
        self._seen = 0

    def line(self, touch: Touch) -> Line | None:
        """Give the facts that touch a track, whatever became of them; None where none does."""
        self._catch_up()
        return self._lines.get(touch)

    def lines(self, thing: Thing) -> dict[Touch, Line]:
        """Give the facts that touch a thing, by track."""
        self._catch_up()
        return self._things.get(thing, {})

    def under(self, item: str) -> frozenset[Thing]:
        """Give everything that ever lay right under an item, or was about it."""
        self._catch_up()
        return frozenset(self._under.get(item, ()))

    def standing(self, fact: Fact, until: int) -> Fact | None:
        """Give what stands in place of a fact at a position, or None where it is void."""
        chain = self.history.record.amended.get(fact.position)
        if chain is None:
            return fact
        # The record of one fact and what was done to it has the rules of the whole record.
        return Record(chain).standing(until).get(fact.position, fact)

    def amendments(self, fact: Fact) -> list[Fact]:
        """Give everything that was ever done to a fact, in ledger order."""
        return self.history.record.amended.get(fact.position, [fact])[1:]

    def facts(self, found: Iterable[Touch], until: int, day: date | None = None) -> list[Fact]:
        """Give the facts that stand at (until, day) and touch any of these, in effective order.

        Among them what drafted the plan. Folded from nothing, all that touch a thing leave it as it
        is there; all that touch a track, and the thing as a whole, leave the track so.
        """
        known = {
            fact.position: fact for touch in (*found, DRAFTING) for fact in self.known(touch, until)
        }
        standing = (self.standing(fact, until) for fact in known.values())
        counted = (
            fact
            for fact in standing
            if fact is not None and (day is None or fact.envelope.effective_on <= day)
        )
        return sorted(counted, key=key_of)

    def known(self, touch: Touch, until: int) -> list[Fact]:
        """Give the facts up to a position that ever touched a track, in ledger order."""
        line = self.line(touch)
        return line.facts[: bisect_right(line.positions, until)] if line else []

    def _catch_up(self) -> None:
        facts = self.history.record.facts
        if self._seen == len(facts):
            return
        for fact in facts[self._seen :]:
            if is_amendment(fact):
                self._amend(fact)
            else:
                for touch in touches(fact.envelope.event):
                    self._line(touch).add(fact)
                for above, thing in lies_under(fact.envelope.event):
                    self._under[above].add(thing)
        self._seen = len(facts)

    def _amend(self, amendment: Fact) -> None:
        root = self.history.record.root(amendment)
        if root is None:
            return
        for event in said(self.history.record.amended[root.position]):
            for touch in touches(event):
                self._line(touch).insert(root)
                self._line(touch).amended = True
            for above, thing in lies_under(event):
                self._under[above].add(thing)

    def _line(self, touch: Touch) -> Line:
        line = self._lines.get(touch)
        if line is None:
            line = self._lines[touch] = self._things[touch.thing][touch] = Line()
        return line


def said(chain: Iterable[Fact]) -> Iterator[WorldEvent]:
    """Give what a fact said as it was recorded, and what each of its corrections has it say."""
    for fact in chain:
        event = fact.event
        if isinstance(event, EntryCorrected):
            yield event.event
        elif not isinstance(event, EntryVoided):
            yield event
