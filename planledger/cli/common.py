"""What the commands share: the ledger they open, and the one way in which they say no."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import Progress

from planledger.answers import reveal
from planledger.documents.reading import NotAPlanError
from planledger.events.codec import UnreadableEntryError
from planledger.events.values import Author, Personal
from planledger.ledger import ConflictError, Ledger, QuestionError
from planledger.settings import DEFAULT_LEDGER, settings_from
from planledger.storage.cache import cache_of
from planledger.storage.open import open_store
from planledger.storage.port import Clock, EntryStore, NoLedgerError, StoreError

DECLINED, UNUSABLE, TROUBLE, INTERRUPTED = 1, 2, 3, 130
"""Exit codes; see the head of this room."""

LedgerUrl = Annotated[
    str | None,
    typer.Option(
        "--ledger",
        help="Where the ledger is, such as sqlite:///plans.db; else PLANLEDGER_LEDGER, "
        "else sqlite:///planledger.db.",
    ),
]
New = Annotated[
    bool, typer.Option("--new", help="Make the ledger that is named, if it is not there yet.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON, for machines.")]


def now() -> datetime:
    """Give the present moment: the clock of every ledger that is not simulated."""
    return datetime.now(UTC)


def day_of(text: str) -> date:
    """Read a day; raises ValueError, saying how to write one."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a day. Write it as 2015-03-31.") from None


def author() -> Author:
    """Give who is named as the author of what this process records."""
    name = Personal(words=settings_from(os.environ).author)
    if problem := name.problem():
        raise ValueError(f"The author's name (PLANLEDGER_AUTHOR) cannot be kept: {problem}.")
    return Author(id=f"local:{reveal(name)}", name=name)


def ledger_url(url: str | None, otherwise: str = DEFAULT_LEDGER) -> str:
    """Give the URL of the ledger that `url`, else the environment, else `otherwise` names."""
    return url or settings_from(os.environ, otherwise).ledger


def is_named(url: str | None) -> bool:
    """Tell whether a ledger is named, by `url` or the environment."""
    return bool(ledger_url(url, otherwise=""))


def may_make(url: str | None, *, new: bool) -> bool:
    """Tell whether a ledger that is not there may be made.

    Where one is named, only if a `new` one is asked for: a slip of the keyboard would else begin a
    second ledger, and nobody would notice.
    """
    return new or not is_named(url)


@contextmanager
def opened_store(
    url: str | None, *, create: bool, otherwise: str = DEFAULT_LEDGER, clock: Clock = now
) -> Iterator[EntryStore]:
    """Open the store of `ledger_url`, with its times from `clock`; let go of it afterwards.

    With `create`, one that is not there is made, and where none was named, that is said.
    """
    named = ledger_url(url, otherwise)
    try:
        try:
            store = open_store(named, clock, create=False)
        except NoLedgerError:
            if not create:
                raise
            store = open_store(named, clock, create=True)
            if not is_named(url):
                typer.echo(f"Made a new ledger at {named}.", err=True)
    except ValueError as error:
        raise ValueError(f"{'--ledger' if url else 'PLANLEDGER_LEDGER'}: {error}") from None
    with closing(store):
        yield store


@contextmanager
def opened(
    url: str | None, *, create: bool, otherwise: str = DEFAULT_LEDGER, clock: Clock = now
) -> Iterator[tuple[Ledger, Author]]:
    """Open the ledger of `ledger_url`, with its times from `clock`; let go of it afterwards."""
    with opened_store(url, create=create, otherwise=otherwise, clock=clock) as store:
        yield Ledger(store, clock, cache=cache_of(store)), author()


@contextmanager
def working(what: str) -> Iterator[None]:
    """Show on a terminal that something is going on; stay quiet in a pipe."""
    console = Console(stderr=True)
    if console.is_terminal:
        with console.status(what):
            yield
    else:
        yield


@contextmanager
def watching(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show on a terminal how far something long is; stay quiet in a pipe."""
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task(what, total=None)
        yield lambda done, of: progress.update(task, completed=done, total=of)


@contextmanager
def telling() -> Iterator[None]:
    """Turn trouble into one line that says what was wrong, and an exit code."""
    try:
        yield
    except (NotAPlanError, ValueError) as error:
        fail(str(error), UNUSABLE)
    except QuestionError as error:
        fail(str(error), DECLINED)
    except (ConflictError, StoreError, UnreadableEntryError) as error:
        fail(str(error), TROUBLE)


def fail(message: str, code: int) -> NoReturn:
    """End with one line on the error stream."""
    typer.echo(f"planledger: {message}", err=True)
    raise typer.Exit(code)
