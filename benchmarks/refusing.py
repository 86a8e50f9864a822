"""What one document can cost the service at the most: refused, or answered.

Answered are the dearest that are let through, each by a process that has the plan loaded and has
been asked nothing of it yet.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from benchmarks.dearest import dearest
from benchmarks.hostile import TOO_LARGE, WRONG
from benchmarks.made_up import PLAN  # the simulated plan has the same name
from benchmarks.measuring import Row, ms
from benchmarks.stores import opened, sqlite_ledger, url_of
from planledger.answers import to_json
from planledger.events.values import Author, Personal
from planledger.examples import simulate_northbridge
from planledger.graphql.context import Context
from planledger.graphql.execution import Execution, Failure, Question
from planledger.graphql.schema import make_schema
from planledger.ledger import Ledger
from planledger.simulation.clock import SimulatedClock
from planledger.storage.sqlite import SqliteStore

SIZE = 10_000
RUNS = 3
WORST = 3
"""How many of the worst answers are shown."""

AUTHOR = Author(id="benchmark", name=Personal(words="Benchmark"))

Open = Callable[[], Ledger]


def refusing(folder: Path) -> Iterator[Row]:
    """Measure the worst of both; each is the median of a few."""
    simulated, long = _simulated(folder), partial(opened, sqlite_ledger(folder, SIZE))
    hostile = {**TOO_LARGE, **WRONG}
    seconds, name = max(_refusals(hostile, simulated))
    yield (
        f"Worst of {len(hostile)} refused: {name}",
        "-",
        ms(seconds),
        "bar 50 ms",
    )
    for size, open_ledger in (("northbridge", simulated), (f"{SIZE:,}", long)):
        answers = sorted(_answers(open_ledger), reverse=True)
        for seconds, name in answers[:WORST]:
            yield (
                f"Worst of {len(answers)} answered: {name}",
                size,
                ms(seconds),
                "bar 250 ms",
            )


def _refusals(documents: dict[str, str], open_ledger: Open) -> Iterator[tuple[float, str]]:
    schema = make_schema()
    with closing(open_ledger()) as ledger:
        for name, document in documents.items():
            asked = [_asked(Execution(schema), ledger, document) for _ in range(RUNS)]
            assert all(failure for _, failure in asked), f"{name} was not refused"
            yield statistics.median(seconds for seconds, _ in asked), name


def _answers(open_ledger: Open) -> Iterator[tuple[float, str]]:
    schema = make_schema()
    with closing(open_ledger()) as ledger:
        last = ledger.events(limit=10**9)[-1]
    known = dearest(schema._schema, PLAN, last.envelope.effective_on, last.position)  # noqa: SLF001 - as Execution does it
    for name, document in known.items():
        asked = [_asked_first(Execution(schema), open_ledger, document) for _ in range(RUNS)]
        if asked[0][1] is Failure.SIZE:
            continue
        assert not any(failure for _, failure in asked), f"{name}: {asked[0][1]}"
        yield statistics.median(seconds for seconds, _ in asked), name


def _asked_first(
    execution: Execution, open_ledger: Open, document: str
) -> tuple[float, Failure | None]:
    """Ask a ledger that has the plan loaded."""
    with closing(open_ledger()) as ledger:
        _asked(execution, ledger, f'{{ ledger {{ plan(ref: "{PLAN}") {{ title }} }} }}')
        return _asked(execution, ledger, document)


def _asked(execution: Execution, ledger: Ledger, document: str) -> tuple[float, Failure | None]:
    """Give the seconds from the document to the bytes of the answer, and why it was refused.

    They are the processor's, which all share, so a busy machine does not count.
    """
    start = time.process_time()
    outcome = execution.answer(Question(document), Context(ledger=ledger, author=AUTHOR))
    to_json(outcome.response())
    return time.process_time() - start, outcome.failure


def _simulated(folder: Path) -> Open:
    path = folder / "northbridge.db"
    clock = SimulatedClock()
    with closing(Ledger(SqliteStore(path, clock, create=True), clock)) as ledger:
        simulate_northbridge(ledger, clock)
    return partial(opened, url_of(path))
