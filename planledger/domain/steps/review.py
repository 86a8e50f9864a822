"""How forums, reviews, ratings and challenges change."""

from msgspec.structs import replace

from planledger.domain.governance import Challenge, Forum, GivenRating, RatingKey, Review
from planledger.domain.plan import Plan
from planledger.domain.steps.common import Steps
from planledger.events import review
from planledger.events.envelope import Fact


def _forum_established(plan: Plan, event: review.ForumEstablished, entry: Fact) -> Plan:
    forum = Forum(
        id=event.forum,
        name=event.name,
        remit=event.remit,
        every_months=event.every_months,
        added_on=entry.effective_on,
    )
    return replace(plan, forums=plan.forums.set(forum.id, forum))


def _review_opened(plan: Plan, event: review.ReviewOpened, entry: Fact) -> Plan:
    opened = Review(
        id=event.review,
        forum=event.forum,
        label=event.label,
        as_at=event.as_at,
        opened_on=entry.effective_on,
    )
    return replace(plan, reviews=plan.reviews.set(opened.id, opened))


def _review_closed(plan: Plan, event: review.ReviewClosed, entry: Fact) -> Plan:
    opened = plan.reviews.get(event.review)
    if opened is None:
        return plan
    closed = replace(opened, closed_on=entry.effective_on, closed_at=entry.position)
    return replace(plan, reviews=plan.reviews.set(closed.id, closed))


def _rating_key_adopted(plan: Plan, event: review.RatingKeyAdopted, entry: Fact) -> Plan:
    key = RatingKey(
        id=event.key,
        version=event.key_version,
        name=event.name,
        meanings=event.meanings,
        on=entry.effective_on,
    )
    versions = (*plan.rating_keys.get(key.id, ()), key)
    return replace(plan, rating_keys=plan.rating_keys.set(key.id, versions))


def _rating_given(plan: Plan, event: review.RatingGiven, entry: Fact) -> Plan:
    given = GivenRating(
        item=event.item,
        review=event.review,
        key=event.key,
        key_version=event.key_version,
        rating=event.rating,
        rationale=event.rationale,
        on=entry.effective_on,
        at=entry.position,
    )
    return replace(plan, ratings=plan.ratings.set((given.item, given.review), given))


def _challenge_raised(plan: Plan, event: review.ChallengeRaised, entry: Fact) -> Plan:
    raised = Challenge(
        id=event.challenge,
        review=event.review,
        item=event.item,
        text=event.text,
        response_due=event.response_due,
        raised_on=entry.effective_on,
    )
    return replace(plan, challenges=plan.challenges.set(raised.id, raised))


def _challenge_answered(plan: Plan, event: review.ChallengeAnswered, entry: Fact) -> Plan:
    raised = plan.challenges.get(event.challenge)
    if raised is None:
        return plan
    answered = replace(
        raised,
        disposition=event.disposition,
        answer=event.answer,
        answered_on=entry.effective_on,
    )
    return replace(plan, challenges=plan.challenges.set(answered.id, answered))


STEPS: Steps = {
    review.ForumEstablished: _forum_established,
    review.ReviewOpened: _review_opened,
    review.ReviewClosed: _review_closed,
    review.RatingKeyAdopted: _rating_key_adopted,
    review.RatingGiven: _rating_given,
    review.ChallengeRaised: _challenge_raised,
    review.ChallengeAnswered: _challenge_answered,
}
