"""What a page of the reading room costs, over HTTP: made anew, and given again."""

import socket
import statistics
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from itertools import count
from pathlib import Path

from benchmarks.answering import BARRED
from benchmarks.measuring import Row, ms
from benchmarks.over_http import connected, length_of_answer, request_of
from benchmarks.stores import opened, url_of
from benchmarks.wide import PLAN, write

ROUNDS = 200
BEFORE = 20
"""How often each is asked before it is timed."""
AGAIN, ITEM = f"/plans/{PLAN}", f"/plans/{PLAN}/items/9.2/3"


def pages(folder: Path) -> Iterator[Row]:
    """Measure the page of a plan and that of one of its milestones."""
    path = folder / "pages.db"
    write(path, BARRED)
    with closing(opened(url_of(path))) as ledger:
        first = ledger.today
    days = (first + timedelta(days=number) for number in count(1))
    size = f"{BARRED.leaves:,} leaves"
    with connected("ours", url_of(path)) as connection:
        # Each time another address: what was made of one before is of no use to the next.
        made = _taken(connection, (f"{AGAIN}?on={day}" for day in days))
        yield _row("Plan page, made", size, made, "bar 15 ms")
        again = _taken(connection, iter(lambda: AGAIN, None))
        yield _row("Plan page, again", size, again, "bar 1 ms")
        item = _taken(connection, (f"{ITEM}?on={day}" for day in days))
        yield _row("Page of a milestone, made", size, item)


def _taken(connection: socket.socket, addresses: Iterator[str]) -> list[float]:
    taken = []
    for number in range(BEFORE + ROUNDS):
        request = request_of(f"GET {next(addresses)} HTTP/1.1", ["Host: 127.0.0.1"])
        start = time.perf_counter()
        connection.sendall(request)
        length_of_answer(connection)
        if number >= BEFORE:
            taken.append(time.perf_counter() - start)
    return taken


def _row(what: str, size: str, taken: list[float], bar: str = "") -> Row:
    slow = statistics.quantiles(taken, n=20)[-1]
    beside = f"95 of 100 within {ms(slow)}"
    return (
        f"{what}, over HTTP",
        size,
        ms(statistics.median(taken)),
        f"{beside}; {bar}" if bar else beside,
    )
