"""What one question costs a process that has the plan loaded: the plan as it is now.

Each question asks the store for its head and for what is new in the plan, so that the answer is
as new as every write that was acknowledged before, by whichever process.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks import made_up
from benchmarks.measuring import Row, ms, side_by_side
from benchmarks.stores import opened, postgres, postgres_ledger, sqlite_ledger
from planledger.ledger import Ledger
from planledger.projections.points import AtHead
from planledger.projections.view import PlanView

SIZE = 10_000


def asking(folder: Path) -> Iterator[Row]:
    """Measure the plan at the head, on both stores side by side."""
    with postgres(folder) as new:
        ledgers = {
            "SQLite": opened(sqlite_ledger(folder, SIZE)),
            "PostgreSQL": opened(postgres_ledger(new, SIZE)),
        }
        contenders = {name: partial(_plan, ledger) for name, ledger in ledgers.items()}
        taken = side_by_side(contenders, _is_plan, turns=200)
        for name, ledger in ledgers.items():
            ledger.close()
            yield (
                f"Plan at the head, asked before, {name}",
                f"{SIZE:,}",
                ms(taken[name]),
                "bar 1 ms",
            )


def _plan(ledger: Ledger) -> PlanView | None:
    return ledger.at(AtHead()).plan(made_up.PLAN)


def _is_plan(plan: PlanView | None) -> bool:
    return plan is not None and plan.totals.milestones == made_up.MILESTONES
