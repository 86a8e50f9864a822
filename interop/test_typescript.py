"""The example client in TypeScript, compiled as strictly as can be and run as its README says."""

import shutil
import subprocess
from pathlib import Path

import pytest

from interop.programs import HERE, ROOT, node
from tests.support import example_clients
from tests.support.example_clients import Command
from tests.support.restarted import restarted
from tests.support.serving import Service

EXAMPLE = ROOT / "docs" / "examples" / "clients" / "typescript"
MODULES = HERE / "node_modules"


@pytest.fixture(name="client", scope="module")
def _client(tmp_path_factory: pytest.TempPathFactory) -> Command:
    """Compile it, with the packages that are locked here."""
    folder = tmp_path_factory.mktemp("typescript") / "client"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("node_modules", "built"))
    (folder / "node_modules").symlink_to(MODULES)
    compiler = MODULES / "typescript" / "bin" / "tsc"
    done = subprocess.run(
        [node(), compiler], cwd=folder, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")
    return (node(), folder / "built" / "main.js")


def test_it_asks_for_a_plan_as_it_was_known_at_a_review(
    client: Command, northbridge: Service
) -> None:
    """A report that is printed again must be the same report."""
    example_clients.asks_for_a_plan_at_a_review(client, northbridge.url)


def test_a_report_that_is_sent_again_is_recorded_once(
    client: Command, northbridge: Service
) -> None:
    """Who got no answer cannot know whether it was recorded, and sends it again."""
    example_clients.records_once_what_is_sent_twice(client, northbridge.url)


def test_what_a_rule_is_against_is_said(client: Command, northbridge: Service) -> None:
    """An integration that ends with a stack trace gets switched off."""
    example_clients.says_what_a_rule_is_against(client, northbridge.url)


def test_it_follows_and_goes_on_where_it_was(client: Command, tmp_path: Path) -> None:
    """An event that is lost on the way is missing for ever in what was built on it."""
    with restarted(tmp_path, entries=2) as served:
        example_clients.goes_on_where_it_was(client, served, tmp_path / "position.txt")
