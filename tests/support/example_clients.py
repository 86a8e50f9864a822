"""The example clients of docs/examples/clients, run as programs, whatever they are written in."""

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.support.program import environment
from tests.support.restarted import Restarted
from tests.support.serving import PATIENCE, Caller, until

Command = Sequence[str | Path]
"""What begins the client; the service's address and what to do follow."""

REVIEW = "northbridge/board-2024-q3"
AT_REVIEW = """query At($review: ReviewRef!) { ledger(knownAt: { review: $review }) {
  basis { position } plan(ref: "northbridge") { milestones { ref timeliness } } } }"""
DELIVERY = '{ ledger { plan(ref: "northbridge") { milestones { ref delivery } } } }'


def ended(client: Command, url: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a client to its end."""
    return subprocess.run(
        [*client, url, *words],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


def said(client: Command, url: str, *words: str) -> list[str]:
    """Give the lines that a client prints where all goes well."""
    done = ended(client, url, *words)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


@contextmanager
def following(client: Command, served: Restarted, kept: Path) -> Iterator[list[str]]:
    """Follow until the end of the block; the positions that were printed are there after it."""
    printed: list[str] = []
    process = subprocess.Popen(
        [*client, served.url, "follow", kept],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield printed
    finally:
        process.kill()
        out, err = process.communicate(timeout=PATIENCE)
    assert err == ""
    printed.extend(line.split()[0] for line in out.splitlines())


def asks_for_a_plan_at_a_review(client: Command, url: str) -> None:
    """Check what a client says of the simulated plan against what the service does."""
    with Caller(url) as caller:
        body = {"query": AT_REVIEW, "variables": {"review": REVIEW}}
        told = caller.post("/graphql", json=body).json()["data"]["ledger"]
    heading, *lines = said(client, url, "plan", REVIEW)
    assert f"as known at {told['basis']['position']} for 2024-10-14" in heading
    shown = [(line.split()[0], line.split()[2]) for line in lines]
    assert shown == [(each["ref"], each["timeliness"]) for each in told["plan"]["milestones"]]


def records_once_what_is_sent_twice(client: Command, url: str) -> None:
    """Check that the same report, sent again, gets the same answer."""
    words = ("progress", "northbridge", _milestone(url, "IN_PROGRESS"), "ON_HOLD", "job-17")
    first, again = (said(client, url, *words) for _ in range(2))
    assert first[0].startswith("Recorded at ")
    assert again == [first[0].replace("Recorded at", "Recorded before at")]


def says_what_a_rule_is_against(client: Command, url: str) -> None:
    """Check that a client ends with a sentence, and not with a stack trace."""
    signed = _milestone(url, "SIGNED_OFF")
    done = ended(client, url, "progress", "northbridge", signed, "ON_HOLD", "job-18")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert f"{signed} is signed off" in done.stderr
    done = ended(client, url, "plan", "northbridge/never")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "There is no review 'northbridge/never'" in done.stderr


def goes_on_where_it_was(client: Command, served: Restarted, kept: Path) -> None:
    """Check that each event comes once, in order, though the client ends and the service is killed.

    The service holds two entries.
    """

    def has_dealt_with(position: str) -> None:
        until(
            lambda: kept.exists() and kept.read_text(encoding="ascii") == position,
            f"It never dealt with {position}.",
        )

    with following(client, served, kept) as first:
        has_dealt_with("2")
        has_dealt_with(served.record())
    with following(client, served, kept) as then:
        has_dealt_with(served.record())
        served.kill()
        served.start()
        has_dealt_with(served.record())
    assert first == ["1", "2", "3"]
    assert then == ["4", "5"]


def _milestone(url: str, delivery: str) -> str:
    """Give a milestone that stands somewhere."""
    with Caller(url) as caller:
        milestones = caller.ask(DELIVERY)["ledger"]["plan"]["milestones"]
    return str(next(each["ref"] for each in milestones if each["delivery"] == delivery))
