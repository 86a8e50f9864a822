"""The service over HTTP: a real server on loopback, in a process of its own, and a real client."""

from collections.abc import Iterator

import httpx2
import pytest

from planledger.server import NotLoopbackError, check_host
from tests.support.program import serving
from tests.support.serving import HEAD

AGREE = """mutation { milestoneAgree(input: { plan: "plymouth-2015", milestone: "1.2/1",
  effectiveOn: "2015-01-20", authority: { forum: "A forum made up for this test" } }) {
  ... on MilestoneRecorded { position } ... on UserError { code message } } }"""


@pytest.fixture(name="served", scope="module")
def _served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Serve one ledger by two processes; give the addresses of both."""
    folder = tmp_path_factory.mktemp("served")
    with serving(folder, "--example", "plymouth-2015") as one, serving(folder) as two:
        yield one.url, two.url


def _position(url: str) -> int:
    answer = httpx2.post(f"{url}/graphql", json={"query": HEAD}).json()
    return int(answer["data"]["ledger"]["basis"]["position"])


def test_what_one_process_acknowledged_the_other_answers_with(served: tuple[str, str]) -> None:
    """Two programs may serve one ledger; neither may answer with less than was acknowledged."""
    one, two = served
    before = _position(two)
    answer = httpx2.post(f"{one}/graphql", json={"query": AGREE}).json()
    recorded = int(answer["data"]["milestoneAgree"]["position"])
    assert recorded == before + 1
    assert _position(two) == recorded


def test_questions_may_be_asked_by_get_and_commands_may_not(served: tuple[str, str]) -> None:
    """A link must not change a plan."""
    url, _ = served
    before = _position(url)
    asked = httpx2.get(f"{url}/graphql", params={"query": HEAD})
    assert asked.json()["data"]["ledger"]["basis"]["position"] == str(before)
    assert httpx2.get(f"{url}/graphql", params={"query": AGREE}).status_code >= 400
    assert _position(url) == before


@pytest.mark.parametrize("body", [b"7", b'"x"', b"[]", b"null", b"{", b"\xff"])
def test_a_body_that_is_no_json_object_is_refused(served: tuple[str, str], body: bytes) -> None:
    """It is the caller's mistake, and must not look like ours."""
    headers = {"content-type": "application/json"}
    answer = httpx2.post(f"{served[0]}/graphql", content=body, headers=headers)
    assert answer.status_code == 400


def test_only_names_of_this_machine_are_answered_to(served: tuple[str, str]) -> None:
    """A page elsewhere could point its own name here and read along in the browser."""
    answer = httpx2.get(f"{served[0]}/healthz", headers={"host": "planledger.example"})
    assert answer.status_code == 400


def test_the_front_page_leads_on_to_where_questions_are_asked(served: tuple[str, str]) -> None:
    """Whoever opens the address in a browser must not meet a bare 404."""
    page = httpx2.get(served[0])
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert 'href="/graphql"' in page.text


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "planledger.example", ""])  # noqa: S104
def test_an_address_that_others_can_reach_is_refused(host: str) -> None:
    """Without sign-in anybody who reaches it could change the plans."""
    with pytest.raises(NotLoopbackError, match="without sign-in"):
        check_host(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_loopback_is_served(host: str) -> None:
    """The refusal must not catch what is safe."""
    check_host(host)
