"""Whether a register says what the ledger says, and making it anew.

Two looks. The whole of it is built beside and compared, which finds whatever became of a row since
it was written. Then what it says at some points is compared with the plans as every other answer
shows them, which finds what filling it gets wrong.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import Any

from msgspec import Struct

from planledger.ledger.loading import Histories
from planledger.projections.view import view_plan
from planledger.readmodel.batch import Difference, RegisterError
from planledger.readmodel.filling import Filler, Watch, unwatched
from planledger.readmodel.register import Register
from planledger.readmodel.rows import Lead
from planledger.readmodel.schema import VERSION
from planledger.readmodel.seeing import seen_in
from planledger.storage.port import EntryStore

MOST_TOLD = 20
"""How many differences are told; of the others it is said how many there are."""
POSITIONS, DAYS = 8, 10
"""At how many positions, and on how many days at each, it is compared with the plans themselves."""
TRIES = 5
"""How often what was built beside is caught up with a register that goes on meanwhile."""

Said = Mapping[tuple[str, str], tuple[Mapping[str, Any], Sequence[Lead]]]
"""By plan and milestone, the columns, and the leads."""


class Compared(Struct, frozen=True, kw_only=True):
    """What came of looking at a register."""

    position: int
    """How far it reaches."""
    differences: tuple[Difference, ...]
    """The first of them."""
    wrong: int
    """How many rows differ."""

    @property
    def sound(self) -> bool:
        """Whether nothing differs."""
        return not self.wrong


def check(store: EntryStore, register: Register, watch: Watch = unwatched) -> Compared:
    """Compare a register with its ledger; others may go on recording, and filling it.

    Needs as much room again as the register takes. Raises RegisterError, StoreError and
    UnreadableEntryError.
    """
    reached = register.last_commit()
    position = reached.last if reached else 0
    if reached is not None and store.commit_at(position=position) != reached:
        problem = "is not in this ledger, or is something else there"
        other = Difference(table="commits", key=f"last {position}", problem=problem)
        return Compared(position=position, differences=(other,), wrong=1)
    with register.beside() as beside:
        Filler(store, beside).catch_up(position, watch)
        wrong, found = register.differences(beside, MOST_TOLD)
    shown = register.shown() if position else VERSION
    if not wrong and shown != VERSION:
        problem = "it never caught up yet" if shown is None else f"they show version {shown}"
        wrong, found = 1, [Difference(table="views", key="all of them", problem=problem)]
    elif not wrong:
        everything = list(_against_plans(store, register, position))
        wrong, found = len(everything), everything[:MOST_TOLD]
    return Compared(position=position, differences=tuple(found), wrong=wrong)


def rebuild(store: EntryStore, register: Register, watch: Watch = unwatched) -> Compared:
    """Build a register anew beside the one there is, say what differs, and put it in its place.

    Whoever reads it meanwhile sees the old one until the new one is whole. Raises as `check` does,
    and then nothing is changed.
    """
    with register.beside() as beside:
        filler = Filler(store, beside)
        for tries in range(1, TRIES + 1):
            position = filler.catch_up(watch=watch)
            # One that reaches beyond the ledger, as when an older backup was restored, never waits.
            taken = register.take_over(beside, MOST_TOLD, anyway=tries == TRIES)
            if taken is not None:
                register.show()
                wrong, found = taken
                return Compared(position=position, differences=tuple(found), wrong=wrong)
    raise RegisterError(f"The register {register.name} could not be replaced.")


def _against_plans(store: EntryStore, register: Register, position: int) -> Iterator[Difference]:
    histories = Histories(store)
    for at in sorted({position * number // POSITIONS for number in range(1, POSITIONS + 1)} - {0}):
        commit = store.commit_at(position=at)
        plans = [
            histories.of(plan) for plan, first in store.plans() if commit and first <= commit.last
        ]
        last = commit.last if commit else at
        days = {day for history in plans for day in history.spine(last).days}
        for on in _some(sorted(days)):
            shown = (history.state(last, on) for history in plans)
            expected = seen_in([view_plan(plan, on) for plan in shown if plan], on)
            yield from _differing(
                {(seen["plan"], seen["milestone"]): (seen, led_by) for seen, led_by in expected},
                _said(register, at, on),
                f"at position {at} on {on}",
            )


def _some(days: Sequence[date]) -> Iterator[date]:
    """Give some of the days, from before the first one to long after the last one."""
    if days:
        yield days[0] - timedelta(days=1)
        yield from islice(days, 0, None, len(days) // DAYS + 1)
        yield days[-1] + timedelta(days=400)


def _said(register: Register, position: int, on: date) -> Said:
    rows = register.milestones_at(position, on)
    leads = register.leads_of([row["stretch"] for row in rows])
    return {(row["plan"], row["milestone"]): (row, leads.get(row["stretch"], ())) for row in rows}


def _differing(expected: Said, said: Said, point: str) -> Iterator[Difference]:
    for key in sorted(expected.keys() | said.keys()):
        should, is_ = expected.get(key), said.get(key)
        if should is None or is_ is None:
            problems = ["is missing" if is_ is None else "should not be there"]
        else:
            problems = [
                f"{name} is {is_[0][name]!r}, should be {value!r}"
                for name, value in should[0].items()
                if is_[0][name] != value
            ]
            if tuple(is_[1]) != tuple(should[1]):
                problems.append(f"its leads are {is_[1]}, should be {should[1]}")
        if problems:
            yield Difference(
                table="milestones", key=f"{key[0]} {key[1]} {point}", problem="; ".join(problems)
            )
