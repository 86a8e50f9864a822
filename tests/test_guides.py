"""The documentation does what it says: every step in it is run, and every answer compared."""

import json
import os
import re
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from planledger.answers import to_json
from planledger.cli import app
from planledger.events.values import Author, Personal
from planledger.examples import load_example, simulate_northbridge
from planledger.ledger import Ledger
from planledger.server import make_app
from planledger.simulation.clock import SimulatedClock
from planledger.storage.sqlite import SqliteStore
from tests.support.face import Asker
from tests.support.ledgers import SettableClock
from tests.support.told import ROOT, Step, steps

GUIDES = sorted((ROOT / "docs" / "guides").glob("*.md"))
QUESTIONS = ROOT / "docs" / "guides" / "questions.md"


def _run(step: Step, ledger: str, folder: Path) -> str:
    if step.kind == "console":
        scripts = Path(sys.executable).parent
        environment = {
            **os.environ,
            "PLANLEDGER_LEDGER": ledger,
            "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}",
        }
        ran = subprocess.run(
            ["bash", "-c", step.text],  # noqa: S607 - as a reader types it
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return ran.stdout
    return CliRunner().invoke(app, ["query", step.text], env={"PLANLEDGER_LEDGER": ledger}).output


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_every_step_of_a_guide_answers_as_it_says(guide: Path, tmp_path: Path) -> None:
    """A guide that lies is worse than none, and a reader types exactly what stands there."""
    told = list(steps(guide))
    assert told
    ledger = f"sqlite:///{tmp_path / 'guide.db'}"
    # What a guide makes beside its ledger is not to lie in the source.
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    for step in told:
        # Every guide has its reader name the ledger after it.
        said = _run(step, ledger, tmp_path).replace(ledger, f"sqlite:///{guide.stem}.db")
        assert said == step.answer, f"{guide.name}:{step.line}: {step.text}"


def test_the_first_guide_asks_each_review_again_and_it_answers_the_same() -> None:
    """What a review saw is asked before and after later changes, one of them a late entry.

    The answers themselves are compared with the ledger's above.
    """
    asked: dict[str, list[str]] = {}
    for step in steps(ROOT / "docs" / "guides" / "first-review.md"):
        if step.kind == "graphql" and step.text.count("knownAt: { review:") == 1:
            asked.setdefault(step.text, []).append(step.answer)
    again = [answers for answers in asked.values() if len(answers) > 1]
    assert len(again) == 2  # one review of each forum
    assert all(first == second for first, second in again)


def test_each_of_the_thirty_questions_is_asked_of_the_ledger() -> None:
    """A question that is answered in prose only is one that nobody noticed cannot be answered."""
    asked: dict[int, int] = {}
    for part in QUESTIONS.read_text(encoding="utf-8").split("\n### ")[1:]:
        number = re.match(r"\d+", part)
        assert number, part[:80]
        asked[int(number[0])] = part.count("\n```graphql\n")
    assert list(asked) == list(range(1, 31))
    assert {number for number, documents in asked.items() if not documents} == set()


def test_the_thirty_questions_are_answered_the_same_on_any_day(tmp_path: Path) -> None:
    """Whoever opens the ledger in years is to find the answers that stand in the guide."""
    made = SimulatedClock()
    with closing(Ledger(SqliteStore(tmp_path / "made.db", made, create=True), made)) as ledger:
        simulate_northbridge(ledger, made)
    later = SettableClock(datetime(2031, 6, 1, tzinfo=UTC))
    with closing(Ledger(SqliteStore(tmp_path / "made.db", later, create=False), later)) as ledger:
        asker = Asker(ledger)
        assert asker.ask("{ ledger { basis { effectiveOn } } }") == {
            "ledger": {"basis": {"effectiveOn": "2031-06-01"}}
        }
        for step in steps(QUESTIONS):
            if step.kind == "graphql":
                answer = to_json({"data": asker.ask(step.text)}, indent=2).decode() + "\n"
                assert answer == step.answer, f"{QUESTIONS.name}:{step.line}: {step.text}"


def test_the_first_query_of_the_readme_gives_its_answer(tmp_path: Path) -> None:
    """It is the first thing anybody tries, on the plan that `make run` serves."""
    (first, *_) = steps(ROOT / "README.md")
    clock = SettableClock()
    store = SqliteStore(tmp_path / "readme.db", clock, create=True)
    author = Author(id="reader", name=Personal(words="Reader"))
    assert load_example(Ledger(store, clock), "plymouth-2015", author)
    with TestClient(make_app(store, clock, author), base_url="http://127.0.0.1") as client:
        answer = client.post("/graphql", json={"query": first.text})
    # Over HTTP it also says what it cost, which no reader is after yet.
    assert {"data": answer.json()["data"]} == json.loads(first.answer)
