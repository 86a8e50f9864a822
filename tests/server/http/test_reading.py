"""Requests that are no questions are refused, with what is wrong and no more."""

import json
import socket
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

import anyio
import httpx2
import pytest
from starlette.requests import Request
from starlette.testclient import TestClient
from starlette.types import Message

from planledger.graphql.trusted import TrustedDocuments
from planledger.server.http import Reader, Refusal
from planledger.server.http.reading import MOST_IN_ADDRESS, MOST_IN_BODY
from tests.server.conftest import Log
from tests.server.http.test_statuses import code_of
from tests.support.program import serving

HEADERS = {"content-type": "application/json"}
ASK = b'{"query": "{ __typename }"%s}'


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "not JSON"),
        (b" ", "not JSON"),
        (b"{", "not JSON"),
        (b"7", "must be a JSON object"),
        (b"null", "must be a JSON object"),
        (b'"x"', "must be a JSON object"),
        (b"[]", "batches are not taken"),
        (b"[" + ASK % b"" + b"]", "batches are not taken"),
        (b"\xff", "not JSON"),
        (b"\xef\xbb\xbf" + ASK % b"", "not JSON"),
        (ASK % b', "operationName": "\xff"', "not UTF-8"),
        (ASK % b', "operationName": "\xed\xa0\x80"', "not UTF-8"),
        ('{"query": "{ __typename }"}'.encode("utf-16"), "not JSON"),
        (ASK % b', "operationName": "\\ud800"', "not JSON"),
        (ASK % b', "operationName": "\\udc00"', "not JSON"),
        (ASK % b', "variables": {"a": NaN}', "not JSON"),
        (ASK % b', "variables": {"a": 1e999}', "not JSON"),
        (ASK % (b', "variables": {"a": ' + b"9" * 5_000 + b"}"), "not JSON"),
        (b"[" * 50_000, "nested too deep"),
        (b'{"a":' * 15_000, "nested too deep"),
        (ASK % b"" + b" x", "not JSON"),
        (b"{}", '"query"'),
        (b'{"query": null}', '"query"'),
        (b'{"Query": "{ __typename }"}', '"query"'),
        (b'{"query": {}}', '"query" must be a text'),
        (b'{"query": 0}', '"query" must be a text'),
        (b'{"query": ["{ __typename }"]}', '"query" must be a text'),
        (b'{"documentId": 7}', '"documentId" must be a text'),
        (ASK % b', "documentId": "x"', "not both"),
        (ASK % b', "variables": []', '"variables" must be a JSON object'),
        (ASK % b', "variables": "{}"', '"variables" must be a JSON object'),
        (ASK % b', "operationName": false', '"operationName" must be a text'),
        (ASK % b', "extensions": 0', '"extensions" must be a JSON object'),
    ],
)
def test_a_body_that_is_no_question_is_a_400_that_says_why(
    client: TestClient, log: Log, body: bytes, said: str
) -> None:
    """It is the client's mistake: neither a 500 nor a line for the operator, nor an echo of it."""
    for media_type in ("application/json", "application/graphql-response+json"):
        headers = {**HEADERS, "accept": media_type}
        answer = client.post("/graphql", content=body, headers=headers)
        assert (answer.status_code, code_of(answer)) == (400, "BAD_REQUEST")
        assert said in answer.json()["errors"][0]["message"]
        assert len(answer.text) < 300
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["content-type"] == media_type
    assert "unexpected" not in log.text


@pytest.mark.parametrize(
    "more",
    [
        b"",
        b', "variables": null, "operationName": null, "extensions": null, "documentId": null',
        b', "variables": {}, "extensions": {"some": ["thing"]}, "operationName": ""',
        b', "other": [1, {"deep": null}]',
    ],
)
def test_what_may_be_left_out_may_be_null_or_empty_too(client: TestClient, more: bytes) -> None:
    """Clients send all their fields, used or not, and some of their own."""
    answer = client.post("/graphql", content=ASK % more, headers=HEADERS)
    assert answer.json()["data"] == {"__typename": "Query"}


@pytest.mark.parametrize("kind", ["text/plain", "application/json; charset=utf-16", ""])
def test_a_body_of_another_kind_is_a_415_that_names_the_one_taken(
    client: TestClient, kind: str
) -> None:
    """A browser sends other kinds across sites unasked: a page elsewhere could give commands."""
    answer = client.post("/graphql", content=ASK % b"", headers={"content-type": kind})
    assert (answer.status_code, code_of(answer)) == (415, "UNSUPPORTED_MEDIA_TYPE")
    assert answer.headers["accept-post"] == "application/json"
    compressed = client.post(
        "/graphql", content=ASK % b"", headers={**HEADERS, "content-encoding": "gzip"}
    )
    assert (compressed.status_code, compressed.headers["accept-encoding"]) == (415, "identity")


def _padded(size: int) -> bytes:
    return ASK % b"" + b" " * (size - len(ASK % b""))


def test_a_body_may_have_so_many_bytes_and_no_more(client: TestClient) -> None:
    """What is read is held in memory, before anything is known of who sends it."""
    at_most = client.post("/graphql", content=_padded(MOST_IN_BODY), headers=HEADERS)
    assert at_most.status_code == 200
    answer = client.post("/graphql", content=_padded(MOST_IN_BODY + 1), headers=HEADERS)
    assert (answer.status_code, code_of(answer)) == (413, "REQUEST_TOO_LARGE")
    assert answer.headers["connection"] == "close"


@pytest.mark.parametrize("stated", ["5", "0", str(MOST_IN_BODY)])
def test_a_length_that_is_a_lie_helps_nobody(client: TestClient, stated: str) -> None:
    """What counts is what comes."""
    headers = {**HEADERS, "content-length": stated}
    answer = client.post("/graphql", content=_padded(MOST_IN_BODY + 1), headers=headers)
    assert answer.status_code == 413


def test_only_a_little_of_a_body_without_end_is_read() -> None:
    """Its sender could else fill the memory, in parts of any size."""
    read = 0

    async def receive() -> Message:
        nonlocal read
        read += 1_000
        return {"type": "http.request", "body": b" " * 1_000, "more_body": True}

    scope = {"type": "http", "method": "POST", "headers": [(b"content-type", b"application/json")]}
    reader = Reader(TrustedDocuments(), trusted_only=False)
    with pytest.raises(Refusal) as refused:
        anyio.run(reader.read_question, Request(scope, receive))
    assert refused.value.status == 413
    assert read == MOST_IN_BODY + 1_000


def test_a_long_address_is_a_414(client: TestClient) -> None:
    """Documents of that size belong into a body, or are registered."""
    query = "{ __typename }"
    for size, status in ((MOST_IN_ADDRESS, 200), (MOST_IN_ADDRESS + 1, 414)):
        address = f"/graphql?query={quote(query)}&x="
        padding = "x" * (size - len(address.partition("?")[2]))
        answer = client.get(address + padding)
        assert answer.status_code == status
        assert status == 200 or code_of(answer) == "REQUEST_TOO_LARGE"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", '"query"'),
        ("?query=", '"query"'),
        ("?query=%7B__typename%7D&query=%7B__typename%7D", 'gives "query" twice'),
        ("?query=%7B__typename%7D&variables=%5B%5D", '"variables" must be a JSON object'),
        ("?query=%7B__typename%7D&variables=x", '"variables" is not JSON'),
        ("?query=%7B__typename%7D&extensions=7", '"extensions" must be a JSON object'),
        ("?query=%ff", "not UTF-8"),
        ("?query=%7B__typename%7D&documentId=x", "not both"),
    ],
)
def test_an_address_that_is_no_question_is_a_400_that_says_why(
    client: TestClient, address: str, said: str
) -> None:
    """The same as for a body."""
    answer = client.get(f"/graphql{address}")
    assert (answer.status_code, code_of(answer)) == (400, "BAD_REQUEST")
    assert said in answer.json()["errors"][0]["message"]


def test_an_address_may_give_all_that_a_body_may(client: TestClient) -> None:
    """A form sends empty fields; they are left out."""
    parameters = {
        "query": "query A($ref: PlanRef!) { ledger { plan(ref: $ref) { ref } } }",
        "variables": json.dumps({"ref": "é"}),
        "operationName": "A",
        "extensions": "",
        "other": "x",
    }
    answer = client.get("/graphql", params=parameters)
    assert answer.json()["data"] == {"ledger": {"plan": None}}


@pytest.fixture(name="url", scope="module")
def _url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("served")
    with serving(folder, "--ledger", "memory:") as served:
        yield served.url


@pytest.mark.parametrize("parts", [None, 10_000])
def test_whoever_sends_far_too_much_reads_why(url: str, parts: int | None) -> None:
    """Over a real socket: the answer comes while the body is still being sent."""
    body = b" " * (30 * MOST_IN_BODY)
    content = body if parts is None else (body[:parts] for _ in range(len(body) // parts))
    answer = httpx2.post(f"{url}/graphql", content=content, headers=HEADERS, timeout=60)
    assert answer.status_code == 413


def test_a_client_that_goes_away_amid_its_body_is_no_trouble(url: str) -> None:
    """Nobody is there to be answered; the next one is."""
    host, port = urlsplit(url).hostname, urlsplit(url).port
    for sent in (b"", b'{"query": '):
        with socket.create_connection((host, port), timeout=60) as connection:
            connection.sendall(
                b"POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                b"Content-Length: 500\r\n\r\n" + sent
            )
    assert httpx2.get(f"{url}/graphql", params={"query": "{ __typename }"}).status_code == 200
