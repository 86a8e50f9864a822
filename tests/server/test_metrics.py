"""What Prometheus is told."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from planledger.storage.port import StoreError
from tests.server.conftest import Log
from tests.support.serving import DRAFT, until
from tests.support.stuck import StruckStore

Sample = tuple[str, frozenset[tuple[str, str]]]


def samples(client: TestClient) -> Mapping[Sample, float]:
    """Read all that is told."""
    families = text_string_to_metric_families(client.get("/metrics").text)
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in families
        for sample in family.samples
    }


def value(client: TestClient, name: str, **labels: str) -> float:
    """Read one value."""
    return samples(client)[name, frozenset(labels.items())]


def draft(client: TestClient, plan: str, **more: str) -> None:
    """Give a command."""
    given = {"plan": plan, "title": "A", **more}
    client.post("/graphql", json={"query": DRAFT, "variables": {"input": given}})


def test_commands_are_counted_by_what_came_of_them(client: TestClient, struck: StruckStore) -> None:
    """Refusals say that people struggle, conflicts that they meet, failures that we do."""
    draft(client, "alpha", commandId="once")
    draft(client, "alpha", commandId="once")
    draft(client, "alpha")
    draft(client, "No good!")
    draft(client, "alpha", title="B", expectedPosition="0")
    struck.error = StoreError("The disk is full.")
    draft(client, "beta")
    struck.error = None
    found = {
        dict(labels)["outcome"]: count
        for (name, labels), count in samples(client).items()
        if name == "planledger_commands_total"
    }
    assert found.pop("repeated") == 1
    assert found.pop("conflict") == 1
    assert found.pop("failed") == 1
    assert found.pop("accepted") == 1
    assert sum(found.values()) == 2
    assert value(client, "planledger_entries_recorded_total") == 1


def test_how_far_the_feed_is(client: TestClient, tmp_path: Path, log: Log) -> None:
    """A feed that stands still is seen here first."""
    draft(client, "alpha")
    until(lambda: value(client, "planledger_head_position") == 1, "The head stands still.")
    assert value(client, "planledger_feed_trouble") == 0
    assert value(client, "planledger_feed_lag_seconds") >= 0
    ledger, elsewhere = tmp_path / "plans.db", tmp_path / "elsewhere.db"
    ledger.rename(elsewhere)
    until(lambda: value(client, "planledger_feed_trouble") == 1, "Trouble is not told.")
    elsewhere.rename(ledger)
    until(lambda: value(client, "planledger_feed_trouble") == 0, "It does not recover.")
    assert log.lines("Following the ledger again")


def test_requests_are_timed_by_their_route_and_never_by_what_was_asked_for(
    client: TestClient,
) -> None:
    """Each new label makes a series that is kept for good: a stranger must not make any."""
    for path in ("/", "/graphql?query=x", "/a", "/b", "/healthz/../c"):
        client.get(path)
    for method in ("PUT", "BREW", "FETCH"):
        client.request(method, "/healthz")
    client.get("/", headers={"host": "planledger.example"})
    found = {
        tuple(dict(labels)[name] for name in ("route", "method", "status"))
        for (name, labels) in samples(client)
        if name == "planledger_request_seconds_count"
    }
    assert found == {
        ("/", "GET", "200"),
        ("/graphql", "GET", "200"),
        ("none", "GET", "404"),
        ("none", "GET", "400"),
        ("/healthz", "PUT", "405"),
        ("/healthz", "other", "405"),
    }


def test_nothing_is_missing_before_it_happened(client: TestClient) -> None:
    """An alert on what is not there yet would never go off."""
    assert value(client, "planledger_entries_recorded_total") == 0
    assert value(client, "planledger_conflicts_total") == 0
    for outcome in ("accepted", "already_so", "repeated", "refused", "conflict", "failed"):
        assert value(client, "planledger_commands_total", outcome=outcome) == 0
    for found in ("true", "false"):
        assert value(client, "planledger_plans_opened_total", from_snapshot=found) == 0
    (build,) = [labels for name, labels in samples(client) if name == "planledger_build_info"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", dict(build)["version"])


@pytest.mark.parametrize(
    ("accept", "kind"),
    [("", "text/plain"), ("application/openmetrics-text", "application/openmetrics-text")],
)
def test_it_is_told_in_the_format_that_is_asked_for(
    client: TestClient, accept: str, kind: str
) -> None:
    """Prometheus asks for the newer one, a person's browser for neither."""
    answer = client.get("/metrics", headers={"accept": accept})
    assert answer.headers["content-type"].startswith(kind)
