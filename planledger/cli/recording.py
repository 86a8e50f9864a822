"""The command that records the changes of a sheet, all of them or none."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from msgspec import Struct
from rich.console import Console

from planledger.answers import to_json
from planledger.cli.asking import among, check_plan
from planledger.cli.common import DECLINED, AsJson, LedgerUrl, fail, opened, telling
from planledger.domain.plan import Plan
from planledger.domain.refusals import Refusal
from planledger.events.catalogue import stored_name
from planledger.events.values import Author
from planledger.ledger import Ledger, Preview, Recorded
from planledger.projections.points import civil_day
from planledger.projections.timing import day_label
from planledger.recording.acts import ACTS
from planledger.recording.cells import MAX_BYTES, NotASheetError, SheetProblem
from planledger.recording.second_look import second_look
from planledger.terminal.layout import counted
from planledger.terminal.recording import ShownProblem, ShownRow, show_problems, show_sheet

if TYPE_CHECKING:
    from planledger.recording.checking import CheckedRow
    from planledger.recording.sheet import Sheet


class _Looked(Struct, frozen=True, kw_only=True):
    """A sheet, looked at beside the plan: one of `before`, `problems` and `preview` is there."""

    sheet: "Sheet"
    command_id: str
    before: Recorded | None = None
    """What it recorded when it was sent before."""
    problems: tuple[SheetProblem, ...] = ()
    rows: "tuple[CheckedRow, ...]" = ()
    preview: Preview | None = None
    doubts: tuple[str, ...] = ()
    """What is worth a second look; nothing of it stands in the way."""


File = Annotated[
    Path | None, typer.Argument(help="The sheet, a CSV or XLSX file.", show_default=False)
]
PlanRef = Annotated[str | None, typer.Option(help="The plan's ref.", show_default=False)]
SheetName = Annotated[
    str | None, typer.Option(help="Of an XLSX file: the name of its sheet, else the first.")
]
Check = Annotated[
    bool, typer.Option("--check", help="Only say what would be recorded, and what is wrong.")
]
Yes = Annotated[bool, typer.Option("--yes", help="Record without asking first.")]
Template = Annotated[
    Path | None,
    typer.Option(help="Write an empty sheet to this file instead; with --plan, with its refs."),
]
OfActs = Annotated[
    list[str] | None,
    typer.Option(help="Of a template: only the columns of this act; may be given again."),
]


def record(
    file: File = None,
    plan: PlanRef = None,
    sheet: SheetName = None,
    check: Check = False,
    yes: Yes = False,
    template: Template = None,
    act: OfActs = None,
    ledger: LedgerUrl = None,
    as_json: AsJson = False,
) -> None:
    """Record the changes of a sheet, one a row: all of them, or none where any is wrong.

    Every row is checked before anything is recorded. The same sheet again records nothing more.

    JSON: {plan, rows, problems, doubts, remarks, recorded, positions, repeated};
    a row says what it records, a problem its row and column.
    """
    with telling():
        if template is not None:
            _write_template(template, plan, ledger, act or ())
            return
        if file is None or plan is None:
            raise ValueError("Say which sheet and which plan: planledger record FILE --plan PLAN.")
        if not (check or yes) and (as_json or not sys.stdin.isatty()):
            raise ValueError("Nobody is there to ask. Say --yes to record, or --check to look.")
        read = _read(file, sheet)
        with opened(ledger, create=False) as (books, recorder):
            looked = _look(books, recorder, check_plan(books, plan), read)
            if not as_json:
                _show(looked)
            recorded = looked.before
            if looked.preview is not None and not check:
                asked = None if yes else _ask(looked)
                recorded = _submit(books, recorder, looked, asked)
    _tell(plan, looked, recorded, as_json=as_json)


def _read(file: Path, name: str | None) -> "Sheet":
    from planledger.recording.sheet import read_sheet  # noqa: PLC0415 - costly, as in serve

    with file.open("rb") as found:
        data = found.read(MAX_BYTES + 1)
    try:
        return read_sheet(data, name)
    except NotASheetError as error:
        raise ValueError(f"{file}: {error}") from None


def _look(books: Ledger, recorder: Author, known: Plan, sheet: "Sheet") -> _Looked:
    from planledger.recording.checking import check_rows, refused_row  # noqa: PLC0415 - as above

    command_id = sheet.command_id(known.ref)
    # Looked up first: what is recorded already would be refused if it were checked again.
    before = books.carried_out(command_id) if sheet.rows and not sheet.problems else None
    if before is not None:
        return _Looked(sheet=sheet, command_id=command_id, before=before)
    trial = books.trial(known.ref, author=recorder, command_id=command_id)
    checked = check_rows(sheet, trial)
    problems = _together(sheet.problems, checked.problems)
    if problems:
        return _Looked(sheet=sheet, command_id=command_id, problems=problems)
    commands = [row.command for row in checked.rows]
    preview = books.preview(commands, author=recorder, command_id=command_id)
    if isinstance(preview, Refusal):  # somebody was quicker
        problems = (refused_row(checked.rows, preview),)
        return _Looked(sheet=sheet, command_id=command_id, problems=problems)
    return _Looked(
        sheet=sheet,
        command_id=command_id,
        rows=checked.rows,
        preview=preview,
        doubts=second_look(preview, known, books.today),
    )


def _together(
    read: Sequence[SheetProblem], checked: Sequence[SheetProblem]
) -> tuple[SheetProblem, ...]:
    """Give all problems by row; a cell that cannot be read is not also said to be missing."""
    told = {(problem.row, problem.column) for problem in read}
    rest = [problem for problem in checked if (problem.row, problem.column) not in told]
    return tuple(sorted((*read, *rest), key=lambda problem: problem.row or 0))


def _ask(looked: _Looked) -> Preview:
    """Ask whether to go on; give what was shown to whoever said yes."""
    try:
        said = typer.confirm(f"Record {counted(len(looked.rows), 'change')}?", default=False)
    except typer.Abort:
        typer.echo(err=True)
        said = False
    if not said or looked.preview is None:
        fail("Nothing was recorded.", DECLINED)
    return looked.preview


def _submit(books: Ledger, recorder: Author, looked: _Looked, agreed: Preview | None) -> Recorded:
    """Record all rows or none. What somebody `agreed` to is recorded just so, or not at all."""
    from planledger.recording.checking import refused_row  # noqa: PLC0415 - as above

    outcome = books.submit_all(
        [row.command for row in looked.rows],
        author=recorder,
        command_id=looked.command_id,
        expected_position=agreed.position if agreed is not None else None,
    )
    if isinstance(outcome, Refusal):
        problem = refused_row(looked.rows, outcome)
        row = f"row {problem.row}: " if problem.row is not None else ""
        fail(f"{row}{problem.message} Nothing was recorded.", DECLINED)
    return outcome


def _show(looked: _Looked) -> None:
    for remark in looked.sheet.remarks:
        typer.echo(f"note: {remark}", err=True)
    console = Console(highlight=False)
    if looked.problems:
        shown = [ShownProblem(p.row, p.column, p.message) for p in looked.problems]
        console.print(show_problems(shown))
    if looked.preview is not None:
        rows = [
            ShownRow(checked.row.number, checked.row.act.title, checked.read, checked.envelopes)
            for checked in looked.rows
        ]
        console.print(show_sheet(rows, looked.preview, looked.doubts))
    sys.stdout.flush()  # before what comes on the other stream, should both end in one file


def _tell(plan: str, looked: _Looked, recorded: Recorded | None, *, as_json: bool) -> None:
    if as_json:
        typer.echo(to_json(_answer(plan, looked, recorded)))
    if looked.problems:
        rows = len({problem.row for problem in looked.problems})
        wrong = f"{counted(len(looked.problems), 'problem')} in {counted(rows, 'row')}"
        fail(f"{wrong}; nothing was recorded. Mend the sheet and send it again.", DECLINED)
    if as_json:
        return
    if recorded is None:
        typer.echo("Every row can be recorded. Nothing was, as --check asks.")
    elif recorded.repeated:
        _tell_repeated(recorded)
    elif not recorded.entries:
        typer.echo(f"It is so already: nothing was recorded in {plan}.")
    else:
        first, last = recorded.entries[0].position, recorded.entries[-1].position
        many = counted(len(looked.rows), "change")
        typer.echo(f"Recorded {many} in {plan}: positions {first} to {last}.")


def _tell_repeated(recorded: Recorded) -> None:
    first, last = recorded.entries[0], recorded.entries[-1]
    on = day_label(civil_day(first.recorded_at))
    typer.echo(
        f"Already recorded, on {on}, as positions {first.position} to {last.position}. Nothing "
        "more was recorded. If it happened once more, say in the sheet on which day it was "
        "effective."
    )


def _answer(plan: str, looked: _Looked, recorded: Recorded | None) -> dict[str, Any]:
    entries = recorded.entries if recorded is not None else ()
    is_new = recorded is not None and not recorded.repeated
    return {
        "plan": plan,
        "rows": [
            {
                "row": checked.row.number,
                "act": checked.row.act.name,
                "records": [stored_name(type(found.event)) for found in checked.envelopes],
            }
            for checked in looked.rows
        ],
        "problems": looked.problems,
        "doubts": looked.doubts,
        "remarks": looked.sheet.remarks,
        "recorded": len(entries) if is_new else 0,
        "positions": [entry.position for entry in entries],
        "repeated": recorded is not None and recorded.repeated,
    }


def _write_template(file: Path, plan: str | None, ledger: str | None, names: Sequence[str]) -> None:
    from planledger.recording.template import (  # noqa: PLC0415 - costly, as in serve
        EVERY,
        csv_template,
        xlsx_template,
    )

    unknown = [name for name in names if name not in ACTS]
    if unknown:
        there = among("Acts", unknown[0], ACTS, len(ACTS))
        raise ValueError(f"There is no act {unknown[0]!r}. {there}")
    acts = [ACTS[name] for name in names] or EVERY
    kind = file.suffix.lower()
    if kind not in {".csv", ".xlsx"}:
        raise ValueError(f"{file.name} says no kind of file. Name it NAME.xlsx or NAME.csv.")
    known = None
    if plan is not None:
        with opened(ledger, create=False) as (books, _):
            known = check_plan(books, plan)
    file.write_bytes(csv_template(acts) if kind == ".csv" else xlsx_template(known, acts))
    then = f"planledger record {file} --plan {plan or 'PLAN'}"
    typer.echo(f"Wrote {file}. Write a change a row in it, then: {then}")
