"""Subscribers to a service in this process or another, and what they are told."""

import json
from collections.abc import Iterator, MutableMapping
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from typing import Any, Protocol

from starlette.testclient import TestClient, WebSocketTestSession

GRAPHQL_WS = "graphql-transport-ws"
ENDPOINT = "ws://localhost/graphql"
FOLLOW = "subscription($after: Position) { planEvents(after: $after) { position } }"
DRAFT = "mutation($input: PlanDraftInput!) { planDraft(input: $input) { __typename } }"


class Speaking(Protocol):
    """One end of a WebSocket."""

    def send_text(self, data: str) -> None:
        """Send a text frame."""

    def receive_text(self) -> str:
        """Wait for a text frame, and give it."""

    def receive(self) -> MutableMapping[str, Any]:
        """Wait for whatever comes, and give it."""


class Socket:
    """Speaks graphql-transport-ws."""

    def __init__(self, session: Speaking) -> None:
        """Speak over an open WebSocket."""
        self.session = session

    def say(self, **message: Any) -> None:
        """Send a message."""
        self.session.send_text(json.dumps(message))

    def hear(self) -> dict[str, Any]:
        """Wait for a message, and give it."""
        message: dict[str, Any] = json.loads(self.session.receive_text())
        return message

    def greet(self) -> None:
        """Say hello, and hear it."""
        self.say(type="connection_init")
        assert self.hear() == {"type": "connection_ack"}

    def ask(self, name: str, document: str, **variables: Any) -> None:
        """Begin an operation."""
        self.say(type="subscribe", id=name, payload={"query": document, "variables": variables})

    def position(self, name: str) -> int:
        """Hear of an entry, and give its position."""
        message = self.hear()
        assert (message["id"], message["type"]) == (name, "next"), message
        return int(message["payload"]["data"]["planEvents"]["position"])


@contextmanager
def connected(client: TestClient, **headers: str) -> Iterator[WebSocketTestSession]:
    """Open a WebSocket."""
    # As it is closed, the client cuts off the app, which may be about to end by itself.
    with (
        suppress(CancelledError),
        client.websocket_connect(ENDPOINT, subprotocols=[GRAPHQL_WS], headers=headers) as session,
    ):
        yield session


@contextmanager
def greeted(client: TestClient) -> Iterator[Socket]:
    """Open a WebSocket, and say hello."""
    with connected(client) as session:
        socket = Socket(session)
        socket.greet()
        yield socket


def record(client: TestClient, *plans: str) -> None:
    """Record an entry for each of these plans, which begin by it."""
    for plan in plans:
        given = {"input": {"plan": plan, "title": plan}}
        answer = client.post("/graphql", json={"query": DRAFT, "variables": given}).json()
        assert answer["data"]["planDraft"]["__typename"] == "PlanRecorded", answer
