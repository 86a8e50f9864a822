"""The command that takes a plan document in."""

from pathlib import Path
from typing import Annotated

import typer

from planledger.answers import to_json
from planledger.cli.common import (
    DECLINED,
    AsJson,
    LedgerUrl,
    New,
    author,
    day_of,
    fail,
    may_make,
    now,
    opened,
    telling,
    working,
)
from planledger.documents.reading import MAX_BYTES
from planledger.domain.refusals import Refusal
from planledger.events.plan import DocumentImported
from planledger.importing import Imported, NotAPlanError, declined, import_prepared, prepare
from planledger.projections.points import civil_day
from planledger.terminal.layout import counted


def import_(
    file: Annotated[Path, typer.Argument(help="The plan document, a text file.")],
    plan: Annotated[str, typer.Option(help="A ref for the plan, such as plymouth-2015.")],
    ledger: LedgerUrl = None,
    new: New = False,
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
    with telling():
        with working(f"Reading {file.name}"):
            day = day_of(stated_on) if stated_on else None
            prepared = prepare(_document(file), filename=file.name, plan=plan, stated_on=day)
        # What no ledger would take leaves none behind.
        today = civil_day(now())
        imported = declined(prepared, author=author(), today=today, strict=strict)
        if imported is None:
            with opened(ledger, create=may_make(ledger, new=new)) as (books, recorder):
                outcome = import_prepared(books, prepared, author=recorder)
            imported = Imported(outcome=outcome, problems=prepared.problems)
    _tell(imported, plan, as_json=as_json)


def _tell(imported: Imported, plan: str, *, as_json: bool) -> None:
    outcome = imported.outcome
    no = outcome.message if isinstance(outcome, Refusal) else None
    if outcome is None:
        no = (
            f"{counted(len(imported.problems), 'line')} could not be read, so nothing was "
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
        fail(no, DECLINED)
    if as_json:
        return
    if not recorded:
        typer.echo(f"Already imported: {plan} has this document. Nothing was recorded.")
        return
    counts = next(e.event for e in recorded if isinstance(e.event, DocumentImported))
    left = counted(counts.queries, "query", "queries") if counts.queries else "no queries"
    typer.echo(
        f"Imported {plan}: {counted(counts.areas, 'area')}, "
        f"{counted(counts.statements, 'statement')}, {counted(counts.actions, 'action')}, "
        f"{counted(counts.milestones, 'milestone')}; {left} left for a person. Recorded "
        f"positions {recorded[0].position} to {recorded[-1].position}."
    )


def _document(file: Path) -> bytes:
    """Read a file no larger than a plan document can be."""
    with file.open("rb") as document:
        data = document.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise NotAPlanError(
            f"{file} is larger than {MAX_BYTES // 1_000_000} MB, so it is no plan document. "
            "Check the path."
        )
    return data
