"""Every request has an id and a line in the log; what people wrote is in no line."""

import re

import pytest
from starlette.testclient import TestClient

from planledger.server.ending import Ending
from planledger.server.requests import HEADER
from tests.server.conftest import Log, client_of
from tests.support.serving import DRAFT, HEAD
from tests.support.stuck import StruckStore

PERSON, NAME = "Ann-Example", "AnnExample"


def test_the_callers_id_is_taken_and_given_back(client: TestClient, log: Log) -> None:
    """With it a person finds in our log what they see in theirs."""
    for stated in ("7f3a", "a" * 100, "trace/1.2_3:4=5+6-7"):
        assert client.get("/healthz", headers={HEADER: stated}).headers[HEADER] == stated
        assert [line["request_id"] for line in log.lines("request")][-1] == stated


@pytest.mark.parametrize(
    "stated", ["", " ", "a" * 101, 'x" level="error', "né", "a\x1b[31mb", "<script>", "a,b"]
)
def test_an_id_that_is_none_is_replaced(client: TestClient, log: Log, stated: str) -> None:
    """It goes into logs and answers: what is not plain could pretend to be something else there."""
    headers = {HEADER.encode(): stated.encode()}
    given = client.get("/healthz", headers=headers).headers[HEADER]
    assert re.fullmatch(r"[0-9a-f]{32}", given)
    assert [line["request_id"] for line in log.lines("request")] == [given]


def test_every_request_has_its_own_id(client: TestClient) -> None:
    """Two requests of one id could not be told apart."""
    assert len({client.get("/healthz").headers[HEADER] for _ in range(20)}) == 20


def test_a_line_says_which_request_it_was_and_how_it_went(client: TestClient, log: Log) -> None:
    """It is what an operator has, when somebody says that it was slow this morning."""
    body = {"query": f"query Where {HEAD}", "operationName": "Where"}
    client.post("/graphql", json=body, headers={HEADER: "which"})
    (line,) = log.lines("request")
    assert line.pop("milliseconds") > 0
    assert line.pop("timestamp").endswith("Z")
    assert line.pop("process")
    assert line == {
        "event": "request",
        "level": "info",
        "logger": "planledger.server.requests",
        "request_id": "which",
        "method": "POST",
        "route": "/graphql",
        "status": 200,
        "operation": "Where",
        "document": None,
        "kept": "no",
        "position": 0,
    }


@pytest.mark.parametrize("name", ["1x", "a b", "x" * 101, "Ann\nlevel=error"])
def test_a_name_that_is_none_is_left_out(client: TestClient, log: Log, name: str) -> None:
    """It comes from the client, and anything may be in it."""
    client.post("/graphql", json={"query": HEAD, "operationName": name})
    assert [line["operation"] for line in log.lines("request")] == [None]


def test_looking_whether_all_is_well_is_no_news(client: TestClient, log: Log) -> None:
    """It happens every few seconds, and would hide everything else."""
    for route in ("/healthz", "/readyz", "/metrics"):
        client.get(route)
    client.get("/")
    assert [line["level"] for line in log.lines("request")] == ["debug"] * 3 + ["info"]


@pytest.mark.parametrize(
    "query",
    [
        f'{{ ledger {{ plan(ref: "{PERSON}") {{ ref }} }} }}',
        f'{{ ledger {{ plan(ref: "{PERSON}") {{ nothing }} }} }}',
        f'{{ ledger(effectiveOn: "{PERSON}") {{ basis {{ position }} }} }}',
        f"{{ {NAME} }}",
        f'{{ "{PERSON}',
        f"query {NAME} {{ ledger {{ basis {{ position }} }} }}",
        DRAFT,
    ],
)
def test_what_is_asked_is_not_in_the_log(client: TestClient, log: Log, query: str) -> None:
    """Plans name people; a log is kept, copied and read by others than a plan is."""
    given = {"plan": "alpha", "title": PERSON, "reason": PERSON}
    client.post(
        f"/graphql?x={PERSON}",
        json={"query": query, "variables": {"input": given}},
        headers={"authorization": PERSON, "cookie": PERSON, "user-agent": PERSON},
    )
    client.get(f"/{PERSON}", params={"query": query})
    client.post("/graphql", content=PERSON)
    assert log.lines("request")
    assert PERSON.casefold() not in log.text.casefold()
    assert NAME not in log.text


def test_an_unexpected_error_is_in_the_log_under_the_reference_of_its_answer(
    client: TestClient, struck: StruckStore, log: Log
) -> None:
    """The client is told nothing of ours; who asks us with the reference gets the rest."""
    struck.error = RuntimeError("of all things")
    query = f'{{ ledger {{ plan(ref: "{PERSON}") {{ ref }} }} }}'
    answer = client.post("/graphql", json={"query": query})
    (error,) = answer.json()["errors"]
    assert error["message"] == "Unexpected error."
    assert error["extensions"] == {
        "code": "INTERNAL_SERVER_ERROR",
        "reference": answer.headers[HEADER],
    }
    (line,) = log.lines("unexpected error")
    assert line["request_id"] == answer.headers[HEADER]
    assert line["path"] == "ledger"
    assert "RuntimeError: of all things" in line["exception"]
    assert PERSON not in log.text


def test_an_unexpected_error_outside_graphql_has_a_reference_too(
    client: TestClient, struck: StruckStore, log: Log
) -> None:
    """No request ends without an answer, and none of our words in it."""
    struck.error = RuntimeError("of all things")
    answer = client.get("/readyz")
    assert answer.status_code == 500
    (error,) = answer.json()["errors"]
    assert error["extensions"]["reference"] == answer.headers[HEADER]
    assert "of all things" not in answer.text
    (line,) = log.lines("unexpected error")
    assert line["request_id"] == answer.headers[HEADER]
    assert [line["status"] for line in log.lines("request")] == [500]


def correlations(client: TestClient) -> list[str | None]:
    """Give the correlation id of each entry."""
    query = "{ events(first: 50) { nodes { correlationId } } }"
    nodes = client.get("/graphql", params={"query": query}).json()["data"]["events"]["nodes"]
    return [node["correlationId"] for node in nodes]


def test_a_command_belongs_to_the_piece_of_work_that_its_caller_names(client: TestClient) -> None:
    """By its own id for it, else by that of the request; ours says nothing to the caller."""
    commands: list[tuple[str, dict[str, str], dict[str, str]]] = [
        (DRAFT, {"plan": "own", "title": "A", "correlationId": "work"}, {HEADER: "request"}),
        (DRAFT, {"plan": "theirs", "title": "A"}, {HEADER: "request"}),
        (DRAFT, {"plan": "none", "title": "A"}, {}),
        (DRAFT, {"plan": "unusable", "title": "A"}, {HEADER: "a,b"}),
    ]
    for document, given, headers in commands:
        body = {"query": document, "variables": {"input": given}}
        assert "errors" not in client.post("/graphql", json=body, headers=headers).json()
    assert correlations(client) == ["work", "request", None, None]


def test_a_repeated_command_is_the_same_in_another_request(client: TestClient) -> None:
    """A retry has a request id of its own, and must not look like another command."""
    given = {"plan": "alpha", "title": "A", "commandId": "once"}
    body = {"query": DRAFT, "variables": {"input": given}}
    for name in ("first", "second"):
        answer = client.post("/graphql", json=body, headers={HEADER: name}).json()
        assert answer["data"]["it"]["position"] == "1"
    assert correlations(client) == ["first"]


def test_a_process_that_closes_closes_its_connections_too(struck: StruckStore) -> None:
    """Whoever kept one would be cut off in the middle of a command when patience is over."""

    class Closing(Ending):
        def closing(self) -> bool:
            return True

    with client_of(struck, ending=Closing()) as client:
        assert client.get("/healthz").headers["connection"] == "close"
    with client_of(struck) as client:
        assert "connection" not in client.get("/healthz").headers
