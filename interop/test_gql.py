"""The Python client gql: asks, follows, goes on, and comes back when the service was killed."""

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest
from gql import Client, GraphQLRequest, gql
from gql.client import AsyncClientSession
from gql.transport.aiohttp import AIOHTTPTransport
from gql.transport.aiohttp_websockets import AIOHTTPWebsocketsTransport
from gql.transport.exceptions import TransportError, TransportQueryError
from gql.transport.websockets import WebsocketsTransport

from tests.support.restarted import Restarted, restarted

PATIENCE = 60
FOLLOW = "subscription Follow($after: Position) { planEvents(after: $after) { position } }"
Session = AsyncClientSession
Transport = type[WebsocketsTransport] | type[AIOHTTPWebsocketsTransport]


@pytest.fixture(name="served")
def _served(tmp_path: Path) -> Iterator[Restarted]:
    with restarted(tmp_path, entries=2) as served:
        yield served


def followed(session: Session, after: str) -> AsyncGenerator[dict[str, Any], None]:
    """Follow the events after a position."""
    return session.subscribe(GraphQLRequest(FOLLOW, variable_values={"after": after}))


async def positions(events: AsyncGenerator[dict[str, Any], None], count: int) -> list[str]:
    """Give the positions of the next events."""
    async with asyncio.timeout(PATIENCE):
        return [(await anext(events))["planEvents"]["position"] for _ in range(count)]


async def first_once_back(session: Session, after: str) -> str:
    """Give the next position, as soon as the session is connected again."""
    while True:
        try:
            async with aclosing(followed(session, after)) as events:
                return (await positions(events, 1))[0]
        except TransportError:
            await asyncio.sleep(0.1)


TRANSPORTS = pytest.mark.parametrize("transport", [WebsocketsTransport, AIOHTTPWebsocketsTransport])


@TRANSPORTS
def test_it_follows_and_goes_on_after_a_position(served: Restarted, transport: Transport) -> None:
    """What was recorded comes first, then each as it is recorded; nothing twice, nothing missed."""

    async def follow() -> None:
        client = Client(transport=transport(url=f"{served.url.replace('http', 'ws')}/graphql"))
        async with client as session:
            async with aclosing(followed(session, "0")) as events:
                assert await positions(events, 2) == ["1", "2"]
                recorded = await asyncio.to_thread(served.record)
                assert await positions(events, 1) == [recorded] == ["3"]
            async with aclosing(followed(session, "2")) as events:
                assert await positions(events, 1) == ["3"]

    asyncio.run(follow())


@TRANSPORTS
def test_it_comes_back_by_itself_when_the_service_was_killed(
    served: Restarted, transport: Transport
) -> None:
    """Its session connects anew; its owner, who kept the position, subscribes where it was."""

    async def follow() -> None:
        client = Client(transport=transport(url=f"{served.url.replace('http', 'ws')}/graphql"))
        session = await client.connect_async(reconnecting=True)  # type: ignore[no-untyped-call]
        try:
            kept = (await positions(followed(session, "0"), 2))[-1]
            await asyncio.to_thread(served.kill)
            await asyncio.to_thread(served.start)
            recorded = await asyncio.to_thread(served.record)
            async with asyncio.timeout(PATIENCE):
                assert await first_once_back(session, kept) == recorded == "3"
        finally:
            await client.close_async()  # type: ignore[no-untyped-call]

    asyncio.run(follow())


def test_it_asks_by_the_schema_that_the_service_shows(served: Restarted) -> None:
    """A client that checks its documents itself reads the whole schema first."""

    async def ask() -> None:
        transport = AIOHTTPTransport(url=f"{served.url}/graphql")
        async with Client(transport=transport, fetch_schema_from_transport=True) as session:
            told = await session.execute(gql("{ ledger { basis { position } } }"))
            assert told == {"ledger": {"basis": {"position": "2"}}}
            with pytest.raises(TransportQueryError, match="There is no plan 'none'"):
                await session.execute(gql('{ history(item: "none/1", first: 1) { totalCount } }'))

    asyncio.run(ask())
