"""Measure, and print the table: `make bench`; some subjects only: `python -m benchmarks points`."""

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.answering import answering
from benchmarks.appending import appending
from benchmarks.asking import asking
from benchmarks.cold import remembering, starting
from benchmarks.comparing import comparing
from benchmarks.feed import feeding
from benchmarks.measuring import Row, machine
from benchmarks.pages import pages
from benchmarks.papers import papers
from benchmarks.points import points
from benchmarks.refusing import refusing
from benchmarks.replaying import replaying
from benchmarks.subscribers import subscribers
from benchmarks.writing import writing

SUBJECTS: dict[str, Callable[[Path], Iterator[Row]]] = {
    subject.__name__: subject
    for subject in (
        *(replaying, points, starting, remembering, comparing),
        *(asking, answering, pages, papers, refusing, appending, writing, feeding, subscribers),
    )
}


def main(names: Sequence[str]) -> int:
    """Measure the subjects of these names, or all, and print what was found."""
    unknown = [name for name in names if name not in SUBJECTS]
    if unknown:
        print(f"There is no subject {unknown[0]!r}; there are {', '.join(SUBJECTS)}.")
        return 2
    progress = Console(stderr=True)
    rows: list[Row] = []
    try:
        with tempfile.TemporaryDirectory() as folder:
            for name in names or SUBJECTS:
                progress.print(f"Measuring: {name}")
                rows.extend(SUBJECTS[name](Path(folder)))
    finally:
        _show(rows)  # also what there is where something went wrong
    return 0


def _show(rows: Sequence[Row]) -> None:
    table = Table(title=f"{datetime.now(UTC):%Y-%m-%d}: {machine()}", box=None)
    for name in ("What", "Entries", "Median", "Beside it"):
        table.add_column(name)
    for row in rows:
        table.add_row(*row)
    Console(width=150).print(table)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
