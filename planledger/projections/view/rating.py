"""Ratings and their keys as they are shown. A rating is a review's judgement, never computed."""

from datetime import date

from planledger.events.values import Personal, Rating, RatingMeaning
from planledger.projections.view.base import View


class RatingView(View, frozen=True, kw_only=True, gc=False):
    """What a review judged of an item, under the key of then."""

    id: str
    position: int
    item: str
    """Ref of the item."""
    review: str
    """The review, "plan/review"."""
    key: str
    key_version: int
    rating: Rating
    meaning: str | None
    """What the key says of it; None where it says nothing."""
    rationale: Personal | None
    on: date


class RatingKeyView(View, frozen=True, kw_only=True, gc=False):
    """One version of what ratings mean; `ref` is the key's short name, whatever the version."""

    id: str
    ref: str
    version: int
    name: str
    meanings: tuple[RatingMeaning, ...]
    effective_on: date
