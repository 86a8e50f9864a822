"""What it costs to compare two reviews and to read a history, beside asking for the plan once.

The ledger is a simulated one (`planledger simulate`): it has reviews each quarter, late entries,
corrections and voids.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import cycle, pairwise
from pathlib import Path

from benchmarks.measuring import ROUNDS, Row, ms, side_by_side
from benchmarks.stores import opened, url_of
from planledger.ledger import Ledger
from planledger.ledger.comparing import KEPT
from planledger.projections.changes.shapes import Kind, Track
from planledger.projections.points import AtHead, AtReview
from planledger.simulation.clock import SimulatedClock
from planledger.simulation.making import make_by_chance
from planledger.storage.sqlite import SqliteStore

PLAN = "simulated"
SIZES = (1_000, 10_000)
"""Larger ones take minutes to make, as each command is written to the disk by itself."""
Pair = tuple[AtReview, AtReview]
Ask = Callable[[Ledger, Pair], object]


def comparing(folder: Path) -> Iterator[Row]:
    """Measure differences of reviews that follow each other, and histories of target dates."""
    for size in SIZES:
        path = folder / f"simulated-{size}.db"
        simulate(path, size)
        ledger = loaded(path)
        pairs = list(pairwise(_reviews(ledger)))
        first = side_by_side(
            {"once": _anew(path, pairs, _plan), "diff": _anew(path, pairs, _changes)},
            bool,
        )
        yield _row("first asked", size, {name: took / len(pairs) for name, took in first.items()})
        few = cycle(pairs[: min(len(pairs), KEPT)])
        again = side_by_side(
            {
                "once": partial(_next, _plan, ledger, few),
                "diff": partial(_next, _changes, ledger, few),
            },
            lambda answer: answer is not None,
            turns=200,
        )
        yield _row("asked before", size, again)
        yield _history(ledger, size)
        ledger.close()


def _row(said: str, size: int, taken: Mapping[str, float]) -> Row:
    ratio = taken["diff"] / taken["once"]
    return (
        f"Diff of two reviews, {said}",
        f"{size:,}",
        ms(taken["diff"]),
        f"the plan at one of them {ms(taken['once'])}: {ratio:.1f}x; bar 2x",
    )


def _anew(path: Path, pairs: Sequence[Pair], ask: Ask) -> Callable[[], object]:
    """Ask for every pair once a round, each round of a ledger that nobody has asked anything."""
    # Loaded before the clock runs: how long that takes is a figure of its own.
    fresh = iter([loaded(path) for _ in range(ROUNDS)])

    def every() -> object:
        ledger = next(fresh)
        return [ask(ledger, pair) for pair in pairs]

    return every


def _next(ask: Ask, ledger: Ledger, pairs: Iterator[Pair]) -> object:
    return ask(ledger, next(pairs))


def _plan(ledger: Ledger, pair: Pair) -> object:
    return ledger.at(pair[1]).plan(PLAN)


def _changes(ledger: Ledger, pair: Pair) -> object:
    return ledger.changes(PLAN, *pair).changes


def simulate(path: Path, size: int) -> None:
    """Make a plan of so many entries by chance."""
    clock = SimulatedClock()
    ledger = Ledger(SqliteStore(path, clock, create=True), clock)
    make_by_chance(ledger, clock, plan=PLAN, entries=size, seed=1, watch=lambda *_: None)
    ledger.close()


def loaded(path: Path) -> Ledger:
    """Open a ledger that has read its plan, and compared nothing yet."""
    ledger = opened(url_of(path))
    ledger.history(PLAN)
    return ledger


def _reviews(ledger: Ledger) -> list[AtReview]:
    plan = ledger.at(AtHead()).plan(PLAN)
    assert plan is not None
    return [AtReview(review.ref) for review in plan.reviews if review.closed_at is not None]


def _history(ledger: Ledger, size: int) -> Row:
    plan = ledger.history(PLAN).state(size)
    assert plan is not None
    again = cycle(sorted(plan.milestones))

    def ask() -> object:
        thing = (Kind.MILESTONE, next(again))
        return ledger.item_history(PLAN, thing, Track.TARGET_DATE).entries

    taken = side_by_side({"ours": ask}, bool, turns=len(plan.milestones))
    return ("History of one target date", f"{size:,}", ms(taken["ours"]), "bar 1 ms")
