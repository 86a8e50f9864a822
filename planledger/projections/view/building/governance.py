"""Building the views of what surrounds the items: reviews, queries, versions, inspections."""

from planledger.domain.governance import Challenge, Closing, Forum, Review, Version
from planledger.domain.plan import Plan
from planledger.projections.view.building.ids import parts
from planledger.projections.view.building.shared import Shared
from planledger.projections.view.inspection import InspectionView
from planledger.projections.view.plan import ClosingView
from planledger.projections.view.query import QueryView
from planledger.projections.view.rating import RatingKeyView
from planledger.projections.view.reference import ReferenceView
from planledger.projections.view.review import ChallengeView, ForumView, ReviewView
from planledger.projections.view.version import (
    ApprovalView,
    BaselineView,
    SubmissionView,
    VersionView,
)


def forum_views(plan: Plan, shared: Shared) -> tuple[ForumView, ...]:
    """Show the forums, by their short names."""
    forums = sorted(plan.forums.values(), key=lambda forum: forum.id)
    return tuple(_forum(forum, shared) for forum in forums)


def challenge_views(plan: Plan, shared: Shared) -> tuple[ChallengeView, ...]:
    """Show the challenges, in the order in which they were raised."""
    challenges = sorted(plan.challenges.values(), key=lambda one: (one.raised_on, one.id))
    return tuple(_challenge(challenge, shared) for challenge in challenges)


def review_views(
    plan: Plan,
    shared: Shared,
    forums: tuple[ForumView, ...],
    challenges: tuple[ChallengeView, ...],
) -> tuple[ReviewView, ...]:
    """Show the reviews, by their cut-off."""
    reviews = sorted(plan.reviews.values(), key=lambda review: (review.as_at, review.id))
    by_ref = {forum.ref: forum for forum in forums}
    return tuple(
        _review(review, shared, by_ref[review.forum], challenges)
        for review in reviews
        if review.forum in by_ref
    )


def rating_key_views(plan: Plan, shared: Shared) -> tuple[RatingKeyView, ...]:
    """Show every version of every rating key, by key and version."""
    keys = [key for versions in plan.rating_keys.values() for key in versions]
    return tuple(
        RatingKeyView(
            id=shared.id("RatingKey", f"{key.id}/{key.version}"),
            ref=key.id,
            version=key.version,
            name=key.name,
            meanings=key.meanings,
            effective_on=key.on,
        )
        for key in sorted(keys, key=lambda key: (key.id, key.version))
    )


def query_views(plan: Plan, shared: Shared) -> tuple[QueryView, ...]:
    """Show the queries, by their line in the document."""
    queries = sorted(plan.queries.values(), key=lambda query: (query.line or 0, query.id))
    return tuple(
        QueryView(
            id=shared.id("PlanQuery", query.id),
            query=query.id,
            item=shared.ref(query.item),
            line=query.line,
            question=query.question,
            taken=query.taken,
            instead=query.instead,
            raised_on=query.raised_on,
            resolution=query.resolution,
            resolved_on=query.resolved_on,
        )
        for query in queries
    )


def reference_views(plan: Plan, shared: Shared) -> tuple[ReferenceView, ...]:
    """Show the cross-references, by the item that points."""
    shown = (
        ReferenceView(
            id=shared.id("Reference", reference.id),
            item=shared.ref(reference.item) or reference.item,
            kind=reference.kind,
            as_printed=reference.as_printed,
            printed_target=shared.ref(reference.printed_target),
            resolved_target=shared.ref(reference.resolved_target),
            confidence=reference.confidence,
        )
        for reference in plan.references.values()
    )
    return tuple(sorted(shown, key=lambda shown: (parts(shown.item), shown.id)))


def version_views(plan: Plan, shared: Shared) -> tuple[VersionView, ...]:
    """Show the versions, in the order in which they were issued."""
    versions = sorted(plan.versions.values(), key=lambda version: (version.on, version.at))
    return tuple(_version(version, shared) for version in versions)


def baseline_views(plan: Plan, shared: Shared) -> tuple[BaselineView, ...]:
    """Show the baselines, the oldest first."""
    return tuple(
        BaselineView(
            id=shared.id("Baseline", baseline.id),
            ref=baseline.id,
            label=baseline.label,
            on=baseline.on,
            position=baseline.at,
        )
        for baseline in sorted(plan.baselines.values(), key=lambda one: (one.on, one.at))
    )


def inspection_views(plan: Plan, shared: Shared) -> tuple[InspectionView, ...]:
    """Show the inspection reports, by the day they were received."""
    return tuple(
        InspectionView(
            id=shared.id("Inspection", inspection.id),
            ref=inspection.id,
            framework=inspection.framework,
            judgement=inspection.judgement,
            received_on=inspection.received_on,
            published_on=inspection.published_on,
            working_days=inspection.working_days,
            statement_due_on=inspection.statement_due_on,
        )
        for inspection in sorted(
            plan.inspections.values(), key=lambda one: (one.received_on, one.id)
        )
    )


def closing_view(closed: Closing | None) -> ClosingView | None:
    """Show the end of a plan, if it came to one."""
    if closed is None:
        return None
    return ClosingView(
        on=closed.on, position=closed.at, outcome=closed.outcome, successor=closed.successor
    )


def _forum(forum: Forum, shared: Shared) -> ForumView:
    return ForumView(
        id=shared.id("Forum", forum.id),
        ref=forum.id,
        name=forum.name,
        remit=forum.remit,
        every_months=forum.every_months,
    )


def _challenge(challenge: Challenge, shared: Shared) -> ChallengeView:
    return ChallengeView(
        id=shared.id("Challenge", challenge.id),
        challenge=challenge.id,
        review=shared.review_ref(challenge.review),
        item=shared.ref(challenge.item),
        text=challenge.text,
        response_due=challenge.response_due,
        raised_on=challenge.raised_on,
        disposition=challenge.disposition,
        answer=challenge.answer,
        answered_on=challenge.answered_on,
    )


def _review(
    review: Review, shared: Shared, forum: ForumView, challenges: tuple[ChallengeView, ...]
) -> ReviewView:
    ref = shared.review_ref(review.id)
    return ReviewView(
        id=shared.id("Review", review.id),
        ref=ref,
        forum=forum,
        label=review.label,
        as_at=review.as_at,
        opened_on=review.opened_on,
        closed_on=review.closed_on,
        closed_at=review.closed_at,
        ratings=shared.judged_at(review.id),
        challenges=tuple(challenge for challenge in challenges if challenge.review == ref),
    )


def _version(version: Version, shared: Shared) -> VersionView:
    return VersionView(
        id=shared.id("PlanVersion", version.id),
        ref=version.id,
        label=version.label,
        kind=version.kind,
        on=version.on,
        position=version.at,
        approvals=tuple(
            ApprovalView(body=approval.body, on=approval.on, position=approval.at)
            for approval in version.approvals
        ),
        submissions=tuple(
            SubmissionView(
                recipients=submission.recipients,
                method=submission.method,
                on=submission.on,
                position=submission.at,
            )
            for submission in version.submissions
        ),
    )
