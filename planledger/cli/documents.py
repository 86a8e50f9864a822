"""The command about trusted documents."""

import os
from pathlib import Path
from typing import Annotated

import typer

from planledger.answers import to_json
from planledger.cli.common import AsJson, telling
from planledger.settings import settings_from

Documents = Annotated[
    Path | None,
    typer.Option(
        help="Folder of .graphql files to register beside those that come with the program; else "
        "PLANLEDGER_DOCUMENTS."
    ),
]


def documents(documents: Documents = None, as_json: AsJson = False) -> None:
    """List the documents that may be asked for by their id."""
    # Costly to import, and few commands need them.
    from planledger.graphql.execution import Execution  # noqa: PLC0415
    from planledger.graphql.schema import make_schema  # noqa: PLC0415
    from planledger.graphql.trusted import registered  # noqa: PLC0415

    with telling():
        found = registered(Execution(make_schema()), folder_of(documents))
    if as_json:
        told = [{"id": x.id, "name": x.name, "operations": x.operations} for x in found]
        typer.echo(to_json(told, indent=2))
        return
    for document in found:
        typer.echo(f"{document.id}  {document.name}  {', '.join(document.operations)}".rstrip())


def folder_of(documents: Path | None) -> Path | None:
    """Give the folder of trusted documents that was named, by an option or the environment."""
    named = settings_from(os.environ).documents
    return documents or (Path(named) if named else None)
