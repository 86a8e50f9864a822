"""Commands about forums, reviews, ratings and challenges."""

from datetime import date

from planledger.domain.commands.base import Command
from planledger.events.values import Disposition, Personal, Rating, RatingMeaning


class EstablishForum(Command, frozen=True, kw_only=True):
    """Establish a body that reviews the plan."""

    forum: str
    name: str
    remit: Personal | None = None
    every_months: int | None = None


class OpenReview(Command, frozen=True, kw_only=True):
    """Open a forum's review of the plan, with its data cut-off."""

    review: str
    forum: str
    label: str
    as_at: date


class CloseReview(Command, frozen=True, kw_only=True):
    """Close a review: what it saw is frozen at the position of this entry."""

    review: str


class AdoptRatingKey(Command, frozen=True, kw_only=True):
    """Lay down what ratings mean, or lay it down anew, which takes a reason."""

    key: str
    name: str
    meanings: tuple[RatingMeaning, ...]


class GiveRating(Command, frozen=True, kw_only=True):
    """Judge an item at an open review, under the key as it stands; amber and red say why."""

    review: str
    item: str
    key: str
    rating: Rating
    rationale: Personal | None = None


class RaiseChallenge(Command, frozen=True, kw_only=True):
    """Record what a review asked or recommended."""

    review: str
    text: Personal
    item: str | None = None
    response_due: date | None = None


class AnswerChallenge(Command, frozen=True, kw_only=True):
    """Answer a challenge; a change that it leads to is a command of its own."""

    challenge: str
    disposition: Disposition
    answer: Personal
