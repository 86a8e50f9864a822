"""A client may ask by the id of a document, and may be held to that."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from planledger.graphql.trusted import OURS
from planledger.storage.sqlite import SqliteStore
from tests.server.conftest import CLOCK, Log, client_of
from tests.server.http.test_statuses import code_of
from tests.support.serving import HEAD
from tests.support.stuck import StruckStore

PLAN = sha256((OURS / "plan-at-point.graphql").read_bytes()).hexdigest()
VARIABLES = {"plan": "alpha", "knownAt": {"position": "4"}, "effectiveOn": "2026-02-12"}
ACT = 'mutation Act { planDraft(input: {plan: "forged", title: "A"}) { __typename } }'
UNKNOWN = "0" * 64


def test_a_document_has_an_address(client: TestClient, log: Log) -> None:
    """With its variables it is a link to one answer, which may be kept like any other."""
    parameters = {"variables": json.dumps(VARIABLES)}
    answer = client.get(f"/graphql/d/{PLAN}", params=parameters)
    assert answer.json()["data"]["ledger"]["plan"]["ref"] == "alpha"
    headers = {"if-none-match": answer.headers["etag"]}
    again = client.get(f"/graphql/d/{PLAN}", params=parameters, headers=headers)
    assert again.status_code == 304
    (line, _) = log.lines("request")
    assert (line["route"], line["document"]) == ("/graphql/d/{document}", PLAN)
    assert "alpha" not in log.text


@pytest.mark.parametrize("id_", [PLAN, f"sha256:{PLAN}"])
def test_it_may_be_asked_for_instead_of_a_query(client: TestClient, id_: str) -> None:
    """By POST and by GET; the answer is the same, and is kept once."""
    answers = [
        client.post("/graphql", json={"documentId": id_, "variables": VARIABLES}),
        client.get("/graphql", params={"documentId": id_, "variables": json.dumps(VARIABLES)}),
        client.get(f"/graphql/d/{id_}", params={"variables": json.dumps(VARIABLES)}),
    ]
    assert len({(answer.content, answer.headers["etag"]) for answer in answers}) == 1


@pytest.mark.parametrize("id_", [UNKNOWN, PLAN[:-1], PLAN.upper(), f"md5:{PLAN}", "é", "a b"])
def test_an_id_that_is_not_registered_is_refused(client: TestClient, id_: str) -> None:
    """There is no such address; elsewhere it is a mistake in what was sent."""
    answer = client.get(f"/graphql/d/{id_}")
    assert (answer.status_code, code_of(answer)) == (404, "DOCUMENT_UNKNOWN")
    answer = client.post("/graphql", json={"documentId": id_})
    assert (answer.status_code, code_of(answer)) == (400, "DOCUMENT_UNKNOWN")


@pytest.mark.parametrize("other", ["query", "documentId"])
def test_an_address_of_one_document_takes_no_other(client: TestClient, other: str) -> None:
    """Whoever trusts the address must get what it names."""
    answer = client.get(f"/graphql/d/{PLAN}", params={other: HEAD})
    assert (answer.status_code, code_of(answer)) == (400, "BAD_REQUEST")


def test_it_has_an_operation_to_choose_and_variables_to_check(client: TestClient) -> None:
    """Trusted is the document, and not what is sent beside it."""
    answer = client.get(f"/graphql/d/{PLAN}", params={"operationName": "Other"})
    assert answer.json()["errors"][0]["extensions"]["code"] == "OPERATION_UNKNOWN"
    answer = client.get(f"/graphql/d/{PLAN}", params={"variables": '{"plan": 7}'})
    assert answer.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    (tmp_path / "act.graphql").write_text(ACT)
    (tmp_path / "head.graphql").write_text(HEAD)
    return tmp_path


@pytest.fixture(name="strict")
def _strict(folder: Path, tmp_path: Path) -> Iterator[TestClient]:
    store = SqliteStore(tmp_path / "plans.db", CLOCK, create=True)
    with client_of(StruckStore(store), documents=folder, trusted_only=True) as client:
        yield client


def test_a_service_may_carry_out_registered_documents_only(strict: TestClient) -> None:
    """Who exposes it knows all that can be asked, and has measured it."""
    for answer in (
        strict.post("/graphql", json={"query": HEAD}),
        strict.post("/graphql", json={"query": "{ __schema { types { name } } }"}),
        strict.get("/graphql", params={"query": HEAD}),
    ):
        assert (answer.status_code, code_of(answer)) == (403, "DOCUMENT_NOT_TRUSTED")
    id_ = sha256(HEAD.encode()).hexdigest()
    assert strict.get(f"/graphql/d/{id_}").json()["data"]["ledger"]
    assert strict.post("/graphql", json={"documentId": id_}).json()["data"]["ledger"]


def test_a_registered_command_is_still_a_command(strict: TestClient) -> None:
    """A link must not change a plan, whoever registered its document."""
    id_ = sha256(ACT.encode()).hexdigest()
    for answer in (
        strict.get(f"/graphql/d/{id_}"),
        strict.get("/graphql", params={"documentId": id_}),
    ):
        assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    answer = strict.post("/graphql", json={"documentId": id_})
    assert answer.json()["data"]["planDraft"]["__typename"] == "PlanRecorded"
