"""Documents over HTTP, many at once."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from starlette.testclient import TestClient

from planledger.server import make_app
from planledger.storage.sqlite import SqliteStore
from tests.support.ledgers import AUTHOR, SettableClock
from tests.support.told import ROOT, Step, steps

QUESTIONS = [
    step for step in steps(ROOT / "docs" / "guides" / "questions.md") if step.kind == "graphql"
]


def test_questions_asked_at_once_are_answered_as_one_after_the_other(northbridge: Path) -> None:
    """Each is carried out in a thread of its own, over plans and findings that all share."""
    clock = SettableClock(datetime(2031, 6, 1, tzinfo=UTC))
    store = SqliteStore(northbridge / "planledger.db", clock, create=False)
    app = make_app(store, clock, AUTHOR)
    with TestClient(app, base_url="http://localhost") as client, ThreadPoolExecutor(8) as pool:

        def answer(step: Step) -> object:
            return client.post("/graphql", json={"query": step.text}).json()["data"]

        answers = list(pool.map(answer, QUESTIONS * 2))
    assert answers == [json.loads(step.answer)["data"] for step in QUESTIONS * 2]
