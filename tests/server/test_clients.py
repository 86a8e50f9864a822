"""The service met by clumsy and hostile clients, by several at once, and by its own end."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path
from typing import Any

import httpx2
import pytest

from planledger.server import NotLoopbackError, check_host, listen, url_of
from tests.support.program import Served, serving

PLANS = "{ ledger { basis { position } plans(first: 100) { nodes { ref title } } } }"
DRAFT = """mutation($plan: PlanRef!, $title: String!) {
  planDraft(input: {plan: $plan, title: $title}) { __typename ... on Recorded { position }
    ... on UserError { code } } }"""
JSON = {"content-type": "application/json"}


@pytest.fixture(name="served", scope="module")
def _served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("served"), "--ledger", "memory:") as served:
        yield served


@pytest.fixture
def client(served: Served) -> Iterator[httpx2.Client]:
    """Give a client of the service."""
    with httpx2.Client(base_url=served.url, timeout=20) as client:
        yield client


def _post(client: httpx2.Client, query: str, **variables: Any) -> dict[str, Any]:
    response = client.post("/graphql", json={"query": query, "variables": variables})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    assert "errors" not in answer
    data: dict[str, Any] = answer["data"]
    return data


def test_the_question_on_the_page_of_a_document_can_be_asked_as_it_stands(
    client: httpx2.Client,
) -> None:
    """Whoever copies it must get an answer and not a puzzle."""
    page = unescape(client.get("/documents/register").text)
    body = page.split("-d '")[1].split("'")[0]
    answer = client.post("/graphql", content=body, headers=JSON).json()
    assert isinstance(answer["data"]["ledger"]["milestones"]["nodes"], list)


def test_a_question_may_bring_its_variables_in_the_address(client: httpx2.Client) -> None:
    """A link in a report is a GET, and says which plan it means."""
    query = "query($ref: PlanRef!) { ledger { plan(ref: $ref) { ref } } }"
    parameters = {"query": query, "variables": json.dumps({"ref": "nowhere"})}
    response = client.get("/graphql", params=parameters)
    assert response.json()["data"] == {"ledger": {"plan": None}}
    assert client.get("/graphql", params={**parameters, "variables": "[]"}).status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[" * 100_000,
        b'{"query": "{ __typename }", "variables": ' + b"9" * 5_000 + b"}",
        b'{"query": "query A { __typename }", "operationName": "\\ud800"}',
        b'{"query": 1}',
        b'{"query": "{ __typename }", "variables": []}',
        b"{}",
    ],
    ids=["empty", "deep", "long-number", "half-character", "no-text", "no-variables", "nothing"],
)
def test_a_body_that_asks_nothing_is_a_400(client: httpx2.Client, body: bytes) -> None:
    """It is the client's mistake; a 500 would wake the operator for it."""
    response = client.post("/graphql", content=body, headers=JSON)
    assert response.status_code == 400
    assert len(response.text) < 300


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""],
)
def test_a_body_of_a_kind_that_any_web_page_may_send_is_refused(
    client: httpx2.Client, kind: str
) -> None:
    """A browser sends these across sites unasked, so a page elsewhere could give commands."""
    body = json.dumps({"query": DRAFT, "variables": {"plan": "forged", "title": "Forged"}})
    response = client.post("/graphql", content=body, headers={"content-type": kind})
    assert 400 <= response.status_code < 500
    assert "forged" not in client.get("/graphql", params={"query": PLANS}).text


@pytest.mark.parametrize("origin", ["https://example.org", "null"])
def test_a_page_elsewhere_is_not_told_that_it_may_ask(client: httpx2.Client, origin: str) -> None:
    """Its browser asks for leave first, and must not get it."""
    asked = {"origin": origin, "access-control-request-method": "POST"}
    for answer in (
        client.options("/graphql", headers=asked),
        client.get("/graphql", params={"query": PLANS}, headers={"origin": origin}),
    ):
        assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("LOCALHOST:8000", 200),
        ("127.0.0.1:1", 200),
        ("[::1]:8000", 200),
        ("localhost.example.org", 400),
        ("127.0.0.1.example.org:8000", 400),
        ("127.0.0.1@example.org", 400),
        ("10.0.0.1", 400),
        ("", 400),
    ],
)
def test_every_name_of_this_machine_is_answered_to_and_none_that_looks_like_one(
    client: httpx2.Client, host: str, status: int
) -> None:
    """A page may point a name of its own at this machine, and would then be let in as local."""
    answer = client.get("/graphql", params={"query": PLANS}, headers={"host": host})
    assert answer.status_code == status


def test_letters_of_every_script_come_back_as_they_went(client: httpx2.Client) -> None:
    """The body is UTF-8 both ways."""
    title = "Plàn - “café” 計画 עברית 👩‍👧 <script>"
    _post(client, DRAFT, plan="letters", title=title)
    query = '{ ledger { plan(ref: "letters") { title } } }'
    response = client.get("/graphql", params={"query": query})
    assert response.json()["data"]["ledger"]["plan"]["title"] == title
    assert title.encode() in response.content


def test_what_is_not_there_or_not_done_is_told_apart(client: httpx2.Client) -> None:
    """Nothing answers 500, nor pretends."""
    assert client.get("/nowhere").status_code == 404
    assert client.post("/healthz").status_code == 405
    assert client.put("/graphql", json={"query": PLANS}).status_code == 405


def test_two_servers_that_write_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    """Each acknowledged command has a position of its own, from whichever process."""
    count = 20
    with (
        serving(tmp_path, "--example", "plymouth-2015") as one,
        serving(tmp_path) as two,
        ThreadPoolExecutor(4) as pool,
    ):

        def draft(number: int) -> int:
            url = (one, two)[number % 2].url
            with httpx2.Client(base_url=url, timeout=20) as client:
                answer = _post(client, DRAFT, plan=f"plan-{number}", title="A")["planDraft"]
                return int(answer["position"])

        positions = sorted(pool.map(draft, range(count)))
        assert positions == list(range(446, 446 + count))
        for served in (one, two):
            with httpx2.Client(base_url=served.url, timeout=20) as client:
                assert len(_post(client, PLANS)["ledger"]["plans"]["nodes"]) == 1 + count


def test_it_ends_cleanly_at_ctrl_c_and_keeps_what_it_acknowledged(tmp_path: Path) -> None:
    """That is how a person ends it: without a traceback, ready to be served again."""
    with (
        serving(tmp_path, "--example", "plymouth-2015") as served,
        httpx2.Client(base_url=served.url, timeout=20) as client,
    ):
        assert _post(client, DRAFT, plan="last", title="A")["planDraft"]["position"] == "446"
        served.process.send_signal(signal.SIGINT)
        _, said = served.process.communicate(timeout=20)
        assert (served.process.returncode, said.splitlines()[1:]) == (0, [])
    with serving(tmp_path) as served, httpx2.Client(base_url=served.url, timeout=20) as client:
        assert _post(client, PLANS)["ledger"]["basis"]["position"] == "446"


@pytest.mark.parametrize(
    "host", ["localhost.example.org", "10.0.0.1", "2001:db8::1", "127.1", "*", "LOCALHOST "]
)
def test_what_only_looks_like_this_machine_is_refused(host: str) -> None:
    """Nobody has to sign in, so whoever reaches the service may change the plans."""
    with pytest.raises(NotLoopbackError, match="without sign-in"):
        check_host(host)


@pytest.mark.parametrize("host", ["127.0.0.2", "::1"])
def test_every_loopback_address_that_it_is_served_on_is_answered(tmp_path: Path, host: str) -> None:
    """An address that is accepted and then answers 400 to everything would be a riddle."""
    try:
        listen(host, 0).close()
    except OSError:
        pytest.skip(f"this machine has no {host}")
    with serving(tmp_path, "--ledger", "memory:", "--host", host) as served:
        assert httpx2.get(f"{served.url}/healthz").status_code == 200


def test_a_port_is_taken_before_it_is_said_to_be_served_on() -> None:
    """Whoever reads the address may use it at once, and no second server takes it too."""
    with listen("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]
        assert url_of(listening) == f"http://127.0.0.1:{port}"
        with pytest.raises(OSError, match="in use"):
            listen("127.0.0.1", port)


def test_importing_the_server_opens_nothing(tmp_path: Path) -> None:
    """A worker, a test or a tool imports it without a ledger, a port or a file being touched."""
    script = """
import sys
touched = []
def hook(event, arguments):
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        touched.append(arguments[0])
    if event.startswith(("socket.bind", "socket.connect", "sqlite3.connect")):
        touched.append(event)
sys.addaudithook(hook)
import planledger.server
print(touched)
open("seen", "w").close()
print(touched)
"""
    command = [sys.executable, "-B", "-c", script]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["[]", "['seen']"]
