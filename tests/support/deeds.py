"""What happens to a plan once it is under way, built directly, and what is found in it then."""

from datetime import date

from planledger.events.dates import PartialDate
from planledger.events.evidence import EvidenceRegistered
from planledger.events.milestone import (
    MilestoneProgressReported,
    MilestoneReopened,
    MilestoneReportedComplete,
    MilestoneSignedOff,
    MilestoneSignOffRefused,
)
from planledger.events.reference import CrossReferenceRecorded
from planledger.events.review import RatingGiven, RatingKeyAdopted, ReviewOpened
from planledger.events.structure import ItemWithdrawn
from planledger.events.target_date import RecurrenceSet, TargetDateDeferred, TargetDateMoved
from planledger.events.target_dates import Recurring, ToBeConfirmed
from planledger.events.values import (
    Confidence,
    EvidenceKind,
    Personal,
    Progress,
    Rating,
    RatingMeaning,
    ReasonCode,
    ReferenceKind,
    ReopenTrigger,
    SignOffLevel,
)
from planledger.projections.findings import Findings, Matter, amendments_by
from planledger.projections.history import History
from planledger.projections.view import view_plan
from tests.support.books import Book, due


def found(book: Book, on: date) -> Findings:
    """Look into a book's plan as it stands at its end, on a day."""
    history = History(book.entries)
    position = history.position
    plan = history.state(position, on)
    assert plan is not None
    spine = history.spine(position)
    return Findings(
        Matter(
            plan=plan,
            view=view_plan(plan, on),
            facts=spine.order[: spine.count(position, on)],
            amendments=amendments_by(history.record, position),
            position=position,
            on=on,
        )
    )


def deferred(
    milestone: str, decide_by: PartialDate | None = None, decider: str | None = None
) -> TargetDateDeferred:
    """Leave a date to be confirmed."""
    target = ToBeConfirmed(as_printed="TBC", decide_by=decide_by, decider=decider)
    return TargetDateDeferred(milestone=milestone, target_date=target, shared_with=())


def moved(
    milestone: str, was: PartialDate, now: PartialDate, reason: ReasonCode | None = None
) -> TargetDateMoved:
    """Move a date."""
    return TargetDateMoved(
        milestone=milestone,
        from_target_date=due(was),
        to_target_date=due(now),
        reason_code=reason,
    )


def recurring(
    milestone: str, first: PartialDate | None, every: int, until: PartialDate | None = None
) -> RecurrenceSet:
    """Make a milestone recur."""
    target = Recurring(as_printed="", first=first, every_months=every, until=until)
    return RecurrenceSet(milestone=milestone, target_date=target, shared_with=())


def progress(
    milestone: str, state: Progress = Progress.IN_PROGRESS, forecast: PartialDate | None = None
) -> MilestoneProgressReported:
    """Report progress."""
    return MilestoneProgressReported(
        milestone=milestone, state=state, narrative=Personal(words="Going on."), forecast=forecast
    )


def complete(
    milestone: str,
    achieved: PartialDate,
    *,
    occurrence: PartialDate | None = None,
    reporter: str | None = None,
    evidence: tuple[str, ...] = (),
) -> MilestoneReportedComplete:
    """Claim that a milestone is reached."""
    return MilestoneReportedComplete(
        milestone=milestone,
        occurrence=occurrence,
        achieved_on=achieved,
        reporter=reporter,
        reporter_account="officer-1",
        summary=None,
        evidence=evidence,
    )


def signed_off(
    milestone: str,
    *,
    level: SignOffLevel = SignOffLevel.ACCEPTED,
    signer: str | None = None,
    evidence: tuple[str, ...] = (),
    waiver: str | None = None,
) -> MilestoneSignedOff:
    """Accept a claim."""
    return MilestoneSignedOff(
        milestone=milestone,
        occurrence=None,
        level=level,
        signer=signer,
        signer_account="officer-2",
        evidence=evidence,
        waiver=Personal(words=waiver) if waiver else None,
    )


def refused(milestone: str) -> MilestoneSignOffRefused:
    """Decline a claim."""
    return MilestoneSignOffRefused(
        milestone=milestone, occurrence=None, missing=Personal(words="The minutes.")
    )


def reopened(milestone: str, trigger: ReopenTrigger = ReopenTrigger.AUDIT) -> MilestoneReopened:
    """Take a claim back."""
    return MilestoneReopened(milestone=milestone, occurrence=None, trigger=trigger)


def evidence(name: str, *items: str, dated: PartialDate | None = None) -> EvidenceRegistered:
    """Register a piece of evidence."""
    return EvidenceRegistered(
        evidence=name,
        title=Personal(words=f"Paper {name}"),
        kind=EvidenceKind.MINUTES,
        dated=dated,
        uri=f"https://council.example/{name}",
        sha256=None,
        items=items,
    )


def depends(item: str, on: str, name: str = "r1") -> CrossReferenceRecorded:
    """Record that one item cannot be done before another."""
    return CrossReferenceRecorded(
        reference=name,
        item=item,
        kind=ReferenceKind.DEPENDS_ON,
        as_printed="after",
        printed_target=None,
        resolved_target=on,
        confidence=Confidence.CERTAIN,
    )


def opened(review: str, as_at: date, forum: str = "panel") -> ReviewOpened:
    """Open a review."""
    return ReviewOpened(review=review, forum=forum, label=review.upper(), as_at=as_at)


def key(version: int = 1, green: str = "On track") -> RatingKeyAdopted:
    """Adopt a rating key that knows green and amber."""
    return RatingKeyAdopted(
        key="rag",
        key_version=version,
        name="RAG",
        meanings=(
            RatingMeaning(rating=Rating.GREEN, meaning=green),
            RatingMeaning(rating=Rating.AMBER, meaning="Some delay"),
        ),
    )


def rated(review: str, item: str, rating: Rating, why: str | None = None) -> RatingGiven:
    """Judge an item at a review."""
    return RatingGiven(
        review=review,
        item=item,
        key="rag",
        key_version=1,
        rating=rating,
        rationale=Personal(words=why) if why else None,
    )


def withdrawn(item: str) -> ItemWithdrawn:
    """Take an item out of the plan."""
    return ItemWithdrawn(item=item, replaced_by=())
