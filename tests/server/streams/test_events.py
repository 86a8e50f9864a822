"""GET /events: pages of entries for programs, and how they come to the next one."""

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urljoin

import pytest
from starlette.testclient import TestClient

from planledger.events.catalogue import EVENT_TYPES
from planledger.server.streams.cloud_events import ledger_name, type_of
from planledger.storage.port import StoreError
from planledger.storage.sqlite import SqliteStore
from tests.server.conftest import CLOCK, client_of
from tests.support.streams import record
from tests.support.stuck import StruckStore

BATCH = {"Accept": "application/cloudevents-batch+json"}
REQUIRED = {"specversion", "id", "source", "type"}
PLANS = ("one", "two", "three", "four", "five")
OPTIONAL = {"subject", "time", "datacontenttype", "data"}
EXTENSIONS = {"sequence", "recordedtime", "effectiveon"}


def _lines(client: TestClient, address: str) -> list[dict[str, Any]]:
    response = client.get(address)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/x-ndjson"
    return [json.loads(line) for line in response.text.splitlines()]


@pytest.fixture(name="filled", scope="module")
def _filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Give a client of a service over five plans of an entry each, to be looked at only."""
    store = SqliteStore(tmp_path_factory.mktemp("filled") / "plans.db", CLOCK, create=True)
    with client_of(StruckStore(store)) as client:
        record(client, *PLANS)
        yield client


@pytest.mark.parametrize(
    ("query", "positions"),
    [
        ("", [1, 2, 3, 4, 5]),
        ("?after=3", [4, 5]),
        ("?after=5", []),
        ("?limit=2", [1, 2]),
        ("?plan=two", [2]),
        ("?plan=six", []),
        ("?types=plan-drafted&after=4", [5]),
        ("?types=area-added,milestone-agreed", []),
        ("?after=1&limit=1&types=area-added,plan-drafted&plan=three", [3]),
    ],
)
def test_entries_are_given_a_line_each(
    filled: TestClient, query: str, positions: list[int]
) -> None:
    """As `planledger events --json` prints them, so one program reads both."""
    assert [line["position"] for line in _lines(filled, f"/events{query}")] == positions


def test_whoever_follows_the_links_has_everything_once(filled: TestClient) -> None:
    """A program needs to know no more than the address it begins with."""
    address, found = "http://localhost/events?limit=2&types=plan-drafted", []
    for _ in range(4):
        response = filled.get(address)
        found.append([json.loads(line)["position"] for line in response.text.splitlines()])
        address = urljoin(address, response.links["next"]["url"])
        assert f"after={response.headers['planledger-position']}" in address
    assert found == [[1, 2], [3, 4], [5], []]


def test_what_nobody_wants_is_passed_over_once(filled: TestClient) -> None:
    """One who looks for something rare does not look through all of a ledger at every poll."""
    assert filled.get("/events?types=area-added").headers["planledger-position"] == "5"
    assert filled.get("/events?plan=one").headers["planledger-position"] == "5"


def test_one_who_waits_is_answered_as_soon_as_there_is_something(client: TestClient) -> None:
    """And not for what it does not want."""
    record(client, *PLANS)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(_lines, client, "/events?after=5&plan=seven&wait=60")
        record(client, "six", "seven")
        assert [line["plan"] for line in waiting.result(60)] == ["seven"]


def test_one_who_waits_in_vain_is_given_an_empty_page(filled: TestClient) -> None:
    """It comes from where it was left, and asks again."""
    response = filled.get("/events?after=5&wait=1")
    assert (response.status_code, response.text) == (200, "")
    assert response.headers["planledger-position"] == "5"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("after=-1", "BAD_REQUEST"),
        ("after=x", "BAD_REQUEST"),
        ("after=%D9%A1", "BAD_REQUEST"),
        (f"after={'9' * 5_000}", "BAD_REQUEST"),
        ("after=1&after=2", "BAD_REQUEST"),
        ("afetr=1", "BAD_REQUEST"),
        ("limit=0", "BAD_REQUEST"),
        ("limit=10001", "BAD_REQUEST"),
        ("wait=61", "BAD_REQUEST"),
        ("plan=", "BAD_REQUEST"),
        (f"plan={'p' * 101}", "BAD_REQUEST"),
        ("types=", "UNKNOWN_EVENT_TYPE"),
        ("types=plan-drafted.v1", "UNKNOWN_EVENT_TYPE"),
        ("after=6", "POINT_IN_FUTURE"),
    ],
)
def test_what_cannot_be_given_is_refused_with_a_code(
    filled: TestClient, query: str, code: str
) -> None:
    """A filter that is misspelt and left out of account would give what nobody asked for."""
    response = filled.get(f"/events?{query}")
    assert response.status_code == 400
    (error,) = response.json()["errors"]
    assert error["extensions"]["code"] == code
    assert error["message"].endswith(".")


@pytest.mark.parametrize(
    ("accept", "answered"),
    [
        ("*/*", "application/x-ndjson"),
        ("application/*", "application/x-ndjson"),
        ("text/html, */*;q=0.1", "application/x-ndjson"),
        ("application/cloudevents-batch+json", "application/cloudevents-batch+json"),
        ("application/x-ndjson;q=0.5, application/cloudevents-batch+json", BATCH["Accept"]),
    ],
)
def test_entries_are_given_as_they_are_wanted(
    filled: TestClient, accept: str, answered: str
) -> None:
    """Whoever does not mind is given lines."""
    response = filled.get("/events", headers={"Accept": accept})
    assert response.headers["content-type"] == answered
    assert response.headers["vary"] == "Accept"


def test_no_other_forms_and_methods_are_taken(filled: TestClient) -> None:
    """What is refused says what there is."""
    response = filled.get("/events", headers={"Accept": "text/csv"})
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (
        406,
        "NOT_ACCEPTABLE",
    )
    assert filled.post("/events").status_code == 405


def test_trouble_with_the_store_is_told_as_such(client: TestClient, struck: StruckStore) -> None:
    """A program tries again, and loses nothing."""
    struck.error = StoreError("The disk is full.")
    response = client.get("/events")
    assert response.status_code == 503
    assert response.headers["retry-after"]
    assert response.json()["errors"][0]["extensions"]["code"] == "STORE_UNAVAILABLE"
    assert "disk" not in response.text


def test_entries_are_cloud_events(filled: TestClient) -> None:
    """In the form that brokers of others take, with every attribute that version 1.0 requires."""
    response = filled.get("/events?after=3", headers=BATCH)
    events = response.json()
    assert [event["id"] for event in events] == ["4", "5"]
    for event in events:
        assert event.keys() == REQUIRED | OPTIONAL | EXTENSIONS
        assert event["specversion"] == "1.0"
        assert event["source"] == "/planledger/ledger"
        assert event["type"] == "planledger.plan.plan-drafted.v1"
        assert event["sequence"] == event["id"].zfill(15)
        assert event["time"] == event["recordedtime"]
    assert events[0]["data"]["title"] == "four"
    assert filled.get("/events?after=5", headers=BATCH).json() == []


def test_every_event_has_a_type_of_the_same_shape() -> None:
    """Subscriptions of others filter by its beginning: all about milestones, say."""
    types = [type_of(event) for event in EVENT_TYPES]
    assert "planledger.milestone.target-date-set.v1" in types
    assert len(set(types)) == len(types)
    for name in types:
        assert re.fullmatch(r"planledger\.[a-z-]+\.[a-z-]+\.v[0-9]+", name), name


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("sqlite:///plans.db", "plans"),
        ("sqlite:////var/lib/planledger/plymouth.sqlite3", "plymouth"),
        ("sqlite:///plans", "plans"),
        ("postgresql://user:secret@db.example.org:5432/plans?sslmode=require", "plans"),
        ("postgresql:///?host=/run", "postgresql"),
        ("memory:", "memory"),
    ],
)
def test_a_ledger_is_called_by_its_file_or_database_and_no_more(url: str, name: str) -> None:
    """Its URL may hold a password, and goes to nobody."""
    assert ledger_name(url) == name
