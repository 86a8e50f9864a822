"""What it costs to make papers: to ask for what is in them, and to write it down in each format.

The bar is that of the dearest: the change report of a plan of 10,000 entries as PDF, in all. The
reports are of reviews that follow each other, another pair in every round, as nobody asks for the
same one seven times. Beside them stand papers of many rows, to see how each format grows.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from itertools import cycle, pairwise
from pathlib import Path
from typing import Final

from benchmarks.comparing import PLAN, loaded, simulate
from benchmarks.measuring import ROUNDS, Row, ms, side_by_side
from benchmarks.served import AUTHOR
from planledger.graphql.context import Context
from planledger.graphql.execution import Execution
from planledger.graphql.schema import make_schema
from planledger.graphql.trusted import registered
from planledger.ledger import Ledger
from planledger.projections.points import AtHead
from planledger.reports.desk import Desk
from planledger.reports.formats import FORMATS
from planledger.reports.papers import REPORTS, written
from planledger.reports.papers.paper import Column, Holds, Paper, Section, Table

SIZES: Final = (1_000, 10_000)
ROWS: Final = (50, 300, 1_000, 3_000)
TIMED: Final = ("pdf", "ods", "csv", "json")
BAR: Final = 0.5
"""Seconds that the change report of the largest plan may take as PDF."""


def papers(folder: Path) -> Iterator[Row]:
    """Measure change reports of a small and of a large plan, then papers of many rows."""
    execution = Execution(make_schema(commands=False))
    desk = Desk(execution, registered(execution))
    some: Paper | None = None
    for size in SIZES:
        path = folder / f"papers-{size}.db"
        simulate(path, size)
        with closing(loaded(path)) as ledger:
            yield from _reports(desk, ledger, size)
            some = _paper(desk, ledger, _pairs(ledger)[-1])
    assert some is not None
    for rows in ROWS:
        yield from _grown(some, rows)


def _reports(desk: Desk, ledger: Ledger, size: int) -> Iterator[Row]:
    pairs = _pairs(ledger)
    # What one of them was compared for is not there yet for the other.
    anew, first = cycle(pairs[::2]), cycle(pairs[1::2])
    contenders: dict[str, Callable[[], object]] = {
        "in all": lambda: FORMATS["pdf"].write(_paper(desk, ledger, next(anew))),
        "asking": lambda: _paper(desk, ledger, next(first)),
    }
    taken = side_by_side(contenders, bool)
    made = [_paper(desk, ledger, pair) for pair in pairs[-ROUNDS:]]
    taken |= side_by_side({name: partial(_next, name, cycle(made)) for name in TIMED}, bool)
    changes = sorted(len(paper.sheet.rows) for paper in made)[len(made) // 2]
    what = f"Change report of {changes} changes"
    beside = f"bar {ms(BAR)}" if size == SIZES[-1] else ""
    yield (f"{what}, PDF, in all", f"{size:,}", ms(taken.pop("in all")), beside)
    yield (f"{what}, asking", f"{size:,}", ms(taken.pop("asking")), "")
    for name, seconds in taken.items():
        yield (f"{what}, writing {name}", f"{size:,}", ms(seconds), "")


def _next(name: str, made: Iterator[Paper]) -> bytes:
    return FORMATS[name].write(next(made))


def _paper(desk: Desk, ledger: Ledger, pair: tuple[str, str]) -> Paper:
    context = Context(ledger=ledger, author=AUTHOR)
    words = dict(zip(("from", "to"), pair, strict=True))
    return written(desk, context, "changes", REPORTS["changes"].wanted(PLAN, words))


def _pairs(ledger: Ledger) -> Sequence[tuple[str, str]]:
    """Give the reviews between which something changed, the oldest first."""
    plan = ledger.at(AtHead()).plan(PLAN)
    assert plan is not None
    closed = [review for review in plan.reviews if review.closed_at is not None]
    return [
        (earlier.ref, later.ref)
        for earlier, later in pairwise(closed)
        if earlier.as_at != later.as_at
    ]


def _grown(some: Paper, rows: int) -> Iterator[Row]:
    """Measure papers that differ in their number of rows alone, in tables of sixty."""
    columns = (
        *(Column("item", "Item", Holds.REF), Column("said", "What changed", weight=3)),
        *(Column("was", "Before", Holds.DAY), Column("now", "After", Holds.DAY)),
        *(Column("slip", "Days", Holds.NUMBER), Column("why", "Why", weight=3)),
    )
    cells = [
        (
            *(f"{row % 9}.{row % 7}/{row}", f"Milestone {row} was moved later"),
            *("2015-03", "2024-09-30", row % 90),
            f"The panel asked for it at meeting {row}; see the minutes.",
        )
        for row in range(rows)
    ]
    sheet = Table(key="changes", title="Changes", columns=columns, rows=tuple(cells))
    tables = tuple(
        Table(key=f"t{at}", title=f"Table {at}", columns=columns, rows=sheet.rows[at : at + 60])
        for at in range(0, rows, 60)
    )
    sections = tuple(Section(heading=table.title, tables=(table,)) for table in tables)
    grown = Paper(
        kind=some.kind,
        title=some.title,
        plan=some.plan,
        plan_title=some.plan_title,
        read_from=some.read_from,
        made_on=some.made_on,
        sections=(some.sections[0], *sections),
        answered=some.answered,
        sheet=sheet,
    )
    taken = side_by_side({name: partial(FORMATS[name].write, grown) for name in TIMED}, bool)
    for name, seconds in taken.items():
        yield (f"Paper of {rows:,} rows, writing {name}", "", ms(seconds), "")
