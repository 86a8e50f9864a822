"""Challenges, and the mutations that raise and answer them."""

from datetime import date
from typing import Annotated, Any

import strawberry

from planledger.domain.commands import AnswerChallenge, RaiseChallenge
from planledger.events.values import Disposition, Personal
from planledger.graphql.about import find
from planledger.graphql.common import described
from planledger.graphql.context import Info
from planledger.graphql.node import Node
from planledger.graphql.recording import CommandInput, Conflict, Recorded, Refused, record, stated
from planledger.graphql.scalars import ReviewRef
from planledger.projections.view import PlanView


@strawberry.type(description="What a review asked or recommended, and what was answered.")
class Challenge(Node):
    challenge: str = strawberry.field(
        name="ref", description="Its id within the plan; what commands accept."
    )
    review: ReviewRef = described("The review that raised it.")
    item: str | None = described("Ref of the item it is about, if one.")
    text: Personal = described("What was asked or recommended.")
    response_due: date | None = described("The civil day an answer is due by, if one was set.")
    raised_on: date = described("The civil day it was raised.")
    disposition: Disposition | None = described("What came of it; null while it is open.")
    answer: Personal | None = described("The answer; null while it is open.")
    answered_on: date | None = described("The civil day it was answered; null while it is open.")


@strawberry.type(description="A change to a challenge was recorded, or was so already.")
class ChallengeRecorded(Recorded):
    challenge: Challenge | None = described("The challenge afterwards.")


ChallengeResult = Annotated[
    ChallengeRecorded | Refused | Conflict,
    strawberry.union("ChallengeResult", description="What came of a command about a challenge."),
]


@strawberry.input(
    description="Record what a review asked or recommended. Minutes come late, so it may be closed."
)
class ChallengeRaiseInput(CommandInput):
    review: str = described("The review's short name in the plan.")
    text: Personal = described("What was asked or recommended.")
    item: str | None = strawberry.field(
        default=None, description="Ref or id of the item it is about, if one."
    )
    response_due: date | None = strawberry.field(
        default=None, description="The civil day an answer is due by, not before it is raised."
    )

    def command(self) -> RaiseChallenge:
        """Give what it asks."""
        return RaiseChallenge(
            **stated(self),
            review=self.review,
            text=self.text,
            item=self.item,
            response_due=self.response_due,
        )


@strawberry.input(
    description="Answer a challenge; a change that it leads to is a command of its own."
)
class ChallengeAnswerInput(CommandInput):
    challenge: str = described("The challenge's id within the plan.")
    disposition: Disposition = described("What comes of it.")
    answer: Personal = described("The answer.")

    def command(self) -> AnswerChallenge:
        """Give what it asks."""
        return AnswerChallenge(
            **stated(self),
            challenge=self.challenge,
            disposition=self.disposition,
            answer=self.answer,
        )


def challenge_raise(info: Info, input: ChallengeRaiseInput) -> ChallengeResult:
    """Raise a challenge."""
    review = f"{input.plan}/{input.review}"

    def same(plan: PlanView) -> Any:  # noqa: ANN401 - as Which
        item = getattr(find(plan, "item", input.item), "ref", None) if input.item else None
        wanted = (review, item, input.text)
        return next((c for c in plan.challenges if (c.review, c.item, c.text) == wanted), None)

    return record(info, input, ChallengeRecorded, "challenge", same)


def challenge_answer(info: Info, input: ChallengeAnswerInput) -> ChallengeResult:
    """Answer a challenge."""
    return record(info, input, ChallengeRecorded, "challenge", input.challenge)
