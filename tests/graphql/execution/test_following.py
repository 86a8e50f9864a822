"""Subscriptions without a transport: what is given, and how often it is worked out."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from typing import Any

import pytest
from graphql import execute_subscription_event

from planledger.graphql.context import Context
from planledger.graphql.execution import Execution, Question, following
from planledger.graphql.execution.following import Answer, Following
from planledger.graphql.schema import make_schema
from planledger.ledger.feed import Feed
from planledger.storage.port import StoreError
from tests.support.face import Face
from tests.support.feeds import run
from tests.support.ledgers import AUTHOR

EXECUTION = Execution(make_schema())
SUBSCRIBERS = 50
DOCUMENT = """subscription S($after: Position, $typed: Boolean!) {
  planEvents(after: $after) { position type @include(if: $typed) } }"""


class Counted:
    """Counts how often an entry is worked out."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Count from now on."""
        self.times = 0
        work_out: Callable[[Any], Any] = execute_subscription_event

        def counting(executor: Any) -> Any:  # noqa: ANN401 - passed on
            self.times += 1
            return work_out(executor)

        monkeypatch.setattr(following, "execute_subscription_event", counting)


def _context(face: Face, feed: Feed | None) -> Context:
    return Context(ledger=face.ledger, author=AUTHOR, feed=feed, request_id="that-one")


async def _first(answers: AsyncIterator[Answer], count: int) -> list[Answer]:
    found = []
    async for answer in answers:
        found.append(answer)
        if len(found) == count:
            break
    return found


def test_an_entry_is_worked_out_once_for_all_who_asked_alike(
    face: Face, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hundreds of subscribers cost no more than one; where each began makes no difference."""
    face.begin()
    counted = Counted(monkeypatch)

    async def follow(shared: Following, context: Context, after: int, typed: bool) -> list[Answer]:  # noqa: FBT001 - the variables
        variables = {"after": str(after), "typed": typed}
        async with aclosing(shared.answers(Question(DOCUMENT, variables), context)) as answers:
            return await _first(answers, 1 + 4 - after)

    async def all_of_them() -> None:
        with Feed(face.store, face.clock) as feed:
            shared, context = Following(EXECUTION), _context(face, feed)
            told = await asyncio.gather(
                *(follow(shared, context, number % 3, typed=True) for number in range(SUBSCRIBERS))
            )
            assert counted.times == 4
            for number, answers in enumerate(told):
                assert [each.position for each in answers] == list(range(number % 3, 5))
                assert answers[0].text == ""
                assert all('"type":"' in each.text for each in answers[1:])
            (untyped,) = (await follow(shared, context, 3, typed=False))[1:]
            assert untyped.text == '{"data":{"planEvents":{"position":"4"}}}'
            assert counted.times == 5

    run(all_of_them())


def test_what_goes_wrong_amid_a_stream_is_told_and_masked(
    face: Face, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The client learns that it is over, and by which name the log has the rest."""
    face.begin()

    async def broken(*_: Any, **__: Any) -> AsyncIterator[Any]:
        yield []
        raise StoreError("The disk is full.")

    async def follow() -> None:
        with Feed(face.store, face.clock) as feed:
            monkeypatch.setattr(feed, "follow", broken)
            question = Question("subscription { mine: planEvents { position } }")
            answers = Following(EXECUTION).answers(question, _context(face, feed))
            begun, failed = await _first(answers, 2)
            assert (begun.position, failed.position) == (0, None)
            (error,) = failed.refused
            assert (error.path, error.extensions) == (
                ["mine"],
                {"code": "STORE_UNAVAILABLE", "reference": "that-one"},
            )
            assert "disk" not in failed.text
            assert await _first(answers, 1) == []

    run(follow())
    assert "The disk is full." in caplog.text


def test_a_stream_that_broke_off_goes_on_from_where_it_was(face: Face) -> None:
    """Whatever the document says: browsers send it again as it was, and the position beside it."""
    face.begin()

    async def follow() -> None:
        with Feed(face.store, face.clock) as feed:
            context = Context(ledger=face.ledger, author=AUTHOR, feed=feed, resumed_after=3)
            question = Question('subscription { planEvents(after: "1") { position } }')
            async with aclosing(Following(EXECUTION).answers(question, context)) as answers:
                assert [each.position for each in await _first(answers, 2)] == [3, 4]

    run(follow())


def test_nothing_is_followed_where_there_is_no_feed(face: Face) -> None:
    """`planledger query` answers and ends."""

    async def follow() -> None:
        question = Question("subscription { planEvents { position } }")
        answers = Following(EXECUTION).answers(question, _context(face, None))
        _, answer = await _first(answers, 2)
        (error,) = answer.refused
        assert (error.extensions or {})["code"] == "OPERATION_NOT_POSSIBLE"

    run(follow())
