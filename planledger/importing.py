"""Taking a plan document in: read it, then import what it states as one commit."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from planledger.documents.reading import NotAPlanError, Problem
from planledger.documents.text_reader import read_document
from planledger.domain.commands import ImportPlan, Stamp
from planledger.domain.decide import decide
from planledger.domain.draft import Draft, DraftQuery
from planledger.domain.record import Record
from planledger.domain.refusals import Refusal
from planledger.events.values import Author
from planledger.ledger import Ledger, Recorded

__all__ = [
    "Imported",
    "NotAPlanError",
    "Prepared",
    "declined",
    "import_document",
    "import_prepared",
    "prepare",
]


class Prepared(Struct, frozen=True, kw_only=True):
    """A document that has been read, and the command that imports it."""

    command: ImportPlan
    problems: tuple[Problem, ...]
    """What could not be read, by line; the command leaves each as a query."""


class Imported(Struct, frozen=True, kw_only=True):
    """What came of importing a document."""

    outcome: Recorded | Refusal | None
    """None where it was strict and something could not be read: nothing was recorded."""
    problems: tuple[Problem, ...]
    """What could not be read, by line; imported all the same, each is left as a query."""


def import_document(  # noqa: PLR0913 - what a person states of an import, each by name
    ledger: Ledger,
    data: bytes,
    *,
    filename: str,
    plan: str,
    author: Author,
    strict: bool = False,
    stated_on: date | None = None,
    command_id: str | None = None,
) -> Imported:
    """Read a document and import it under the ref `plan`, effective on the day it bears.

    `stated_on` is that day where the document bears none, or another than it bears.

    Raises NotAPlanError where the file is no plan document at all.
    """
    prepared = prepare(data, filename=filename, plan=plan, stated_on=stated_on)
    if strict and prepared.problems:
        return Imported(outcome=None, problems=prepared.problems)
    outcome = import_prepared(ledger, prepared, author=author, command_id=command_id)
    return Imported(outcome=outcome, problems=prepared.problems)


def prepare(data: bytes, *, filename: str, plan: str, stated_on: date | None = None) -> Prepared:
    """Read a document; no ledger is needed yet. Raises NotAPlanError."""
    reading = read_document(data, filename, stated_on)
    draft = _with_queries(reading.draft, reading.problems)
    command = ImportPlan(plan=plan, effective_on=draft.stated_on, draft=draft)
    return Prepared(command=command, problems=reading.problems)


def declined(
    prepared: Prepared, *, author: Author, today: date, strict: bool = False
) -> Imported | None:
    """Say why no ledger would take this import, whatever it holds, so that none is made for it."""
    if strict and prepared.problems:
        return Imported(outcome=None, problems=prepared.problems)
    stamp = Stamp(author=author, today=today, command_id="not submitted")
    outcome = decide(prepared.command, plan=None, record=Record(), timeline=None, stamp=stamp)
    if not isinstance(outcome, Refusal):
        return None
    return Imported(outcome=outcome, problems=prepared.problems)


def import_prepared(
    ledger: Ledger,
    prepared: Prepared,
    *,
    author: Author,
    command_id: str | None = None,
    correlation_id: str | None = None,
) -> Recorded | Refusal:
    """Import a document that has been read, as one commit."""
    return ledger.submit(
        prepared.command, author=author, command_id=command_id, correlation_id=correlation_id
    )


def _with_queries(draft: Draft, problems: Sequence[Problem]) -> Draft:
    """Leave a query for every line that could not be read, where the reader left none itself."""
    asked = {query.line for query in draft.queries}
    left = tuple(
        DraftQuery(
            item=None,
            line=problem.line,
            question=problem.message,
            taken="What this line says is not in the plan, or not as it stands there.",
            instead="Read the line in the document and record what it means.",
        )
        for problem in problems
        if problem.line not in asked
    )
    return replace(draft, queries=(*draft.queries, *left))
