"""The command line. Each command opens the ledger, does one thing and says so in one way.

Exit codes: 0 done, 1 declined or nothing found, 2 the command, a file or an address is no good,
3 trouble with the ledger.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from planledger.documents.reading import MAX_BYTES
from planledger.domain.refusals import Refusal
from planledger.events.codec import UnreadableEntryError
from planledger.events.plan import DocumentImported
from planledger.events.values import Author, Personal
from planledger.importing import Imported, NotAPlanError, import_document
from planledger.ledger import Ledger, QuestionError
from planledger.projections.points import parse_point
from planledger.settings import Settings, settings_from
from planledger.storage.open import open_store
from planledger.storage.port import StoreError

DECLINED, UNUSABLE, TROUBLE = 1, 2, 3
PAGE = 1_000

app = typer.Typer(
    name="planledger",
    help="A ledger of public-sector improvement plans: what they say, said and will say.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

LedgerUrl = Annotated[
    str | None,
    typer.Option(
        "--ledger",
        help="Where the ledger is, such as sqlite:///plans.db; else PLANLEDGER_LEDGER, "
        "else sqlite:///planledger.db.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON, for machines.")]


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="The plan document, a text file.")],
    plan: Annotated[str, typer.Option(help="A ref for the plan, such as plymouth-2015.")],
    ledger: LedgerUrl = None,
    strict: Annotated[
        bool, typer.Option(help="Import nothing when any line cannot be read.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Begin a plan with a document. The same document again changes nothing."""
    with _telling():
        data = _document(file)
        with _open(ledger, create=True) as (books, author), _working(f"Reading {file.name}"):
            imported = import_document(
                books, data, filename=file.name, plan=plan, author=author, strict=strict
            )
    _tell_of_import(imported, plan, as_json=as_json)


@app.command()
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

    from planledger.examples import load_example  # noqa: PLC0415
    from planledger.server import NotLoopbackError, check_host, make_app  # noqa: PLC0415

    with _telling():
        try:
            check_host(host)
        except NotLoopbackError as error:
            _fail(str(error), UNUSABLE)
        with _open(ledger, create=example is not None) as (books, author):
            if example is not None:
                recorded = load_example(books, example, author)
                said = f"{recorded} entries recorded" if recorded else "already there"
                typer.echo(f"Example plan {example}: {said}.")
            typer.echo(f"Serving on http://{host}:{port} (Ctrl-C ends it)")
            uvicorn.run(make_app(books, author), host=host, port=port, log_level="warning")


@app.command()
def query(
    document: Annotated[str, typer.Argument(help="A GraphQL document, or - to read one.")],
    variables: Annotated[str | None, typer.Option(help="Variables as a JSON object.")] = None,
    ledger: LedgerUrl = None,
) -> None:
    """Run a GraphQL document against the ledger, without a server; the answer is JSON."""
    from planledger.graphql.context import Context  # noqa: PLC0415 - costly, see serve
    from planledger.graphql.schema import make_schema  # noqa: PLC0415

    text = sys.stdin.read() if document == "-" else document
    values = _variables(variables)
    with _telling(), _open(ledger, create=False) as (books, author):
        context = Context(ledger=books, author=author)
        result = make_schema().execute_sync(text, variable_values=values, context_value=context)
    answer: dict[str, object] = {"data": result.data}
    if result.errors:
        answer = {"errors": [error.formatted for error in result.errors], **answer}
    typer.echo(json.dumps(answer, ensure_ascii=False, indent=2))
    if result.errors:
        raise typer.Exit(DECLINED)


@app.command()
def show(
    plan: Annotated[str, typer.Argument(help="The plan's ref.")],
    known_at: Annotated[
        str,
        typer.Option(help="A point: review:PLAN/REVIEW, @123, 2015-03-31 (its end) or an instant."),
    ] = "head",
    effective_on: Annotated[
        str | None, typer.Option(help="A day; left out, the point's own.")
    ] = None,
    ledger: LedgerUrl = None,
    as_json: AsJson = False,
) -> None:
    """Show a plan as it is, or as it was at any point."""
    from planledger.answers import plain  # noqa: PLC0415
    from planledger.terminal import show_plan  # noqa: PLC0415

    with _telling():
        point = parse_point(known_at)
        day = _day(effective_on) if effective_on else None
        with _open(ledger, create=False) as (books, _):
            at = books.at(point, day)
            seen = at.plan(plan)
    if seen is None:
        known = ", ".join(other.ref for other in at.plans())
        _fail(
            f"There was no plan {plan!r} at position {at.basis.position} on "
            f"{at.basis.effective_on}. Plans there: {known or 'none'}.",
            DECLINED,
        )
    if as_json:
        shown = plain(seen)
        del shown["milestones"]  # they stand under their actions
        typer.echo(json.dumps({"basis": plain(at.basis), "plan": shown}, ensure_ascii=False))
    else:
        Console(highlight=False).print(show_plan(seen, at.basis))


@app.command()
def events(
    plan: Annotated[str | None, typer.Argument(help="Only this plan's; left out, all.")] = None,
    after: Annotated[int, typer.Option(help="Only after this position.", min=0)] = 0,
    ledger: LedgerUrl = None,
) -> None:
    """Print the entries of the ledger, one JSON object a line, in the order of recording."""
    from planledger.answers import plain_entry  # noqa: PLC0415

    with _telling(), _open(ledger, create=False) as (books, _):
        if plan is not None and not books.history(plan).version:
            _fail(f"There is no plan {plan!r} in this ledger.", DECLINED)
        while entries := books.events(after=after, plan=plan, limit=PAGE):
            for entry in entries:
                typer.echo(json.dumps(plain_entry(entry), ensure_ascii=False))
            after = entries[-1].position


@app.command()
def schema() -> None:
    """Print the GraphQL schema."""
    from planledger.graphql.schema import make_schema  # noqa: PLC0415

    typer.echo(make_schema().as_str())


def _tell_of_import(imported: Imported, plan: str, *, as_json: bool) -> None:
    outcome = imported.outcome
    unread = [f"line {problem.line}: {problem.message}" for problem in imported.problems]
    if as_json:
        answer = {
            "plan": plan,
            "recorded": 0
            if outcome is None or isinstance(outcome, Refusal)
            else len(outcome.entries),
            "refused": outcome.message if isinstance(outcome, Refusal) else None,
            "unread": [{"line": p.line, "message": p.message} for p in imported.problems],
        }
        typer.echo(json.dumps(answer, ensure_ascii=False))
    for line in () if as_json else unread:
        typer.echo(line, err=True)
    if outcome is None:
        _fail(
            f"{len(unread)} lines could not be read, so nothing was imported. Mend them, or "
            "import without --strict and settle the queries it leaves.",
            DECLINED,
        )
    if isinstance(outcome, Refusal):
        _fail(outcome.message, DECLINED)
    if as_json:
        return
    if not outcome.entries:
        typer.echo(f"Already imported: {plan} has this document. Nothing was recorded.")
        return
    counts = next(e.event for e in outcome.entries if isinstance(e.event, DocumentImported))
    left = f"{counts.queries} queries left for a person" if counts.queries else "no queries left"
    typer.echo(
        f"Imported {plan}: {counts.areas} areas, {counts.statements} statements, "
        f"{counts.actions} actions, {counts.milestones} milestones; {left}. Recorded positions "
        f"{outcome.entries[0].position} to {outcome.position}."
    )


def _document(file: Path) -> bytes:
    """Read a file no larger than a plan document can be."""
    with file.open("rb") as opened:
        data = opened.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise NotAPlanError(
            f"{file} is larger than {MAX_BYTES // 1_000_000} MB, so it is no plan document. "
            "Check the path."
        )
    return data


def _variables(text: str | None) -> dict[str, object] | None:
    if text is None:
        return None
    try:
        values = json.loads(text)
    except json.JSONDecodeError as error:
        _fail(f"--variables is not JSON: {error}.", UNUSABLE)
    if not isinstance(values, dict):
        _fail('--variables must be a JSON object, such as {"ref": "plymouth-2015"}.', UNUSABLE)
    return values


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a day. Write it as 2015-03-31.") from None


@contextmanager
def _open(url: str | None, *, create: bool) -> Iterator[tuple[Ledger, Author]]:
    settings: Settings = settings_from(os.environ)
    ledger = Ledger(open_store(url or settings.ledger, _now, create=create), _now)
    author = Author(id=f"local:{settings.author}", name=Personal(words=settings.author))
    try:
        yield ledger, author
    finally:
        ledger.close()


def _now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def _working(what: str) -> Iterator[None]:
    """Show on a terminal that something is going on; stay quiet in a pipe."""
    console = Console(stderr=True)
    if console.is_terminal:
        with console.status(what):
            yield
    else:
        yield


@contextmanager
def _telling() -> Iterator[None]:
    """Turn trouble into one line that says what was wrong, and an exit code."""
    try:
        yield
    except (NotAPlanError, ValueError) as error:
        _fail(str(error), UNUSABLE)
    except QuestionError as error:
        _fail(str(error), DECLINED)
    except (StoreError, UnreadableEntryError) as error:
        _fail(str(error), TROUBLE)
    except OSError as error:
        _fail(f"{error.filename or 'A file'} cannot be used: {error.strerror}.", UNUSABLE)


def _fail(message: str, code: int) -> NoReturn:
    typer.echo(f"planledger: {message}", err=True)
    raise typer.Exit(code)
