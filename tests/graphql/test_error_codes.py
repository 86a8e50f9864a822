"""Every error has a stable code: programs match on it, whatever the message comes to say."""

import pytest
from starlette.testclient import TestClient

from planledger.graphql.context import Context
from planledger.graphql.execution import Question
from planledger.server import make_app
from tests.support.face import EXECUTION, Face, code_of
from tests.support.ledgers import AUTHOR

CASES: list[tuple[str, dict[str, object] | None, str]] = [
    ("{", None, "GRAPHQL_PARSE_FAILED"),
    (" ", None, "GRAPHQL_PARSE_FAILED"),
    ("{" + "a{" * 5_000, None, "OPERATION_TOO_LARGE"),
    ("{ nothing }", None, "GRAPHQL_VALIDATION_FAILED"),
    ("{ ledger { plan { title } } }", None, "GRAPHQL_VALIDATION_FAILED"),
    ('{ ledger(effectiveOn: "2015-02-30") { basis { position } } }', None,
     "GRAPHQL_VALIDATION_FAILED"),
    ("{ ledger(knownAt: {}) { basis { position } } }", None, "GRAPHQL_VALIDATION_FAILED"),
    ("mutation { planDraft(input: {}) { __typename } }", None, "GRAPHQL_VALIDATION_FAILED"),
    ("subscription { events { nodes { position } } }", None, "GRAPHQL_VALIDATION_FAILED"),
    ("query($p: Position!) { events(after: $p) { nodes { position } } }", None, "BAD_USER_INPUT"),
    ("query($p: Position!) { events(after: $p) { nodes { position } } }", {"p": "x"},
     "BAD_USER_INPUT"),
    ("query($p: LedgerPoint) { ledger(knownAt: $p) { basis { position } } }", {"p": {}},
     "BAD_USER_INPUT"),
    ("query($d: Date) { ledger(effectiveOn: $d) { basis { position } } }", {"d": "2015-02-30"},
     "BAD_USER_INPUT"),
    ("{ events(first: 0) { nodes { position } } }", None, "PAGE_SIZE"),
    ('{ ledger(knownAt: {position: "9"}) { basis { position } } }', None, "POINT_IN_FUTURE"),
    ('{ ledger { plans(first: 1, after: "x") { nodes { ref } } } }', None, "CURSOR_UNKNOWN"),
]  # fmt: skip


@pytest.mark.parametrize(("document", "variables", "code"), CASES)
def test_a_mistake_in_a_question_has_the_code_of_how_far_it_came(
    face: Face, document: str, variables: dict[str, object] | None, code: str
) -> None:
    """A client mends its document, its variables or its question, by the code alone."""
    _, errors = face.run(document, variables)
    assert errors
    assert {code_of(error) for error in errors} == {code}


@pytest.mark.parametrize(("document", "variables", "code"), CASES)
def test_over_http_it_is_the_same_code(
    face: Face, document: str, variables: dict[str, object] | None, code: str
) -> None:
    """The service runs questions in another way than the command line does."""
    app = make_app(face.store, face.clock, AUTHOR)
    with TestClient(app, base_url="http://localhost") as client:
        body = {"query": document, "variables": variables}
        answer = client.post("/graphql", json=body).json()
    assert {error["extensions"]["code"] for error in answer["errors"]} == {code}


def test_what_nobody_expected_says_only_that(face: Face, caplog: pytest.LogCaptureFixture) -> None:
    """Its words are for us; the code tells the client that it is no mistake of its own."""

    class Broken:
        def __getattr__(self, name: str) -> object:
            raise ValueError(f"internal words about {name}")

    context = Context(ledger=Broken(), author=face.context.author)  # type: ignore[arg-type]
    result = EXECUTION.answer(Question("{ ledger { plans(first: 1) { nodes { ref } } } }"), context)
    (error,) = result.errors
    assert (error.message, code_of(error)) == ("Unexpected error.", "INTERNAL_SERVER_ERROR")
    assert len(caplog.records) == 1


def test_the_same_mistake_twice_has_its_code_both_times(face: Face) -> None:
    """What was found wrong with a document is remembered, and its code with it."""
    codes = [[code_of(error) for error in face.run("{ nothing }")[1]] for _ in range(2)]
    assert codes == [["GRAPHQL_VALIDATION_FAILED"]] * 2
