"""The invariants of design page 3.7, held by one state machine over each kind of store.

The machine does to a ledger what offices do (record, record late, agree ahead, close reviews,
repeat commands, crash, set clocks wrong) from two writers, and holds what the ledger then says
against `tests.support.plain_model`. Each check names the invariants it holds.
"""

import os
import shutil
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from itertools import chain, groupby, pairwise
from zoneinfo import ZoneInfo

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from planledger.domain.commands import VoidEntry
from planledger.domain.record import is_amendment
from planledger.events.structure import ItemWithdrawn
from planledger.ledger import Ledger, Recorded
from planledger.ledger.caching import Condition, check, rebuild
from planledger.ledger.loading import Histories
from planledger.ledger.snapshots import Sizes, Snapshots
from planledger.projections.changes.classes import INVERSE
from planledger.projections.changes.compare import patch
from planledger.projections.changes.index import Index
from planledger.projections.changes.net import At, net
from planledger.projections.changes.shapes import CORRECTIONS, Change, Kind, Track
from planledger.projections.changes.steps import steps
from planledger.projections.history import History
from planledger.projections.points import AtEndOf, AtHead, AtInstant, AtPosition, AtReview, Point
from tests.support.ledgers import (
    MICROSECOND,
    REASON,
    items_of,
    serialised,
)
from tests.support.machine import (
    MANY,
    PLANS,
    OfficeMachine,
    picks,
    plans,
    writers,
)
from tests.support.plain_model import (
    fold_plainly,
    hold_structure,
    plain_state,
    plain_totals,
    plainly,
    standing,
)
from tests.support.postgres import end_connections
from tests.support.wishes import NO_PLAN

DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"
HOW_HARD = (
    settings(stateful_step_count=50) if DEEP else settings(max_examples=200, stateful_step_count=50)
)

REBUILDS: Mapping[str, Callable[["LedgerMachine"], Ledger]] = {
    "replayed": lambda machine: Ledger(machine.stores[0], machine.clock),
    "from a snapshot and the tail": lambda machine: Ledger(
        machine.stores[0], machine.clock, cache=machine.cache, sizes=machine.sizes
    ),
}
"""Ways to come by a ledger other than having been there all along."""

STRIDES = (1, 7)
"""After how many entries a folded plan is kept, beside what the ledger does: no answer may tell."""

LONDON = ZoneInfo("Europe/London")
places = st.integers(0, 999)


class LedgerMachine(OfficeMachine):
    """The offices, and what they and everybody else are told meanwhile."""

    @rule()
    def crash_and_reopen(self) -> None:
        """Go on from the files as they lie while the store is open, as after a power cut.

        PostgreSQL ends every connection, as when it is restarted.
        """
        if self.kind == "sqlite":
            old = self.path
            self.lives += 1
            for suffix in ("", "-wal"):
                shutil.copy(f"{old}{suffix}", f"{self.path}{suffix}")
            for store in self.stores:
                store.close()
        if self.kind == "postgres":
            end_connections(self.url)
            for store in self.stores:
                store.close()
        self.open()
        self.ask_again()

    @rule(window=st.sampled_from([0, 1, 5, 500]), behind=st.sampled_from([1, 8, 2_000]))
    def take_snapshots(self, window: int, behind: int) -> None:
        """Have every plan's snapshot made anew, of whatever size; others are made on the way."""
        self.sizes = Sizes(window=window, least=1, behind=behind)
        for plan, _ in self.stores[0].plans():
            rebuild(self.stores[0], self.cache, plan, self.sizes)

    @rule(plan=plans, place=places, how=st.sampled_from(["flip", "cut", "drop"]))
    def lose_a_snapshot(self, plan: str, place: int, how: str) -> None:
        """Damage a snapshot: the next who opens the plan notices, and makes it anew."""
        data = self.cache.load(plan)
        if data is None:
            return
        at = place * 7 % len(data)
        flipped = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        self.cache.save(plan, {"flip": flipped, "cut": data[:at], "drop": b""}[how])
        assert not check(self.stores[0], self.cache, plan).sound
        REBUILDS["from a snapshot and the tail"](self).at(AtHead()).plan(plan)
        assert check(self.stores[0], self.cache, plan).condition is Condition.FRESH

    @rule(writer=writers, plan=plans, pick=picks)
    def void_and_take_it_back(self, writer: int, plan: str, pick: int) -> None:
        """Invariant 7: a void that is itself voided leaves everything as it was, on every day."""
        entry = self.wish(plan, pick, self.ledgers[0].today).position()
        days = [None, *sorted({entry.effective_on for entry in self.of(plan)})]
        before = [self.state(writer, plan, day) for day in days]
        voided = self.submit(writer, VoidEntry(plan=plan, entry=entry, reason=REASON))
        if isinstance(voided, Recorded) and voided.entries:
            back = VoidEntry(plan=plan, entry=voided.position, reason=REASON)
            taken_back = self.submit(writer, back)
            assert isinstance(taken_back, Recorded), taken_back
            assert taken_back.entries
        assert [self.state(writer, plan, day) for day in days] == before

    # -- what they are told

    @rule(pick=st.integers(0, 99), ask=st.integers(0, 3), shift=st.sampled_from([None, 0, -30, 40]))
    def remember(self, pick: int, ask: int, shift: int | None) -> None:
        """Keep the answer to a question that is said to be answered for ever."""
        entry = self.log[pick % len(self.log)]
        reviews = plain_state(self.of("alpha"), MANY, None)
        closed = [name for name, seen in (reviews or {})["reviews"].items() if seen["closed"]]
        points: list[Point] = [
            AtPosition(entry.position),
            AtInstant(entry.recorded_at + (pick % 3 - 1) * MICROSECOND),
            AtEndOf(entry.recorded_at.astimezone(LONDON).date() - timedelta(days=pick % 2)),
            AtReview(f"alpha/{closed[pick % len(closed)]}") if closed else AtPosition(1),
        ]
        day = None if shift is None else entry.effective_on + timedelta(days=shift)
        if entry.recorded_at + MICROSECOND > max(self.clock.now, self.log[-1].recorded_at):
            points[1] = AtInstant(entry.recorded_at)  # what is still to come is refused
        answer = self.ledgers[pick % 2].at(points[ask], day)
        if answer.basis.final:
            self.remembered.setdefault((points[ask], day), serialised(answer))

    @rule()
    def ask_again(self) -> None:
        """Invariants 2 and 3: every answer given for ever is given again, byte for byte."""
        rebuilt = [rebuild(self) for rebuild in REBUILDS.values()]
        for (point, day), answer in self.remembered.items():
            for ledger in (*self.ledgers, *rebuilt):
                assert serialised(ledger.at(point, day)) == answer

    @rule(pick=st.integers(0, 99))
    def look_everywhere(self, pick: int) -> None:
        """Invariants 1, 3, 6 and 10: every position by every day, as kept and as rebuilt."""
        ledgers = [self.ledgers[pick % 2], *(rebuild(self) for rebuild in REBUILDS.values())]
        for plan in PLANS:
            entries = self.of(plan)
            histories = [ledger.history(plan) for ledger in ledgers]
            facts = histories[0].record.facts
            histories += [History(facts, stride=stride) for stride in STRIDES]
            edges = {entry.effective_on for entry in entries}
            days = [None, *sorted(edges | {day - timedelta(days=1) for day in edges})]
            for position in {0, pick % (len(self.log) + 1), *self.some_positions(pick)}:
                for day in days:
                    expected = plain_state(entries, position, day)
                    hold_structure(expected)
                    for history in histories:
                        assert plainly(history.state(position, day)) == expected

    @rule(pick=st.integers(0, 99))
    def open_anew(self, pick: int) -> None:
        """Invariants 1 and 3: opened from its snapshot, a plan is what its entries make it."""
        for plan in PLANS:
            entries = self.of(plan)
            edges = {entry.effective_on for entry in entries}
            days = [None, *sorted(edges | {day - timedelta(days=1) for day in edges})]
            snapshots = Snapshots(self.stores[0], self.cache, self.sizes)
            histories = Histories(self.stores[0], snapshots)
            # From the head back: once it needs the whole history, it has it for all that follow.
            for position in self.some_positions(pick):
                for day in reversed(days):
                    expected = plain_state(entries, position, day)
                    assert plainly(histories.state(plan, position, day)) == expected

    @rule(pick=st.integers(0, 99))
    def look_back_past_a_withdrawal(self, pick: int) -> None:
        """Invariant 10: a withdrawn item is seen as it was, on every day before."""
        gone: dict[str, date] = {}
        for on, _, event in chain(*(standing(self.of(plan)) for plan in PLANS)):
            if isinstance(event, ItemWithdrawn):
                gone[event.item] = min(gone.get(event.item, date.max), on)
        for item, first in gone.items():
            before = first - timedelta(days=1)
            at = self.ledgers[pick % 2].at(AtPosition(len(self.log)), before)
            shown = [seen for plan in at.plans() for seen in items_of(plan) if item in seen.id]
            known = [plain_state(self.of(plan), MANY, None) or NO_PLAN for plan in PLANS]
            added = [state["items"][item]["on"] for state in known if item in state["items"]]
            assert [seen.withdrawn for seen in shown] == [None for on in added if on <= before]

    @rule(pick=st.integers(0, 99))
    def compare_reported_with_known(self, pick: int) -> None:
        """Invariant 6: with nothing late or put right, what was reported is what is known."""
        known = plain_state(self.of("alpha"), MANY, None) or NO_PLAN
        ledger = self.ledgers[pick % 2]
        for name, seen in known["reviews"].items():
            if seen["closed"] is None:
                continue
            reported = ledger.at(AtReview(f"alpha/{name}")).basis
            assert (reported.position, reported.effective_on) == (seen["closed"][1], seen["as_at"])
            late = [
                entry
                for entry in self.of("alpha")
                if entry.position > reported.position
                and (entry.effective_on <= seen["as_at"] or is_amendment(entry))
            ]
            states = [
                ledger.history("alpha").state(position, seen["as_at"])
                for position in (reported.position, len(self.log))
            ]
            assert (states[0] == states[1]) or late

    @rule(picked=st.lists(places, min_size=4, max_size=6), writer=writers)
    def compare_points(self, picked: list[int], writer: int) -> None:
        """Invariants 4 and 14: differences add up, go both ways, and keep corrections apart."""
        for plan in PLANS:
            index = Index(self.ledgers[writer].history(plan))
            points = [self.point(pick) for pick in picked]
            for start, middle, end in zip(points, points[1:], points[2:], strict=False):
                self.compare_three(index, plan, (start, middle, end))

    def compare_three(self, index: Index, plan: str, points: tuple[At, At, At]) -> None:
        """Compare the first with the last, by way of the one between."""
        start, middle, end = points
        state = index.history.state
        before, after = state(*start), state(*end)
        there, back = net(index, start, end), net(index, end, start)
        assert patch(before, there) == after
        assert patch(after, back) == before
        assert patch(before, (*net(index, start, middle), *net(index, middle, end))) == after
        assert patch(before, steps(index, start, end)) == after
        assert net(index, start, start) == ()
        assert sorted(change.what.name for change in there) == sorted(
            INVERSE[change.what].name for change in back
        )
        self.hold_causes(plan, start, end, there)

    def point(self, pick: int) -> At:
        """Give a point of the log, often one right before an amendment, with an entry's day."""
        amended = [entry.position - 1 for entry in self.log if is_amendment(entry)]
        positions = amended if amended and pick % 3 else range(1, len(self.log) + 1)
        day = self.log[pick // 7 % len(self.log)].effective_on
        return At(positions[pick % len(positions)], day)

    def hold_causes(self, plan: str, start: At, end: At, changes: tuple[Change, ...]) -> None:
        """Invariant 4: every difference has its causes, and amendments cause corrections alone."""
        first, last = sorted((start.position, end.position))
        amending = {
            entry.position
            for entry in self.of(plan)
            if is_amendment(entry) and first < entry.position <= last
        }
        day = min(start, end).day
        known = plain_state(self.of(plan), first, day, as_of=last)
        assert plainly(self.ledgers[0].history(plan).restated(first, last, day)) == known
        for change in changes:
            assert change.causes, change
            if change.what in CORRECTIONS:
                assert set(change.causes) <= amending

    @rule(plan=plans, pick=places, shift=st.integers(0, 5))
    def read_a_history(self, plan: str, pick: int, shift: int) -> None:
        """Invariant 8: a field's history replays to it, each value set by the entry it names."""
        milestone = self.wish(plan, pick, self.ledgers[0].today).one("milestone")
        ledger = self.ledgers[shift % 2]
        state = ledger.history(plan).state(len(self.log), ledger.today)
        if state is None or milestone not in state.milestones:
            return
        seen = state.milestones[milestone]
        told = ledger.item_history(plan, (Kind.MILESTONE, milestone), Track.TARGET_DATE)
        made = {entry.place: entry.changes for entry in told.entries if entry.changes}
        happened = sorted(standing(self.of(plan)), key=lambda place: place[:2])
        was = None
        for count, (on, at, _) in enumerate(happened, start=1):
            if on > ledger.today:
                assert (on, at) not in made
                continue
            plain = fold_plainly(happened[:count]) or NO_PLAN
            now = plain["items"].get(milestone, {}).get("target")
            if now != was:
                (change,) = made[on, at]
                assert isinstance(change.after, tuple)
                assert change.after[0] == now
                if was is not None:
                    assert isinstance(change.before, tuple)
                    assert change.before[0] == was
            was = now
        assert was == seen.target_date

    @rule(plan=plans, pick=places)
    def add_up_over_time(self, plan: str, pick: int) -> None:
        """Invariant 9: totals over a series of points are those of each slice, zeros included."""
        ledger = self.ledgers[pick % 2]
        for position in self.some_positions(pick):
            at = ledger.at(AtPosition(position))
            shown = at.plan(plan)
            plain = plain_state(self.of(plan), at.basis.position, at.basis.effective_on)
            assert (shown is None) == (plain is None)
            if shown is not None and plain is not None:
                totals, counted = shown.totals, plain_totals(plain)
                assert {name: getattr(totals, name) for name in counted} == counted

    @rule(pick=st.integers(0, 99))
    def look_at_the_bounds(self, pick: int) -> None:
        """Invariant 5: a point takes in whole commits, up to its own moment or midnight."""
        ledger = self.ledgers[pick % 2]
        commits = [list(commit) for _, commit in groupby(self.log, lambda entry: entry.recorded_us)]
        for commit in commits:
            first, last, moment = commit[0].position, commit[-1].position, commit[0].recorded_at
            for position in range(first, last + 1):
                assert ledger.at(AtPosition(position)).basis.position == last
            assert ledger.at(AtInstant(moment)).basis.position == last
            assert ledger.at(AtInstant(moment - MICROSECOND)).basis.position == first - 1
            day = moment.astimezone(LONDON).date()
            within = [
                entry.position
                for entry in self.log
                if entry.recorded_at.astimezone(LONDON).date() <= day
            ]
            assert ledger.at(AtEndOf(day)).basis.position == max(within)

    # -- what holds after every step

    @invariant()
    def the_head_is_everything(self) -> None:
        """Invariant 1: the plan at the head is the fold of all there is, for both writers."""
        for plan in PLANS:
            expected = plain_state(self.of(plan), MANY, None)
            for ledger in self.ledgers:
                assert plainly(ledger.history(plan).state(len(self.log))) == expected

    @invariant()
    def times_strictly_increase(self) -> None:
        """Invariant 5: from commit to commit, whatever the clock does; within one it stands."""
        for one, following in pairwise(self.log):
            if one.envelope.command_id == following.envelope.command_id:
                assert one.recorded_us == following.recorded_us
            else:
                assert one.recorded_us < following.recorded_us


class OverMemory(LedgerMachine):
    """The machine over the store in memory."""

    kind = "memory"


class OverSqlite(LedgerMachine):
    """The machine over a real SQLite file, by two connections."""

    kind = "sqlite"


class OverPostgres(LedgerMachine):
    """The machine over a real PostgreSQL, by two stores with connections of their own."""

    kind = "postgres"


TestOverMemory = OverMemory.TestCase
TestOverMemory.settings = HOW_HARD
TestOverSqlite = OverSqlite.TestCase
TestOverSqlite.settings = HOW_HARD if DEEP else settings(HOW_HARD, max_examples=80)
TestOverPostgres = OverPostgres.TestCase
TestOverPostgres.settings = HOW_HARD if DEEP else settings(HOW_HARD, max_examples=15)
