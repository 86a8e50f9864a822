"""Measure, and print the table: `make bench`."""

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from itertools import count, cycle
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import library, made_up
from benchmarks.comparing import comparing
from benchmarks.measuring import machine, side_by_side
from planledger.domain.commands import RewordItem
from planledger.events.values import Author, Personal
from planledger.ledger import Ledger
from planledger.projections.points import AtPosition
from planledger.projections.view import PlanView
from planledger.storage.sqlite import SqliteStore

SIZES = (1_000, 10_000, 100_000)
LIBRARY_SIZE = 10_000
"""The largest plan that the library is given: it takes minutes beyond."""
AUTHOR = Author(id="bench", name=Personal(words="Bench"))
Row = tuple[str, str, str, str]
"""What, at what size, the figure, and what it is compared with."""


def main() -> None:
    """Measure everything there is and print it, as it comes where somebody watches."""
    console = Console(width=120)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        for measure in (_replay, _past_points, _cold, _compare, _append):
            with Console(stderr=True).status(f"Measuring {measure.__name__.strip('_')}"):
                rows.extend(measure(Path(folder)))
    table = Table(title=f"{datetime.now(UTC):%Y-%m-%d}: {machine()}", box=None)
    for name in ("What", "Entries", "Median", "Beside it"):
        table.add_column(name)
    for row in rows:
        table.add_row(*row)
    console.print(table)


def _replay(folder: Path) -> Iterator[Row]:
    for size in SIZES:
        store = SqliteStore(_ledger(folder, size), _now, create=False)
        contenders: dict[str, Callable[[], int]] = {"ours": partial(_replayed, store)}
        if size <= LIBRARY_SIZE:
            theirs = folder / f"library-{size}.db"
            contenders["library"] = library.replaying(theirs, size)
        taken = side_by_side(contenders, size.__eq__)
        store.close()
        beside = ""
        if "library" in taken:
            ratio = taken["library"] / taken["ours"]
            beside = f"library default {size / taken['library']:,.0f} a second: {ratio:.1f}x"
        rate = f"{size / taken['ours']:,.0f} entries a second"
        yield ("Replay: read, decode, fold", f"{size:,}", rate, beside)


def _past_points(folder: Path) -> Iterator[Row]:
    for size in SIZES:
        ledger = _opened(_ledger(folder, size))
        # All over the plan's life, on either side of late entries.
        points = [AtPosition(size * part // 20) for part in range(5, 20)]
        again = cycle(points)
        for point in points:
            _plan_at(ledger, point)
        ask_again = partial(_plan_at_next, ledger, again)
        taken = side_by_side({"ours": ask_again}, _is_plan, turns=150)
        yield ("Past point, asked before", f"{size:,}", _ms(taken["ours"]), "")

        ask_new = partial(_plan_at_next, ledger, map(AtPosition, count(size // 4)))
        taken = side_by_side({"ours": ask_new}, _is_plan, turns=15)
        yield ("Past point, first asked", f"{size:,}", _ms(taken["ours"]), "")
        ledger.close()


def _cold(folder: Path) -> Iterator[Row]:
    for size in SIZES:
        ask = partial(_plan_from_file, _ledger(folder, size), AtPosition(size // 2))
        taken = side_by_side({"ours": ask}, _is_plan)
        yield ("Past point, cold from file", f"{size:,}", _ms(taken["ours"]), "")


def _compare(folder: Path) -> Iterator[Row]:
    yield from comparing(folder, _now)


def _plan_at(ledger: Ledger, point: AtPosition) -> PlanView | None:
    return ledger.at(point).plan(made_up.PLAN)


def _plan_at_next(ledger: Ledger, points: Iterator[AtPosition]) -> PlanView | None:
    return _plan_at(ledger, next(points))


def _plan_from_file(path: Path, point: AtPosition) -> PlanView | None:
    ledger = _opened(path)
    plan = _plan_at(ledger, point)
    ledger.close()
    return plan


def _is_plan(plan: PlanView | None) -> bool:
    return plan is not None and plan.totals.milestones == made_up.MILESTONES


def _append(folder: Path) -> Iterator[Row]:
    ledger = _opened(_ledger(folder, 1_000))
    plain = folder / "plain.db"
    numbers = count()
    with closing(sqlite3.connect(plain, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE entries (position INTEGER PRIMARY KEY, data BLOB)")
        bytes_of_one = bytes(450)

        def command() -> object:
            text = f"Arrangements {next(numbers)} in place"
            return ledger.submit(
                RewordItem(plan=made_up.PLAN, item="1.1/1", to=text, material=False),
                author=AUTHOR,
            )

        def insert() -> object:
            return connection.execute("INSERT INTO entries (data) VALUES (?)", (bytes_of_one,))

        taken = side_by_side(
            {"ours": command, "plain": insert}, lambda answer: answer is not None, turns=100
        )
    ledger.close()
    ratio = taken["plain"] / taken["ours"]
    beside = f"plain sqlite3 insert, FULL {1 / taken['plain']:,.0f} a second; {ratio:.2f}x"
    yield ("Command: decide and record", "1,000", f"{1 / taken['ours']:,.0f} a second", beside)


def _ledger(folder: Path, size: int) -> Path:
    path = folder / f"ours-{size}.db"
    if not path.exists():
        made_up.write(path, size)
    return path


def _opened(path: Path) -> Ledger:
    return Ledger(SqliteStore(path, _now, create=False), _now)


def _replayed(store: SqliteStore) -> int:
    return Ledger(store, _now).history(made_up.PLAN).version


def _now() -> datetime:
    return datetime.now(UTC)


def _ms(seconds: float) -> str:
    return f"{seconds * 1_000:.3f} ms"


if __name__ == "__main__":
    main()
