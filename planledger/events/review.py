"""What happens at forums and their reviews. Names are the storage format."""

from datetime import date
from typing import Annotated

from msgspec import Meta

from planledger.events.base import ChallengeId, Event, ForumId, ItemId, ReviewId
from planledger.events.values import Disposition, Personal, Rating, RatingMeaning

KeyId = Annotated[str, Meta(description="The rating key's short name in the plan.")]
KeyVersion = Annotated[int, Meta(description="Version of the key: 1 for the first, then 2, 3 …")]


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


class RatingKeyAdopted(Event, frozen=True, kw_only=True, gc=False, tag="rating-key-adopted.v1"):
    """What ratings mean was laid down, or laid down anew; ratings given before keep their key."""

    key: KeyId
    key_version: KeyVersion
    name: Annotated[str, Meta(description="What the key is called.")]
    meanings: Annotated[
        tuple[RatingMeaning, ...], Meta(description="What each rating of the key means.")
    ]


class RatingGiven(Event, frozen=True, kw_only=True, gc=False, tag="rating-given.v1"):
    """A review judged an item. Never computed, and never judged again under another key."""

    review: ReviewId
    item: ItemId
    key: KeyId
    key_version: KeyVersion
    rating: Annotated[Rating, Meta(description="The judgement.")]
    rationale: Annotated[Personal | None, Meta(description="Why, in words.")]


class ChallengeRaised(Event, frozen=True, kw_only=True, gc=False, tag="challenge-raised.v1"):
    """A review asked for an answer, or recommended something."""

    challenge: ChallengeId
    review: ReviewId
    item: Annotated[str | None, Meta(description="Id of the item it is about, if one.")]
    text: Annotated[Personal, Meta(description="What was asked or recommended.")]
    response_due: Annotated[date | None, Meta(description="The civil day an answer is due by.")]


class ChallengeAnswered(Event, frozen=True, kw_only=True, gc=False, tag="challenge-answered.v1"):
    """A challenge was answered. Any change it led to is recorded by itself."""

    challenge: ChallengeId
    disposition: Annotated[Disposition, Meta(description="What came of it.")]
    answer: Annotated[Personal, Meta(description="The answer.")]
