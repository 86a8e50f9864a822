"""A plan's record: every entry there is, and which of them stand, saying what (design page 3.2).

An entry about the world stands unless it was voided, and says what its last correction says. The
entries that correct and void can themselves be voided, so they are resolved from the newest to the
oldest. Their own effective day cuts nothing: a record that was wrong was wrong on every day.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import cast

from planledger.events.catalogue import RECORD_EVENT_TYPES
from planledger.events.envelope import AmendedFact, Fact, Happening
from planledger.events.record import EntryCorrected, RecordEvent

Key = tuple[date, int]
"""Place in effective order: the effective day, then the position."""

_RECORD_EVENTS = frozenset(RECORD_EVENT_TYPES)


def key_of(fact: Fact) -> Key:
    """Give a fact's place in effective order; a correction has the place of what it corrects."""
    return (fact.envelope.effective_on, fact.position)


def is_amendment(fact: Fact) -> bool:
    """Say whether a fact is about the record itself."""
    return type(fact.envelope.event) in _RECORD_EVENTS


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

    def voided(self, until: int | None = None) -> frozenset[int]:
        """Give the positions of the entries that are void at a position, amendments too."""
        return frozenset(self._resolved(until)[0])

    def standing(self, until: int | None = None) -> Mapping[int, Fact | None]:
        """Give what stands in place of each entry that was amended by a position (inclusive).

        By the position of the entry: as its last correction has it, None where it is void, itself
        where all that was done to it is void. Left out, `until` is the end of the record.
        """
        void, stands = self._resolved(until)
        return {
            position: None if position in void else stands.get(position, root)
            for position, (root, first, *_) in self.amended.items()
            if until is None or first.position <= until
        }

    def _resolved(self, until: int | None) -> tuple[set[int], dict[int, Fact]]:
        """Give what is void, and what was corrected as it now stands, by position."""
        amendments: Sequence[Fact] = self.amendments
        if until is not None:
            amendments = amendments[: bisect_right(amendments, until, key=_position)]
        void: set[int] = set()
        stands: dict[int, Fact] = {}
        for amendment in reversed(amendments):
            root = self.root(amendment)
            if root is None or amendment.position in void:
                continue
            event = amendment.event
            if isinstance(event, EntryCorrected):
                stands.setdefault(root.position, _amended(root, amendment, event))
            else:
                void.add(cast("RecordEvent", event).entry)
        return void, stands

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
