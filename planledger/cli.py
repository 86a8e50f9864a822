"""The command line. Each command opens the ledger, does one thing and says so in one way.

Exit codes: 0 done, 1 declined or nothing found, 2 the command, a file or an address is no good,
3 trouble with the ledger.
"""

import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from socket import socket
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from planledger.answers import plain, plain_entry, reveal, to_json
from planledger.documents.reading import MAX_BYTES
from planledger.domain.refusals import Refusal
from planledger.events.codec import UnreadableEntryError
from planledger.events.plan import DocumentImported
from planledger.events.values import Author, Personal
from planledger.importing import Imported, NotAPlanError, declined, import_prepared, prepare
from planledger.ledger import ConflictError, Ledger, QuestionError
from planledger.projections.points import civil_day, parse_point
from planledger.settings import settings_from
from planledger.storage.open import open_store
from planledger.storage.port import StoreError

DECLINED, UNUSABLE, TROUBLE = 1, 2, 3
PAGE = 1_000
LAST_POSITION = 10**15 - 1

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


@app.callback()
def main() -> None:
    """Prepare for a terminal or pipe of any encoding: a letter it does not have becomes "?"."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="The plan document, a text file.")],
    plan: Annotated[str, typer.Option(help="A ref for the plan, such as plymouth-2015.")],
    ledger: LedgerUrl = None,
    strict: Annotated[
        bool, typer.Option(help="Import nothing when any line cannot be read.")
    ] = False,
    stated_on: Annotated[
        str | None,
        typer.Option(help="The day the document was stated on, where it bears no date."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Begin a plan with a document. The same document again changes nothing."""
    with _telling():
        with _working(f"Reading {file.name}"):
            day = _day(stated_on) if stated_on else None
            prepared = prepare(_document(file), filename=file.name, plan=plan, stated_on=day)
        # What no ledger would take leaves none behind.
        today = civil_day(_now())
        imported = declined(prepared, author=_author(), today=today, strict=strict)
        if imported is None:
            with _open(ledger, create=True) as (books, author):
                outcome = import_prepared(books, prepared, author=author)
            imported = Imported(outcome=outcome, problems=prepared.problems)
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

    from planledger.examples import check_example, load_example  # noqa: PLC0415
    from planledger.server import NotLoopbackError, check_host, make_app, url_of  # noqa: PLC0415

    with _telling():
        try:
            check_host(host)
        except NotLoopbackError as error:
            _fail(str(error), UNUSABLE)
        if example is not None:
            check_example(example)
        with (
            _listening(host, port) as listening,
            _open(ledger, create=example is not None) as (books, author),
        ):
            if example is not None:
                recorded = load_example(books, example, author)
                said = f"{recorded} entries recorded" if recorded else "already there"
                typer.echo(f"Example plan {example}: {said}.")
            typer.echo(f"Serving on {url_of(listening)} (Ctrl-C ends it)")
            config = uvicorn.Config(make_app(books, author, host), log_level="warning")
            with suppress(KeyboardInterrupt):
                uvicorn.Server(config).run(sockets=[listening])


@app.command()
def query(
    document: Annotated[str, typer.Argument(help="A GraphQL document, or - to read one.")],
    variables: Annotated[str | None, typer.Option(help="Variables as a JSON object.")] = None,
    ledger: LedgerUrl = None,
) -> None:
    """Run a GraphQL document against the ledger, without a server; the answer is JSON."""
    from planledger.graphql.context import Context  # noqa: PLC0415 - costly, see serve
    from planledger.graphql.schema import is_unexpected, make_schema  # noqa: PLC0415

    text = _read_in() if document == "-" else document
    if not text.strip():
        _fail('There is no GraphQL document to run. Give one, such as "{ __typename }".', UNUSABLE)
    values = _variables(variables)
    with _telling(), _open(ledger, create=False) as (books, author):
        context = Context(ledger=books, author=author)
        schema = make_schema(mask=False)
        result = schema.execute_sync(text, variable_values=values, context_value=context)
        for error in result.errors or ():
            if error.original_error is not None and is_unexpected(error):
                raise error.original_error
    answer: dict[str, object] = {"data": result.data}
    if result.errors:
        answer = {"errors": [error.formatted for error in result.errors], **answer}
    typer.echo(to_json(answer, indent=2))
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
    from planledger.terminal import show_plan  # noqa: PLC0415

    with _telling():
        point = parse_point(known_at)
        day = _day(effective_on) if effective_on is not None else None
        with _open(ledger, create=False) as (books, _):
            at = books.at(point, day)
            seen = at.plan(plan)
            known = ", ".join(other.ref for other in at.plans()) if seen is None else ""
    if seen is None:
        _fail(
            f"There was no plan {plan!r} at position {at.basis.position} on "
            f"{at.basis.effective_on}. Plans there: {known or 'none'}.",
            DECLINED,
        )
    if as_json:
        shown = plain(seen)
        del shown["milestones"]  # they stand under their actions
        typer.echo(to_json({"basis": plain(at.basis), "plan": shown}))
    else:
        Console(highlight=False).print(show_plan(seen, at.basis))


@app.command()
def events(
    plan: Annotated[str | None, typer.Argument(help="Only this plan's; left out, all.")] = None,
    after: Annotated[
        int, typer.Option(help="Only after this position.", min=0, max=LAST_POSITION)
    ] = 0,
    ledger: LedgerUrl = None,
) -> None:
    """Print the entries of the ledger, one JSON object a line, in the order of recording."""
    with _telling(), _open(ledger, create=False) as (books, _):
        if plan is not None and not books.history(plan).version:
            _fail(f"There is no plan {plan!r} in this ledger.", DECLINED)
        while entries := books.events(after=after, plan=plan, limit=PAGE):
            typer.echo(b"\n".join(to_json(plain_entry(entry)) for entry in entries))
            after = entries[-1].position


@app.command()
def schema() -> None:
    """Print the GraphQL schema."""
    from planledger.graphql.schema import make_schema  # noqa: PLC0415

    typer.echo(make_schema().as_str())


def _tell_of_import(imported: Imported, plan: str, *, as_json: bool) -> None:
    outcome = imported.outcome
    no = outcome.message if isinstance(outcome, Refusal) else None
    if outcome is None:
        no = (
            f"{_counted(len(imported.problems), 'line')} could not be read, so nothing was "
            "imported. Mend the document, or import without --strict and settle the queries it "
            "leaves."
        )
    recorded = () if outcome is None or isinstance(outcome, Refusal) else outcome.entries
    if as_json:
        answer = {
            "plan": plan,
            "recorded": len(recorded),
            "refused": no,
            "unread": [{"line": p.line, "message": p.message} for p in imported.problems],
        }
        typer.echo(to_json(answer))
    for problem in () if as_json else imported.problems:
        typer.echo(f"line {problem.line}: {problem.message}", err=True)
    if no is not None:
        _fail(no, DECLINED)
    if as_json:
        return
    if not recorded:
        typer.echo(f"Already imported: {plan} has this document. Nothing was recorded.")
        return
    counts = next(e.event for e in recorded if isinstance(e.event, DocumentImported))
    left = _counted(counts.queries, "query", "queries") if counts.queries else "no queries"
    typer.echo(
        f"Imported {plan}: {_counted(counts.areas, 'area')}, "
        f"{_counted(counts.statements, 'statement')}, {_counted(counts.actions, 'action')}, "
        f"{_counted(counts.milestones, 'milestone')}; {left} left for a person. Recorded "
        f"positions {recorded[0].position} to {recorded[-1].position}."
    )


def _counted(count: int, one: str, more: str | None = None) -> str:
    return f"{count} {one if count == 1 else more or one + 's'}"


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


def _read_in() -> str:
    """Read a document from standard input, which is UTF-8 whatever the locale."""
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        _fail("Standard input is not text in UTF-8. Save the document as UTF-8.", UNUSABLE)


def _variables(text: str | None) -> dict[str, object] | None:
    if text is None:
        return None
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
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
    settings = settings_from(os.environ)
    try:
        store = open_store(url or settings.ledger, _now, create=create)
    except ValueError as error:
        raise ValueError(f"{'--ledger' if url else 'PLANLEDGER_LEDGER'}: {error}") from None
    ledger = Ledger(store, _now)
    try:
        yield ledger, _author()
    finally:
        ledger.close()


def _author() -> Author:
    name = Personal(words=settings_from(os.environ).author)
    if problem := name.problem():
        raise ValueError(f"The author's name (PLANLEDGER_AUTHOR) cannot be kept: {problem}.")
    return Author(id=f"local:{reveal(name)}", name=name)


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket]:
    from planledger.server import listen  # noqa: PLC0415 - costly, see serve

    try:
        listening = listen(host, port)
    except OSError as error:
        _fail(
            f"Port {port} of {host} cannot be served on: {os.strerror(error.errno or 0)}. End "
            "what uses it, or choose another with --port.",
            UNUSABLE,
        )
    with listening:
        yield listening


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
    except BrokenPipeError:
        raise  # whoever reads the output has seen enough; the program ends without a word
    except (NotAPlanError, ValueError) as error:
        _fail(str(error), UNUSABLE)
    except QuestionError as error:
        _fail(str(error), DECLINED)
    except (ConflictError, StoreError, UnreadableEntryError) as error:
        _fail(str(error), TROUBLE)
    except OSError as error:
        _fail(f"{error.filename or 'A file'} cannot be used: {error.strerror}.", UNUSABLE)


def _fail(message: str, code: int) -> NoReturn:
    typer.echo(f"planledger: {message}", err=True)
    raise typer.Exit(code)
