"""The examples of operation: what they name is there, and what they do works.

They are what people begin with, and nobody reads them again when an option changes its name.
"""

import json
import re
import shlex
import subprocess
import sys
from configparser import RawConfigParser
from pathlib import Path
from typing import Any, cast

import pytest
import typer.main
from starlette.testclient import TestClient

from planledger.cli import app
from planledger.server import workers
from planledger.settings import settings_from
from tests.support.serving import Caller, service, until
from tests.support.told import ROOT

EXAMPLES = ROOT / "docs" / "examples" / "operation"
UNITS = sorted(EXAMPLES.glob("*.service"))
CONTAINER = EXAMPLES / "Containerfile"
PROGRAM = "/opt/planledger/bin/planledger"


def check_words(words: list[str]) -> dict[str, Any]:
    """Hold that the program takes these words as they stand; give what it makes of them."""
    command: Any = typer.main.get_command(app)
    while hasattr(command, "commands"):
        command, *words = (command.commands[words[0]], *words[1:])
    made: dict[str, Any] = command.make_context(command.name, words).params
    return made


def directives(unit: Path) -> dict[str, list[str]]:
    """Read a unit; a directive may be given more than once."""
    found: dict[str, list[str]] = {}
    for line in unit.read_text(encoding="utf-8").splitlines():
        key, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            found.setdefault(key, []).append(value)
    return found


def instructions() -> dict[str, list[str]]:
    """Read the container file: each instruction, with what it is given."""
    text = CONTAINER.read_text(encoding="utf-8").replace("\\\n", " ")
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            word, _, rest = line.partition(" ")
            found.setdefault(word, []).append(rest.strip())
    return found


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.stem)
def test_a_unit_runs_commands_that_there_are(unit: Path) -> None:
    """An option that is gone would be found when the machine starts again, at night."""
    sections = RawConfigParser(strict=False)
    sections.read(unit, encoding="utf-8")
    assert sections.sections() == ["Unit", "Service", "Install"]
    told = directives(unit)
    commands = [*told.get("ExecStartPre", []), *told["ExecStart"]]
    for command in commands:
        program, *words = shlex.split(command)
        assert program == PROGRAM
        check_words(words)


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.stem)
def test_a_unit_gives_the_program_little(unit: Path) -> None:
    """A user of its own, one folder to write to, and nothing of the machine."""
    told = directives(unit)
    assert told["User"] == ["planledger"]
    assert told["ProtectSystem"] == ["strict"]
    assert told["StateDirectory"] == ["planledger"]
    assert told["CapabilityBoundingSet"] == [""]
    assert {"NoNewPrivileges", "PrivateTmp", "ProtectHome", "SystemCallFilter"} <= told.keys()


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.stem)
def test_a_unit_sets_only_what_is_read(unit: Path) -> None:
    """A setting by a wrong name is a setting that is not set."""
    given = dict(value.split("=", 1) for value in directives(unit)["Environment"])
    check_settings(given)
    assert directives(unit)["WorkingDirectory"][0] in given["PLANLEDGER_LEDGER"]


def check_settings(given: dict[str, str]) -> None:
    """Hold that each of these variables makes a difference."""
    for name, value in given.items():
        changed = settings_from({name: f"{value}-changed"})
        assert changed != settings_from({}), f"Nobody reads {name}."


def test_the_unit_waits_until_all_is_answered() -> None:
    """Else systemd would kill what still answers."""
    (unit,) = [path for path in UNITS if path.stem == "planledger"]
    told = directives(unit)
    made = check_words(shlex.split(told["ExecStart"][0])[1:])
    longest = made["drain"] + workers.GRACE_SECONDS + workers.LET_GO_SECONDS
    assert float(told["TimeoutStopSec"][0]) > longest
    assert told["KillMode"] == ["mixed"], "Workers are ended by their parent, after the drain."
    assert told["ExecReload"] == ["/bin/kill -HUP $MAINPID"]


def test_the_container_runs_a_command_that_there_is_as_nobody_in_particular() -> None:
    """A container as root is root on the machine, as soon as anything goes wrong."""
    told = instructions()
    assert json.loads(told["ENTRYPOINT"][0]) == [PROGRAM]
    check_words(json.loads(told["CMD"][0]))
    assert told["USER"] == ["10001"]
    check_settings(dict(pair.split("=", 1) for pair in shlex.split(told["ENV"][0])))


def test_the_container_is_made_of_what_is_locked() -> None:
    """Whatever is newest on the day of the build is not what was tested."""
    told = instructions()
    (requirements,) = [words.split()[0] for words in told["COPY"] if words.endswith(".txt")]
    assert (ROOT / requirements).is_file()
    installs = re.findall(r"pip install (.*?)(?:&&|$)", " ".join(told["RUN"]))
    assert len(installs) == 2
    assert ["--require-hashes" in words or "--no-index" in words for words in installs] == [
        True
    ] * 2


def test_the_container_is_healthy_where_the_service_is_ready(tmp_path: Path) -> None:
    """The check is run as it stands, but for the program and the port."""
    check = instructions()["HEALTHCHECK"][0]
    _, *words = json.loads(check[check.index("[") :])
    with (
        service(tmp_path, "--ledger", "memory:", "--drain", "20") as served,
        Caller(served.url) as caller,
    ):
        words[-1] = words[-1].replace("http://127.0.0.1:8000", served.url)
        assert served.url in words[-1]
        assert subprocess.run([sys.executable, *words], check=False).returncode == 0
        served.process.terminate()
        until(lambda: caller.ready()[0] == 503, "It does not end.")
        done = subprocess.run([sys.executable, *words], check=False, capture_output=True)
        assert done.returncode != 0
        served.process.kill()


@pytest.mark.parametrize("document", ["planledger-alerts.yml", "prometheus.yml"])
def test_prometheus_is_sent_where_the_metrics_are(client: TestClient, document: str) -> None:
    """An alert on a metric of another name never goes off."""
    text = (EXAMPLES / document).read_text(encoding="utf-8")
    told = client.get("/metrics").text
    for name in re.findall(r"\bplanledger_\w+", text):
        assert f"{name.removesuffix('_bucket')} " in told.replace("{", " "), name
    routes = {route.path for route in cast("Any", client.app).routes}
    for route in re.findall(r'route="([^"]+)"|metrics_path: (\S+)', text):
        assert "".join(route) in routes
    for file in re.findall(r"^  - (\S+\.yml)$", text, re.MULTILINE):
        assert (EXAMPLES / file).is_file()


GUIDE = (ROOT / "docs" / "guides" / "operation.md").read_text(encoding="utf-8")


def test_the_guide_names_every_metric_and_no_other(client: TestClient) -> None:
    """Whoever builds a page of figures takes the names from there."""
    told = set(re.findall(r"^# TYPE (planledger_\w+)", client.get("/metrics").text, re.MULTILINE))
    assert set(re.findall(r"^\| `(planledger_\w+)`", GUIDE, re.MULTILINE)) == told


def test_the_guide_names_every_field_of_a_line_about_a_request(tmp_path: Path) -> None:
    """Whoever searches the log takes the names from there."""
    with service(tmp_path, "--ledger", "memory:") as served, Caller(served.url) as caller:
        caller.get("/", headers={"X-Request-ID": "which"})
        line = served.request("which")
    fields = GUIDE.split("## The log")[1].split("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)`", fields, re.MULTILINE)) == set(line)


def test_the_guide_names_options_that_there_are() -> None:
    """A reader types exactly what stands there."""
    command: Any = typer.main.get_command(app)
    options = {option for param in command.commands["serve"].params for option in param.opts}
    named = set(re.findall(r"`(--[a-z-]+)", GUIDE.split("## Starting it")[1].split("\n## ")[0]))
    assert named
    assert named <= options
