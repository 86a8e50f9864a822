"""What the guide to the register says is so: every column, every query, in every database."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from planledger.readmodel.filling import Filler
from planledger.readmodel.postgres import PostgresRegister
from planledger.readmodel.register import Register
from planledger.readmodel.rows import Column, columns_of
from planledger.readmodel.schema import SHOWN, TABLES, Known
from planledger.readmodel.views import VIEWS
from tests.support.registers import KINDS, copied, registered
from tests.support.simulated import northbridge
from tests.support.told import ROOT

GUIDE = (ROOT / "docs" / "guides" / "register.md").read_text(encoding="utf-8")
WORDS = {str: "text", int: "whole number", bool: "yes or no", date: "day", datetime: "moment"}


class Question(NamedTuple):
    """A query of the guide, and its answer there."""

    query: str
    answer: str


def questions() -> Iterator[Question]:
    """Give the queries of the guide."""
    for block in re.finditer(r"```sql\n(.*?)```\n\n```text\n(.*?)```\n", GUIDE, re.DOTALL):
        yield Question(block[1], block[2])


def asked(register: Register, query: str) -> str:
    """Give the answer of a database as the guide writes answers down."""
    with register._writing() as cursor:
        if isinstance(register, PostgresRegister):
            cursor.execute("SET LOCAL search_path TO planledger_register")
        cursor.execute(query)
        rows = cursor.fetchall()
    return "".join(f"{' | '.join(map(_shown, row)).rstrip()}\n" for row in rows)


def _shown(value: object) -> str:
    return "" if value is None else str(value)


@pytest.mark.parametrize("kind", KINDS)
def test_every_query_of_the_guide_gives_its_answer(kind: str, tmp_path: Path) -> None:
    """An analyst copies them, and builds what the council decides by on top of them."""
    told = list(questions())
    assert len(told) == GUIDE.count("```sql") >= 8
    with copied(kind, tmp_path, northbridge()[0]._store) as store, registered(store) as register:
        Filler(store, register).catch_up()
        for question in told:
            _, _, answer = question.answer.partition("\n")
            assert asked(register, question.query) == answer, question.query


def test_every_column_is_explained_as_it_is_declared() -> None:
    """A column that nobody explains is guessed at, and guesses end up in reports."""
    explained = [*columns_of(Known), *SHOWN, *TABLES["leads"], *TABLES["reviews"]]
    for column in (*explained, *TABLES["commits"]):
        kind = WORDS[column.type] + (", or NULL" if column.nullable else "")
        assert f"| `{column.name}` | {kind} | {column.description} |\n" in GUIDE


@pytest.mark.parametrize("kind", KINDS)
def test_the_views_have_the_columns_that_are_explained_in_that_order(
    kind: str, tmp_path: Path
) -> None:
    """Tools remember columns by place as well as by name."""
    known, shown = names(columns_of(Known)), names(SHOWN)
    ends = ["timeliness", "days_overdue"]
    with copied(kind, tmp_path, northbridge()[0]._store) as store, registered(store) as register:
        Filler(store, register).catch_up()
        found = {view: columns_in(register, view) for view in VIEWS}
    assert found["milestones"] == [*known, *shown, "timeliness"]
    assert found["milestones_now"] == ["position", "day", "stretch", *shown, *ends]
    for table in ("leads", "commits", "reviews"):
        assert found[table] == names(TABLES[table])
    assert found["register"] == ["version", "position", "recorded_at", "recorded_on", "today"]


def names(columns: Sequence[Column]) -> list[str]:
    """Give the names of columns."""
    return [column.name for column in columns]


def columns_in(register: Register, view: str) -> list[str]:
    """Give the columns of a view, as the database has them."""
    if isinstance(register, PostgresRegister):
        rows = register._rows(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s "
            "AND table_schema = 'planledger_register' ORDER BY ordinal_position",
            view,
        )
    else:
        rows = register._rows("SELECT name FROM pragma_table_info(?) ORDER BY cid", view)
    return [name for (name,) in rows]
