"""Points in the life of the ledger: how they are named, and what an answer was read from."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

import strawberry

from planledger.graphql.common import described
from planledger.graphql.errors import declined
from planledger.graphql.scalars import Position
from planledger.ledger import QuestionError
from planledger.projections.points import (
    AtEndOf,
    AtHead,
    AtInstant,
    AtPosition,
    AtReview,
    Point,
)


@strawberry.input(
    one_of=True, description="A point in the life of the ledger: exactly one of these."
)
class LedgerPoint:
    review: strawberry.Maybe[str] = described(
        'What a closed review saw, "plan/review": exact, never a clock.'
    )
    recorded_at: strawberry.Maybe[datetime] = described(
        "Everything recorded at or before this moment."
    )
    end_of: strawberry.Maybe[date] = described(
        "Everything recorded before the midnight (Europe/London) that ends this day."
    )
    position: strawberry.Maybe[Position] = described(
        "Everything up to this position and the rest of its commit."
    )


@strawberry.type(description="What an answer was read from.")
class Basis:
    position: Position = described("Everything up to here was known; 0 in an empty ledger.")
    recorded_at: datetime | None = described("When the entry there was recorded.")
    review: str | None = described("The review asked for, if one was.")
    effective_on: date = described("Everything effective by this civil day counted.")
    final: bool = described("The same question will be given the same answer for ever.")


def named(point: LedgerPoint | None) -> Point:
    """Give the point that was named; the head where none was."""
    if point is None:
        return AtHead()
    if point.review is not None:
        return AtReview(point.review.value)
    if point.end_of is not None:
        return AtEndOf(point.end_of.value)
    if point.position is not None:
        return AtPosition(point.position.value)
    if point.recorded_at is not None:
        return AtInstant(point.recorded_at.value)
    raise AssertionError("the schema lets no point through that names nothing")


@contextmanager
def answering() -> Iterator[None]:
    """Tell a question that cannot be answered as put as an error with its code."""
    try:
        yield
    except QuestionError as error:
        raise declined(error.code, str(error)) from error
