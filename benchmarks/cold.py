"""What a first answer costs a process that just started, and a whole plan in memory.

Cold means a new store, a new ledger and nothing folded; the file itself is in the cache of the
operating system, as it is where a process is started again.
"""

import gc
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from benchmarks import made_up
from benchmarks.measuring import Row, ms, side_by_side
from benchmarks.stores import now, opened, postgres, postgres_ledger, sqlite_ledger
from planledger.ledger import Ledger
from planledger.ledger.caching import rebuild
from planledger.projections.points import AtHead
from planledger.projections.view import PlanView
from planledger.storage.cache import cache_of
from planledger.storage.open import open_store

SIZES = (1_000, 10_000, 100_000)
BAR = {100_000: "; bar 200 ms"}
REMEMBERED = (10_000, 100_000)


def starting(folder: Path) -> Iterator[Row]:
    """Measure the first view of a plan at the head, with a snapshot and without."""
    with postgres(folder) as new:
        ledgers: dict[str, Callable[[int], str]] = {
            "SQLite": partial(sqlite_ledger, folder),
            "PostgreSQL": partial(postgres_ledger, new),
        }
        for kind, made in ledgers.items():
            for size in SIZES:
                yield _started(kind, made(size), size)


def remembering(folder: Path) -> Iterator[Row]:
    """Measure what a whole history takes: resident memory of a process before and after it."""
    warm = sqlite_ledger(folder, 1_000)
    for size in REMEMBERED:
        process = subprocess.run(  # noqa: S603 - this very file
            [sys.executable, "-m", "benchmarks.cold", warm, sqlite_ledger(folder, size)],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        taken = int(process.stdout) / size
        yield ("Memory of a whole plan, an entry", f"{size:,}", f"{taken:,.0f} B", "bar 1,500 B")


def _started(kind: str, url: str, size: int) -> Row:
    store = open_store(url, now, create=False)
    cache = cache_of(store)
    assert cache is not None
    rebuild(store, cache, made_up.PLAN)
    store.close()
    taken = side_by_side(
        {
            "with": partial(_first_view, url, with_cache=True),
            "without": partial(_first_view, url, with_cache=False),
        },
        _is_plan,
    )
    beside = f"without a snapshot {ms(taken['without'])}{BAR.get(size, '')}"
    return (f"Cold start to the first view, {kind}", f"{size:,}", ms(taken["with"]), beside)


def _first_view(url: str, *, with_cache: bool) -> PlanView | None:
    store = open_store(url, now, create=False)
    ledger = Ledger(store, now, cache=cache_of(store) if with_cache else None)
    plan = ledger.at(AtHead()).plan(made_up.PLAN)
    ledger.close()
    return plan


def _is_plan(plan: PlanView | None) -> bool:
    return plan is not None and plan.totals.milestones == made_up.MILESTONES


def _remember(warm: str, url: str) -> int:
    """Give how many bytes this process grows by when it loads a plan, after having loaded one."""
    kept = [opened(warm).history(made_up.PLAN)]
    before = _resident()
    kept.append(opened(url).history(made_up.PLAN))
    return _resident() - before


def _resident() -> int:
    gc.collect()
    # Linux: the second number is of pages in memory, https://man7.org/linux/man-pages/man5/proc.5.html
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    print(_remember(*sys.argv[1:]))
