"""Clients of others subscribe, resume and come back."""

import asyncio
from collections.abc import Iterator
from contextlib import aclosing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
from gql import Client, GraphQLRequest, gql
from gql.transport.aiohttp_websockets import AIOHTTPWebsocketsTransport
from gql.transport.exceptions import TransportConnectionFailed, TransportQueryError
from gql.transport.websockets import WebsocketsTransport

from tests.support.serving import DRAFT, Caller, Service, begun, service
from tests.support.streams import FOLLOW, GRAPHQL_WS

TRANSPORTS = (WebsocketsTransport, AIOHTTPWebsocketsTransport)
COMPLETE = ["event: complete", "data: ", ""]


@pytest.fixture(name="served", scope="module")
def _served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Serve a plan of four entries."""
    folder = tmp_path_factory.mktemp("served")
    with begun("sqlite", folder) as url, service(folder, "--ledger", url) as served:
        yield served


def _client(kind: Any, url: str) -> Client:  # noqa: ANN401 - either class
    address = f"ws://{urlsplit(url).netloc}/graphql"
    return Client(transport=kind(url=address, subprotocols=[GRAPHQL_WS]))


def _follow(after: int) -> GraphQLRequest:
    return GraphQLRequest(FOLLOW, variable_values={"after": str(after)})


async def _positions(session: Any, after: int, until: int) -> list[int]:  # noqa: ANN401
    found: list[int] = []
    async with aclosing(session.subscribe(_follow(after))) as answers:
        async for answer in answers:
            found.append(int(answer["planEvents"]["position"]))
            if found[-1] >= until:
                break
    return found


@pytest.mark.parametrize("kind", TRANSPORTS)
def test_gql_subscribes_and_resumes(served: Service, kind: Any) -> None:  # noqa: ANN401
    """The client that Python programs use, over both of its WebSocket libraries."""

    async def follow() -> None:
        async with _client(kind, served.url) as session:
            assert await _positions(session, 0, 2) == [1, 2]
            assert await _positions(session, 2, 4) == [3, 4]
            with pytest.raises(TransportQueryError, match="no position"):
                await _positions(session, 999_999, 0)
            answer = await session.execute(gql("{ ledger { basis { position } } }"))
            assert int(answer["ledger"]["basis"]["position"]) >= 4

    asyncio.run(follow())


def test_gql_comes_back_after_the_service_was_away(tmp_path: Path) -> None:
    """It says where it was, and is given what was recorded meanwhile."""
    found: list[int] = []

    async def follow(first: Service) -> None:
        async with _client(WebsocketsTransport, first.url) as session:
            async for answer in session.subscribe(_follow(0)):
                found.append(int(answer["planEvents"]["position"]))
                if found[-1] == 4:
                    await asyncio.to_thread(first.end)

    async def go_on(second: Service) -> None:
        async with _client(WebsocketsTransport, second.url) as session:
            found.extend(await _positions(session, found[-1], 5))

    with begun("sqlite", tmp_path) as url:
        with (
            service(tmp_path, "--ledger", url) as first,
            pytest.raises(TransportConnectionFailed),
        ):
            asyncio.run(follow(first))
        with service(tmp_path, "--ledger", url) as second:
            with Caller(second.url) as caller:
                caller.recorded(DRAFT, plan="meanwhile", title="T")
            asyncio.run(go_on(second))
    assert found == [1, 2, 3, 4, 5]


def _streamed(served: Service, count: int, **options: Any) -> list[str]:
    """Read the first lines of a stream that are no comments."""
    options["headers"] = {"Accept": "text/event-stream", **options.get("headers", {})}
    options.setdefault("method", "GET")
    found: list[str] = []
    with (
        httpx2.Client(base_url=served.url, timeout=60) as client,
        client.stream(url=options.pop("url", "/graphql"), **options) as response,
    ):
        assert response.status_code == 200
        assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
        lines = response.iter_lines()
        assert next(lines).startswith(": position ")
        assert next(lines) == ""
        for line in lines:
            found.append(line)
            if len(found) == count:
                break
    return found


def test_a_document_is_answered_as_a_stream_of_events(served: Service) -> None:
    """As graphql-sse has it; what is followed has the position as its id."""
    query = 'subscription { planEvents(after: "2") { position } }'
    told = ["id: 3", "event: next", 'data: {"data":{"planEvents":{"position":"3"}}}', "", "id: 4"]
    assert _streamed(served, 5, params={"query": query}) == told
    assert _streamed(served, 5, method="POST", json={"query": query}) == told
    resumed = _streamed(served, 1, params={"query": query}, headers={"Last-Event-ID": "3"})
    assert resumed == ["id: 4"]


def test_a_question_is_answered_as_a_stream_of_one(served: Service) -> None:
    """A client that speaks nothing else is answered whatever it asks, errors and all."""
    event, data, *rest = _streamed(served, 6, params={"query": "{ __typename }"})
    assert (event, rest) == ("event: next", ["", *COMPLETE])
    assert data.startswith('data: {"data":{"__typename":"Query"}')
    event, data, *rest = _streamed(served, 6, params={"query": "{ nothing }"})
    assert (event, rest) == ("event: next", ["", *COMPLETE])
    assert data.startswith('data: {"errors":[{')


def test_entries_are_streamed_as_lines_are(served: Service) -> None:
    """A browser's EventSource reads it, and comes back with the last id by itself."""
    options = {"url": "/events?after=1&types=action-added,milestone-proposed"}
    first, data, blank, second = _streamed(served, 4, **options)
    assert (first, blank, second) == ("id: 3", "", "id: 4")
    lines = httpx2.get(f"{served.url}/events?after=2&limit=1").text
    assert data == f"data: {lines.strip()}"
    assert _streamed(served, 1, headers={"Last-Event-ID": "3"}, **options) == ["id: 4"]


@pytest.mark.parametrize("last", ["x", "-1", "1e3", "9" * 16])
@pytest.mark.parametrize("path", ["/events", "/graphql?query={__typename}"])
def test_an_id_that_was_never_sent_is_refused(served: Service, path: str, last: str) -> None:
    """To begin anew instead would send everything again to one who has it."""
    headers = {"Accept": "text/event-stream", "Last-Event-ID": last}
    response = httpx2.get(f"{served.url}{path}", headers=headers)
    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"
