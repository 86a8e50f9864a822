"""The commands about GraphQL without a server."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from planledger.answers import to_json
from planledger.cli.common import DECLINED, UNUSABLE, LedgerUrl, fail, opened, telling


def query(
    document: Annotated[str, typer.Argument(help="A GraphQL document, or - to read one.")],
    variables: Annotated[str | None, typer.Option(help="Variables as a JSON object.")] = None,
    ledger: LedgerUrl = None,
) -> None:
    """Run a GraphQL document against the ledger, without a server; the answer is JSON."""
    # Costly to import, and few commands need them.
    from planledger.graphql.context import Context  # noqa: PLC0415
    from planledger.graphql.errors import cause_of, is_unexpected  # noqa: PLC0415
    from planledger.graphql.execution import Execution, Question  # noqa: PLC0415
    from planledger.graphql.schema import make_schema  # noqa: PLC0415

    text = _read_in() if document == "-" else document
    if not text.strip():
        fail('There is no GraphQL document to run. Give one, such as "{ __typename }".', UNUSABLE)
    values = _variables(variables)
    with telling(), opened(ledger, create=False) as (books, author):
        context = Context(ledger=books, author=author)
        execution = Execution(make_schema(), mask=False, limits=None)
        outcome = execution.answer(Question(text, values), context)
        for error in outcome.errors:
            cause = cause_of(error)
            if cause is not None and is_unexpected(error):
                raise cause
    typer.echo(to_json(outcome.response(), indent=2))
    if outcome.errors:
        raise typer.Exit(DECLINED)


def schema(
    since: Annotated[
        Path | None,
        typer.Option(
            help="A schema as it was released: say what became of it since that clients can "
            "notice, and end with 1 where it breaks them."
        ),
    ] = None,
) -> None:
    """Print the GraphQL schema, or what changed in it since a release."""
    from planledger.graphql.schema import make_schema  # noqa: PLC0415 - costly, see query

    if since is None:
        typer.echo(make_schema().as_str())
        return
    from planledger.graphql.promises import changes_since  # noqa: PLC0415 - as above

    try:
        promised = since.read_text(encoding="utf-8")
        found = changes_since(promised, make_schema(), datetime.now(UTC).date())
    except OSError as error:
        fail(f"{since} cannot be read: {error.strerror}.", UNUSABLE)
    except ValueError as error:
        fail(f"{since} is no GraphQL schema: {error}", UNUSABLE)
    for what, changes in (("breaking", found.breaking), ("dangerous", found.dangerous)):
        for change in changes:
            typer.echo(f"{what}: {change.description}")
    if found.breaking:
        raise typer.Exit(DECLINED)


def _read_in() -> str:
    """Read a document from standard input, which is UTF-8 whatever the locale."""
    if sys.stdin is None:
        fail("Standard input is closed. Give the document itself, or pipe it in.", UNUSABLE)
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        fail("Standard input is not text in UTF-8. Save the document as UTF-8.", UNUSABLE)


def _variables(text: str | None) -> dict[str, object] | None:
    if text is None:
        return None
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        fail(f"--variables is not JSON: {error}.", UNUSABLE)
    if not isinstance(values, dict):
        fail('--variables must be a JSON object, such as {"ref": "plymouth-2015"}.', UNUSABLE)
    return values
