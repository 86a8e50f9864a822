"""What it costs to answer: carried out in this process, by the app, and over a socket.

Beside ours stand graphql-core by itself and strawberry's own view, unmodified, over the same schema
and the same ledger. Each is asked from several depths of the stack, and its worst one counts: in
CPython 3.11 to 3.13 a frame more or less below may cost seven times as much.
"""

import asyncio
import json
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from starlette.types import Message

from benchmarks.made_up import PLAN as LONG_PLAN
from benchmarks.measuring import Row, ms
from benchmarks.over_http import DEPTHS, Call, asking, connected
from benchmarks.served import AUTHOR, app_of
from benchmarks.stores import opened, sqlite_ledger, url_of
from benchmarks.wide import PAST, WHOLE, Wide, write
from planledger.answers import to_json
from planledger.graphql.context import Context
from planledger.graphql.execution import Execution, Question
from planledger.graphql.execution.carrying import ordinarily
from planledger.graphql.execution.preparing import Prepared
from planledger.graphql.schema import make_schema
from planledger.ledger import Ledger

SIZES = (Wide(4, 3, 3), Wide(17, 4, 3), Wide(34, 8, 3))
BARRED = SIZES[1]
"""The size that the bars are about."""
ROUNDS = 5
IN_TURN = 4
"""How often each is asked, one after the other, before it is another's turn."""
LONG = 10_000
"""Entries of the plan that changes and findings are asked of."""

AT_HEAD: Mapping[str, Any] = {"query": WHOLE}
IN_THE_PAST: Mapping[str, Any] = {"query": WHOLE, "variables": {"point": {"position": str(PAST)}}}
OTHERS = {
    "A page of 100 changes, with their causes": f"""{{
      changes(plan: "{LONG_PLAN}", from: {{position: "5000"}}, first: 100) {{
        totals {{ changes corrections }}
        nodes {{ kind ref what before after slippage {{ label }}
          causes {{ position recordedAt reason author {{ name }} authority {{ minute }} }} }}
      }} }}""",
    "What is overdue, undefined and moved": f"""{{
      ledger {{ findings(plan: "{LONG_PLAN}") {{
        overdue(first: 100) {{ nodes {{ milestone {{ ref text }} dueBy daysOverdue }} }}
        undefined {{ withoutDate(first: 100) {{ nodes {{ ref text }} }} }}
        dateMoves(first: 100) {{ nodes {{ milestone {{ ref }} event {{ position reason }} }} }}
      }} }} }}""",
}


def answering(folder: Path) -> Iterator[Row]:
    """Measure whole plans, and other questions, in every way they are asked."""
    for size in SIZES:
        path = folder / f"wide-{size.leaves}.db"
        write(path, size)
        with closing(opened(url_of(path))) as ledger:
            yield from _rows(_in_process(ledger, WHOLE), "Whole plan", f"{size.leaves:,} leaves")
        barred = size == BARRED
        yield from _served(url_of(path), f"{size.leaves:,} leaves", barred=barred)
    with closing(opened(sqlite_ledger(folder, LONG))) as ledger:
        for what, document in OTHERS.items():
            yield from _rows(_in_process(ledger, document), what, f"{LONG:,} entries")


def _served(url: str, size: str, *, barred: bool) -> Iterator[Row]:
    with _app(url) as ours:
        yield from _rows({"by the app, without a socket": ours}, "Whole plan", size)
    with connected("ours", url) as ours, connected("strawberry", url) as theirs:
        contenders = {
            "over HTTP": asking(ours, "/graphql", AT_HEAD),
            "over HTTP, strawberry's view": asking(theirs, "/", AT_HEAD),
        }
        bar = "bar 1 ms" if barred else ""
        yield from _rows(contenders, "Whole plan", size, bar)
        again = {
            "again over HTTP, POST": asking(ours, "/graphql", IN_THE_PAST),
            "again over HTTP, GET": asking(ours, "/graphql", IN_THE_PAST, get=True),
        }
        yield from _rows(again, "Past point", size, "bar 0.5 ms" if barred else "")


def _rows(contenders: Mapping[str, Call], what: str, size: str, bar: str = "") -> Iterator[Row]:
    """Give a row each: the least and the most that the median of a depth took."""
    taken: dict[str, dict[int, list[float]]] = {
        name: {depth: [] for depth in DEPTHS} for name in contenders
    }
    for name, call in contenders.items():
        lengths = {call(depth) for depth in DEPTHS}
        assert len(lengths) == 1, f"{name}: {lengths}"
    for _ in range(ROUNDS):
        for depth in DEPTHS:
            for name, call in contenders.items():
                call(depth)  # the others have had the processor's caches to themselves
                for _ in range(IN_TURN):
                    start = time.perf_counter()
                    call(depth)
                    taken[name][depth].append(time.perf_counter() - start)
    for number, (name, by_depth) in enumerate(taken.items()):
        medians = [statistics.median(seconds) for seconds in by_depth.values()]
        beside = f"{ms(min(medians))} at the best depth"
        yield (
            f"{what}, {name}",
            size,
            f"{ms(max(medians))} at the worst",
            f"{beside}; {bar}" if bar and not number else beside,
        )


def _in_process(ledger: Ledger, document: str) -> dict[str, Call]:
    execution = Execution(make_schema(), limits=None)
    context, question = Context(ledger=ledger, author=AUTHOR), Question(document)
    prepared = execution.prepare(document)
    assert isinstance(prepared, Prepared), prepared.errors

    def ours() -> int:
        outcome = execution.answer(question, context)
        assert not outcome.errors, outcome.errors
        return len(to_json(outcome.response()))

    def by_graphql_core() -> int:
        result = ordinarily(execution._schema, prepared, question, context)  # noqa: SLF001 - beside ours
        return len(to_json({"data": result.data}))

    return {
        "to bytes": lambda depth: _below(depth, ours),
        "to bytes, graphql-core": lambda depth: _below(depth, by_graphql_core),
    }


def _below(depth: int, call: Callable[[], int]) -> int:
    return _below(depth - 1, call) if depth else call()


@contextmanager
def _app(url: str) -> Iterator[Call]:
    """Ask our app without a socket."""
    app, body = app_of("ours", url), json.dumps(AT_HEAD).encode()
    headers = [(b"host", b"127.0.0.1"), (b"content-type", b"application/json")]
    scope = {"type": "http", "method": "POST", "path": "/graphql", "query_string": b""}
    scope |= {"headers": headers, "server": ("127.0.0.1", 80), "scheme": "http"}

    async def ask() -> int:
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        await app({**scope, "state": {}}, receive, send)
        assert sent[0]["status"] == 200, sent
        return sum(len(message.get("body", b"")) for message in sent)

    with asyncio.Runner() as runner:
        yield lambda depth: _below(depth, lambda: runner.run(ask()))
