"""Points in the life of the ledger: how they are named, and what an answer was read from."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, cast

import strawberry

from planledger.graphql.common import ExactlyOne, described
from planledger.graphql.context import Info
from planledger.graphql.errors import declined
from planledger.graphql.scalars import Position, ReviewRef
from planledger.ledger import QuestionError
from planledger.projections.points import (
    AtEndOf,
    AtHead,
    AtInstant,
    AtPosition,
    AtReview,
    Point,
    civil_day,
)
from planledger.projections.view import Basis as BasisView

if TYPE_CHECKING:
    from planledger.graphql.review import Review

AReview = Annotated["Review", strawberry.lazy("planledger.graphql.review")]


@strawberry.input(
    directives=[ExactlyOne()],
    description="A point in the life of the ledger: exactly one of these.",
)
class LedgerPoint:
    review: strawberry.Maybe[ReviewRef] = described(
        "What a closed review saw: exact, never a clock."
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


def _review(root: BasisView, info: Info) -> AReview | None:
    if root.review is None or root.recorded_at is None:
        return None
    # Not on the day that is looked at: by that it may not have been opened yet.
    with answering():
        then = info.context.ledger.at(AtReview(root.review), civil_day(root.recorded_at))
    plan = then.plan(root.review.partition("/")[0])
    reviews = plan.reviews if plan else ()
    return cast("AReview | None", next((r for r in reviews if r.ref == root.review), None))


@strawberry.type(description="What an answer was read from.")
class Basis:
    position: Position = described("What was known: everything up to this position; 0 for nothing.")
    recorded_at: datetime | None = described("When the entry there was recorded.")
    review: AReview | None = strawberry.field(
        resolver=_review,
        description="The review asked for, as it was when it was closed; null where none was.",
    )
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
