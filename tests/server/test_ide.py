"""The page at /graphql for people, beside the endpoint for programs."""

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from planledger.server.ide import NOT_BUILT, Ide

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
SCRIPT = "page-ABCDEF12.js"


async def _endpoint(request: Request) -> Response:
    return PlainTextResponse(f"{request.method} for programs")


def client_of(built: Path) -> TestClient:
    """Ask for a page that is built in a folder, or is not."""
    ide = Ide(Route("/graphql", _endpoint, methods=["GET", "POST"]), built)
    return TestClient(Starlette(routes=[Route("/graphql", ide), ide.assets()]))


@pytest.fixture(name="client")
def _client(tmp_path: Path) -> TestClient:
    """Have a page, with one script and the licences."""
    built = tmp_path / "_ide"
    built.mkdir()
    (built / "page.html").write_text(f'<script src="ide/{SCRIPT}"></script>', encoding="utf-8")
    (built / SCRIPT).write_text("show()", encoding="utf-8")
    (built / "THIRD-PARTY.txt").write_text("All of it is free.", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("A ledger's password", encoding="utf-8")
    return client_of(built)


def test_a_browser_gets_the_page(client: TestClient) -> None:
    """Who types the address of the endpoint wants to ask something."""
    told = client.get("/graphql", headers=BROWSER)
    assert (told.status_code, told.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert SCRIPT in told.text


def test_the_page_may_only_talk_to_its_own_service(client: TestClient) -> None:
    """Text from a plan that came to be run as a script must not be able to send anything away."""
    policy = client.get("/graphql", headers=BROWSER).headers["content-security-policy"].split("; ")
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "connect-src 'self'" in policy


def test_the_page_is_asked_for_anew_and_its_parts_are_kept(client: TestClient) -> None:
    """Parts have their digest in their name; the page has not, and names the parts of a release."""
    page, part = client.get("/graphql", headers=BROWSER), client.get(f"/ide/{SCRIPT}")
    assert (page.headers["cache-control"], page.headers["vary"]) == ("no-cache", "Accept")
    assert "immutable" in part.headers["cache-control"]
    assert part.headers["content-type"].startswith("text/javascript")
    assert part.text == "show()"


@pytest.mark.parametrize(
    "accept", ["*/*", "application/json", "application/graphql-response+json, application/json"]
)
def test_a_program_gets_the_endpoint(client: TestClient, accept: str) -> None:
    """A page in place of an answer would break every client."""
    assert client.get("/graphql", headers={"Accept": accept}).text == "GET for programs"


def test_what_a_browser_asks_in_the_address_is_answered(client: TestClient) -> None:
    """Somebody who follows a link to a question wants its answer."""
    told = client.get("/graphql?query={__typename}", headers=BROWSER)
    assert told.text == "GET for programs"
    assert client.post("/graphql", headers=BROWSER).text == "POST for programs"


@pytest.mark.parametrize(
    "name",
    ["page.html", "nothing.js", "../secret.txt", "..%2Fsecret.txt", "%2e%2e%2fsecret.txt", ""],
)
def test_nothing_but_the_parts_can_be_had(client: TestClient, name: str) -> None:
    """The folder beside the page may hold a ledger."""
    assert client.get(f"/ide/{name}").status_code == 404


@pytest.mark.parametrize("made", [False, True], ids=["no folder", "an empty folder"])
def test_without_the_page_it_is_said_how_to_get_it(tmp_path: Path, *, made: bool) -> None:
    """A checkout where nobody built the page serves programs all the same."""
    built = tmp_path / "_ide"
    if made:
        built.mkdir()
    client = client_of(built)
    told = client.get("/graphql", headers=BROWSER)
    assert (told.status_code, told.text) == (404, NOT_BUILT)
    assert "make ide" in told.text
    assert client.post("/graphql").text == "POST for programs"
    assert client.get(f"/ide/{SCRIPT}").status_code == 404
