"""graphql-transport-ws: what a client may say, in which order, and what it is told."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.websockets import WebSocketDisconnect

from planledger.server.streams import Pace, transport
from planledger.storage.sqlite import SqliteStore
from tests.server.conftest import CLOCK, Log, client_of
from tests.support.streams import ENDPOINT, FOLLOW, GRAPHQL_WS, Socket, connected, greeted, record
from tests.support.stuck import StruckStore

HEAD = "{ ledger { basis { position } } }"


@pytest.fixture(name="brisk")
def _brisk(struck: StruckStore) -> Iterator[TestClient]:
    """Give a client of a service that loses its patience soon."""
    with client_of(struck, pace=Pace(slow=1.0, beat=0.05)) as client:
        yield client


@pytest.fixture(name="idle", scope="module")
def _idle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Give a client of a service over an empty ledger, to which nothing is recorded."""
    store = SqliteStore(tmp_path_factory.mktemp("idle") / "plans.db", CLOCK, create=True)
    with client_of(StruckStore(store)) as client:
        yield client


def _closed(socket: Socket) -> tuple[int, str]:
    with pytest.raises(WebSocketDisconnect) as closed:
        socket.hear()
    return closed.value.code, closed.value.reason or ""


def test_the_past_comes_first_and_then_each_entry_as_it_is_recorded(client: TestClient) -> None:
    """The one promise of it all: in order, none missed, none twice, from any position."""
    record(client, "one", "two")
    with greeted(client) as socket:
        socket.ask("all", FOLLOW)
        assert [socket.position("all") for _ in range(2)] == [1, 2]
        record(client, "three")
        assert socket.position("all") == 3
        socket.ask("later", FOLLOW, after="2")
        assert socket.position("later") == 3


def test_only_what_is_asked_for_is_sent(client: TestClient) -> None:
    """One who follows a plan is not woken for all the others."""
    document = """subscription { planEvents(plan: "two", types: [PLAN_DRAFTED, AREA_ADDED]) {
      __typename position plan ... on PlanDrafted { title } } }"""
    with greeted(client) as socket:
        socket.ask("1", document)
        record(client, "one", "two")
        assert socket.hear()["payload"]["data"]["planEvents"] == {
            "__typename": "PlanDrafted",
            "position": "2",
            "plan": "two",
            "title": "two",
        }


def test_questions_and_commands_are_answered_too(client: TestClient) -> None:
    """A client that has a connection needs no second way to ask."""
    with greeted(client) as socket:
        socket.ask("q", HEAD)
        answer = socket.hear()
        assert (answer["type"], answer["id"]) == ("next", "q")
        assert answer["payload"]["data"] == {"ledger": {"basis": {"position": "0"}}}
        assert socket.hear() == {"type": "complete", "id": "q"}
        draft = 'mutation { planDraft(input: {plan: "a", title: "A"}) { __typename } }'
        socket.ask("q", draft)
        assert socket.hear()["payload"]["data"] == {"planDraft": {"__typename": "PlanRecorded"}}


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("query A { __typename } query B { __typename }", "OPERATION_UNKNOWN"),
        ('subscription { planEvents(after: "9") { position } }', "POINT_IN_FUTURE"),
        ("subscription($a: Position!) { planEvents(after: $a) { position } }", "BAD_USER_INPUT"),
    ],
)
def test_what_cannot_be_carried_out_is_an_error_of_its_operation(
    idle: TestClient, document: str, code: str
) -> None:
    """The connection, and all else on it, goes on."""
    with greeted(idle) as socket:
        socket.ask("1", document)
        message = socket.hear()
        assert (message["type"], message["id"]) == ("error", "1")
        assert [error["extensions"]["code"] for error in message["payload"]] == [code]
        socket.ask("1", HEAD)
        assert socket.hear()["type"] == "next"


def test_a_payload_that_is_no_question_is_refused(idle: TestClient) -> None:
    """What is wrong with it is said as it is over HTTP."""
    with greeted(idle) as socket:
        socket.say(type="subscribe", id="1", payload={"query": 7})
        assert socket.hear()["payload"] == [
            {"message": '"query" must be a text.', "extensions": {"code": "BAD_REQUEST"}}
        ]


def test_an_operation_that_is_ended_by_its_client_says_nothing_more(client: TestClient) -> None:
    """Its id is free again at once."""
    with greeted(client) as socket:
        socket.ask("1", FOLLOW)
        socket.say(type="complete", id="1")
        record(client, "one")
        socket.ask("1", FOLLOW)
        assert socket.position("1") == 1
        socket.say(type="ping")
        assert socket.hear() == {"type": "pong"}


@pytest.mark.parametrize(
    ("messages", "code"),
    [
        (["7"], 4400),
        (["{}"], 4400),
        (["no JSON"], 4400),
        (['{"type":"start"}'], 4400),
        (['{"type":"connection_init","payload":7}'], 4400),
        (['{"type":"subscribe","id":7,"payload":{}}'], 4400),
        (['{"type":"subscribe","id":"1","payload":[]}'], 4400),
        (["[" * 10_000], 4400),
        (['{"type":"subscribe","id":"1","payload":{"query":"{ __typename }"}}'], 4401),
        (['{"type":"connection_init"}', '{"type":"connection_init"}'], 4429),
    ],
)
def test_a_client_that_does_not_keep_to_the_protocol_is_sent_away(
    idle: TestClient, messages: list[str], code: int
) -> None:
    """With the code that the protocol has for it, so that its library can say what is wrong."""
    with connected(idle) as session:
        for message in messages:
            session.send_text(message)
        told = [session.receive() for _ in messages]
        assert told[-1]["type"] == "websocket.close", told
        assert told[-1]["code"] == code


def test_binary_messages_are_not_read(idle: TestClient) -> None:
    """The protocol is text."""
    with connected(idle) as session:
        session.send_bytes(b'{"type":"connection_init"}')
        assert _closed(Socket(session))[0] == 4400


def test_an_id_that_is_in_use_is_not_given_twice(idle: TestClient) -> None:
    """The answers to both could not be told apart."""
    with greeted(idle) as socket:
        socket.ask("1", FOLLOW)
        socket.ask("1", FOLLOW)
        assert _closed(socket) == (4409, "Subscriber for 1 already exists")


def test_no_more_operations_are_begun_than_may_be(
    idle: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One connection cannot take all of a service."""
    monkeypatch.setattr(transport, "MOST_OPERATIONS", 2)
    with greeted(idle) as socket:
        for name in ("1", "2", "3"):
            socket.ask(name, FOLLOW)
        message = socket.hear()
        assert (message["id"], message["type"]) == ("3", "error")
        assert message["payload"][0]["extensions"]["code"] == "TOO_MANY_OPERATIONS"


def test_a_client_that_says_nothing_is_sent_away(
    idle: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Connections that nobody uses are not kept."""
    monkeypatch.setattr(transport, "INIT_SECONDS", 0.05)
    with connected(idle) as session:
        assert _closed(Socket(session))[0] == 4408


@pytest.mark.parametrize("offered", [None, ["graphql-ws"], ["chat", "graphql-ws"]])
def test_other_protocols_are_not_spoken(idle: TestClient, offered: list[str] | None) -> None:
    """The older one lets clients in that never said who they are (CVE-2026-35523)."""
    with idle.websocket_connect(ENDPOINT, subprotocols=offered) as session:
        assert session.accepted_subprotocol is None
        assert _closed(Socket(session))[0] == 4406


@pytest.mark.parametrize(
    "origin", ["http://localhost", "http://localhost:3000", "http://127.0.0.1", "https://[::1]:8"]
)
def test_pages_of_this_machine_may_connect(idle: TestClient, origin: str) -> None:
    """The page to ask with is one of them."""
    with connected(idle, Origin=origin) as session:
        assert session.accepted_subprotocol == GRAPHQL_WS


@pytest.mark.parametrize(
    "origin", ["https://example.org", "null", "", "http://localhost.example.org", "http://[", "//"]
)
def test_pages_from_elsewhere_may_not_connect(idle: TestClient, origin: str) -> None:
    """A browser lets any page open a WebSocket to this machine; only we can refuse it."""
    with pytest.raises(WebSocketDenialResponse) as refused, connected(idle, Origin=origin):
        pass
    assert refused.value.status_code == 403
    assert refused.value.json()["errors"][0]["extensions"]["code"] == "ORIGIN_NOT_ALLOWED"


def test_a_client_is_told_where_the_head_is_while_nothing_happens(brisk: TestClient) -> None:
    """So it knows that it missed nothing, and that the connection lives."""
    record(brisk, "one")
    with greeted(brisk) as socket:
        told: list[dict[str, Any]] = []
        while not told or told[-1]["payload"]["position"] != "1":
            told.append(socket.hear())
            assert told[-1]["type"] == "ping"
            socket.say(type="pong")


def test_a_client_that_answers_no_ping_is_closed_with_its_position(
    brisk: TestClient, log: Log
) -> None:
    """It has gone, or takes nothing; either way it goes on from there when it comes back."""
    record(brisk, "one", "two")
    with greeted(brisk) as socket:
        socket.ask("1", FOLLOW, after="1")
        assert socket.position("1") == 2
        while (message := socket.session.receive())["type"] == "websocket.send":
            assert json.loads(message["text"])["type"] == "ping"
        assert (message["code"], message["reason"]) == (4413, "position=2")
    (line,) = log.lines("stream")
    assert (line["level"], line["position"], line["sent"]) == ("warning", 2, 1)


def test_trouble_is_masked_and_told_once(client: TestClient, struck: StruckStore, log: Log) -> None:
    """What went wrong inside is for the log; the client has what names it there."""
    record(client, "one")
    with greeted(client) as socket:
        struck.error = RuntimeError("secret")
        socket.ask("1", HEAD)
        message = socket.hear()
        (error,) = message["payload"]["errors"]
        assert error["extensions"]["code"] == "INTERNAL_SERVER_ERROR"
        assert "secret" not in json.dumps(message)
        struck.error = None
    (line,) = log.lines("unexpected error")
    assert line["request_id"] == error["extensions"]["reference"]
