"""The command that serves a ledger."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from socket import socket
from typing import Annotated

import typer

from planledger.cli.common import (
    DECLINED,
    UNUSABLE,
    LedgerUrl,
    fail,
    ledger_url,
    now,
    opened,
    telling,
)
from planledger.cli.simulating import tell_of_half, watching
from planledger.examples import NORTHBRIDGE, check_example, load_example, load_northbridge
from planledger.ledger import Ledger
from planledger.settings import DEFAULT_LEDGER
from planledger.simulation.clock import SimulatedClock
from planledger.simulation.making import NotEmptyError

OF_ITS_OWN = f"sqlite:///{NORTHBRIDGE}.db"
"""The ledger of the simulated example, where none is named."""


def serve(
    example: Annotated[
        str | None, typer.Option(help="Load this example plan first, if it is not there yet.")
    ] = None,
    ledger: LedgerUrl = None,
    host: Annotated[str, typer.Option(help="Address to serve on; loopback only.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to serve on.", min=0, max=65535)] = 8000,
) -> None:
    """Serve the ledger over GraphQL, on this machine only."""
    # Costly to import, and no other command needs them.
    import uvicorn  # noqa: PLC0415

    from planledger.server import NotLoopbackError, check_host, make_app, url_of  # noqa: PLC0415

    with telling():
        try:
            check_host(host)
        except NotLoopbackError as error:
            fail(str(error), UNUSABLE)
        if example is not None:
            check_example(example)
        clock = SimulatedClock() if example == NORTHBRIDGE else None
        named = OF_ITS_OWN if clock is not None else DEFAULT_LEDGER
        with (
            _listening(host, port) as listening,
            opened(ledger, create=example is not None, otherwise=named, clock=clock or now) as (
                books,
                author,
            ),
        ):
            if clock is not None:
                _load_simulated(books, clock, ledger_url(ledger, named))
            elif example is not None:
                _say(example, load_example(books, example, author))
            typer.echo(f"Serving on {url_of(listening)} (Ctrl-C ends it)")
            config = uvicorn.Config(make_app(books, author, host), log_level="warning")
            with suppress(KeyboardInterrupt):
                uvicorn.Server(config).run(sockets=[listening])


def _load_simulated(books: Ledger, clock: SimulatedClock, url: str) -> None:
    """Make northbridge, once, in a ledger of its own; then the ledger keeps ordinary time."""
    typer.echo(f"Ledger: {url}")
    try:
        with watching(f"Simulating {NORTHBRIDGE}") as watch:
            recorded = load_northbridge(books, clock, watch)
    except NotEmptyError as error:
        fail(str(error), DECLINED)
    except KeyboardInterrupt:
        tell_of_half(books, url)
    clock.follow(now)
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
