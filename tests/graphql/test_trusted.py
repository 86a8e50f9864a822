"""Documents are registered before anybody asks, by the SHA-256 of their text."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from planledger.graphql.execution import Execution, Question
from planledger.graphql.schema import make_schema
from planledger.graphql.trusted import OURS, UntrustworthyError, registered
from planledger.reports.pages import PAGES, RECORDING
from tests.support.face import EXECUTION, Face

OWN = "query Own { ledger { basis { position } } }"
FOR_PROGRAMS = {"changes-between-reviews", "history", "plan-at-point", "register"}
"""What comes with the program for those who ask, beside what its own pages and papers ask."""


def test_what_comes_with_the_program_is_registered_by_its_bytes() -> None:
    """Whoever has the file can find out its id with sha256sum, and pin it."""
    found = {document.name: document for document in registered(EXECUTION)}
    kinds = {name.partition("-")[0] for name in set(found) - FOR_PROGRAMS}
    assert set(found) >= FOR_PROGRAMS
    assert kinds <= {"page", "paper"}
    for name, document in found.items():
        data = (OURS / f"{name}.graphql").read_bytes()
        assert (document.id, document.text) == (sha256(data).hexdigest(), data.decode())
        assert len(document.operations) == 1
        assert document.text.startswith("# "), "It says what it is for."


def test_every_page_has_its_document_and_no_document_is_left_over() -> None:
    """A page that was taken away must not leave its question behind as something promised."""
    found = {document.name for document in registered(EXECUTION)}
    assert {name for name in found if name.startswith("page-")} == {
        x.document for x in (*PAGES, *RECORDING)
    }


def test_what_comes_with_the_program_is_there_where_no_commands_are_taken() -> None:
    """A service that only answers has another schema."""
    assert list(registered(Execution(make_schema(commands=False))))


@pytest.mark.parametrize(
    ("name", "variables"),
    [
        ("plan-at-point", {"plan": "alpha"}),
        ("plan-at-point", {"plan": "alpha", "knownAt": {"position": "3"}}),
        ("register", {}),
        ("register", {"filter": {"plan": "alpha"}, "first": 1}),
    ],
)
def test_each_answers(face: Face, name: str, variables: dict[str, object]) -> None:
    """A document that is registered and cannot be answered would be found out by clients."""
    face.begin()
    data = _answered(face, name, variables)
    assert data["ledger"]


def _answered(face: Face, name: str, variables: dict[str, object]) -> dict[str, object]:
    (document,) = [x for x in registered(EXECUTION) if x.name == name]
    outcome = EXECUTION.answer(Question(document.text, variables), face.context)
    assert outcome.errors == ()
    return dict(outcome.data or {})


def test_history_and_changes_answer_too(face: Face) -> None:
    """Their subjects are an id, and two reviews that are closed."""
    face.begin()
    plan = face.ask('{ ledger { plan(ref: "alpha") { areas { id } } } }')["ledger"]["plan"]
    assert _answered(face, "history", {"item": plan["areas"][0]["id"]})["history"]
    face.done("forumEstablish", {"plan": "alpha", "forum": "board", "name": "B", "everyMonths": 3})
    for review in ("q1", "q2"):
        given = {"plan": "alpha", "review": review, "forum": "board", "label": review}
        face.done("reviewOpen", {**given, "asAt": "2026-01-31"})
        authority = {"forum": "board", "meeting": "2026-02-01"}
        face.done("reviewClose", {"plan": "alpha", "review": review, "authority": authority})
    variables: dict[str, object] = {"plan": "alpha", "from": "alpha/q1", "to": "alpha/q2"}
    assert _answered(face, "changes-between-reviews", variables)["changes"]


def test_a_folder_adds_its_own(tmp_path: Path) -> None:
    """An operator registers what their reports ask; other files in the folder are left alone."""
    (tmp_path / "own.graphql").write_text(OWN)
    (tmp_path / "two.graphql").write_text("query A { __typename } query B { __typename }")
    (tmp_path / "bare.graphql").write_text("{ __typename }")
    (tmp_path / "README.md").write_text("not a document")
    found = registered(EXECUTION, tmp_path)
    own = {x.name: x.operations for x in found if x.name in {"own", "two", "bare"}}
    assert own == {"own": ("Own",), "two": ("A", "B"), "bare": ()}
    assert len(list(found)) == len(list(registered(EXECUTION))) + 3
    id_ = sha256(OWN.encode()).hexdigest()
    for said in (id_, f"sha256:{id_}"):
        document = found.find(said)
        assert document is not None
        assert document.text == OWN
    for said in ("", id_[:-1], id_.upper(), f"md5:{id_}", f"sha256:sha256:{id_}"):
        assert found.find(said) is None


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: path.write_text("query {\n nothing }"), r"own\.graphql:2 .*nothing"),
        (lambda path: path.write_text("query {"), r"own\.graphql:1 .*Syntax Error"),
        (lambda path: path.write_text(""), r"own\.graphql.*Syntax Error"),
        (lambda path: path.write_text("{ a: __typename } " * 900), r"own\.graphql"),
        (lambda path: path.write_bytes(b"\xff"), r"own\.graphql is not UTF-8"),
        (lambda path: path.mkdir(), r"own\.graphql cannot be read"),
        (lambda path: path.symlink_to("nowhere"), r"own\.graphql cannot be read"),
        (Path.exists, "holds no document"),
    ],
)
def test_what_cannot_be_registered_is_told_in_one_line_that_names_the_file(
    tmp_path: Path, make: Callable[[Path], object], said: str
) -> None:
    """It is found out when the service is started, and not by who asks for it."""
    make(tmp_path / "own.graphql")
    with pytest.raises(UntrustworthyError, match=said) as told:
        registered(EXECUTION, tmp_path)
    assert "\n" not in str(told.value)
    with pytest.raises(UntrustworthyError, match="nowhere cannot be read"):
        registered(EXECUTION, tmp_path / "nowhere")
