"""The guide to HTTP does what it says: every request in it is sent, and every answer compared."""

import json
import re
import shlex
from collections.abc import Iterator
from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from planledger.examples import load_example
from planledger.graphql.execution import Failure
from planledger.ledger import Ledger
from planledger.server.http.media import GRAPHQL, JSON
from planledger.server.http.statuses import status_of
from planledger.storage.sqlite import SqliteStore
from tests.server.conftest import CLOCK, client_of
from tests.support.ledgers import AUTHOR
from tests.support.stuck import StruckStore
from tests.support.told import ROOT

GUIDE = (ROOT / "docs" / "guides" / "http.md").read_text(encoding="utf-8")
EXCHANGE = re.compile(r"^```sh\n(curl .*?)^```\n+```http\n(.*?)^```$", re.DOTALL | re.MULTILINE)
UNSAID = "…"
"""Stands for a tag, which says nothing to people."""


class Asked(NamedTuple):
    """A request, as a command of curl states it."""

    method: str
    path: str
    fields: dict[str, str]
    """What goes into the address."""
    headers: dict[str, str]
    body: str | None


@pytest.fixture(name="client", scope="module")
def _client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    store = SqliteStore(tmp_path_factory.mktemp("guide") / "plans.db", CLOCK, create=True)
    assert load_example(Ledger(store, CLOCK), "plymouth-2015", AUTHOR)
    with client_of(StruckStore(store)) as client:
        yield client


def test_every_request_is_answered_as_the_guide_says(client: TestClient) -> None:
    """A reader copies what stands there; a tag that is left out is the last one that was given."""
    tag = ""
    exchanges = EXCHANGE.findall(GUIDE)
    assert len(exchanges) == GUIDE.count("\ncurl ") >= 7
    for command, told in exchanges:
        asked = _asked(command)
        headers = {name: value.replace(UNSAID, tag) for name, value in asked.headers.items()}
        answer = client.request(
            asked.method, asked.path, params=asked.fields, headers=headers, content=asked.body
        )
        head, _, body = told.partition("\n\n")
        status, *lines = head.strip().splitlines()
        reason = HTTPStatus(answer.status_code).phrase
        assert status == f"HTTP/1.1 {answer.status_code} {reason}", command
        for name, _, value in (line.partition(": ") for line in lines):
            assert answer.headers[name] == value or value == UNSAID, command
        assert _said(answer.text) == _said(body), command
        tag = answer.headers.get("etag", tag)


def _asked(command: str) -> Asked:
    """Read a command of curl, of those options that the guide uses."""
    words = iter(shlex.split(command.replace("\\\n", " "))[1:])
    address, body = "", None
    fields: dict[str, str] = {}
    headers: dict[str, str] = {}
    for word in words:
        if word == "-H":
            name, _, value = next(words).partition(": ")
            headers[name] = value
        elif word == "-d":
            body = next(words)
        elif word == "--data-urlencode":
            name, _, value = next(words).partition("=")
            fields[name] = value
        elif word not in {"-i", "-G"}:
            address = word
    method = "GET" if body is None else "POST"
    return Asked(method, urlsplit(address).path, fields, headers, body)


def _said(body: str) -> object:
    """Give what an answer says, but for its cost."""
    said = json.loads(body) if body.strip() else {}
    said.pop("extensions", None)
    return said


def test_the_guide_has_the_status_of_every_failure() -> None:
    """Whoever handles errors takes the codes and statuses from its table."""
    rows = re.findall(r"^\| [^|]+\| `([A-Z_]+)` \| ([^|]+) \| ([^|]+) \|$", GUIDE, re.MULTILINE)
    told = {code: (newer, older) for code, newer, older in rows}
    codes = {
        Failure.PARSING: "GRAPHQL_PARSE_FAILED",
        Failure.VALIDATION: "GRAPHQL_VALIDATION_FAILED",
        Failure.SIZE: "OPERATION_TOO_LARGE",
        Failure.OPERATION: "OPERATION_UNKNOWN",
        Failure.VARIABLES: "BAD_USER_INPUT",
        Failure.TIME: "STORE_UNAVAILABLE",
    }
    assert set(codes) == set(Failure)
    for failure, code in codes.items():
        statuses = (str(status_of(failure, GRAPHQL)), str(status_of(failure, JSON)))
        assert told[code] == statuses, code
