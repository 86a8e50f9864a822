"""What may be corrected and voided, and what that records; see `accepted_cases`."""

from datetime import date
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from planledger.domain.commands import CorrectEntry, VoidEntry
from planledger.events.catalogue import PlanEvent
from planledger.events.dates import Month
from planledger.events.milestone import MilestoneAgreed
from planledger.events.plan import PlanDrafted
from planledger.events.record import EntryCorrected, EntryVoided
from planledger.events.review import ReviewClosed
from planledger.events.structure import AreaAdded
from planledger.events.target_date import TargetDateSet
from planledger.events.target_dates import OneOff
from planledger.events.values import Authority, Personal, Rating
from planledger.events.world import WorldEvent
from tests.support.accepted_cases import Accepted
from tests.support.accepted_delivery import AGREED, CLAIMED, claim
from tests.support.accepted_governance import CLOSED, evidence, received
from tests.support.accepted_reviews import KEYED, rated
from tests.support.domain_cases import BEGUN, MARCH, PLAN, REASON, Past, reading

LATER = date(2025, 2, 12)
DRAFTED = PlanDrafted(title="Northbridge improvement plan")
HELP = AreaAdded(area="help", number="1", ordinal=1, title="Early Help")
CARE = AreaAdded(area="care", number="II", ordinal=2, title="Children in care")
IN_MARCH = TargetDateSet(milestone="review", target_date=MARCH, shared_with=("to-come",))
APRIL = OneOff(as_printed="April 2025", date=Month(2025, 4))
IS_AGREED = MilestoneAgreed(milestone="review")
REPORT = received(date(2025, 1, 6), 70, date(2025, 4, 15))
REPORTED = BEGUN.happened(REPORT, on=LATER)
RATED = KEYED.happened(rated())
REVIEWED = RATED.happened(ReviewClosed(review="q1"), on=date(2025, 4, 1))


def at(past: Past, event: PlanEvent) -> int:
    """Give the position at which an event was recorded last."""
    return max(entry.position for entry in past.entries if entry.event == event)


def correct(
    past: Past,
    wrong: WorldEvent,
    on: date | None = None,
    *,
    authority: Authority | None = None,
    **stated: Any,
) -> CorrectEntry:
    """Ask that an event which was recorded says something else in some of its fields."""
    return CorrectEntry(
        plan=PLAN, entry=at(past, wrong), event=replace(wrong, **stated), effective_on=on,
        reason=REASON, authority=authority,
    )  # fmt: skip


def void(past: Past, wrong: PlanEvent) -> VoidEntry:
    """Ask that an event which was recorded is void."""
    return VoidEntry(plan=PLAN, entry=at(past, wrong), reason=REASON)


def _corrected(
    past: Past,
    wrong: WorldEvent,
    on: date | None = None,
    **stated: Any,
) -> Accepted:
    says = EntryCorrected(entry=at(past, wrong), event=replace(wrong, **stated))
    return Accepted(past, correct(past, wrong, on, **stated), (says,))


def _voided(past: Past, wrong: PlanEvent) -> Accepted:
    return Accepted(past, void(past, wrong), (EntryVoided(entry=at(past, wrong)),))


IS_CORRECTED = EntryCorrected(entry=at(BEGUN, IN_MARCH), event=replace(IN_MARCH, target_date=APRIL))
"""That the date of the milestone "review" was April."""
IN_APRIL = BEGUN.happened(IS_CORRECTED)
IS_VOID = EntryVoided(entry=at(BEGUN, IN_MARCH))
UNDATED = BEGUN.happened(IS_VOID)

CORRECTIONS = {
    "a title is corrected": _corrected(BEGUN, HELP, title="Help in time"),
    "a number as printed may stay as it is": _corrected(BEGUN, CARE, title="Care"),
    "the title of the plan is corrected": _corrected(BEGUN, DRAFTED, title="Northbridge plan"),
    "a plan turns out to have begun earlier": _corrected(BEGUN, DRAFTED, date(2024, 12, 2)),
    "a date is corrected": _corrected(BEGUN, IN_MARCH, target_date=APRIL),
    "a date turns out to be set later": _corrected(BEGUN, IN_MARCH, LATER),
    "a correction is corrected, which means its entry": Accepted(
        IN_APRIL,
        CorrectEntry(
            plan=PLAN, entry=IN_APRIL.entries[-1].position, reason=REASON,
            event=replace(IN_MARCH, shared_with=()),
        ),
        (replace(IS_CORRECTED, event=replace(IN_MARCH, shared_with=())),),
    ),
    "what is corrected is corrected back": Accepted(
        IN_APRIL, correct(IN_APRIL, IN_MARCH), (replace(IS_CORRECTED, event=IN_MARCH),)
    ),
    "a figure is corrected": _corrected(
        BEGUN.happened(reading(), on=date(2025, 4, 10)), reading(), value=Decimal("77.5")
    ),
    "a claim is corrected": _corrected(
        AGREED.happened(claim(), on=date(2025, 4, 2)), claim(), summary=REASON, reporter="ada"
    ),
    "a rating of a review that is closed is corrected": _corrected(
        REVIEWED, rated(), rating=Rating.AMBER, rationale=REASON
    ),
    "a report turns out to have come later, which gives more time": Accepted(
        REPORTED,
        correct(REPORTED, REPORT, received_on=date(2025, 1, 13)),
        (
            EntryCorrected(
                entry=at(REPORTED, REPORT),
                event=received(date(2025, 1, 13), 70, date(2025, 4, 23)),
            ),
        ),
    ),
    "evidence is corrected": _corrected(
        BEGUN.happened(evidence()), evidence(), title=Personal(words="Audit of April")
    ),
    "an entry of a closed plan is corrected": _corrected(CLOSED, HELP, title="Help in time"),
}  # fmt: skip

VOIDS = {
    "an entry that nothing depends on is void": _voided(BEGUN, IN_MARCH),
    "a claim is void": _voided(CLAIMED, claim()),
    "a correction is void": _voided(IN_APRIL, IS_CORRECTED),
    "a void is void": _voided(UNDATED, IS_VOID),
    "what has been corrected is void": _voided(IN_APRIL, IN_MARCH),
    "a rating of a review that is closed is void": _voided(REVIEWED, rated()),
    "the end of a plan is void": Accepted(
        CLOSED,
        VoidEntry(plan=PLAN, entry=CLOSED.entries[-1].position, reason=REASON),
        (EntryVoided(entry=CLOSED.entries[-1].position),),
    ),
}

RECORD = {**CORRECTIONS, **VOIDS}
