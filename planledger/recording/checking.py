"""Checking every row of a sheet, each on the plan as the rows before it leave it."""

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from planledger.domain.commands import PlanCommand
from planledger.domain.plan import Plan
from planledger.domain.refusals import Refusal
from planledger.events.envelope import Envelope
from planledger.events.values import Personal
from planledger.recording.act import Problem
from planledger.recording.cells import SheetProblem
from planledger.recording.reading import read, told
from planledger.recording.saying import as_read
from planledger.recording.sheet import Sheet, SheetRow


class Trying(Protocol):
    """Where commands are tried one after the other, and nothing is recorded; a ledger's trial."""

    @property
    def plan(self) -> Plan | None:
        """All that would be known of the plan; None where there is none."""

    def decide(self, command: PlanCommand, *, more: bool) -> Sequence[Envelope] | Refusal:
        """Decide the next command; there are `more` after it, or it is the last."""


class CheckedRow(Struct, frozen=True, kw_only=True):
    """A row that could be recorded."""

    row: SheetRow
    command: PlanCommand
    read: tuple[tuple[str, tuple[str | Personal, ...]], ...]
    """What was filled in, by labels, as it was understood."""
    envelopes: tuple[Envelope, ...]
    """What it would record; empty where it is so already."""


class Checked(Struct, frozen=True, kw_only=True):
    """A sheet, checked. It can be recorded only if there are no problems."""

    rows: tuple[CheckedRow, ...]
    problems: tuple[SheetProblem, ...]


def check_rows(sheet: Sheet, trying: Trying) -> Checked:
    """Check rows in their order. A row with a problem is passed over, and those after it go on.

    Raises ValueError where there is no such plan.
    """
    checked: list[CheckedRow] = []
    problems: list[SheetProblem] = []
    # A row that says no act yet will say one when it is mended.
    last = max((*(row.number for row in sheet.rows), *(p.row or 0 for p in sheet.problems), 0))
    for row in sheet.rows:
        plan = trying.plan
        if plan is None:
            raise ValueError("There is no such plan to record in.")
        found = _checked(row, plan, trying, more=row.number < last)
        if isinstance(found, CheckedRow):
            checked.append(found)
        else:
            problems += [row.problem(one.field, one.message, one.code) for one in found]
    return Checked(rows=tuple(checked), problems=tuple(problems))


def refused_row(rows: Sequence[CheckedRow], refusal: Refusal) -> SheetProblem:
    """Say which row the ledger refused after all, because somebody else was quicker."""
    first, place, path = [*(refusal.path or "").split(".", 2), "", ""][:3]
    if len(rows) == 1:
        return _told(rows[0].row, refusal)
    if first != "commands" or not place.isdecimal():
        return SheetProblem(message=refusal.message, code=refusal.code.value)
    message = refusal.message.removeprefix(f"Command {int(place) + 1}: ")
    own = Refusal(code=refusal.code, message=message, path=path or None)
    return _told(rows[int(place)].row, own)


def _checked(
    row: SheetRow, plan: Plan, trying: Trying, *, more: bool
) -> CheckedRow | tuple[Problem, ...]:
    found = read(row.act, row.texts, plan)
    if isinstance(found, tuple):
        return found
    decided = trying.decide(found.command, more=more)
    if isinstance(decided, Refusal):
        return (told(row.act, decided),)
    return CheckedRow(
        row=row,
        command=found.command,
        read=tuple((field.label, lines) for field, lines in as_read(row.act, found.values, plan)),
        envelopes=tuple(decided),
    )


def _told(row: SheetRow, refusal: Refusal) -> SheetProblem:
    problem = told(row.act, refusal)
    return row.problem(problem.field, problem.message, problem.code)
