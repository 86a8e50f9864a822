"""Whatever a hidden figure is, nothing that the public is given has another byte.

Three ledgers differ in nothing but small figures, and in what would tell them. What does not change
with a figure cannot tell it: no cell, shape, standing, word or member of an answer.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from graphql import NonNullTypeNode, OperationDefinitionNode, TypeNode, parse, print_ast

from planledger.graphql.trusted import registered
from planledger.reports.formats import FORMATS
from tests.support.face import EXECUTION
from tests.support.kept_kpis import PLAN, QUARTERS, YEAR, Kept, keeping

NEXT = ("2025-04-01", "2025-06-30", "Q1 2025-26")
NEXT_YEAR = ("2025-04-01", "2026-03-31", "2025-26")
POINTS = ("", "board-1", "@9")
"""Where the figures are looked at from: now, the review, and before anything was small."""
FIGURES = [
    {"hidden": "4.9", "final": "1.1", "year": "53.5", "start": "3"},
    {"hidden": "3.4", "final": "4.8", "year": "52.0", "start": "4.5"},
    {"hidden": "0.7", "final": "3.3", "year": "49.3", "start": "0"},
]
"""Past the floor, within tolerance, and met. The total over the year is hidden with it; the year
after is worse than the one and better than another."""
ASKED: Mapping[str, Any] = {
    "plan": PLAN, "kpi": "moves", "item": "Kpi:alpha/moves", "text": "moves", "name": "board-1",
    "review": "alpha/board-1", "asAt": "2026-01-06", "after": "1", "from": {"position": "0"},
    "to": {"position": "12"}, "now": {"position": "14"},
}  # fmt: skip
"""What documents are asked with that need something."""


def _story(kept: Kept, *, hidden: str, final: str, year: str, start: str) -> None:
    """Let a quarter be hidden and revised, with a total that tells it, and baselines of both."""
    kept.define()
    for quarter in QUARTERS:
        kept.target(quarter, "2.5", floor="4.2", tolerance="1", baseline=start)
    for quarter, value in zip(QUARTERS, ("17.1", "16.2", hidden, "15.3"), strict=True):
        kept.read(quarter, value)
    kept.reviewed()
    kept.read(YEAR, year)
    kept.read(NEXT_YEAR, "51")
    kept.revise(QUARTERS[0], "14.4", "Counted twice")
    kept.revise(QUARTERS[2], final, "Counted again")
    kept.target(NEXT, "3", baseline=year)
    kept.read(NEXT, hidden)
    kept.void_last()


@pytest.fixture(name="rooms", scope="module")
def _rooms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Kept]]:
    folder = tmp_path_factory.mktemp("hidden")
    kept, open_ = [], []
    for number, figures in enumerate(FIGURES):
        room = keeping(Path(folder) / f"{number}.db")
        kept.append(room.__enter__())
        open_.append(room)
        _story(kept[-1], **figures)
    yield kept
    for room in open_:
        room.__exit__(None, None, None)


def _same(answers: list[bytes]) -> bytes:
    first, *others = answers
    assert all(other == first for other in others)
    return first


@pytest.mark.parametrize(
    "page", ["", "kpis", "kpis/moves", "changes", "history/moves", "reviews/board-1",
             "events", "findings", "record", "record/reading", "record/revise-reading"],
)  # fmt: skip
def test_pages_are_the_same_whatever_a_hidden_figure_is(rooms: list[Kept], page: str) -> None:
    """What people read, at every point."""
    query = {"record/reading": "&kpi=moves", "record/revise-reading": "&kpi=moves"}.get(page, "")
    for point in POINTS:
        address = f"/plans/{PLAN}/{page}?known={point}&from=@0&to={point}{query}".replace("/?", "?")
        told = _same([_without_token(kept.room.get(address).html) for kept in rooms])
        if page == "kpis/moves" and not point:
            assert b"because of others" in told
            assert b"baseline" in told


def _without_token(html: str) -> bytes:
    """Give a page without what is another on every visit: the token and the id of its form."""
    return re.sub(r'(<input type="hidden" name="[\w-]+" value=)"[^"]*"', r"\1", html).encode()


DOCUMENTS = {
    document.name: document
    for document in registered(EXECUTION)
    if document.name.startswith(("page-", "paper-"))
}


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_what_pages_and_papers_are_made_of_is_the_same_too(rooms: list[Kept], name: str) -> None:
    """Each page links to its answer as JSON, and whoever can read the one can read the other."""
    document = DOCUMENTS[name]
    for point in ({}, {"review": "alpha/board-1"}, {"position": "9"}):
        variables = _variables(document.text, point)
        answers = [
            kept.room.client.get(
                f"/graphql/d/{document.id}", params={"variables": json.dumps(variables)}
            ).content
            for kept in rooms
        ]
        told = json.loads(_same(answers))
        assert "errors" not in told, told
        assert told["data"], "An answer of nothing is the same everywhere."


def _variables(text: str, point: dict[str, str]) -> dict[str, Any]:
    """Give a document all that it takes and cannot do without."""
    (query,) = [x for x in parse(text).definitions if isinstance(x, OperationDefinitionNode)]
    found: dict[str, Any] = {}
    for variable in query.variable_definitions or ():
        name, kind = variable.variable.name.value, print_ast(_bare(variable.type))
        if kind == "LedgerPoint" and name in {"knownAt", "start", "end"}:
            found |= {name: point} if point else {}
        elif kind == "LedgerPoint" and name == "review":
            found[name] = {"review": ASKED["review"]}
        elif kind == "Boolean":
            found[name] = name in {"compared", "closed", "told", "inside", "kpis", "reviews"}
        elif name in ASKED and isinstance(variable.type, NonNullTypeNode):
            found[name] = ASKED[name]
        elif isinstance(variable.type, NonNullTypeNode):
            assert variable.default_value is not None, f"Say with what {name} is asked."
    return found


def _bare(kind: TypeNode) -> TypeNode:
    return kind.type if isinstance(kind, NonNullTypeNode) else kind


@pytest.mark.parametrize("format_", sorted(FORMATS))
@pytest.mark.parametrize(
    "paper", ["report", "kpis/report", "changes/report", "reviews/board-1/report",
              "milestones/report", "findings/report"],
)  # fmt: skip
def test_papers_are_the_same_in_every_format(rooms: list[Kept], paper: str, format_: str) -> None:
    """A paper is handed on, and cannot be taken back."""
    query = "from=@0&to=head" if "changes" in paper else ""
    answers = [kept.room.client.get(f"/plans/{PLAN}/{paper}.{format_}?{query}") for kept in rooms]
    assert {answer.status_code for answer in answers} == {200}
    told = _same([answer.content for answer in answers])
    if paper == "kpis/report" and format_ == "md":
        assert b"c (suppressed)" in told
        assert b"Not shown" in told
