"""Forums, their reviews and what those asked, as they are shown."""

from datetime import date

from planledger.events.values import Disposition, Personal
from planledger.projections.view.base import View
from planledger.projections.view.rating import RatingView


class ForumView(View, frozen=True, kw_only=True, gc=False):
    """A body that reviews the plan."""

    id: str
    ref: str
    name: str
    remit: Personal | None
    every_months: int | None


class ChallengeView(View, frozen=True, kw_only=True, gc=False):
    """What a review asked, and what was answered."""

    id: str
    challenge: str
    """What commands call it."""
    review: str
    """The review, "plan/review"."""
    item: str | None
    """Ref of the item it is about, if one."""
    text: Personal
    response_due: date | None
    raised_on: date
    disposition: Disposition | None
    answer: Personal | None
    answered_on: date | None


class ReviewView(View, frozen=True, kw_only=True, gc=False):
    """A review; `ref` is "plan/review"."""

    id: str
    ref: str
    forum: ForumView
    label: str
    as_at: date
    opened_on: date
    closed_on: date | None
    closed_at: int | None
    ratings: tuple[RatingView, ...]
    """What it judged, by item."""
    challenges: tuple[ChallengeView, ...]
