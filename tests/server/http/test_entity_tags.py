"""An answer that cannot change is kept, has a tag, and is not sent twice to who has it."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.testclient import TestClient

from planledger.graphql.execution import Execution
from planledger.server.http.media import GRAPHQL, JSON
from planledger.storage.sqlite import SqliteStore
from tests.server.conftest import CLOCK, Log, client_of
from tests.support.serving import DRAFT, HEAD, begun, callers_of_each, service
from tests.support.stuck import StruckStore

PAST = """query Past($at: Position!) {
  ledger(knownAt: { position: $at }) { basis { position final } plan(ref: "alpha") { ref title } }
}"""


def _asked(at: int = 4, **more: object) -> dict[str, Any]:
    return {"query": PAST, "variables": json.dumps({"at": str(at)}), **more}


def _posted(at: int = 4) -> dict[str, Any]:
    return {"query": PAST, "variables": {"at": str(at)}}


def test_an_answer_about_the_past_has_a_tag_and_may_be_asked_after(client: TestClient) -> None:
    """The same by GET and POST: a strong tag, and leave to keep it, but not to trust it unasked."""
    for answer in (
        client.get("/graphql", params=_asked()),
        client.post("/graphql", json=_posted()),
    ):
        assert answer.json()["data"]["ledger"]["basis"] == {"position": "4", "final": True}
        assert answer.headers["etag"].startswith('"')
        assert answer.headers["cache-control"] == "private, no-cache"
        assert answer.headers["vary"] == "Accept, Authorization"


def test_an_answer_about_the_present_has_no_tag_and_is_nobodys_to_keep(client: TestClient) -> None:
    """It may be another one next time, and nobody could find out by a tag."""
    for answer in (
        client.get("/graphql", params={"query": HEAD}),
        client.post("/graphql", json={"query": DRAFT, "variables": {}}),
        client.get("/graphql", params=_asked(at=10**6)),
    ):
        assert "etag" not in answer.headers
        assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', '"a,b" ,W/"x",  {}', "*"])
def test_who_has_it_is_not_sent_it_again(client: TestClient, form: str) -> None:
    """A 304 has the tag, what the answer varies by, and no body."""
    had = client.get("/graphql", params=_asked())
    headers = {"if-none-match": form.format(had.headers["etag"])}
    for ask in (client.get, client.head):
        answer = ask("/graphql", params=_asked(), headers=headers)
        assert (answer.status_code, answer.content) == (304, b"")
        for name in ("etag", "vary", "cache-control"):
            assert answer.headers[name] == had.headers[name]
        assert "content-type" not in answer.headers


@pytest.mark.parametrize("stated", ['"other"', "", "nonsense", 'W/"*"', '"*"'])
def test_who_has_another_one_is_sent_it(client: TestClient, stated: str) -> None:
    """A tag says that one has exactly these bytes, and no less."""
    answer = client.get("/graphql", params=_asked(), headers={"if-none-match": stated})
    assert answer.status_code == 200
    assert answer.json()["data"]


def test_a_post_is_answered_whatever_its_sender_has(client: TestClient) -> None:
    """A 304 is for GET and HEAD only (RFC 9110, 13.1.2)."""
    answer = client.post("/graphql", json=_posted(), headers={"if-none-match": "*"})
    assert answer.json()["data"]


def test_each_form_of_one_body_has_a_tag_of_its_own(client: TestClient) -> None:
    """A strong tag names bytes together with what they are said to be."""
    answers = [
        client.get("/graphql", params=_asked(), headers={"accept": media_type})
        for media_type in (GRAPHQL, JSON)
    ]
    assert answers[0].content == answers[1].content
    tags = [answer.headers["etag"] for answer in answers]
    assert len(set(tags)) == 2
    crossed = client.get(
        "/graphql", params=_asked(), headers={"accept": JSON, "if-none-match": tags[0]}
    )
    assert crossed.status_code == 200


def test_a_kept_answer_needs_no_store(client: TestClient, struck: StruckStore) -> None:
    """It waits for nothing, so the past can be read while the ledger cannot."""
    had = client.post("/graphql", json=_posted())
    struck.error = RuntimeError("of all things")
    again = client.post("/graphql", json=_posted())
    assert (again.content, again.headers["etag"]) == (had.content, had.headers["etag"])
    other = client.post("/graphql", json=_posted(at=3))
    assert other.json()["errors"]
    assert "etag" not in other.headers, "What failed is not kept."
    struck.error = None
    assert client.post("/graphql", json=_posted(at=3)).json()["data"]["ledger"]["plan"]


def test_a_kept_answer_needs_no_thread(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads may all be waiting; what is kept is sent even so, by GET as by POST."""
    asked = _asked(operationName="Past")
    had = client.get("/graphql", params=asked)

    def nothing(*_: object, **__: object) -> None:
        raise AssertionError("It was carried out again.")

    for name in ("prepare", "kind", "answer", "answer_in_time"):
        monkeypatch.setattr(Execution, name, nothing)
    monkeypatch.setattr("anyio.to_thread.run_sync", nothing)
    posted = client.post("/graphql", json=_posted() | {"operationName": "Past"})
    assert client.get("/graphql", params=asked).content == posted.content == had.content


def test_every_other_question_is_another_answer(client: TestClient) -> None:
    """By document, by operation, by each variable; the order of variables says nothing."""
    document = """query A($at: Position!, $day: Date) {
      ledger(knownAt: { position: $at }, effectiveOn: $day) { basis { position effectiveOn } }
    } query B($at: Position!) { b: ledger(knownAt: { position: $at }) { basis { position } } }"""
    told = [
        client.post("/graphql", json={"query": document, "operationName": name, "variables": given})
        for name, given in (
            ("A", {"at": "4", "day": "2026-02-01"}),
            ("A", {"at": "3", "day": "2026-02-01"}),
            ("A", {"at": "4", "day": "2026-02-02"}),
            ("B", {"at": "4"}),
            ("A", {"day": "2026-02-01", "at": "4"}),
        )
    ]
    assert len({answer.content for answer in told}) == 4
    assert told[0].content == told[4].content


def test_variables_that_no_key_can_be_made_of_are_answered_all_the_same(
    client: TestClient,
) -> None:
    """A number beyond 64 bits, unused, in a question about the past."""
    body = json.dumps({"query": PAST, "variables": {"at": "4", "more": 2**70}})
    answer = client.post("/graphql", content=body, headers={"content-type": "application/json"})
    assert answer.json()["data"]["ledger"]["basis"]["position"] == "4"


def test_log_and_metrics_say_whether_it_was_kept(client: TestClient, log: Log) -> None:
    """An operator sees from them whether keeping is worth its memory."""

    def counted() -> dict[str, float]:
        lines = [x for x in client.get("/metrics").text.splitlines() if "_answers_total{" in x]
        return {line.split('"')[1]: float(line.split()[1]) for line in lines}

    before = counted()
    assert set(before) == {"found", "made", "no"}, "What never happened is 0, and not missing."
    for document in (f"query Mine {PAST[10:]}", f"query Mine {PAST[10:]}", HEAD):
        variables = {"at": "4"} if "Mine" in document else {}
        client.post("/graphql", json={"query": document, "variables": variables})
    assert [line["kept"] for line in log.lines("request") if line["route"] == "/graphql"] == [
        "made",
        "found",
        "no",
    ]
    assert {kept: counted()[kept] - before[kept] for kept in before} == dict.fromkeys(before, 1.0)


def test_another_release_answers_by_what_it_says_itself(tmp_path: Path) -> None:
    """Whoever kept an answer of the release before is sent the new one only where it differs."""
    path = tmp_path / "plans.db"
    SqliteStore(path, CLOCK, create=True).close()
    commands = "{ __schema { mutationType { name } } }"
    kept: dict[str, list[httpx2.Response]] = {"{ __typename }": [], commands: []}
    for release in (True, False):  # with commands, and without: another schema
        store = SqliteStore(path, CLOCK, create=False)
        with client_of(StruckStore(store), commands=release) as client:
            for document, had in kept.items():
                tag = {"if-none-match": had[0].headers["etag"]} if had else {}
                had.append(client.get("/graphql", params={"query": document}, headers=tag))
    assert [answer.status_code for answer in kept["{ __typename }"]] == [200, 304]
    assert [answer.status_code for answer in kept[commands]] == [200, 200]
    assert kept[commands][0].content != kept[commands][1].content


def test_many_at_once_are_sent_the_same_bytes(client: TestClient) -> None:
    """Whether made or found, and whoever was first."""
    document = PAST.replace("Past", "Together")
    body = {"query": document, "variables": {"at": "4"}}
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: client.post("/graphql", json=body), range(64)))
    assert len({(answer.content, answer.headers["etag"]) for answer in answers}) == 1


@pytest.fixture(name="ledger", scope="module")
def _ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    folder = tmp_path_factory.mktemp("workers")
    with begun("sqlite", folder) as url:
        yield url, folder


def test_workers_agree_on_the_tag(ledger: tuple[str, Path]) -> None:
    """A client comes back on another connection, to a worker that never saw it."""
    url, folder = ledger
    with (
        service(folder, "--ledger", url, "--workers", "2") as served,
        callers_of_each(served, 2) as callers,
    ):
        one, two = callers
        had = one.get("/graphql", params=_asked())
        answer = two.get(
            "/graphql", params=_asked(), headers={"if-none-match": had.headers["etag"]}
        )
        assert (had.status_code, answer.status_code) == (200, 304)
