"""The example client in Python, run as a council's integrator would run it."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import example_clients
from tests.support.restarted import restarted
from tests.support.serving import Service, service

FOLDER = Path(__file__).parents[1] / "docs" / "examples" / "clients" / "python"
CLIENT = (sys.executable, "-W", "error", FOLDER / "planledger_client.py")


@pytest.fixture(name="served", scope="module")
def _served(northbridge: Path) -> Iterator[Service]:
    with service(northbridge) as served:
        yield served


def test_it_asks_for_a_plan_as_it_was_known_at_a_review(served: Service) -> None:
    """A report that is printed again must be the same report."""
    example_clients.asks_for_a_plan_at_a_review(CLIENT, served.url)


def test_a_report_that_is_sent_again_is_recorded_once(served: Service) -> None:
    """Who got no answer cannot know whether it was recorded, and sends it again."""
    example_clients.records_once_what_is_sent_twice(CLIENT, served.url)


def test_what_a_rule_is_against_is_said(served: Service) -> None:
    """An integration that ends with a stack trace gets switched off."""
    example_clients.says_what_a_rule_is_against(CLIENT, served.url)


def test_it_follows_and_goes_on_where_it_was(tmp_path: Path) -> None:
    """An event that is lost on the way is missing for ever in what was built on it."""
    with restarted(tmp_path, entries=2) as served:
        example_clients.goes_on_where_it_was(CLIENT, served, tmp_path / "position.txt")
