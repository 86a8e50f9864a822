"""The commands that keep the stored register up with its ledger."""

import os
import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager

import typer

from planledger.answers import plain, to_json
from planledger.cli.common import (
    DECLINED,
    AsJson,
    LedgerUrl,
    fail,
    opened_store,
    telling,
    watching,
)
from planledger.cli.serving import LogFormat
from planledger.readmodel.checking import Compared
from planledger.readmodel.checking import check as check_register
from planledger.readmodel.checking import rebuild as rebuild_register
from planledger.readmodel.filling import Filler, Watch
from planledger.readmodel.following import Follower
from planledger.readmodel.opening import open_register
from planledger.readmodel.register import Register
from planledger.settings import settings_from
from planledger.storage.port import EntryStore
from planledger.terminal.layout import counted

register = typer.Typer(
    help="Fill and check the stored register: milestones across plans, in tables that other tools "
    "read. It names those who lead; whoever can read it sees them.",
    no_args_is_help=True,
)


@register.command()
def follow(ledger: LedgerUrl = None, log_format: LogFormat = None) -> None:
    """Fill the register as the ledger grows, through whatever trouble, until it is told to end."""
    from planledger.server import logs  # noqa: PLC0415 - costly, and few commands need it

    with telling(), _opened(ledger) as (store, kept):
        logs.set_up(settings_from(os.environ).log, log_format)
        follower = Follower(store, kept)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: follower.end())
        typer.echo(f"Filling the register {kept.name} (Ctrl-C ends it)")
        follower.run()


@register.command()
def update(ledger: LedgerUrl = None, as_json: AsJson = False) -> None:
    """Fill the register up to the head of the ledger, once: for a timetable."""
    with telling(), _opened(ledger) as (store, kept), _watching("Filling", store) as watch:
        reached = kept.last_commit()
        before = reached.last if reached else 0
        position = Filler(store, kept).catch_up(watch=watch)
    if as_json:
        typer.echo(
            to_json({"register": kept.name, "position": position, "entries": position - before})
        )
    else:
        typer.echo(
            f"The register reaches to position {position:,}; "
            f"{counted(position - before, 'entry', 'entries')} of it "
            f"{'is' if position - before == 1 else 'are'} new."
        )


@register.command()
def rebuild(ledger: LedgerUrl = None, as_json: AsJson = False) -> None:
    """Build the register anew beside the old one, say what differs, and put it in its place.

    Whoever reads it meanwhile sees the old one, and then the new one, whole.
    """
    with telling(), _opened(ledger) as (store, kept), _watching("Building", store) as watch:
        compared = rebuild_register(store, kept, watch)
    _tell(compared, kept, as_json=as_json)
    if not as_json:
        differed = f"{counted(compared.wrong, 'row')} differed" if compared.wrong else "as before"
        typer.echo(f"Built anew up to position {compared.position:,}: {differed}.")


@register.command()
def check(ledger: LedgerUrl = None, as_json: AsJson = False) -> None:
    """Compare the register with the ledger; exit code 1 where it says anything else."""
    with (
        telling(),
        _opened(ledger, create=False) as (store, kept),
        _watching("Checking", store) as watch,
    ):
        compared = check_register(store, kept, watch)
    _tell(compared, kept, as_json=as_json)
    if not compared.sound:
        fail(
            f"The register differs in {counted(compared.wrong, 'place')}. Make it anew: "
            "planledger register rebuild",
            DECLINED,
        )
    if not as_json:
        typer.echo(f"The register says what the ledger says, up to position {compared.position:,}.")


@contextmanager
def _opened(ledger: str | None, *, create: bool = True) -> Iterator[tuple[EntryStore, Register]]:
    with (
        opened_store(ledger, create=False) as store,
        closing(open_register(store, create=create)) as kept,
    ):
        yield store, kept


@contextmanager
def _watching(what: str, store: EntryStore) -> Iterator[Watch]:
    head = store.head()
    with watching(f"{what} the register") as watch:
        yield lambda position: watch(position, head.last if head else 0)


def _tell(compared: Compared, kept: Register, *, as_json: bool) -> None:
    if as_json:
        typer.echo(to_json({"register": kept.name, **plain(compared), "sound": compared.sound}))
        return
    for one in compared.differences:
        typer.echo(f"{one.table}, {one.key}: {one.problem}")
    if compared.wrong > len(compared.differences):
        typer.echo(f"… and {compared.wrong - len(compared.differences):,} more.")
