"""The command that writes papers: what is handed on to people who never see the ledger."""

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from planledger.cli.asking import among, check_plan, point_named, review_named
from planledger.cli.common import DECLINED, UNUSABLE, LedgerUrl, fail, opened, telling, working
from planledger.domain.plan import Plan
from planledger.events.values import Author
from planledger.ledger import Ledger

if TYPE_CHECKING:
    from planledger.reports.formats.format import Format
    from planledger.reports.papers.paper import Paper

STANDARD = Path("-")
DEFAULT_FORMAT = "md"
POINT = "head, @123, 2015-03-31 (its end), an instant, or a closed review: board-q2 or PLAN/REVIEW"
_MEANT_BADLY = {
    "NOT_TAKEN",
    "POINT_MISSING",
    "REVIEW_MISSING",
    "POINT_UNREADABLE",
    "DAY_UNREADABLE",
}
"""What is wrong with the words of the command, rather than with what they ask for."""


Kind = Annotated[
    str,
    typer.Argument(
        help="Which report: changes, review, plan, milestones, kpis or findings.",
        show_default=False,
    ),
]
PlanRef = Annotated[str, typer.Argument(help="The plan's ref.", show_default=False)]
Start = Annotated[
    str | None, typer.Option("--from", help=f"For changes: from which point. {POINT}.")
]
End = Annotated[
    str | None, typer.Option("--to", help="For changes: to which point; left out, now.")
]
At = Annotated[
    str | None, typer.Option(help="For any other: as known at which point; left out, now.")
]
Review = Annotated[
    str | None, typer.Option(help="For a review: which one, such as board-q2 or PLAN/REVIEW.")
]
On = Annotated[
    str | None, typer.Option(help="The day it is looked at for; left out, the point's own.")
]
FormatName = Annotated[
    str | None,
    typer.Option(
        "--format",
        help="html, md, pdf, ods, csv or json; left out, what the file is named after, else "
        f"{DEFAULT_FORMAT}.",
    ),
]
Output = Annotated[
    Path, typer.Option("--output", "-o", help="A file, written whole or not at all; else a pipe.")
]
TableKey = Annotated[
    str | None,
    typer.Option(
        "--table", help="For csv: another table than the one that holds the matter, by its key."
    ),
]


def report(
    kind: Kind,
    plan: PlanRef,
    start: Start = None,
    end: End = None,
    at: At = None,
    review: Review = None,
    on: On = None,
    format_: FormatName = None,
    output: Output = STANDARD,
    table: TableKey = None,
    ledger: LedgerUrl = None,
) -> None:
    """Write a paper about a plan: what changed, a review, the plan, its milestones, KPIs, findings.

    The same points give the same paper, byte for byte; what it was made from stands in it.
    """
    words = {"from": start, "to": end, "at": at, "review": review, "on": on}
    form = _format(format_, output, table)
    if output == STANDARD and not form.is_text and sys.stdout.isatty():
        fail(f"A terminal cannot show {form.name}. Name a file with -o.", UNUSABLE)
    with telling(), opened(ledger, create=False) as (books, author), working("Writing the paper"):
        known = check_plan(books, plan)
        paper = _paper(books, author, kind, known, words)
        data = _written(paper, form, table)
    if output == STANDARD:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        _replace(output, data)
        typer.echo(f"Wrote {output}: {paper.title}.", err=True)


def _format(named: str | None, output: Path, table: str | None) -> "Format":
    from planledger.reports.formats import FORMATS  # noqa: PLC0415 - costly, as what it takes

    ending = output.suffix.removeprefix(".").lower()
    name = named or ending or DEFAULT_FORMAT
    if name not in FORMATS:
        where = "" if named else f" {output} is named after one; choose another with --format."
        fail(f"There is no format {name!r}. {among('Formats', name, FORMATS)}{where}", UNUSABLE)
    if table is not None and name != "csv":
        fail(f"--table goes with csv; {name} holds every table.", UNUSABLE)
    return FORMATS[name]


def _paper(
    books: Ledger, author: Author, kind: str, known: Plan, words: dict[str, str | None]
) -> "Paper":
    # Costly to import, and few commands need them.
    from planledger.graphql.context import Context  # noqa: PLC0415
    from planledger.graphql.execution import Execution  # noqa: PLC0415
    from planledger.graphql.schema import make_schema  # noqa: PLC0415
    from planledger.graphql.trusted import registered  # noqa: PLC0415
    from planledger.reports.desk import DeclinedError, Desk  # noqa: PLC0415
    from planledger.reports.papers import REPORTS, written  # noqa: PLC0415

    if kind not in REPORTS:
        fail(f"There is no report {kind!r}. {among('Reports', kind, REPORTS)}", UNUSABLE)
    execution = Execution(make_schema(commands=False))
    desk = Desk(execution, registered(execution, ours="paper-"))
    try:
        wanted = REPORTS[kind].wanted(known.ref, words)
        _check_points(known, wanted.stated)
        return written(desk, Context(ledger=books, author=author), kind, wanted)
    except DeclinedError as error:
        fail(error.message, UNUSABLE if error.code in _MEANT_BADLY else DECLINED)


def _check_points(known: Plan, words: Mapping[str, str]) -> None:
    """End with a line that names the reviews there are, where one is named that is not there."""
    for name in ("from", "to", "at"):
        if name in words:
            point_named(known, words[name])
    if "review" in words:
        review_named(known, words["review"])


def _written(paper: "Paper", form: "Format", table: str | None) -> bytes:
    if table is None:
        return form.write(paper)
    from planledger.reports.formats.csv import table_as_csv  # noqa: PLC0415 - costly, see _format

    tables = {one.key: one for one in paper.tables}
    if table not in tables:
        fail(f"There is no table {table!r} in it. {among('Tables', table, tables)}", DECLINED)
    return table_as_csv(tables[table])


def _replace(path: Path, data: bytes) -> None:
    """Write a file whole, in place of any that is there; if we die, that one stays as it was."""
    if path.exists() and not path.is_file():  # a pipe or a device: there is nothing to keep
        path.write_bytes(data)
        return
    if not path.parent.is_dir():
        raise FileNotFoundError(2, "There is no such folder; make it first", str(path))
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as folder:
            made = Path(folder) / "made"
            made.write_bytes(data)
            made.replace(path.resolve())
    except OSError as error:
        raise OSError(error.errno, error.strerror or str(error), str(path)) from error
