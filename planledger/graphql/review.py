"""Forums and reviews, and the mutations that establish, open and close them."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, cast

import strawberry

from planledger.domain.commands import CloseReview, EstablishForum, OpenReview
from planledger.events.values import Personal
from planledger.graphql.challenge import Challenge
from planledger.graphql.common import POINT, described, sized
from planledger.graphql.context import Info
from planledger.graphql.node import Node
from planledger.graphql.point import answering
from planledger.graphql.rating import GivenRating
from planledger.graphql.recording import CommandInput, Conflict, Recorded, Refused, record, stated
from planledger.graphql.scalars import Position, ReviewRef
from planledger.projections.points import AtHead, AtReview
from planledger.projections.view import ReviewView

if TYPE_CHECKING:
    from planledger.graphql.ledger import Ledger


@strawberry.type(description="A body that reviews the plan in a series of reviews.")
class Forum(Node):
    ref: str = described("Its short name in the plan.")
    name: str = described("The body's name.")
    remit: Personal | None = described("What it looks at, in words.")
    every_months: int | None = described("How often it means to review, in months.")


LedgerThen = Annotated["Ledger", strawberry.lazy("planledger.graphql.ledger")]


def _as_reported(root: ReviewView, info: Info) -> LedgerThen | None:
    if root.closed_at is None:
        return None
    with answering():
        then = info.context.ledger.at(AtReview(root.ref))
    info.context.grounds.note(final=then.basis.final)
    return cast("Ledger", then)


def _as_now_known(root: ReviewView, info: Info) -> LedgerThen:
    with answering():
        then = info.context.ledger.at(AtHead(), root.as_at)
    info.context.grounds.note(final=then.basis.final)
    return cast("Ledger", then)


@strawberry.type(description="A forum's dated look at the plan.")
class Review(Node):
    ref: ReviewRef = described("Its name in the ledger; a point may name it.")
    forum: Forum = described("The forum.")
    label: str = described('What people call it, such as "Q1 2015".')
    as_at: date = described("The data cut-off: the civil day it looks at.")
    opened_on: date = described("The civil day it was opened.")
    closed_on: date | None = described("The civil day it was closed; null while it is open.")
    closed_at: Position | None = described("The position that it saw, for ever.")
    as_reported: LedgerThen | None = strawberry.field(
        resolver=_as_reported,
        description="The ledger as the review saw it, for ever; null while it is open.",
        metadata=sized(work=POINT),
    )
    as_now_known: LedgerThen = strawberry.field(
        resolver=_as_now_known,
        description="The ledger on the review's cut-off by all that is known when this is asked, "
        "whatever this answer is otherwise read from.",
        metadata=sized(work=POINT),
    )
    ratings: list[GivenRating] = described("What it judged, in the order of the plan.", about=40)
    challenges: list[Challenge] = described("What it asked, the oldest first.", about=4)


@strawberry.type(description="A change to a forum was recorded, or was so already.")
class ForumRecorded(Recorded):
    forum: Forum | None = described("The forum afterwards.")


@strawberry.type(description="A change to a review was recorded, or was so already.")
class ReviewRecorded(Recorded):
    review: Review | None = described("The review afterwards.")


ForumResult = Annotated[
    ForumRecorded | Refused | Conflict,
    strawberry.union("ForumResult", description="What came of a command about a forum."),
]
ReviewResult = Annotated[
    ReviewRecorded | Refused | Conflict,
    strawberry.union("ReviewResult", description="What came of a command about a review."),
]


@strawberry.input(description="Establish a body that reviews the plan.")
class ForumEstablishInput(CommandInput):
    forum: str = described("A short name for it: lower-case letters, digits and hyphens.")
    name: str = described("The body's name.")
    remit: Personal | None = strawberry.field(default=None, description="What it looks at.")
    every_months: int | None = strawberry.field(
        default=None, description="How often it means to review: every 1 to 120 months."
    )

    def command(self) -> EstablishForum:
        """Give what it asks."""
        return EstablishForum(
            **stated(self),
            forum=self.forum,
            name=self.name,
            remit=self.remit,
            every_months=self.every_months,
        )


@strawberry.input(description="Open a forum's review of the plan; its last one must be closed.")
class ReviewOpenInput(CommandInput):
    review: str = described("A short name for it, such as scrutiny-2015-q1.")
    forum: str = described("The forum's short name.")
    label: str = described('What people call it, such as "Q1 2015".')
    as_at: date = described("The data cut-off: the civil day it looks at.")

    def command(self) -> OpenReview:
        """Give what it asks."""
        return OpenReview(
            **stated(self),
            review=self.review,
            forum=self.forum,
            label=self.label,
            as_at=self.as_at,
        )


@strawberry.input(
    description="Close a review: what it saw is frozen at the position of this entry."
)
class ReviewCloseInput(CommandInput):
    review: str = described("The review's short name in the plan.")

    def command(self) -> CloseReview:
        """Give what it asks."""
        return CloseReview(**stated(self), review=self.review)


def forum_establish(info: Info, input: ForumEstablishInput) -> ForumResult:
    """Establish a forum."""
    return record(info, input, ForumRecorded, "forum", input.forum)


def review_open(info: Info, input: ReviewOpenInput) -> ReviewResult:
    """Open a review."""
    return record(info, input, ReviewRecorded, "review", input.review)


def review_close(info: Info, input: ReviewCloseInput) -> ReviewResult:
    """Close a review."""
    return record(info, input, ReviewRecorded, "review", input.review)
