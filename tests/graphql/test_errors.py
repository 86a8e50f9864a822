"""What goes wrong: users' mistakes are told to them, everything else is masked and logged once."""

import logging
import sqlite3
from contextlib import closing

import pytest

from planledger.graphql.context import Context
from planledger.graphql.errors import is_unexpected
from planledger.graphql.execution import Execution, Question
from planledger.storage.port import NewRecord, StoreError
from tests.support.face import EXECUTION, SCHEMA, Face, code_of

QUESTION = '{ ledger { plan(ref: "alpha") { title } } }'


def _spoil(face: Face) -> None:
    """Add an entry that no version of planledger has written, as a damaged disk would."""
    record = NewRecord(name="milestone-agreed.v1", data=b'{"secret": "Ann Example"}')
    face.store.append("alpha", 4, [record], command_id="spoilt", digest=b"0" * 32)


def test_an_unreadable_entry_is_masked_and_logged_once(
    face: Face, caplog: pytest.LogCaptureFixture
) -> None:
    """The client gets nothing of ours to see; the operator gets the entry and why, one time."""
    face.begin()
    _spoil(face)
    with caplog.at_level(logging.DEBUG):
        data, errors = face.run(QUESTION)
    assert data == {"ledger": {"plan": None}}
    (error,) = errors
    assert error.message == "Unexpected error."
    assert error.path == ["ledger", "plan"]
    assert error.locations
    assert "secret" not in str(error.formatted)
    (logged,) = caplog.records
    assert "Entry 5 (milestone-agreed.v1) is damaged" in logged.getMessage()


def test_a_closed_store_is_masked_in_answers_to_commands_too(
    face: Face, caplog: pytest.LogCaptureFixture
) -> None:
    """Where it lies on the disk is nobody's business but the operator's; the code says to retry."""
    face.close()
    document = 'mutation { planDraft(input: {plan: "alpha", title: "A"}) { __typename } }'
    data, errors = face.run(document)
    assert data is None
    (error,) = errors
    assert (code_of(error), str(face.path) in error.message) == ("STORE_UNAVAILABLE", False)
    (logged,) = caplog.records
    assert str(face.path) in logged.getMessage()
    assert document not in logged.getMessage()


def test_without_masking_the_cause_is_left_to_the_caller_and_not_logged(
    face: Face, caplog: pytest.LogCaptureFixture
) -> None:
    """The command line says it in one line of its own."""
    face.begin()
    face.close()
    result = Execution(SCHEMA, mask=False).answer(Question(QUESTION), face.context)
    (error,) = result.errors
    assert is_unexpected(error)
    assert isinstance(error.original_error, StoreError)
    assert caplog.records == []


def test_a_value_error_of_ours_is_a_bug_and_not_the_users_mistake(
    face: Face, caplog: pytest.LogCaptureFixture
) -> None:
    """Most slips of Python's are ValueErrors; their words are for us, and must reach the log."""

    class Broken:
        def __getattr__(self, name: str) -> object:
            raise ValueError(f"internal words about {name}")

    context = Context(ledger=Broken(), author=face.context.author)  # type: ignore[arg-type]
    result = EXECUTION.answer(Question(QUESTION), context)
    assert [error.message for error in result.errors] == ["Unexpected error."]
    assert len(caplog.records) == 1


@pytest.mark.parametrize(
    "document",
    [
        "{",
        " ",
        "{ nothing }",
        "{ ledger { plan { title } } }",
        '{ ledger(knownAt: {endOf: "x"}) { basis { position } } }',
        "{ events(first: 0) { nodes { position } } }",
        "{ events(types: [NOTHING]) { nodes { position } } }",
        "query($p: Position!) { events(after: $p) { nodes { position } } }",
        "{ events(first: 99999999999) { nodes { position } } }",
        "mutation { planDraft(input: {}) { __typename } }",
        "subscription { events { nodes { position } } }",
        "{" + "a{" * 5_000,
        "{ events(types: " + "[" * 5_000,
    ],
)
def test_a_mistake_in_a_question_is_told_and_not_logged(
    face: Face, document: str, caplog: pytest.LogCaptureFixture
) -> None:
    """A log full of users' mistakes hides the one entry that matters."""
    data, errors = face.run(document)
    assert data is None
    assert errors
    assert all(error.message != "Unexpected error." for error in errors)
    assert caplog.records == []


def test_a_variable_of_the_wrong_kind_is_told_by_its_name(face: Face) -> None:
    """The document is fine then; what was sent beside it is not."""
    document = "query($first: Int!, $on: Date) { ledger(effectiveOn: $on) { plans(first: $first) { "
    document += "nodes { ref } } } }"
    for variables, name in (
        ({"first": "ten"}, "$first"),
        ({}, "$first"),
        ({"first": 1, "on": "soon"}, "$on"),
        ({"first": 1, "on": 20150331}, "$on"),
    ):
        data, errors = face.run(document, variables)
        assert data is None
        assert name in errors[0].message


def test_no_reader_can_write_past_the_ledger(face: Face) -> None:
    """What a resolver hands to SQLite is a value and never a statement."""
    face.begin()
    for ref in ("alpha' OR '1'='1", 'x"; DELETE FROM entry; --', "%", "_lpha", "*"):
        found = face.ask(
            "query($p: PlanRef!) { ledger { plan(ref: $p) { ref } } events(plan: $p) { nodes { "
            "position } } }",
            p=ref,
        )
        assert found == {"ledger": {"plan": None}, "events": {"nodes": []}}
    with closing(sqlite3.connect(f"file:{face.path}?mode=ro", uri=True)) as raw:
        tables = [name for (name,) in raw.execute("SELECT name FROM sqlite_master")]
    assert tables
    assert face.head() == 4
