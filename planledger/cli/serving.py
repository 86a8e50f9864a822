"""The command that serves a ledger."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from socket import socket
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from planledger.cli.common import (
    DECLINED,
    UNUSABLE,
    LedgerUrl,
    New,
    author,
    fail,
    ledger_url,
    may_make,
    now,
    opened_store,
    telling,
)
from planledger.cli.documents import Documents, folder_of
from planledger.cli.simulating import simulating
from planledger.examples import NORTHBRIDGE, check_example, load_example, load_northbridge
from planledger.ledger import Ledger
from planledger.settings import DEFAULT_LEDGER, settings_from
from planledger.simulation.clock import SimulatedClock
from planledger.simulation.making import NotEmptyError
from planledger.storage.port import EntryStore

if TYPE_CHECKING:  # costly, see serve
    from planledger.server.workers import Serving

OF_ITS_OWN = f"sqlite:///{NORTHBRIDGE}.db"
"""The ledger of the simulated example, where none is named."""
MOST_WORKERS = 64
LONGEST_DRAIN = 300

Example = Annotated[
    str | None, typer.Option(help="Load this example plan first, if it is not there yet.")
]
Host = Annotated[str, typer.Option(help="Address to serve on; loopback only.")]
Port = Annotated[int, typer.Option(help="Port to serve on.", min=0, max=65535)]
Workers = Annotated[
    int,
    typer.Option(
        help="Processes that serve; kill -HUP replaces them one by one.", min=1, max=MOST_WORKERS
    ),
]
ReadOnly = Annotated[bool, typer.Option("--read-only", help="Answer questions, take no commands.")]
TrustedOnly = Annotated[
    bool,
    typer.Option(
        "--trusted-only",
        help="Carry out registered documents only, see planledger documents; else "
        "PLANLEDGER_TRUSTED_ONLY.",
    ),
]
Name = Annotated[
    str | None,
    typer.Option(
        help="What the ledger is called to other systems, as the source of its CloudEvents; left "
        "out, the name of its file or database."
    ),
]
Drain = Annotated[
    int,
    typer.Option(
        help="Seconds to answer on, but not ready, once told to end: for a proxy to notice.",
        min=0,
        max=LONGEST_DRAIN,
    ),
]
LogFormat = Annotated[
    Literal["json", "text"] | None,
    typer.Option(
        help="How to write the log; else text on a terminal and JSON elsewhere. How much, "
        "PLANLEDGER_LOG says: debug, info, warning or error."
    ),
]


def serve(
    example: Example = None,
    ledger: LedgerUrl = None,
    new: New = False,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    workers: Workers = 1,
    read_only: ReadOnly = False,
    documents: Documents = None,
    trusted_only: TrustedOnly = False,
    name: Name = None,
    drain: Drain = 0,
    log_format: LogFormat = None,
) -> None:
    """Serve the reading room and GraphQL, on this machine only."""
    # Costly to import, and no other command needs it.
    from planledger.server.workers import Serving, ended_as_by_ctrl_c  # noqa: PLC0415

    clock = SimulatedClock() if example == NORTHBRIDGE else None
    named = OF_ITS_OWN if clock is not None else DEFAULT_LEDGER
    url = ledger_url(ledger, named)
    create = new or (example is not None and may_make(ledger, new=False))
    with telling(), ended_as_by_ctrl_c():
        _check(host, example, url, workers)
        serving = Serving(
            ledger=url,
            author=author(),
            host=host,
            name=name,
            commands=not read_only,
            documents=_checked(documents, commands=not read_only),
            trusted_only=trusted_only or _only_trusted_are_set(),
            workers=workers,
            drain=drain,
            log_level=settings_from(os.environ).log,
            log_format=log_format,
        )
        opening = opened_store(ledger, create=create, otherwise=named, clock=clock or now)
        _serve(serving, port, opening, example, clock)


def _serve(
    serving: "Serving",
    port: int,
    opening: AbstractContextManager[EntryStore],
    example: str | None,
    clock: SimulatedClock | None,
) -> None:
    from planledger.server import url_of  # noqa: PLC0415 - costly, see serve
    from planledger.server.logs import set_up  # noqa: PLC0415 - same
    from planledger.server.workers import run  # noqa: PLC0415 - same

    set_up(serving.log_level, serving.log_format)
    with _listening(serving.host, port) as listening, opening as store:
        if example is not None:
            _load(example, store, clock, serving.ledger)
        with suppress(KeyboardInterrupt):
            typer.echo(f"Serving on {url_of(listening)} (Ctrl-C ends it)")
            run(serving, store, clock or now, listening)


def _check(host: str, example: str | None, url: str, workers: int) -> None:
    """Refuse what cannot be served, before anything is opened."""
    from planledger.server import NotLoopbackError, check_host  # noqa: PLC0415 - costly, see serve

    try:
        check_host(host)
    except NotLoopbackError as error:
        fail(str(error), UNUSABLE)
    if example is not None:
        check_example(example)
    if workers > 1 and url == "memory:":
        fail(
            "A ledger in memory is one process's own. Serve it with --workers 1, or name a ledger "
            "that several can open, such as --ledger sqlite:///plans.db.",
            UNUSABLE,
        )


def _only_trusted_are_set() -> bool:
    """Read what the environment says. Raises ValueError where it is neither yes nor no."""
    said = settings_from(os.environ).trusted_only
    if said in {"yes", "true", "1"}:
        return True
    if said in {"no", "false", "0"}:
        return False
    raise ValueError(f"PLANLEDGER_TRUSTED_ONLY is {said!r}. It may be yes or no.")


def _checked(documents: Path | None, *, commands: bool) -> str | None:
    """Give the folder of trusted documents; raises ValueError if they cannot be registered.

    Those of the program always can.
    """
    folder = folder_of(documents)
    if folder is None:
        return None
    from planledger.graphql.execution import Execution  # noqa: PLC0415 - costly, see serve
    from planledger.graphql.schema import make_schema  # noqa: PLC0415 - same
    from planledger.graphql.trusted import registered  # noqa: PLC0415 - same

    registered(Execution(make_schema(commands=commands)), folder)
    return str(folder)


def _load(example: str, store: EntryStore, clock: SimulatedClock | None, url: str) -> None:
    """Load an example, once: the simulated one into a ledger of its own."""
    if clock is None:
        _say(example, load_example(Ledger(store, now), example, author()))
        return
    typer.echo(f"Ledger: {url}")
    books = Ledger(store, clock)
    try:
        with simulating(f"Simulating {NORTHBRIDGE}", books, url) as watch:
            recorded = load_northbridge(books, clock, watch)
    except NotEmptyError as error:
        fail(str(error), DECLINED)
    clock.follow(now)  # from here on the ledger keeps ordinary time
    _say(NORTHBRIDGE, recorded)


def _say(example: str, recorded: int) -> None:
    said = f"{recorded} entries recorded" if recorded else "already there"
    typer.echo(f"Example plan {example}: {said}.")


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket]:
    from planledger.server import listen  # noqa: PLC0415 - costly, see serve

    try:
        listening = listen(host, port)
    except OSError as error:
        fail(
            f"Port {port} of {host} cannot be served on: {os.strerror(error.errno or 0)}. End "
            "what uses it, or choose another with --port.",
            UNUSABLE,
        )
    with listening:
        yield listening
