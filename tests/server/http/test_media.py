"""Which form of answer a request gets, and which kinds of body are taken."""

import pytest
from starlette.testclient import TestClient

from planledger.server.http.media import GRAPHQL, JSON, is_json, wanted

OFFERED = (GRAPHQL, JSON, "text/event-stream")


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        ("", JSON),
        ("  ", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        (GRAPHQL, GRAPHQL),
        (JSON, JSON),
        (f"{GRAPHQL}, {JSON}", GRAPHQL),
        (f"{JSON}, {GRAPHQL}", GRAPHQL),
        (f"{GRAPHQL};q=0.5, {JSON};q=0.6", JSON),
        (f"{GRAPHQL}; charset=utf-8; q=0.9, */*;q=0.1", GRAPHQL),
        (f"{JSON};q=0, */*", GRAPHQL),
        (f"{JSON};q=0.2, */*;q=0.9", GRAPHQL),
        (f"{GRAPHQL.upper()};Q=1", GRAPHQL),
        (f"{GRAPHQL}, {JSON}, text/event-stream, multipart/mixed", GRAPHQL),
        ("text/event-stream", "text/event-stream"),
        ("text/html, application/xhtml+xml, */*;q=0.8", JSON),
        (f"{JSON};q=2, {GRAPHQL}", GRAPHQL),
        (f"{JSON};q=, {JSON};q=0.1", JSON),
        ("text/csv", None),
        ("text/*;q=0", None),
        ("*/*;q=0", None),
        (f"{JSON};q=0", None),
        (f"{JSON};q=0.000, {GRAPHQL};q=0", None),
        ("nonsense", None),
    ],
)
def test_a_client_is_answered_in_the_form_it_wants_most(accept: str, given: str | None) -> None:
    """RFC 9110, 12.5.1: the most precise range decides, a weight of 0 is a refusal."""
    assert wanted(accept, OFFERED) == given


@pytest.mark.parametrize(
    ("content_type", "taken"),
    [
        ("application/json", True),
        ("Application/JSON; Charset=UTF-8", True),
        ('application/json;charset="utf-8"', True),
        ("application/json; charset=utf8; profile=x", True),
        ("application/json; charset=latin-1", False),
        ("application/json; charset=utf-16", False),
        ("application/graphql", False),
        ("application/graphql+json", False),
        ("text/json", False),
        ("text/plain; application/json", False),
        ("application/x-www-form-urlencoded", False),
        ("", False),
    ],
)
def test_json_in_utf_8_is_the_one_kind_of_body(content_type: str, taken: bool) -> None:  # noqa: FBT001 - a parameter of the table
    """Any web page may make a browser send the others here, with a command in them."""
    assert is_json(content_type) is taken


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [(None, JSON), ("*/*", JSON), (JSON, JSON), (GRAPHQL, GRAPHQL), (f"{GRAPHQL};q=0.1", GRAPHQL)],
)
def test_the_answer_says_which_form_it_has(
    client: TestClient, accept: str | None, media_type: str
) -> None:
    """What is wanted and what is said of the body must agree, for data and for refusals."""
    if accept is None:
        del client.headers["accept"]
    headers = {} if accept is None else {"accept": accept}
    for document, errors in (("{ __typename }", False), ("{", True)):
        answer = client.post("/graphql", json={"query": document}, headers=headers)
        assert answer.headers["content-type"] == media_type
        assert answer.headers["vary"] == "Accept, Authorization"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert ("errors" in answer.json()) is errors
    refused = client.post("/graphql", json={"query": 7}, headers=headers)
    assert (refused.status_code, refused.headers["content-type"]) == (400, media_type)


def test_several_headers_are_read_as_one(client: TestClient) -> None:
    """A proxy may split a list, or add to it."""
    headers = [("accept", "text/csv"), ("accept", GRAPHQL)]
    answer = client.post("/graphql", json={"query": "{ __typename }"}, headers=headers)
    assert answer.headers["content-type"] == GRAPHQL


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_form_that_is_not_offered_is_a_406(client: TestClient, method: str) -> None:
    """Nothing is carried out whose answer the client could not read."""
    parameters = {"query": "{ __typename }"}
    answer = client.request(
        method, "/graphql", params=parameters, json=parameters, headers={"accept": "text/csv"}
    )
    assert answer.status_code == 406
    assert answer.headers["content-type"] == JSON
    assert answer.json()["errors"][0]["extensions"] == {"code": "NOT_ACCEPTABLE"}
