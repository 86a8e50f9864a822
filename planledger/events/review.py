"""What happens at forums and their reviews. Names are the storage format."""

from datetime import date
from typing import Annotated

from msgspec import Meta

from planledger.events.base import Event, ForumId, ReviewId
from planledger.events.values import Personal


class ForumEstablished(Event, frozen=True, kw_only=True, gc=False, tag="forum-established.v1"):
    """A body began to review the plan in a series of reviews."""

    forum: ForumId
    name: Annotated[str, Meta(description="The body's name.")]
    remit: Annotated[Personal | None, Meta(description="What it looks at, in words.")]
    every_months: Annotated[int | None, Meta(description="How often it means to review.")]


class ReviewOpened(Event, frozen=True, kw_only=True, gc=False, tag="review-opened.v1"):
    """A forum opened a review of the plan."""

    review: ReviewId
    forum: ForumId
    label: Annotated[str, Meta(description='What people call it: "Q1 2015".')]
    as_at: Annotated[date, Meta(description="The data cut-off: the day it looks at.")]


class ReviewClosed(Event, frozen=True, kw_only=True, gc=False, tag="review-closed.v1"):
    """A review was closed; its position is what it saw, for ever."""

    review: ReviewId
