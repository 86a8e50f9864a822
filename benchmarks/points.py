"""What a question about a past point costs: asked before, first asked, and cold from the file."""

from collections.abc import Iterator
from functools import partial
from itertools import count, cycle
from pathlib import Path

from benchmarks import made_up
from benchmarks.measuring import Row, ms, side_by_side
from benchmarks.stores import opened, sqlite_ledger
from planledger.ledger import Ledger
from planledger.projections.points import AtPosition
from planledger.projections.view import PlanView

SIZES = (1_000, 10_000, 100_000)


def points(folder: Path) -> Iterator[Row]:
    """Measure the plan at past points."""
    for size in SIZES:
        ledger = opened(sqlite_ledger(folder, size))
        # All over the plan's life, on either side of late entries.
        asked = [AtPosition(size * part // 20) for part in range(5, 20)]
        again = cycle(asked)
        for point in asked:
            _plan_at(ledger, point)
        taken = side_by_side({"ours": partial(_plan_at_next, ledger, again)}, _is_plan, turns=150)
        yield ("Past point, asked before", f"{size:,}", ms(taken["ours"]), "bar 1 ms")

        new = map(AtPosition, count(size // 4))
        taken = side_by_side({"ours": partial(_plan_at_next, ledger, new)}, _is_plan, turns=15)
        yield ("Past point, first asked", f"{size:,}", ms(taken["ours"]), "")
        ledger.close()
    for size in SIZES:
        ask = partial(_plan_from_file, sqlite_ledger(folder, size), AtPosition(size // 2))
        taken = side_by_side({"ours": ask}, _is_plan)
        bar = "bar 50 ms" if size == 10_000 else ""
        yield ("Past point, cold from file", f"{size:,}", ms(taken["ours"]), bar)


def _plan_at(ledger: Ledger, point: AtPosition) -> PlanView | None:
    return ledger.at(point).plan(made_up.PLAN)


def _plan_at_next(ledger: Ledger, asked: Iterator[AtPosition]) -> PlanView | None:
    return _plan_at(ledger, next(asked))


def _plan_from_file(url: str, point: AtPosition) -> PlanView | None:
    ledger = opened(url)
    plan = _plan_at(ledger, point)
    ledger.close()
    return plan


def _is_plan(plan: PlanView | None) -> bool:
    return plan is not None and plan.totals.milestones == made_up.MILESTONES
