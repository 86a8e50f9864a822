"""Rules for rating keys, and for ratings, which are given at reviews and never computed."""

from planledger.domain.case import (
    Case,
    bad_name,
    item_of,
    missing,
    need_reason,
    review_of,
)
from planledger.domain.commands import AdoptRatingKey, GiveRating
from planledger.domain.governance import RatingKey
from planledger.domain.refusals import Code, Refusal
from planledger.events.base import Event
from planledger.events.review import RatingGiven, RatingKeyAdopted
from planledger.events.values import Rating

_TO_EXPLAIN = frozenset((Rating.AMBER, Rating.RED))


def adopt_rating_key(command: AdoptRatingKey, case: Case) -> tuple[Event, ...] | Refusal:
    """Lay down what ratings mean, or the next version of it, which takes a reason."""
    known = case.known.rating_keys.get(command.key, ())
    on_day = case.plan.rating_keys.get(command.key)
    if on_day is not None and _same_key(on_day[-1], command):
        return ()
    refusal = bad_name(command.key, "key") or bad_meanings(command)
    if known and refusal is None:
        refusal = need_reason(command, f"{command.key} is in use, and this lays it down anew.")
    return refusal or (
        RatingKeyAdopted(
            key=command.key,
            key_version=max((key.version for key in known), default=0) + 1,
            name=command.name,
            meanings=command.meanings,
        ),
    )


def give_rating(command: GiveRating, case: Case) -> tuple[Event, ...] | Refusal:
    """Judge an item at an open review, under the key in force; amber and red say why."""
    review = review_of(case, command.review)
    if isinstance(review, Refusal):
        return review
    item = item_of(case, command.item)
    if isinstance(item, Refusal):
        return item
    keys = case.plan.rating_keys.get(command.key)
    if keys is None:
        return missing(case, "rating key", command.key, "key", case.known.rating_keys)
    event = RatingGiven(
        review=review.id,
        item=item.id,
        key=command.key,
        key_version=keys[-1].version,
        rating=command.rating,
        rationale=command.rationale,
    )
    given = case.plan.ratings.get((item.id, review.id))
    if given is not None and all(
        getattr(given, field) == getattr(event, field) for field in event.__struct_fields__
    ):
        return ()
    if case.known.reviews[review.id].closed_at is not None:
        return Refusal(
            code=Code.REVIEW_CLOSED,
            message=f"{review.id} is closed, and what it saw is frozen. Rate at the next review, "
            "or correct the entry if it was wrong.",
            path="review",
        )
    return bad_rating(command, keys[-1]) or (event,)


def _same_key(now: RatingKey, command: AdoptRatingKey) -> bool:
    stated = (command.name, frozenset(command.meanings))
    return (now.name, frozenset(now.meanings)) == stated


def bad_meanings(command: AdoptRatingKey | RatingKeyAdopted) -> Refusal | None:
    """Refuse a key that is empty or speaks of a rating twice."""
    ratings = [meaning.rating for meaning in command.meanings]
    if ratings and len(ratings) == len(set(ratings)):
        return None
    return Refusal(
        code=Code.RATING_UNKNOWN,
        message="A key says of each of its ratings, one at least, what it means. Give every "
        "rating once.",
        path="meanings",
    )


def bad_rating(command: GiveRating | RatingGiven, key: RatingKey) -> Refusal | None:
    """Refuse a rating that the key does not know, or that is not explained."""
    if command.rating not in key.ratings:
        known = ", ".join(meaning.rating.value for meaning in key.meanings)
        return Refusal(
            code=Code.RATING_UNKNOWN,
            message=f"{key.id} does not say what {command.rating.value} means. Give one of its "
            f"ratings: {known}.",
            path="rating",
        )
    if command.rating in _TO_EXPLAIN and command.rationale is None:
        return Refusal(
            code=Code.REASON_REQUIRED,
            message=f"A rating of {command.rating.value} is explained. Give the rationale for it.",
            path="rationale",
        )
    return None
