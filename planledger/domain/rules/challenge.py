"""Rules for what reviews ask and recommend, and for the answers."""

from datetime import date

from planledger.domain.case import Case, already, missing, optional_item, review_of
from planledger.domain.commands import AnswerChallenge, RaiseChallenge
from planledger.domain.refusals import Code, Refusal
from planledger.events.base import Event
from planledger.events.review import ChallengeAnswered, ChallengeRaised


def raise_challenge(command: RaiseChallenge, case: Case) -> tuple[Event, ...] | Refusal:
    """Record what a review asked; minutes come late, so the review may be closed."""
    review = review_of(case, command.review)
    if isinstance(review, Refusal):
        return review
    item = optional_item(case, command.item)
    if isinstance(item, Refusal):
        return item
    for other in case.known.challenges.values():
        if (other.review, other.item, other.text) == (review.id, item, command.text):
            return already(case, "This challenge", other.raised_on)
    return bad_due(command.response_due, case) or (
        ChallengeRaised(
            challenge=case.new_id("challenge"),
            review=review.id,
            item=item,
            text=command.text,
            response_due=command.response_due,
        ),
    )


def answer_challenge(command: AnswerChallenge, case: Case) -> tuple[Event, ...] | Refusal:
    """Answer a challenge; once."""
    if command.challenge not in case.plan.challenges:
        known = case.known.challenges
        return missing(case, "challenge", command.challenge, "challenge", known)
    raised = case.known.challenges[command.challenge]
    if raised.answered_on is None:
        return (
            ChallengeAnswered(
                challenge=raised.id, disposition=command.disposition, answer=command.answer
            ),
        )
    if (raised.disposition, raised.answer) == (command.disposition, command.answer):
        return already(case, "This answer", raised.answered_on)
    return Refusal(
        code=Code.CHALLENGE_ANSWERED,
        message=f"This challenge was answered on {raised.answered_on}. Correct that entry if it "
        "was wrong; what came after is a change of its own.",
        path="challenge",
    )


def bad_due(due: date | None, case: Case) -> Refusal | None:
    """Refuse a day by which nobody could answer."""
    if due is None or due >= case.on:
        return None
    return Refusal(
        code=Code.DATE_IMPOSSIBLE,
        message=f"An answer cannot be due on {due}, before it is asked for on {case.on}. Check the "
        "two days.",
        path="responseDue",
    )
