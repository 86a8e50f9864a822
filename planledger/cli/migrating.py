"""The command that makes a ledger ready to be opened, and brings it up to date."""

from typing import Annotated

import typer
from msgspec import Struct

from planledger.answers import plain, to_json
from planledger.cli.common import AsJson, LedgerUrl, ledger_url, now, telling, working
from planledger.storage.extras import extra
from planledger.storage.open import MEMORY, POSTGRES, open_store
from planledger.storage.port import NoLedgerError


def migrate(
    ledger: LedgerUrl = None,
    sql: Annotated[
        bool,
        typer.Option("--sql", help="Do nothing but print what a PostgreSQL administrator can run."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make the ledger where there is none yet, or bring it up to the format of this program.

    Safe to repeat, and while others use the ledger. PostgreSQL needs it once before anything else.
    """
    with telling():
        url = ledger_url(ledger)
        if sql:
            _print_statements()
        else:
            with working("Migrating …"):
                done = _migrate(url)
            _tell(done, as_json=as_json)


class _Done(Struct, frozen=True, kw_only=True):
    """What was done to a ledger of any kind."""

    ledger: str
    made: bool
    upgraded_from: int | None = None
    """The format it had; None where it was made, or is up to date."""
    missing_roles: tuple[str, ...] = ()


def _print_statements() -> None:
    with extra("postgres"):
        from planledger.storage.postgres import statements  # noqa: PLC0415 - an extra

    typer.echo("-- Run by psql, by whoever is to own the ledger, in a database of its own.")
    for statement in statements():
        typer.echo(f"{statement.strip()};")


def _migrate(url: str) -> _Done:
    if url.partition("://")[0] in POSTGRES:
        with extra("postgres"):
            from planledger.storage.postgres import migrate as migrate_postgres  # noqa: PLC0415 - same

        done = migrate_postgres(url)
        return _Done(
            ledger=done.ledger,
            made=done.was == 0,
            upgraded_from=done.was if 0 < done.was < done.now else None,
            missing_roles=done.missing,
        )
    try:
        store, made = open_store(url, now, create=False), False
    except NoLedgerError:
        store, made = open_store(url, now, create=True), True
    store.close()
    return _Done(ledger=url, made=made)


def _tell(done: _Done, *, as_json: bool) -> None:
    if as_json:
        typer.echo(to_json(plain(done)))
        return
    if done.made:
        typer.echo(f"The ledger {done.ledger} is made.")
    elif done.upgraded_from is not None:
        typer.echo(f"The ledger {done.ledger} is brought up to date.")
    elif done.ledger == MEMORY:
        typer.echo("A ledger in memory is made when it is opened; there is nothing to do.")
    else:
        typer.echo(f"The ledger {done.ledger} is there and up to date.")
    for role in done.missing_roles:
        typer.echo(
            f"This user may not make the role {role}. An administrator can: CREATE ROLE {role} "
            "NOLOGIN; then `planledger migrate` gives it its rights.",
            err=True,
        )
