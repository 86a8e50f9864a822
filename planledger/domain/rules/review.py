"""Rules for forums and reviews: one open review a forum, and closing freezes what it saw."""

from planledger.domain.case import (
    Case,
    already,
    bad_months,
    bad_name,
    missing,
    not_come,
    review_of,
    taken,
)
from planledger.domain.commands import CloseReview, EstablishForum, OpenReview
from planledger.domain.refusals import Code, Refusal
from planledger.events.base import Event
from planledger.events.dates import day
from planledger.events.review import ForumEstablished, ReviewClosed, ReviewOpened


def establish_forum(command: EstablishForum, case: Case) -> tuple[Event, ...] | Refusal:
    """Establish a forum under a short name of its own."""
    known = case.known.forums.get(command.forum)
    event = ForumEstablished(
        forum=command.forum,
        name=command.name,
        remit=command.remit,
        every_months=command.every_months,
    )
    if known is not None:
        same = all(
            getattr(known, field) == getattr(event, field)
            for field in ("name", "remit", "every_months")
        )
        since = known.added_on
        return (
            already(case, command.forum, since) if same else taken("forum", command.forum, "forum")
        )
    refusal = bad_name(command.forum, "forum")
    if command.every_months is not None:
        refusal = refusal or bad_months(command.every_months, "A forum meets", "everyMonths")
    return refusal or (event,)


def open_review(command: OpenReview, case: Case) -> tuple[Event, ...] | Refusal:
    """Open a review under a short name of its own; the forum's last one must be closed."""
    if command.forum not in case.plan.forums:
        return missing(case, "forum", command.forum, "forum", case.known.forums)
    event = ReviewOpened(
        review=command.review, forum=command.forum, label=command.label, as_at=command.as_at
    )
    known = case.known.reviews.get(command.review)
    if known is not None:
        same = all(
            getattr(known, field) == getattr(event, field) for field in ("forum", "label", "as_at")
        )
        since = known.opened_on
        return (
            already(case, command.review, since)
            if same
            else taken("review", command.review, "review")
        )
    for review in case.known.reviews.values():
        if review.forum == command.forum and review.closed_at is None:
            return Refusal(
                code=Code.REVIEW_OPEN,
                message=f"{command.forum} has a review open: {review.id}. Close it first.",
                path="forum",
            )
    return bad_name(command.review, "review") or (event,)


def close_review(command: CloseReview, case: Case) -> tuple[Event, ...] | Refusal:
    """Close an open review, on its data cut-off or after, and never ahead of the day."""
    review = review_of(case, command.review)
    if isinstance(review, Refusal):
        return review
    if case.known.reviews[review.id].closed_at is not None:
        return ()
    if case.on < review.as_at:
        return Refusal(
            code=Code.CUT_OFF_AFTER_CLOSING,
            message=f"{review.id} looks at the plan as at {review.as_at} and cannot close on "
            f"{case.on}, before that. Close it on that day or later.",
            path="effectiveOn",
        )
    # What it sees is frozen as it is recorded: closed ahead, it would miss what is still to come.
    return not_come(case, day(case.on), "effectiveOn") or (ReviewClosed(review=review.id),)
