"""Each answer has the status that clients, proxies and caches know how to treat."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from planledger.graphql.execution import Failure, execution
from planledger.server.http.media import GRAPHQL, JSON
from planledger.server.http.statuses import status_of
from tests.support.serving import DRAFT, HEAD
from tests.support.stuck import StruckStore

TYPED = "query($ref: PlanRef!) { ledger { plan(ref: $ref) { ref } } }"
ALLOW = "GET, HEAD, POST, OPTIONS"

FAILING = {
    Failure.PARSING: {"query": "{"},
    Failure.VALIDATION: {"query": "{ nothing }"},
    Failure.SIZE: {"query": "{ __typename " + "a: __typename " * 3_000 + "}"},
    Failure.OPERATION: {"query": "query A { __typename }", "operationName": "B"},
    Failure.VARIABLES: {"query": TYPED, "variables": {"ref": None}},
}
"""A question that fails in each way, but for TIME."""


def code_of(answer: Any) -> str:  # noqa: ANN401 - a response of whichever client
    """Give the code of the one error of an answer."""
    (error,) = answer.json()["errors"]
    assert error["message"].endswith("."), error
    code: str = error["extensions"]["code"]
    return code


@pytest.mark.parametrize("failure", FAILING, ids=lambda failure: failure.name)
def test_what_could_not_be_carried_out_has_its_status(client: TestClient, failure: Failure) -> None:
    """With the newer type the status tells; with the older one clients read 200 only."""
    for media_type, status in ((GRAPHQL, 400), (JSON, 200)):
        answer = client.post("/graphql", json=FAILING[failure], headers={"accept": media_type})
        assert answer.status_code == status == status_of(failure, media_type)
        assert answer.json()["errors"]
        assert "data" not in answer.json(), "Nothing of it was begun."
        assert answer.headers["cache-control"] == "no-store"
        assert "etag" not in answer.headers


def test_every_failure_has_a_status_in_every_form() -> None:
    """One that had none would be our mistake, told as 500."""
    for media_type in (GRAPHQL, JSON):
        assert {status_of(failure, media_type) for failure in Failure} <= {200, 400, 503}
        assert status_of(None, media_type) == 200
        assert status_of(Failure.TIME, media_type) == 503


def test_trouble_with_a_field_is_an_answer_all_the_same(
    client: TestClient, struck: StruckStore
) -> None:
    """The document was carried out; its data says null, and an error says where and why."""
    struck.error = RuntimeError("of all things")
    answer = client.post("/graphql", json={"query": HEAD}, headers={"accept": GRAPHQL})
    assert (answer.status_code, answer.json()["data"]) == (200, None)
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("media_type", [GRAPHQL, JSON])
def test_whoever_waits_in_vain_is_told_when_to_ask_again(
    client: TestClient, struck: StruckStore, monkeypatch: pytest.MonkeyPatch, media_type: str
) -> None:
    """A proxy should see trouble of ours as such, whatever the form."""
    monkeypatch.setattr(execution, "ANSWER_SECONDS", 0.2)
    struck.free.clear()
    answer = client.post("/graphql", json={"query": HEAD}, headers={"accept": media_type})
    struck.free.set()
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert code_of(answer) == "STORE_UNAVAILABLE"
    assert "data" not in answer.json()


def test_a_command_by_get_is_declined(client: TestClient) -> None:
    """A link, or an image on a page elsewhere, must not change a plan."""
    parameters = {"query": DRAFT, "variables": '{"input": {"plan": "forged", "title": "A"}}'}
    for media_type in (GRAPHQL, JSON):
        answer = client.get("/graphql", params=parameters, headers={"accept": media_type})
        assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
        assert code_of(answer) == "METHOD_NOT_ALLOWED"
    asked = {"query": '{ ledger { plan(ref: "forged") { ref } } }'}
    assert client.get("/graphql", params=asked).json()["data"] == {"ledger": {"plan": None}}


def test_of_several_operations_only_the_one_asked_for_counts(client: TestClient) -> None:
    """A document may hold a question and a command; a link may ask the question."""
    document = f"query Ask {HEAD} mutation Act {{ __typename }}"
    asked = {"query": document, "operationName": "Ask"}
    assert client.get("/graphql", params=asked).status_code == 200
    assert client.get("/graphql", params={**asked, "operationName": "Act"}).status_code == 405


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "QUERY"])
def test_other_methods_are_a_405_that_names_those_there_are(
    client: TestClient, method: str
) -> None:
    """A client learns from it what to do instead."""
    answer = client.request(method, "/graphql", json={"query": HEAD})
    assert (answer.status_code, answer.headers["allow"]) == (405, ALLOW)
    assert code_of(answer) == "METHOD_NOT_ALLOWED"
    answer = client.request("POST", f"/graphql/d/{'0' * 64}", json={})
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS")


def test_options_are_told_without_leave_for_pages_elsewhere(client: TestClient) -> None:
    """Their browsers ask for it first, and get none."""
    answer = client.options("/graphql", headers={"origin": "https://example.org"})
    assert (answer.status_code, answer.headers["allow"], answer.content) == (204, ALLOW, b"")
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_head_is_get_without_the_body(client: TestClient) -> None:
    """Whoever only looks whether something changed saves the body."""
    parameters = {"query": "{ __typename }"}
    got = client.get("/graphql", params=parameters)
    looked = client.head("/graphql", params=parameters)
    for name in ("content-type", "content-length", "etag", "cache-control", "vary"):
        assert looked.headers[name] == got.headers[name]
    assert looked.status_code == 200


@pytest.mark.parametrize("document", ["subscription { planEvents { position } }"])
def test_a_subscription_is_no_question_of_one_answer(client: TestClient, document: str) -> None:
    """It is told where to go instead, in either form."""
    for media_type, status in ((GRAPHQL, 400), (JSON, 200)):
        answer = client.post("/graphql", json={"query": document}, headers={"accept": media_type})
        assert answer.status_code == status
        assert answer.json()["errors"]
