"""What a plan refuses of reviews, rating keys, ratings and challenges; see `refused_cases`."""

from datetime import date, timedelta

from msgspec.structs import replace

from planledger.domain.commands import CloseReview
from planledger.domain.refusals import Code
from planledger.events.review import ReviewClosed
from planledger.events.values import Disposition, Rating, RatingMeaning
from tests.support.accepted_others import IN_REVIEW
from tests.support.accepted_reviews import (
    CHALLENGED,
    DONE,
    KEYED,
    THREE,
    adopt,
    adopted,
    answer,
    answered,
    challenge,
    challenged,
    rate,
)
from tests.support.domain_cases import BEGUN, PLAN, REASON, TODAY, opened
from tests.support.refused_cases import Refused

ADD_IT = "Check the name, or add it first."
EARLY, LATE = date(2025, 5, 19), date(2025, 5, 20)
NOT_BEFORE = "Give an effective day from 2025-05-20 on, or correct that entry"
AGAIN = RatingMeaning(rating=Rating.BLUE, meaning="Checked")
NEXT_TIME = "q1 is closed, and what it saw is frozen. Rate at the next review"

RATINGS = {
    "a rating key under no short name": Refused(
        BEGUN, replace(adopt(DONE), key="B G A R"),
        Code.NAME_UNUSABLE, "key", "Use 1 to 64 lower-case letters, digits and inner hyphens",
    ),
    "a rating key of nothing": Refused(
        BEGUN, adopt(), Code.RATING_UNKNOWN, "meanings", "Give every rating once."
    ),
    "a rating key that says two things of one rating": Refused(
        BEGUN, adopt(DONE, AGAIN), Code.RATING_UNKNOWN, "meanings", "Give every rating once."
    ),
    "a rating key laid down anew without a reason": Refused(
        KEYED, adopt(DONE), Code.REASON_REQUIRED, "reason", "Give the reason for it."
    ),
    "a rating at an unknown review": Refused(
        KEYED, rate(review="q2"), Code.UNKNOWN_ITEM, "review", ADD_IT
    ),
    "a rating before the review was opened": Refused(
        BEGUN.happened(adopted(1, *THREE)).happened(opened(), on=LATE), rate(on=EARLY),
        Code.UNKNOWN_ITEM, "review", "there was no such review. Give a later effective day.",
    ),
    "a rating of what is not there": Refused(
        KEYED, rate(item="9.9"), Code.UNKNOWN_ITEM, "item", ADD_IT
    ),
    "a rating under an unknown key": Refused(
        IN_REVIEW, rate(), Code.UNKNOWN_ITEM, "key", ADD_IT
    ),
    "a rating that the key does not know": Refused(
        KEYED, rate(Rating.RED, REASON),
        Code.RATING_UNKNOWN, "rating",
        "bgar does not say what red means. Give one of its ratings: blue, green, amber.",
    ),
    "a rating that the key knows no longer": Refused(
        KEYED.happened(adopted(2, DONE)), rate(),
        Code.RATING_UNKNOWN, "rating", "Give one of its ratings: blue.",
    ),
    "an amber rating without the rationale": Refused(
        KEYED, rate(Rating.AMBER),
        Code.REASON_REQUIRED, "rationale", "Give the rationale for it.",
    ),
    "a rating at a closed review": Refused(
        KEYED.happened(ReviewClosed(review="q1")), rate(),
        Code.REVIEW_CLOSED, "review", NEXT_TIME,
    ),
    "a rating before the day the review was closed on": Refused(
        KEYED.happened(ReviewClosed(review="q1"), on=LATE), rate(on=EARLY),
        Code.REVIEW_CLOSED, "review", NEXT_TIME,
    ),
}  # fmt: skip

CHALLENGES = {
    "a challenge of an unknown review": Refused(
        BEGUN, challenge(), Code.UNKNOWN_ITEM, "review", ADD_IT
    ),
    "a challenge about what is not there": Refused(
        IN_REVIEW, challenge("9.9"), Code.UNKNOWN_ITEM, "item", ADD_IT
    ),
    "a challenge that should have been answered yesterday": Refused(
        IN_REVIEW, challenge(due=date(2025, 6, 1)),
        Code.DATE_IMPOSSIBLE, "responseDue", "Check the two days.",
    ),
    "the same challenge before it was raised": Refused(
        IN_REVIEW.happened(challenged(due=TODAY), on=LATE), challenge(on=EARLY),
        Code.EFFECTIVE_TOO_EARLY, "effectiveOn", NOT_BEFORE,
    ),
    "an unknown challenge answered": Refused(
        IN_REVIEW, answer(), Code.UNKNOWN_ITEM, "challenge", ADD_IT
    ),
    "a challenge answered in two ways": Refused(
        CHALLENGED.happened(answered(), on=LATE), answer(Disposition.DECLINED),
        Code.CHALLENGE_ANSWERED, "challenge", "was answered on 2025-05-20. Correct that entry",
    ),
    "a challenge answered before it was answered": Refused(
        CHALLENGED.happened(answered(), on=LATE), answer(on=EARLY),
        Code.EFFECTIVE_TOO_EARLY, "effectiveOn", NOT_BEFORE,
    ),
}  # fmt: skip

CLOSINGS = {
    "a review closed on a day to come": Refused(
        IN_REVIEW,
        CloseReview(plan=PLAN, review="q1", effective_on=TODAY + timedelta(days=1)),
        Code.DATE_IMPOSSIBLE, "effectiveOn", "3 June 2025 had not come on 2025-06-02.",
    ),
}  # fmt: skip

JUDGED = {**RATINGS, **CHALLENGES, **CLOSINGS}
