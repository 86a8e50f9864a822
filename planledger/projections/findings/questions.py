"""What reviews asked and judged: challenges, queries, and how ratings changed."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from planledger.events.values import Rating
from planledger.projections.findings.matter import Finding, Matter, NamedItem
from planledger.projections.view import ChallengeView, ForumView, QueryView, RatingView, id_within


class ChallengeFinding(Finding, frozen=True, kw_only=True, gc=False):
    """A challenge that is open, or was answered after its answer was due."""

    challenge: ChallengeView
    item: NamedItem | None
    is_open: bool
    days_late: int
    """Days from the day an answer was due to the answer, or to the day asked for; 0 in time."""


class OpenQuery(Finding, frozen=True, kw_only=True, gc=False):
    """A query that nobody has resolved."""

    query: QueryView
    item: NamedItem | None
    days_open: int


class RatingChange(Finding, frozen=True, kw_only=True, gc=False):
    """That a forum judged an item otherwise than at its review before."""

    before: Rating
    after: Rating
    to: RatingView
    """The later rating, with its rationale."""
    key_changed: bool
    """Whether it was given under another key or version, so that the two may not compare."""


class RatingTrail(Finding, frozen=True, kw_only=True, gc=False):
    """What one forum judged of an item, review by review."""

    item: NamedItem
    forum: ForumView
    ratings: tuple[RatingView, ...]
    changes: tuple[RatingChange, ...]


def challenges(matter: Matter) -> tuple[ChallengeFinding, ...]:
    """List challenges that are open or were answered late, in the order they were raised."""
    found = []
    for challenge in matter.view.challenges:
        is_open = challenge.answered_on is None
        due, end = challenge.response_due, challenge.answered_on or matter.on
        late = max(0, (end - due).days) if due is not None else 0
        if is_open or late:
            found.append(
                ChallengeFinding(
                    challenge=challenge,
                    item=matter.named(matter.plan.challenges[challenge.challenge].item),
                    is_open=is_open,
                    days_late=late,
                )
            )
    return tuple(found)


def open_queries(matter: Matter) -> tuple[OpenQuery, ...]:
    """List queries that nobody has resolved, by their line in the document."""
    return tuple(
        OpenQuery(
            query=query,
            item=matter.named(matter.plan.queries[query.query].item),
            days_open=(matter.on - query.raised_on).days,
        )
        for query in matter.view.queries
        if query.resolved_on is None
    )


def rating_trails(matter: Matter) -> tuple[RatingTrail, ...]:
    """List what each forum judged of each item over its reviews, in the order of the plan.

    Forums are kept apart: two that judge alike every time would else seem to change their minds.
    """
    items = {given.at: given.item for given in matter.plan.ratings.values()}
    forums = {forum.ref: forum for forum in matter.view.forums}
    trails: dict[tuple[str, str], list[RatingView]] = defaultdict(list)
    for review in matter.view.reviews:
        for rating in review.ratings:
            trails[items[rating.position], review.forum.ref].append(rating)
    found = [
        RatingTrail(
            item=named, forum=forums[forum], ratings=tuple(ratings), changes=_changes(ratings)
        )
        for (item, forum), ratings in trails.items()
        if (named := matter.named(item)) is not None
    ]
    order = matter.places.order
    return tuple(
        sorted(found, key=lambda trail: (order[id_within(trail.item.id)], trail.forum.ref))
    )


def _changes(ratings: Sequence[RatingView]) -> tuple[RatingChange, ...]:
    return tuple(
        RatingChange(
            before=before.rating,
            after=after.rating,
            to=after,
            key_changed=(before.key, before.key_version) != (after.key, after.key_version),
        )
        for before, after in pairwise(ratings)
        if before.rating is not after.rating
    )
