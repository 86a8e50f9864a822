"""The command that makes a ledger with a history."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from typing import Annotated, NoReturn

import typer

from planledger.answers import plain, to_json
from planledger.cli.common import (
    DECLINED,
    INTERRUPTED,
    UNUSABLE,
    AsJson,
    LedgerUrl,
    New,
    fail,
    ledger_url,
    may_make,
    opened,
    telling,
    watching,
)
from planledger.domain.case import bad_name
from planledger.examples import NORTHBRIDGE, simulate_northbridge
from planledger.ledger import Ledger
from planledger.projections.points import AtHead
from planledger.projections.timing import day_label
from planledger.simulation.chance.office import MOST_ENTRIES
from planledger.simulation.clock import SimulatedClock
from planledger.simulation.making import Made, NotEmptyError, Watch, make_by_chance
from planledger.terminal.layout import counted

BY_CHANCE = "simulated"
SEED = 1


def simulate(
    entries: Annotated[
        int | None,
        typer.Option(
            "--events",
            min=1,
            max=MOST_ENTRIES,
            help="Make so many entries by chance; left out, the fictional plan northbridge.",
        ),
    ] = None,
    seed: Annotated[
        int | None,
        typer.Option(help=f"What chance begins from; the same makes the same. Else {SEED}."),
    ] = None,
    plan: Annotated[
        str | None, typer.Option(help=f"The plan's ref; else {NORTHBRIDGE} or {BY_CHANCE}.")
    ] = None,
    ledger: LedgerUrl = None,
    new: New = False,
    as_json: AsJson = False,
) -> None:
    """Make a ledger with a history of its own, in a new or empty ledger.

    Where no ledger is named, it is made in a file named after the plan, such as northbridge.db.
    """
    if seed is not None and entries is None:
        fail(
            "A seed is for --events; northbridge is always the same. Give both, or none.", UNUSABLE
        )
    ref = plan or (NORTHBRIDGE if entries is None else BY_CHANCE)
    if refusal := bad_name(ref, "plan"):
        fail(refusal.message, UNUSABLE)
    of_its_own = f"sqlite:///{ref}.db"
    url, clock = ledger_url(ledger, of_its_own), SimulatedClock()
    make = may_make(ledger, new=new)
    with telling(), opened(ledger, create=make, otherwise=of_its_own, clock=clock) as (books, _):
        try:
            with simulating(f"Simulating {ref}", books, url) as watch:
                made = _make(books, clock, ref, entries, SEED if seed is None else seed, watch)
        except NotEmptyError as error:
            fail(f"{url}: {error}", DECLINED)
    _tell(made, url, as_json=as_json)


def _make(
    books: Ledger, clock: SimulatedClock, ref: str, entries: int | None, seed: int, watch: Watch
) -> Made:
    if entries is None:
        return simulate_northbridge(books, clock, plan=ref, watch=watch)
    return make_by_chance(books, clock, plan=ref, entries=entries, seed=seed, watch=watch)


def _tell(made: Made, url: str, *, as_json: bool) -> None:
    if as_json:
        typer.echo(to_json({"ledger": url, **plain(made)}))
        return
    held = (
        counted(made.reviews, "review")
        if made.reviews
        else "no review, since so few hold only the beginning of a plan"
    )
    typer.echo(
        f"Made {made.plan} in {url}: {counted(made.entries, 'entry', 'entries')} by "
        f"{counted(made.commands, 'command')}, with {held}, recorded from "
        f"{day_label(made.first)} to {day_label(made.last)} of a simulated clock. "
        f"{counted(made.refused, 'other command')} recorded nothing."
    )


@contextmanager
def simulating(what: str, books: Ledger, url: str) -> Iterator[Watch]:
    """Show how far a history is; asked to stop, say how far it came, and end.

    It is asked with Ctrl-C or SIGTERM, and heard between two acts: amid one, whatever the act had
    taken for itself would never be given back, and to ask the ledger would be to wait for ever.
    """
    asked = Event()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def heard(done: int, of: int) -> None:
        watch(done, of)
        if asked.is_set():
            _tell_of_half(books, url)

    for number in before:
        signal.signal(number, lambda *_: asked.set())
    try:
        with watching(what) as watch:
            yield heard
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _tell_of_half(books: Ledger, url: str) -> NoReturn:
    """Say how far a history came that was interrupted, and end."""
    head = books.at(AtHead()).basis.position
    fail(
        f"Stopped at {counted(head, 'entry', 'entries')}. {url} is in order as far as it goes, but "
        "the history is not finished. To make it whole, delete it and begin again.",
        INTERRUPTED,
    )
