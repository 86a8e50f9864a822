"""The commands that look after the cache: snapshots of plans, from which they open quickly."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated

import typer

from planledger.answers import plain, to_json
from planledger.cli.asking import among
from planledger.cli.common import (
    DECLINED,
    UNUSABLE,
    AsJson,
    LedgerUrl,
    fail,
    opened_store,
    telling,
    watching,
)
from planledger.ledger.caching import CheckedSnapshot, Condition, check, rebuild
from planledger.storage.cache import Cache, cache_of
from planledger.storage.port import EntryStore
from planledger.terminal.layout import counted

OnePlan = Annotated[str | None, typer.Option("--plan", help="Only this plan's; left out, all.")]

cache = typer.Typer(
    help="Look after the cache, from which large plans open quickly. It is never the truth: "
    "whatever is wrong with it, the entries are read instead.",
    no_args_is_help=True,
)


@cache.command("rebuild")
def rebuild_(plan: OnePlan = None, ledger: LedgerUrl = None, as_json: AsJson = False) -> None:
    """Throw away what is in the cache, and make the snapshot of every plan anew."""
    with telling(), _opened(ledger) as (store, kept):
        plans = _wanted(store, plan)
        if plan is None:
            kept.forget()
        with watching("Making snapshots") as watch:
            for done, ref in enumerate(plans):
                watch(done, len(plans))
                rebuild(store, kept, ref)
    if as_json:
        typer.echo(to_json({"plans": plans}))
    else:
        typer.echo(f"Made anew: {counted(len(plans), 'snapshot')}.")


@cache.command("check")
def check_(plan: OnePlan = None, ledger: LedgerUrl = None, as_json: AsJson = False) -> None:
    """Compare the snapshots in the cache with the entries; exit code 1 where one is wrong."""
    found: list[CheckedSnapshot] = []
    with telling(), _opened(ledger) as (store, kept):
        plans = _wanted(store, plan)
        with watching("Checking snapshots") as watch:
            for done, ref in enumerate(plans):
                watch(done, len(plans))
                found.append(check(store, kept, ref))
    if as_json:
        typer.echo(to_json({"plans": plain(found)}))
    else:
        for each in found:
            typer.echo(_said(each))
    if not all(each.sound for each in found):
        fail("Not all snapshots are sound. Make them anew: planledger cache rebuild", DECLINED)


@contextmanager
def _opened(ledger: str | None) -> Iterator[tuple[EntryStore, Cache]]:
    with opened_store(ledger, create=False) as store:
        kept = cache_of(store)
        if kept is None:
            fail("A ledger in memory has no cache. Name one that is kept.", UNUSABLE)
        yield store, kept


def _wanted(store: EntryStore, plan: str | None) -> Sequence[str]:
    plans = [ref for ref, _ in store.plans()]
    if plan is None:
        return plans
    if plan not in plans:
        fail(f"There is no plan {plan!r}. {among('Plans', plan, plans)}", DECLINED)
    return [plan]


def _said(found: CheckedSnapshot) -> str:
    said = found.condition.value
    if found.condition is Condition.BEHIND:
        said = f"behind by {counted(found.behind, 'entry', 'entries')}, which is fine"
    return f"{found.plan}: {said}" + (f". {found.problem}" if found.problem else "")
