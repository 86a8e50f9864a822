"""The commands that look at a plan as it is or was, and at what was recorded."""

from contextlib import suppress
from typing import Annotated

import typer
from rich.console import Console

from planledger.answers import plain, plain_entry, to_json
from planledger.cli.asking import check_plan, no_plan_there, point_named
from planledger.cli.common import (
    DECLINED,
    AsJson,
    LedgerUrl,
    day_of,
    fail,
    now,
    opened,
    opened_store,
    telling,
)
from planledger.ledger import Ledger
from planledger.terminal import show_plan

PAGE = 1_000
LAST_POSITION = 10**15 - 1


def show(
    plan: Annotated[str, typer.Argument(help="The plan's ref.")],
    known_at: Annotated[
        str,
        typer.Option(
            help="A point: head, @123, 2015-03-31 (its end), an instant, or a closed review: "
            "board-q2 or PLAN/REVIEW."
        ),
    ] = "head",
    effective_on: Annotated[
        str | None, typer.Option(help="A day; left out, the point's own.")
    ] = None,
    ledger: LedgerUrl = None,
    as_json: AsJson = False,
) -> None:
    """Show a plan as it is, or as it was at any point."""
    with telling():
        day = day_of(effective_on) if effective_on is not None else None
        with opened(ledger, create=False) as (books, _):
            at = books.at(point_named(check_plan(books, plan), known_at), day)
            seen = at.plan(plan)
    if seen is None:
        fail(no_plan_there(plan, at.basis), DECLINED)
    if as_json:
        shown = plain(seen)
        del shown["milestones"]  # they stand under their actions
        typer.echo(to_json({"basis": plain(at.basis), "plan": shown}))
    else:
        Console(highlight=False).print(show_plan(seen, at.basis))


def events(
    plan: Annotated[str | None, typer.Argument(help="Only this plan's; left out, all.")] = None,
    after: Annotated[
        int, typer.Option(help="Only after this position.", min=0, max=LAST_POSITION)
    ] = 0,
    ledger: LedgerUrl = None,
    follow: Annotated[
        bool,
        typer.Option(
            "--follow", help="Go on with whatever is recorded, until Ctrl-C: lines for people."
        ),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="JSON also with --follow; else it is always JSON.")
    ] = False,
) -> None:
    """Print the entries of the ledger, one JSON object a line, in the order of recording."""
    if follow:
        from planledger.cli.following import print_feed  # noqa: PLC0415 - costly, as in serve

        with suppress(KeyboardInterrupt), telling(), opened_store(ledger, create=False) as store:
            if plan is not None:
                check_plan(Ledger(store, now), plan)
            print_feed(store, after, plan, as_json=as_json)
        return
    with telling(), opened(ledger, create=False) as (books, _):
        if plan is not None:
            check_plan(books, plan)
        while entries := books.events(after=after, plan=plan, limit=PAGE):
            typer.echo(b"\n".join(to_json(plain_entry(entry)) for entry in entries))
            after = entries[-1].position
