"""A plan's record: every entry there is, and which of them stand, saying what (design page 3.2).

An entry about the world stands unless it was voided, and says what its last correction says. The
entries that correct and void can themselves be voided, so they are resolved from the newest to the
oldest. Their own effective day cuts nothing: a record that was wrong was wrong on every day.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol, cast

from planledger.domain.dependence import PLAN, Thing, gives, names, needs, takes
from planledger.domain.plan import Plan
from planledger.events.catalogue import RECORD_EVENT_TYPES, PlanEvent
from planledger.events.envelope import AmendedFact, Fact, Happening
from planledger.events.record import EntryCorrected, EntryVoided, RecordEvent

Key = tuple[date, int]
"""Place in effective order: the effective day, then the position."""

_RECORD_EVENTS = frozenset(RECORD_EVENT_TYPES)


def key_of(fact: Fact) -> Key:
    """Give a fact's place in effective order; a correction has the place of what it corrects."""
    return (fact.envelope.effective_on, fact.position)


def is_amendment(fact: Fact) -> bool:
    """Say whether a fact is about the record itself."""
    return type(fact.envelope.event) in _RECORD_EVENTS


class Timeline(Protocol):
    """The facts about the world that stand, in effective order, and what they fold to."""

    @property
    def order(self) -> Sequence[Fact]:
        """The facts."""

    def before(self, key: Key) -> int:
        """Count the facts that come before a place in effective order."""

    def after(self, count: int) -> Plan | None:
        """Give the plan after the first `count` facts."""


class Tied:
    """Positions of entries about the world by the things they hang together by.

    Whatever an entry said or was ever corrected to say counts: how it stands is to be asked.
    """

    def __init__(self) -> None:
        """Begin without any entry."""
        self.changing: defaultdict[Thing, list[int]] = defaultdict(list)
        """Those that give or take a thing."""
        self.needing: defaultdict[Thing, list[int]] = defaultdict(list)
        """Those that need or name it; that all need the plan is left out."""

    def add(self, position: int, event: PlanEvent) -> None:
        """Add what an entry says."""
        for thing in (*gives(event), *takes(event)):
            self.changing[thing].append(position)
        for thing in (*needs(event), *names(event)):
            if thing != PLAN:
                self.needing[thing].append(position)


class Record:
    """A plan's facts in ledger order, and how they stand at any position."""

    def __init__(self, facts: Iterable[Fact] = ()) -> None:
        """Begin with facts in ledger order; more are added by `extend`."""
        self.facts: list[Fact] = []
        self.positions: list[int] = []
        self.amendments: list[Fact] = []
        """Those of the facts that correct or void another, in ledger order."""
        self.amended: dict[int, list[Fact]] = {}
        """By its position, each fact about the world that was ever amended: itself first, as it
        was recorded, then all that was done to it."""
        self._tied = Tied()
        self._tied_count = 0
        self.extend(facts)

    def extend(self, facts: Iterable[Fact]) -> None:
        """Add facts that follow the last one, in ledger order."""
        added = list(facts)
        self.facts += added
        self.positions += [fact.position for fact in added]
        # As `is_amendment` says, without a call for every fact ever read.
        amendments = [fact for fact in added if type(fact.envelope.event) in _RECORD_EVENTS]
        self.amendments += amendments
        for amendment in amendments:
            root = self.root(amendment)
            if root is not None:
                self.amended.setdefault(root.position, [root]).append(amendment)

    def copy(self) -> "Record":
        """Give a record of its own with the same facts."""
        other = Record()
        other.facts, other.positions = list(self.facts), list(self.positions)
        other.amendments = list(self.amendments)
        other.amended = {position: list(chain) for position, chain in self.amended.items()}
        return other

    def at(self, position: int) -> Fact | None:
        """Give the plan's fact at a position, as it was recorded; None where it has none there."""
        index = bisect_left(self.positions, position)
        there = index < len(self.positions) and self.positions[index] == position
        return self.facts[index] if there else None

    def root(self, fact: Fact) -> Fact | None:
        """Give the fact about the world that an amendment is about in the end."""
        found: Fact | None = fact
        while found is not None and is_amendment(found):
            # An amendment is about an earlier entry; one that is not, which no rule lets
            # through, must not send us round in circles.
            entry = cast("RecordEvent", found.event).entry
            found = self.at(entry) if entry < found.position else None
        return found

    def tied(self) -> Tied:
        """Give the entries by the things they give, take, need and name.

        Made when first asked for and caught up from then on: few plans have much put right.
        """
        for fact in self.facts[self._tied_count :]:
            event = fact.event
            root = self.root(fact)
            if root is not None and not isinstance(event, EntryVoided):
                said = event.event if isinstance(event, EntryCorrected) else event
                self._tied.add(root.position, said)
        self._tied_count = len(self.facts)
        return self._tied

    def those(
        self, positions: Iterable[int], instead: Mapping[int, Fact | None] | None = None
    ) -> list[Fact]:
        """Give the facts that stand at some positions, in that order, those void left out.

        `instead` says of some how they would stand.
        """
        other = instead or {}
        found = (other[at] if at in other else self.stands(at) for at in positions)
        return [fact for fact in found if fact is not None]

    def voided(self, until: int | None = None) -> frozenset[int]:
        """Give the positions of the entries that are void at a position, amendments too."""
        return frozenset(
            position for chain in self._amended(until) for position in _resolved(chain)[0]
        )

    def standing(self, until: int | None = None) -> Mapping[int, Fact | None]:
        """Give what stands in place of each entry that was amended by a position (inclusive).

        By the position of the entry: as its last correction has it, None where it is void, itself
        where all that was done to it is void. Left out, `until` is the end of the record.
        """
        return {chain[0].position: _resolved(chain)[1] for chain in self._amended(until)}

    def stands(self, position: int, *more: Fact) -> Fact | None:
        """Give what stands in the place of one entry about the world, with `more` done to it.

        None where it is void, and where there is no such entry.
        """
        root = self.at(position)
        if root is None or is_amendment(root):
            return None
        return _resolved((*self.amended.get(position, (root,)), *more))[1]

    def _amended(self, until: int | None) -> Iterator[Sequence[Fact]]:
        """Give each entry that was amended by a position, with what was done to it by then."""
        for chain in self.amended.values():
            if until is None:
                yield chain
            elif chain[1].position <= until:
                yield chain[: bisect_right(chain, until, key=_position)]

    def live(self, until: int | None = None) -> list[Fact]:
        """Give the facts about the world that stand at a position, in ledger order."""
        count = len(self.facts) if until is None else bisect_right(self.positions, until)
        standing = self.standing(until)
        found = (
            standing.get(fact.position, fact)
            for fact in self.facts[:count]
            if not is_amendment(fact)
        )
        return [fact for fact in found if fact is not None]


def _position(fact: Fact) -> int:
    return fact.position


def _resolved(chain: Sequence[Fact]) -> tuple[set[int], Fact | None]:
    """Give what is void of an entry and all that was done to it, and what stands in its place."""
    root, *amendments = chain
    void: set[int] = set()
    stands: Fact | None = None
    for amendment in reversed(amendments):
        if amendment.position in void:
            continue
        event = amendment.event
        if not isinstance(event, EntryCorrected):
            void.add(cast("EntryVoided", event).entry)
        elif stands is None:
            stands = _amended(root, amendment, event)
    return void, None if root.position in void else stands or root


def _amended(root: Fact, amendment: Fact, event: EntryCorrected) -> AmendedFact:
    return AmendedFact(
        root.position,
        root.recorded_us,
        root.plan,
        root.version,
        Happening(
            event=event.event,
            effective_on=amendment.effective_on,
            source=root.envelope.source,
        ),
        amendment.position,
    )
