"""What a plan accepts of rating keys, ratings and challenges; see `accepted_cases`."""

from datetime import date

from planledger.domain.commands import (
    AdoptRatingKey,
    AnswerChallenge,
    GiveRating,
    RaiseChallenge,
)
from planledger.events.review import (
    ChallengeAnswered,
    ChallengeRaised,
    RatingGiven,
    RatingKeyAdopted,
    ReviewClosed,
)
from planledger.events.values import Disposition, Personal, Rating, RatingMeaning
from tests.support.accepted_cases import Accepted, made
from tests.support.accepted_others import IN_REVIEW
from tests.support.domain_cases import BEGUN, PLAN, REASON, TODAY

DONE = RatingMeaning(rating=Rating.BLUE, meaning="Done")
WELL = RatingMeaning(rating=Rating.GREEN, meaning="On track")
LATE = RatingMeaning(rating=Rating.AMBER, meaning="Late, with a plan")
STUCK = RatingMeaning(rating=Rating.RED, meaning="Late, without one")
THREE = (DONE, WELL, LATE)
TEXT = Personal(words="Why is this still to come?")
ANSWER = Personal(words="It is funded from June.")


def adopt(
    *meanings: RatingMeaning, reason: Personal | None = None, on: date | None = None
) -> AdoptRatingKey:
    """Ask for the key "bgar" with these meanings."""
    return AdoptRatingKey(
        plan=PLAN, key="bgar", name="Blue to red", meanings=meanings, reason=reason,
        effective_on=on,
    )  # fmt: skip


def adopted(version: int, *meanings: RatingMeaning) -> RatingKeyAdopted:
    """Give that a version of the key "bgar" was adopted."""
    return RatingKeyAdopted(key="bgar", key_version=version, name="Blue to red", meanings=meanings)


def rate(
    rating: Rating = Rating.GREEN,
    rationale: Personal | None = None,
    item: str = "1.1/1",
    review: str = "q1",
    on: date | None = None,
) -> GiveRating:
    """Ask that review q1 judges a milestone under the key "bgar"."""
    return GiveRating(
        plan=PLAN, review=review, item=item, key="bgar", rating=rating, rationale=rationale,
        effective_on=on,
    )  # fmt: skip


def rated(
    rating: Rating = Rating.GREEN,
    rationale: Personal | None = None,
    item: str = "review",
    version: int = 1,
) -> RatingGiven:
    """Give that review q1 judged an item under the key "bgar"."""
    return RatingGiven(
        review="q1", item=item, key="bgar", key_version=version, rating=rating,
        rationale=rationale,
    )  # fmt: skip


def challenge(
    item: str | None = "1.1/2", due: date | None = None, on: date | None = None
) -> RaiseChallenge:
    """Ask that review q1 asks why something is still to come."""
    return RaiseChallenge(
        plan=PLAN, review="q1", text=TEXT, item=item, response_due=due, effective_on=on
    )


def challenged(
    name: str = "why", item: str | None = "to-come", due: date | None = None
) -> ChallengeRaised:
    """Give that review q1 asked why something is still to come."""
    return ChallengeRaised(challenge=name, review="q1", item=item, text=TEXT, response_due=due)


def answer(
    disposition: Disposition = Disposition.ACCEPTED, on: date | None = None
) -> AnswerChallenge:
    """Ask that the challenge is answered."""
    return AnswerChallenge(
        plan=PLAN, challenge="why", disposition=disposition, answer=ANSWER, effective_on=on
    )


def answered(disposition: Disposition = Disposition.ACCEPTED) -> ChallengeAnswered:
    """Give that the challenge was answered."""
    return ChallengeAnswered(challenge="why", disposition=disposition, answer=ANSWER)


KEYED = IN_REVIEW.happened(adopted(1, *THREE))
CHALLENGED = IN_REVIEW.happened(challenged())
NEW = made("challenge")

RATINGS = {
    "a rating key is adopted": Accepted(BEGUN, adopt(*THREE), (adopted(1, *THREE),)),
    "a rating key of one rating is adopted": Accepted(BEGUN, adopt(DONE), (adopted(1, DONE),)),
    "a rating key is laid down anew": Accepted(
        KEYED.happened(adopted(2, DONE)),
        adopt(*THREE, STUCK, reason=REASON),
        (adopted(3, *THREE, STUCK),),
    ),
    "a rating key goes back to what it was": Accepted(
        KEYED.happened(adopted(2, DONE)), adopt(*THREE, reason=REASON), (adopted(3, *THREE),)
    ),
    "a milestone is rated": Accepted(KEYED, rate(), (rated(),)),
    "an area is rated amber with the rationale": Accepted(
        KEYED, rate(Rating.AMBER, REASON, "II"), (rated(Rating.AMBER, REASON, "care"),)
    ),
    "a review thinks again while it is open": Accepted(
        KEYED.happened(rated()), rate(Rating.BLUE), (rated(Rating.BLUE),)
    ),
    "a rating is given with another rationale": Accepted(
        KEYED.happened(rated()), rate(rationale=REASON), (rated(rationale=REASON),)
    ),
    "a rating is given under the newest version of its key": Accepted(
        KEYED.happened(adopted(2, *THREE, STUCK)),
        rate(Rating.RED, REASON),
        (rated(Rating.RED, REASON, version=2),),
    ),
    "a rating is given under the version of its day": Accepted(
        KEYED.happened(adopted(2, DONE), on=date(2025, 5, 20)),
        rate(on=date(2025, 5, 19)),
        (rated(),),
    ),
}

CHALLENGES = {
    "a review asks about a milestone": Accepted(
        IN_REVIEW, challenge(due=TODAY), (challenged(NEW, due=TODAY),)
    ),
    "a review asks about the whole plan": Accepted(
        IN_REVIEW, challenge(None), (challenged(NEW, None),)
    ),
    "a review asks the same of another item": Accepted(
        CHALLENGED, challenge("2.1"), (challenged(NEW, "pledge"),)
    ),
    "what a closed review asked is recorded": Accepted(
        IN_REVIEW.happened(ReviewClosed(review="q1")), challenge(), (challenged(NEW),)
    ),
    "a challenge is answered": Accepted(CHALLENGED, answer(), (answered(),)),
}

JUDGED = {**RATINGS, **CHALLENGES}
