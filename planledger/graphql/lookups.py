"""Looking one thing up in a plan by what people call it, and lists cut by how things stand."""

from typing import Annotated, Any

import strawberry

from planledger.graphql.about import find
from planledger.graphql.common import resolved
from planledger.projections.view import (
    ChallengeView,
    EvidenceView,
    PlanView,
    QueryView,
    ReviewView,
)


def one(noun: str, kind: Any, called: str) -> Any:  # noqa: ANN401 - a field, and any type it has
    """Make the field that finds a thing of a kind as commands do, by what it is `called`.

    Where a ref was used again, it is that of the one still in the plan.
    """

    def resolve(
        root: PlanView, ref: Annotated[str, strawberry.argument(description=called)]
    ) -> Any:  # noqa: ANN401 - a view of the noun
        return find(root, noun, ref)

    return resolved(
        resolve, "The one so called; null where there was none by then.", kind=kind | None
    )


def reviews(
    root: PlanView,
    closed: Annotated[
        bool | None, strawberry.argument(description="Closed, or still open; left out, both.")
    ] = None,
    forum: Annotated[
        str | None, strawberry.argument(description="Short name of the forum; left out, any.")
    ] = None,
) -> tuple[ReviewView, ...]:
    """Give reviews."""
    if closed is None and forum is None:
        return root.reviews
    return tuple(
        review
        for review in root.reviews
        if closed in {None, review.closed_on is not None} and forum in {None, review.forum.ref}
    )


def queries(
    root: PlanView,
    open: Annotated[
        bool | None,
        strawberry.argument(description="Nobody has settled it, or somebody has; left out, both."),
    ] = None,
) -> tuple[QueryView, ...]:
    """Give queries."""
    if open is None:
        return root.queries
    return tuple(query for query in root.queries if open is (query.resolved_on is None))


def challenges(
    root: PlanView,
    open: Annotated[
        bool | None,
        strawberry.argument(description="Nobody has answered it, or somebody has; left out, both."),
    ] = None,
) -> tuple[ChallengeView, ...]:
    """Give challenges."""
    if open is None:
        return root.challenges
    return tuple(one for one in root.challenges if open is (one.answered_on is None))


def evidence(
    root: PlanView,
    withdrawn: Annotated[
        bool | None,
        strawberry.argument(description="It no longer counts, or it does; left out, both."),
    ] = None,
) -> tuple[EvidenceView, ...]:
    """Give evidence."""
    if withdrawn is None:
        return root.evidence
    return tuple(one for one in root.evidence if withdrawn is (one.withdrawn_on is not None))
