"""The guide to following entries does what it says, in every request and its code."""

import asyncio
import re
import shlex
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest

from planledger.server.streams.transport import Code
from planledger.server.streams.wish import DEFAULT_LIMIT, LONGEST_WAIT, MOST
from tests.support.program import invoke
from tests.support.serving import Service, service
from tests.support.told import ROOT

GUIDE = (ROOT / "docs" / "guides" / "events.md").read_text(encoding="utf-8")
EXCHANGE = re.compile(r"^```sh\n(curl .*?)^```\n+```http\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LAST = 47
"""Position of the last entry of the guide's ledger."""


@pytest.fixture(name="served", scope="module")
def _served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Serve the ledger that the guide makes."""
    folder = tmp_path_factory.mktemp("guide")
    ledger = f"sqlite:///{folder}/events.db"
    plan = ROOT / "docs" / "guides" / "first-review-plan.txt"
    made = ("import", str(plan), "--plan", "northbridge", "--new", "--ledger", ledger)
    assert invoke(*made, folder=folder).returncode == 0
    with service(folder, "--ledger", ledger) as served:
        yield served


def test_every_request_is_answered_as_the_guide_says(served: Service) -> None:
    """A reader copies what stands there."""
    exchanges = EXCHANGE.findall(GUIDE)
    assert len(exchanges) == GUIDE.count("\ncurl ") == 5
    with httpx2.Client(base_url=served.url, timeout=60) as client:
        for command, told in exchanges:
            head, _, body = told.partition("\n\n")
            status, *headers = head.splitlines()
            with client.stream("GET", **_asked(command)) as response:
                assert status == f"HTTP/1.1 {response.status_code} {response.reason_phrase}"
                for name, _, value in (line.partition(": ") for line in headers):
                    assert response.headers[name] == value, command
                lines = response.iter_lines()
                for line in body.splitlines():
                    pattern = ".*".join(map(re.escape, line.split("…")))
                    said = next(lines)
                    assert re.fullmatch(pattern, said), (line, said)


def _asked(command: str) -> dict[str, Any]:
    """Read a command of curl, of those options that the guide uses."""
    words = iter(shlex.split(command.replace("\\\n", " "))[1:])
    asked: dict[str, Any] = {"headers": {}}
    for word in words:
        if word == "-H":
            name, _, value = next(words).partition(": ")
            asked["headers"][name] = value
        elif word == "--data-urlencode":
            name, _, value = next(words).partition("=")
            asked["params"] = {name: value}
        elif word not in {"-i", "-G", "-N"}:
            parts = urlsplit(word)
            asked["url"] = f"{parts.path}?{parts.query}"
    return asked


class _EnoughError(Exception):
    """Ends what would go on for ever."""


def test_the_code_of_the_guide_follows(served: Service) -> None:
    """Whoever copies it has what is recorded, from the first minute on."""
    (code,) = re.findall(r"^```python\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)
    made: dict[str, Any] = {}
    exec(code, made)  # noqa: S102 - it is our own
    found: list[int] = []

    def handle(entry: dict[str, str]) -> None:
        found.append(int(entry["position"]))
        if found[-1] == LAST:
            raise _EnoughError

    address = f"ws://{urlsplit(served.url).netloc}/graphql"
    with pytest.raises(_EnoughError):
        asyncio.run(made["follow"](address, LAST - 3, handle))
    assert found == [LAST - 2, LAST - 1, LAST]


def test_the_guide_has_every_code_and_bound() -> None:
    """Whoever writes a client takes them from there."""
    rows = re.findall(r"^\| ([0-9, ]{4,})", GUIDE, re.MULTILINE)
    told = {int(code) for row in rows for code in re.findall(r"\d{4}", row)}
    assert told == {int(code) for code in Code} | {1009}
    for bound in (f"1 to {MOST:,}", f"left out, {DEFAULT_LIMIT:,}", f"0 to {LONGEST_WAIT}"):
        assert bound in GUIDE
