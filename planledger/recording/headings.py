"""The headings of a sheet of changes: which column holds which field of which act."""

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from planledger.recording.act import Act, Field
from planledger.recording.acts import ACTS
from planledger.recording.cells import Cell, Row, SheetProblem, letters

ACT = "act"
"""The heading of the column that says which act a row is."""


class Column(Struct, frozen=True):
    """A column with a heading."""

    place: int
    """From 0."""
    heading: str
    fields: Mapping[str, Field]
    """What it holds, by the name of the act: acts may call different fields the same."""

    @property
    def called(self) -> str:
        """What people find it by: "D to_date"."""
        return f"{letters(self.place)} {self.heading}"

    @property
    def says_the_act(self) -> bool:
        """Whether it says which act a row is."""
        return folded(self.heading) == ACT

    def cell(self, row: Row) -> Cell:
        """Give its cell in a row."""
        return row.cells[self.place] if self.place < len(row.cells) else Cell("")


class Headings(Struct, frozen=True):
    """All columns with a heading, each heading known and none there twice."""

    act: Column
    columns: tuple[Column, ...]
    """Those that hold fields."""

    def called(self, act: Act) -> Mapping[str, str]:
        """Give what the columns of an act's fields are called, by the fields' names."""
        return {
            column.fields[act.name].name: column.called
            for column in self.columns
            if act.name in column.fields
        }


def read_headings(row: Row) -> Headings | tuple[SheetProblem, ...]:
    """Read the first row that has something in it; give all that is wrong with it at once."""
    columns = [
        Column(place, cell.text, _fields(cell.text))
        for place, cell in enumerate(row.cells)
        if cell.text
    ]
    acts = [column for column in columns if column.says_the_act]
    others = [column for column in columns if not column.says_the_act]
    problems = (
        *_unreadable(row),
        *_missing(row, acts),
        *_unknown(row, others),
        *_twice(row, others),
    )
    return problems or Headings(acts[0], tuple(others))


def folded(text: str) -> str:
    """Give a text as headings are compared: no matter its case, blanks, hyphens, underscores."""
    return " ".join(re.split(r"[\s_-]+", text.casefold())).strip(" :*")


def _fields(heading: str) -> Mapping[str, Field]:
    """Find the field of each act that a heading means: by name, or else by how forms call it."""
    wanted = folded(heading)
    every = [(act.name, field) for act in ACTS.values() for field in act.every]
    named = {act: field for act, field in every if folded(field.name) == wanted}
    return named or {act: field for act, field in every if folded(field.label) == wanted}


def _unreadable(row: Row) -> Iterator[SheetProblem]:
    for place, cell in enumerate(row.cells):
        if cell.problem:
            yield SheetProblem(row=row.number, column=letters(place), message=cell.problem)


def _missing(row: Row, acts: list[Column]) -> Iterator[SheetProblem]:
    if not acts:
        yield SheetProblem(
            row=row.number,
            message=f'No column is headed "{ACT}". The first row must be the headings; begin with '
            "a template: planledger record --template FILE.",
        )
    for column in acts[1:]:
        yield _same(row, column, acts[0])


def _unknown(row: Row, columns: list[Column]) -> Iterator[SheetProblem]:
    for column in columns:
        if not column.fields:
            yield SheetProblem(
                row=row.number,
                column=column.called,
                message="No act has such a field. Use a heading of the template, or clear it.",
            )


def _twice(row: Row, columns: list[Column]) -> Iterator[SheetProblem]:
    for number, column in enumerate(columns):
        for before in columns[:number]:
            if any(before.fields.get(act) == field for act, field in column.fields.items()):
                yield _same(row, column, before)


def _same(row: Row, column: Column, before: Column) -> SheetProblem:
    message = f"It says the same as {before.called}. Keep one of them."
    return SheetProblem(row=row.number, column=column.called, message=message)
