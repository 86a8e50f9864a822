"""An answer is said to be final only if it will be the same for ever.

What is final is kept and given again without a look at the ledger. One answer that is wrongly said
to be final is wrong for as long as anybody keeps it.
"""

from datetime import timedelta
from random import Random
from typing import Any

import pytest
import strawberry

from planledger.answers import to_json
from planledger.events.envelope import instant
from planledger.graphql.context import Context
from planledger.graphql.execution import Execution, Outcome, Question
from planledger.graphql.schema import make_schema
from planledger.ledger import Ledger
from planledger.storage.memory import MemoryStore
from planledger.storage.port import EntryStore
from tests.support import simulated
from tests.support.asked_at_random import NORTHBRIDGE, Asking
from tests.support.depth import rounds
from tests.support.face import Face
from tests.support.ledgers import AUTHOR, SettableClock

EXECUTION = Execution(make_schema(), limits=None)

CLOSED, LATER = 518, 1_100
"""Where northbridge closes its first review, and where it has closed ten."""

PLAN = 'plan(ref: "northbridge") { title'
FINAL = [
    "{ __typename }",
    "{ __schema { queryType { name } } __typename }",
    '{ __type(name: "Plan") { name } }',
    '{ ledger(knownAt: {position: "700"}) { basis { final } } }',
    '{ ledger(knownAt: {position: "0"}, effectiveOn: "2024-01-01") { basis { final } } }',
    '{ ledger(knownAt: {review: "northbridge/board-2024-q1"}) { basis { review { ref } } } }',
    '{ ledger(knownAt: {recordedAt: "2024-06-01T00:00:00Z"}) { basis { position } } }',
    '{ ledger(knownAt: {endOf: "2024-06-01"}) { basis { position } } __typename }',
    '{ ledger(knownAt: {position: "700"}, effectiveOn: "2030-01-01") { basis { position } } }',
    (
        '{ ledger(knownAt: {position: "700"}) { plan(ref: "northbridge") { reviews { asReported '
        "{ basis { position } } } } } }"
    ),
    (
        '{ a: ledger(knownAt: {position: "7"}) { basis { final } } '
        'b: ledger(knownAt: {position: "9"}) { basis { final } } }'
    ),
    (
        '{ changes(plan: "northbridge", from: {position: "7"}, to: {position: "700"}, first: 5) '
        "{ nodes { what causes { position } } } }"
    ),
    '{ history(item: "Plan:northbridge@700,2025-01-01", first: 5) { nodes { standing } } }',
    '{ node(id: "Plan:northbridge@700,2025-01-01") { id } }',
    '{ events(first: 100, after: "1000") { nodes { position } } }',
    "{ events(first: 3, types: [REVIEW_CLOSED]) { nodes { position } } }",
]
NOT_FINAL = [
    "{ ledger { basis { position } } }",
    '{ ledger(effectiveOn: "2024-01-01") { basis { position } } }',
    '{ ledger(knownAt: {position: "0"}) { basis { final } } }',
    '{ ledger(knownAt: {endOf: "2026-01-29"}) { basis { position } } }',
    '{ a: ledger(knownAt: {position: "7"}) { basis { final } } b: ledger { basis { final } } }',
    (
        '{ ledger(knownAt: {position: "700"}) { plan(ref: "northbridge") { reviews { asNowKnown '
        "{ basis { position } } } } } }"
    ),
    '{ changes(plan: "northbridge", from: {position: "7"}, first: 5) { nodes { what } } }',
    '{ restatements(plan: "northbridge", review: "board-2024-q1", first: 5) { nodes { what } } }',
    '{ history(item: "northbridge/1.1", first: 5) { nodes { standing } } }',
    '{ node(id: "Plan:northbridge") { id } }',
    '{ events(first: 100, after: "1250") { nodes { position } } }',
    '{ events(first: 2, after: "1302") { nodes { position } } }',
    '{ events(first: 1, plan: "northbridge", area: "1") { nodes { position } } }',
    '{ __schema { queryType { name } } ledger(knownAt: {position: "7"}) { basis { final } } }',
    '{ ledger(knownAt: {position: "9999"}) { basis { final } } }',
    (
        '{ a: ledger(knownAt: {position: "7"}) { basis { final } } '
        'b: ledger(knownAt: {position: "9999"}) { basis { final } } }'
    ),
    "{ nothing }",
]


def _answer(ledger: Ledger, document: str, variables: dict[str, Any] | None = None) -> Outcome:
    context = Context(ledger=ledger, author=AUTHOR)
    return EXECUTION.answer(Question(document, variables), context)


@pytest.mark.parametrize("document", FINAL)
def test_what_rests_on_final_points_alone_is_final(document: str) -> None:
    """Else nothing could be kept at all."""
    outcome = _answer(simulated.northbridge()[0], document)
    assert not outcome.errors
    assert outcome.final


@pytest.mark.parametrize("document", NOT_FINAL)
def test_what_rests_on_anything_else_is_not(document: str) -> None:
    """One part that may change is enough; and an error may be another one tomorrow, or none."""
    assert not _answer(simulated.northbridge()[0], document).final


def test_the_head_is_no_ground_for_what_was_answered_before() -> None:
    """One context may be used for many questions; each has grounds of its own."""
    context = Context(ledger=simulated.northbridge()[0], author=AUTHOR)
    for document, final in ((FINAL[3], True), (NOT_FINAL[0], False), (FINAL[3], True)):
        assert EXECUTION.answer(Question(document), context).final == final


def test_what_says_nothing_of_its_grounds_is_not_final() -> None:
    """Whoever adds a field at the root and forgets this makes it slow, and not wrong."""

    @strawberry.type(name="Query")
    class Query:
        one: int = strawberry.field(resolver=lambda: 1)

    context = Context(ledger=simulated.northbridge()[0], author=AUTHOR)
    outcome = Execution(strawberry.Schema(Query)).answer(Question("{ one }"), context)
    assert outcome.data == {"one": 1}
    assert not outcome.final


def test_a_command_is_never_final(face: Face) -> None:
    """Its answer is about the moment it was sent."""
    document = (
        'mutation { planDraft(input: {plan: "alpha", title: "A"}) { __typename '
        "... on PlanRecorded { plan { ref } } } }"
    )
    outcome = EXECUTION.answer(Question(document), face.context)
    assert outcome.data == {"planDraft": {"__typename": "PlanRecorded", "plan": {"ref": "alpha"}}}
    assert not outcome.final


def test_today_becomes_final_once_it_is_over_and_something_came_after(face: Face) -> None:
    """The end of a day is known when an entry says that the clock has passed it."""
    day = face.clock.now.date()
    document = f'{{ ledger(knownAt: {{endOf: "{day}"}}) {{ basis {{ position }} }} }}'
    face.begin()
    assert not _answer(face.ledger, document).final
    face.clock.now += timedelta(days=2)
    assert not _answer(face.ledger, document).final, "a clock set back may still record that day"
    face.begin("beta")
    assert _answer(face.ledger, document).final


def test_an_open_review_is_not_final_until_it_is_closed(face: Face) -> None:
    """While it is open it is an error to ask what it saw; an error is never final."""
    face.begin()
    face.done("forumEstablish", {"plan": "alpha", "forum": "board", "name": "Board"})
    opened = {"plan": "alpha", "review": "q1", "forum": "board", "label": "Q1"}
    face.done("reviewOpen", {**opened, "asAt": "2026-02-01"})
    document = '{ ledger(knownAt: {review: "alpha/q1"}) { basis { position } } }'
    assert not _answer(face.ledger, document).final
    face.done("reviewClose", {"plan": "alpha", "review": "q1"})
    assert _answer(face.ledger, document).final


def _until(position: int) -> Ledger:
    """Give northbridge as it was once a position was recorded, on the day of that."""
    whole: EntryStore = simulated.northbridge()[0]._store
    commit = whole.commit_at(position=position)
    assert commit is not None
    clock = SettableClock(instant(commit.recorded_us))
    store = MemoryStore(clock)
    receipts = [one for one in whole.receipts() if one.commit.last <= commit.last]
    store.adopt(whole.read(until=commit.last, limit=commit.last), receipts)
    return Ledger(store, clock)


@pytest.mark.parametrize("position", [CLOSED, LATER])
def test_final_answers_are_the_same_when_the_ledger_has_grown(position: int) -> None:
    """The promise itself, whatever is asked: what was final then is answered so two years on."""
    then, now = _until(position), simulated.northbridge()[0]
    # Points that are reached by then: an error is never final.
    values = {
        **NORTHBRIDGE,
        "Position": ['"7"', '"120"', '"300"', '"500"'],
        "ReviewRef": ['"northbridge/board-2024-q1"'],
        "Date": ['"2023-06-30"', '"2024-01-31"'],
        "DateTime": ['"2024-01-31T00:00:00Z"'],
    }
    held = 0
    for number in range(rounds(ci=80, deep=5_000)):
        chance = Random(position * 1_000_000 + number)  # noqa: S311 - a test repeats itself
        asked = Asking(EXECUTION._schema, chance, values).made()
        before = _answer(then, asked.document, asked.variables)
        if before.final:
            after = _answer(now, asked.document, asked.variables)
            assert to_json(after.response()) == to_json(before.response()), asked
            assert after.final, asked
            held += 1
    assert held > rounds(ci=6, deep=300), "too few were final: this proves little"
