"""What kind of change a difference is: total, and antisymmetric (design page 3.7, number 14).

Whatever two values a track has, there is one class for the step from one to the other, and
`INVERSE` of it for the step back.
"""

from collections.abc import Callable, Mapping
from typing import Any

from planledger.domain.delivery import Completion, Delivery
from planledger.domain.plan import Milestone
from planledger.events.target_dates import OneOff, Ongoing, Recurring, TargetDate
from planledger.events.values import Definition, SignOffLevel
from planledger.projections import timing
from planledger.projections.changes.shapes import ChangeClass as C
from planledger.projections.changes.shapes import Kind, Track
from planledger.projections.timing import Slippage

Classified = tuple[C, Slippage | None]

_PAIRS = (
    (C.ADDED, C.REMOVED),
    (C.WITHDRAWN, C.REINSTATED),
    (C.DEFINED, C.UNDEFINED),
    (C.RESOLVED, C.UNRESOLVED),
    (C.AGREED, C.AGREEMENT_WITHDRAWN),
    (C.DATE_SET, C.DATE_WITHDRAWN),
    (C.SLIPPED, C.BROUGHT_FORWARD),
    (C.NARROWED, C.WIDENED),
    (C.LEAD_ASSIGNED, C.LEAD_VACANT),
    (C.PROGRESSED, C.REGRESSED),
    (C.STARTED, C.NOT_STARTED),
    (C.PUT_ON_HOLD, C.RESUMED),
    (C.COMPLETED, C.SIGN_OFF_REFUSED),
    (C.SIGNED_OFF, C.REOPENED),
    (C.ASSURED, C.ASSURANCE_ENDED),
    (C.RATED, C.UNRATED),
    (C.TARGET_SET, C.TARGET_REMOVED),
    (C.READING_ADDED, C.READING_REMOVED),
    (C.ALIASED, C.UNALIASED),
    (C.CLOSED, C.OPENED),
    (C.ANSWERED, C.UNANSWERED),
    (C.APPROVED, C.UNAPPROVED),
    (C.SUBMITTED, C.UNSUBMITTED),
    (C.DOCUMENT_IMPORTED, C.DOCUMENT_REMOVED),
)
INVERSE: Mapping[C, C] = {
    **{what: what for what in C},
    **dict(_PAIRS),
    **{backwards: what for what, backwards in _PAIRS},
}
"""What each class is from the other side; one that is not in a pair is the same both ways."""


def whole(kind: Kind, *, there_after: bool) -> C:
    """Classify that a thing is there on one side only."""
    added = C.RATED if kind is Kind.RATING else C.ADDED
    return added if there_after else INVERSE[added]


def spanned(track: Track, before: object, after: object) -> C:
    """Classify a KPI's target or reading of one span, either of which may be None."""
    targets = track is Track.TARGETS
    if before is None:
        return C.TARGET_SET if targets else C.READING_ADDED
    if after is None:
        return C.TARGET_REMOVED if targets else C.READING_REMOVED
    return C.TARGET_CHANGED if targets else C.READING_REVISED


def classify(kind: Kind, track: Track, before: Any, after: Any) -> Classified:  # noqa: ANN401
    """Classify that a track's values differ between two states of a thing that is in both."""
    if track is Track.TARGET_DATE:
        return of_dates(before.target_date, after.target_date)
    if track is Track.WORDING and kind is Kind.MILESTONE:
        return _of_definitions(before.definition, after.definition), None
    return _BY_TRACK[track](before, after), None


def of_dates(before: TargetDate, after: TargetDate) -> Classified:
    """Classify the step from one target date to another.

    A date where none was in force is set and never slipped. A date slips as `timing.slippage`
    measures it; where it ends in the same month, but is told more or less exactly, it narrows or
    widens.
    """
    if isinstance(before, OneOff) and isinstance(after, OneOff):
        return _of_one_offs(before, after)
    if isinstance(before, Recurring) and isinstance(after, Recurring):
        return (C.DATE_RESTATED if _rule(before) == _rule(after) else C.RECURRENCE_CHANGED), None
    was, now = _firmness(before), _firmness(after)
    if was == now:
        return C.DATE_RESTATED, None
    if was and now and isinstance(before if was > now else after, Recurring):
        return C.RECURRENCE_CHANGED, None
    return (C.DATE_SET if now > was else C.DATE_WITHDRAWN), None


def _of_one_offs(before: OneOff, after: OneOff) -> Classified:
    if before.date == after.date:
        return C.DATE_RESTATED, None
    moved = timing.slippage(before, after)
    if moved is not None:
        return (C.SLIPPED if moved.amount > 0 else C.BROUGHT_FORWARD), moved
    # Both end in the same month, and two days would differ in days: one lies inside the other.
    was, now = before.date, after.date
    inside = was.earliest <= now.earliest and now.latest <= was.latest
    return (C.NARROWED if inside else C.WIDENED), None


def _firmness(target: TargetDate) -> int:
    """Rank what a target date commits to: nothing, no end, one day, or day after day."""
    match target:
        case Ongoing():
            return 1
        case OneOff():
            return 2
        case Recurring():
            return 3
        case _:
            return 0


def _rule(target: Recurring) -> tuple[object, ...]:
    return (target.first, target.every_months, target.until)


def _of_definitions(before: Definition, after: Definition) -> C:
    was, now = before is Definition.STATED, after is Definition.STATED
    if was == now:
        return C.REWORDED
    return C.DEFINED if now else C.UNDEFINED


def _of_leads(before: Any, after: Any) -> C:  # noqa: ANN401 - an action or a milestone
    # None is no vacancy: the milestone is led as its action is.
    was, now = before.leads != (), after.leads != ()
    if was == now:
        # Nobody on both sides: only whether somebody is awaited differs.
        return C.LEAD_REASSIGNED if now else C.ALTERED
    return C.LEAD_ASSIGNED if now else C.LEAD_VACANT


def _of_deliveries(before: Milestone, after: Milestone) -> C:
    """Classify by the claims that stand; where they are alike, by the state of delivery."""
    was, now = _claims(before), _claims(after)
    for rose, fell, more in (
        (C.SIGNED_OFF, C.REOPENED, now[0] - was[0]),
        (C.ASSURED, C.ASSURANCE_ENDED, now[1] - was[1]),
        (C.COMPLETED, C.SIGN_OFF_REFUSED, now[2] - was[2]),
    ):
        if more:
            return rose if more > 0 else fell
    if before.delivery is after.delivery:
        return C.ALTERED
    if after.delivery is Delivery.ON_HOLD:
        return C.PUT_ON_HOLD
    if before.delivery is Delivery.ON_HOLD:
        return C.RESUMED
    if Delivery.NOT_STARTED in {before.delivery, after.delivery}:
        return C.STARTED if before.delivery is Delivery.NOT_STARTED else C.NOT_STARTED
    return C.ALTERED


def _claims(milestone: Milestone) -> tuple[int, int, int]:
    """Count the claims that stand and are signed off, assured, and all of those that stand."""
    standing = [claim for claim in milestone.completions if claim.stands]
    return (
        sum(bool(claim.sign_offs) for claim in standing),
        sum(map(_assured, standing)),
        len(standing),
    )


def _assured(claim: Completion) -> bool:
    return any(sign_off.level is SignOffLevel.ASSURED for sign_off in claim.sign_offs)


def _of_progress(before: Milestone, after: Milestone) -> C:
    was, now = before.progress_on, after.progress_on
    if was == now:
        return C.ALTERED
    if was is None or now is None:
        return C.PROGRESSED if was is None else C.REGRESSED
    return C.PROGRESSED if now > was else C.REGRESSED


def _of_names(before: Any, after: Any) -> C:  # noqa: ANN401 - a party
    if before.name != after.name:
        return C.RENAMED
    return _by_length(C.ALIASED, "aliases")(before, after)


def _always(what: C) -> Callable[[Any, Any], C]:
    return lambda _before, _after: what


def _once(what: C, field: str) -> Callable[[Any, Any], C]:
    """Classify by a field that something sets once: None before, a value after."""

    def classified(before: Any, after: Any) -> C:  # noqa: ANN401 - whatever has the field
        was, now = getattr(before, field) is not None, getattr(after, field) is not None
        if was == now:
            return C.ALTERED
        return what if now else INVERSE[what]

    return classified


def _by_length(what: C, field: str) -> Callable[[Any, Any], C]:
    """Classify by a field that something only ever adds to."""

    def classified(before: Any, after: Any) -> C:  # noqa: ANN401 - whatever has the field
        was, now = len(getattr(before, field)), len(getattr(after, field))
        if was == now:
            return C.ALTERED
        return what if now > was else INVERSE[what]

    return classified


def _of_withdrawals(before: Any, after: Any) -> C:  # noqa: ANN401 - an item, or evidence
    field = "withdrawn" if hasattr(before, "withdrawn") else "withdrawn_on"
    return _once(C.WITHDRAWN, field)(before, after)


def _of_closings(before: Any, after: Any) -> C:  # noqa: ANN401 - the plan, or a review
    field = "closed" if hasattr(before, "closed") else "closed_on"
    return _once(C.CLOSED, field)(before, after)


def _of_details(before: Any, after: Any) -> C:  # noqa: ANN401 - whatever was recorded
    rated = getattr(before, "rating", None) is not getattr(after, "rating", None)
    return C.RATING_CHANGED if rated else C.ALTERED


_BY_TRACK: Mapping[Track, Callable[[Any, Any], C]] = {
    Track.WORDING: _always(C.REWORDED),
    Track.REF: _always(C.RENUMBERED),
    Track.PLACE: _always(C.MOVED),
    Track.PLACEHOLDER: _once(C.RESOLVED, "replaced_by"),
    Track.AGREEMENT: _once(C.AGREED, "agreed_on"),
    Track.LEAD: _of_leads,
    Track.DELIVERY: _of_deliveries,
    Track.PROGRESS: _of_progress,
    Track.WITHDRAWAL: _of_withdrawals,
    Track.NAME: _of_names,
    Track.DEFINITIONS: _always(C.REDEFINED),
    Track.RESOLUTION: _once(C.RESOLVED, "resolved_on"),
    Track.ANSWER: _once(C.ANSWERED, "answered_on"),
    Track.CLOSING: _of_closings,
    Track.APPROVALS: _by_length(C.APPROVED, "approvals"),
    Track.SUBMISSIONS: _by_length(C.SUBMITTED, "submissions"),
    Track.DOCUMENTS: _by_length(C.DOCUMENT_IMPORTED, "documents"),
    Track.DETAILS: _of_details,
    Track.ORIGIN: _always(C.ALTERED),
}
