"""The commands about GraphQL without a server."""

import json
import sys
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
    from planledger.graphql.errors import is_unexpected  # noqa: PLC0415
    from planledger.graphql.execution import Execution, Question  # noqa: PLC0415
    from planledger.graphql.schema import make_schema  # noqa: PLC0415

    text = _read_in() if document == "-" else document
    if not text.strip():
        fail('There is no GraphQL document to run. Give one, such as "{ __typename }".', UNUSABLE)
    values = _variables(variables)
    with telling(), opened(ledger, create=False) as (books, author):
        context = Context(ledger=books, author=author)
        execution = Execution(make_schema(), mask=False)
        outcome = execution.answer(Question(text, values), context)
        for error in outcome.errors:
            if error.original_error is not None and is_unexpected(error):
                raise error.original_error
    typer.echo(to_json(outcome.response(), indent=2))
    if outcome.errors:
        raise typer.Exit(DECLINED)


def schema() -> None:
    """Print the GraphQL schema."""
    from planledger.graphql.schema import make_schema  # noqa: PLC0415 - costly, see query

    typer.echo(make_schema().as_str())


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
