"""Acts about reviews: opened, what was asked, how it was rated, closed."""

from typing import Final

from planledger.domain.commands import (
    AnswerChallenge,
    CloseReview,
    GiveRating,
    OpenReview,
    RaiseChallenge,
)
from planledger.events.values import Disposition, Rating
from planledger.recording.act import Act, Field, Kind
from planledger.recording.acts.making import plainly

_REVIEW = Field(name="review", label="Review", kind=Kind.REVIEW, required=True)

_OPEN = Act(
    name="open-review",
    title="Open a review",
    about="Open a forum's look at the plan, with the day it looks at the plan as at.",
    fields=(
        Field(name="forum", label="Forum", kind=Kind.FORUM, required=True),
        Field(
            name="review",
            label="Short name",
            kind=Kind.TEXT,
            hint="For addresses, for instance scrutiny-2015-q1: lower-case letters, digits and "
            "hyphens. It stays the same for ever.",
            required=True,
        ),
        Field(
            name="label", label="Title", kind=Kind.TEXT, hint="Such as “Q1 2015”.", required=True
        ),
        Field(
            name="as_at",
            label="Looks at the plan as at",
            kind=Kind.DAY,
            hint="The day to which its papers are made up.",
            required=True,
        ),
    ),
    command=plainly(OpenReview),
)
_CLOSE = Act(
    name="close-review",
    title="Close a review",
    about="Close an open review. What it saw stays as it is for ever.",
    fields=(_REVIEW,),
    command=plainly(CloseReview),
)
_RATE = Act(
    name="rate",
    title="Rate an item at a review",
    about="Record how an open review judged an area, action or milestone. Amber and red are "
    "explained.",
    fields=(
        _REVIEW,
        Field(
            name="item",
            label="What is rated",
            kind=Kind.ITEM,
            hint="The ref of an area, action or milestone, for instance 2, 1.4 or 1.4/2.",
            required=True,
        ),
        Field(name="key", label="By which key", kind=Kind.RATING_KEY, required=True),
        Field(name="rating", label="Rating", kind=Kind.CHOICE, among=Rating, required=True),
        Field(name="rationale", label="Why", kind=Kind.WORDS),
    ),
    command=plainly(GiveRating),
)
_RAISE = Act(
    name="raise-challenge",
    title="Raise a challenge",
    about="Record what a review asked or recommended. Minutes come late, so the review may be "
    "closed.",
    fields=(
        _REVIEW,
        Field(name="text", label="What was asked", kind=Kind.WORDS, required=True),
        Field(
            name="item",
            label="What it is about",
            kind=Kind.ITEM,
            hint="The ref of an area, action or milestone; blank for the plan as a whole.",
        ),
        Field(name="response_due", label="To be answered by", kind=Kind.DAY),
    ),
    command=plainly(RaiseChallenge),
)
_ANSWER = Act(
    name="answer-challenge",
    title="Answer a challenge",
    about="Record what came of a challenge. A change that it leads to is recorded by itself.",
    fields=(
        Field(name="challenge", label="Challenge", kind=Kind.CHALLENGE, required=True),
        Field(
            name="disposition",
            label="What came of it",
            kind=Kind.CHOICE,
            among=Disposition,
            required=True,
        ),
        Field(name="answer", label="Answer", kind=Kind.WORDS, required=True),
    ),
    command=plainly(AnswerChallenge),
)

ACTS: Final = (_RAISE, _ANSWER, _OPEN, _RATE, _CLOSE)
