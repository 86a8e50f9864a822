"""Each class of change by example, and what it says in words."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from planledger.events import evidence, kpi, milestone, party, plan, query, review, structure
from planledger.events.catalogue import PlanEvent
from planledger.events.dates import Day, Month, PartialDate
from planledger.events.target_date import RecurrenceSet, TargetDateDeferred, TargetDateMoved
from planledger.events.target_dates import Recurring, ToBeConfirmed
from planledger.events.values import (
    Definition,
    Disposition,
    EvidenceKind,
    Period,
    Personal,
    Polarity,
    Progress,
    Rating,
    RatingMeaning,
    ReadingStatus,
    ReopenTrigger,
    RevisionCause,
    SignOffLevel,
    VersionKind,
)
from planledger.projections.changes.classes import INVERSE
from planledger.projections.changes.net import At, net
from planledger.projections.changes.shapes import CORRECTIONS, Change, ChangeClass, Track
from planledger.projections.changes.steps import steps
from planledger.projections.changes.words import known_in, say
from tests.projections.changes.books import indexed
from tests.support import books
from tests.support.books import Book

C = ChangeClass
LATER = date(2026, 2, 1)
QUARTER = Period(first=date(2026, 1, 1), last=date(2026, 3, 31), label="Q1 2026")
TBC = ToBeConfirmed(as_printed="TBC", decide_by=None, decider=None)


def said(text: str) -> Personal:
    """Give a text that may name people."""
    return Personal(words=text)


def defined(version: int) -> kpi.KpiDefined:
    """Define a KPI."""
    return kpi.KpiDefined(
        kpi="re-referrals", definition_version=version, name="Re-referrals", formula="Those again",
        unit="%", polarity=Polarity.LOW, frequency_months=3, source_system="Case records",
        suppression_rule="none", statements=(),
    )  # fmt: skip


def target(of: int) -> kpi.KpiTargetSet:
    """Set a KPI's target."""
    return kpi.KpiTargetSet(
        kpi="re-referrals", period=QUARTER, baseline=None, target=Decimal(of), floor=None,
        tolerance=None,
    )  # fmt: skip


READING = kpi.KpiReadingRecorded(
    kpi="re-referrals", definition_version=1, period=QUARTER, value=Decimal("21.5"),
    numerator=None, denominator=None, status=ReadingStatus.PROVISIONAL, extracted_on=LATER,
)  # fmt: skip
REVISED = kpi.KpiReadingRevised(
    kpi="re-referrals", definition_version=1, period=QUARTER, value=None, numerator=Decimal(22),
    denominator=Decimal(100), status=ReadingStatus.FINAL, extracted_on=LATER,
    cause=RevisionCause.FINALISED, note=None,
)  # fmt: skip


def progress(state: Progress) -> milestone.MilestoneProgressReported:
    """Report progress."""
    return milestone.MilestoneProgressReported(
        milestone="m1", state=state, narrative=said("Two posts filled"), forecast=Month(2026, 6)
    )


CLAIMED = milestone.MilestoneReportedComplete(
    milestone="m1", occurrence=None, achieved_on=Month(2026, 1), reporter=None,
    reporter_account="lead", summary=None, evidence=(),
)  # fmt: skip


def signed(level: SignOffLevel) -> milestone.MilestoneSignedOff:
    """Sign a claim off."""
    return milestone.MilestoneSignedOff(
        milestone="m1", occurrence=None, level=level, signer=None, signer_account="board",
        evidence=(), waiver=None,
    )  # fmt: skip


SIGNED = signed(SignOffLevel.ACCEPTED)
REFUSED = milestone.MilestoneSignOffRefused(
    milestone="m1", occurrence=None, missing=said("The minutes")
)
REOPENED = milestone.MilestoneReopened(milestone="m1", occurrence=None, trigger=ReopenTrigger.AUDIT)


def leads(*to: str) -> party.LeadReassigned:
    """Give the milestone leads of its own."""
    return party.LeadReassigned(item="m1", from_parties=(), to_parties=to)


def moved(to: PartialDate) -> TargetDateMoved:
    """Move the milestone's date from March."""
    return TargetDateMoved(
        milestone="m1", from_target_date=books.due(Month(2026, 3)),
        to_target_date=books.due(to), reason_code=None,
    )  # fmt: skip


MARCH = books.date_set("m1", Month(2026, 3))
RECURRING = RecurrenceSet(
    milestone="m1", target_date=Recurring(as_printed="", first=None, every_months=3, until=None),
    shared_with=(),
)  # fmt: skip
DEFERRED = TargetDateDeferred(milestone="m1", target_date=TBC, shared_with=())
WITHDRAWN = structure.ItemWithdrawn(item="m1", replaced_by=())
KEY = review.RatingKeyAdopted(
    key="rag", key_version=1, name="RAG",
    meanings=(RatingMeaning(rating=Rating.RED, meaning="Off track"),),
)  # fmt: skip
OPENED = review.ReviewOpened(review="q1", forum="board", label="Q1", as_at=LATER)


def rated(rating: Rating) -> review.RatingGiven:
    """Rate the milestone at the review."""
    return review.RatingGiven(
        review="q1", item="m1", key="rag", key_version=1, rating=rating, rationale=None
    )


CHALLENGE = review.ChallengeRaised(
    challenge="c", review="q1", item="m1", text=said("Why so late?"), response_due=None
)
VERSION = plan.PlanVersionIssued(version="v1", label="Version 1.0", kind=VersionKind.DRAFT)
EVIDENCE = evidence.EvidenceRegistered(
    evidence="e", title=said("Minutes"), kind=EvidenceKind.MINUTES, dated=None, uri="here",
    sha256=None, items=("m1",),
)  # fmt: skip
QUERY = query.QueryRaised(
    query="q", item="m1", line=None, question=said("Which?"), taken=said("This"),
    instead=said("That"),
)  # fmt: skip
DOCUMENT = plan.DocumentImported(
    sha256="a" * 64, filename="plan.txt", reader="text/1", areas=1, statements=0, actions=1,
    milestones=1, queries=0,
)  # fmt: skip
UNDEFINED = books.milestone("m2", "b1", 2, Definition.UNDEFINED)

Case = tuple[Sequence[PlanEvent], PlanEvent, Track | None, ChangeClass, str, str]
"""What was there, what happens, and then: the track, the class, what it was and what it is."""
SETTLED = query.QueryResolved(query="q", resolution=said("This"))
REPORTED = "Reported complete\nReported complete 1 February 2026, reached January 2026"
RED, AMBER = "Red (key rag, version 1)", "Amber (key rag, version 1)"
DEFINITION = "Re-referrals\nThose again\nIn %, every 3 months, from Case records"
ITEMS: dict[str, Case] = {
    "added": ((), books.action("b2", "1.2", "a1"), None, C.ADDED, "", "Do 1.2"),
    "withdrawn": ((), WITHDRAWN, Track.WITHDRAWAL, C.WITHDRAWN, "", "Withdrawn 1 February 2026"),
    "reworded": (
        (),
        structure.WordingChanged(item="m1", from_text="", to_text="Reach it", material=True),
        *(Track.WORDING, C.REWORDED, "Reach m1", "Reach it"),
    ),
    "defined": (
        (UNDEFINED,),
        structure.WordingChanged(item="m2", from_text="", to_text="Reach it", material=True),
        *(Track.WORDING, C.DEFINED, "Reach m2", "Reach it"),
    ),
    "renumbered": (
        (),
        structure.ItemRenumbered(item="b1", from_ref="1.1", to_ref="1.9"),
        *(Track.REF, C.RENUMBERED, "1.1", "1.9"),
    ),
    "placed elsewhere": (
        (),
        books.action("b1", "1.1", "a2"),
        *(Track.PLACE, C.MOVED, "Under area 1", "Under area 2"),
    ),
    "placeholder resolved": (
        (books.action("b2", "1.2", "a1", placeholder=True),),
        structure.PlaceholderResolved(action="b2", replaced_by=("b1",)),
        *(Track.PLACEHOLDER, C.RESOLVED, "To be defined", "Replaced by 1.1"),
    ),
    "agreed": (
        (),
        milestone.MilestoneAgreed(milestone="m1"),
        *(Track.AGREEMENT, C.AGREED, "", "Agreed 1 February 2026"),
    ),
    "recorded anew": (
        (milestone.MilestoneAgreed(milestone="m1"),),
        milestone.MilestoneAgreed(milestone="m1"),
        *(Track.AGREEMENT, C.ALTERED, "Agreed 6 January 2026", "Agreed 1 February 2026"),
    ),
}
DATES: dict[str, Case] = {
    "set": ((), MARCH, Track.TARGET_DATE, C.DATE_SET, "No date stated", "March 2026"),
    "deferred": (
        (MARCH,),
        DEFERRED,
        *(Track.TARGET_DATE, C.DATE_WITHDRAWN),
        *("March 2026", "To be confirmed\nPrinted as “TBC”"),
    ),
    "slipped": (
        (MARCH,),
        moved(Month(2026, 5)),
        *(Track.TARGET_DATE, C.SLIPPED, "March 2026", "May 2026"),
    ),
    "narrowed": (
        (MARCH,),
        moved(Day(2026, 3, 15)),
        *(Track.TARGET_DATE, C.NARROWED, "March 2026", "15 March 2026"),
    ),
    "made recurring": (
        (MARCH,),
        RECURRING,
        *(Track.TARGET_DATE, C.RECURRENCE_CHANGED),
        *("March 2026", "Every 3 months from a date to be confirmed"),
    ),
    "shared": (
        (MARCH, UNDEFINED),
        books.date_set("m1", Month(2026, 3), ("m2",)),
        *(Track.TARGET_DATE, C.DATE_RESTATED),
        *("March 2026", "March 2026\nShared with 1.1/2"),
    ),
}
WORK: dict[str, Case] = {
    "assigned": ((leads(),), leads("ann"), Track.LEAD, C.LEAD_ASSIGNED, "", "Ann"),
    "assigned where it was to be confirmed": (
        (replace(books.action("b2", "1.2", "a1"), lead_to_be_confirmed="TBC"),),
        party.LeadAssigned(item="b2", party="ann"),
        *(Track.LEAD, C.LEAD_ASSIGNED, "To be confirmed\nPrinted as “TBC”", "Ann"),
    ),
    "left vacant": ((leads("ann"),), leads(), Track.LEAD, C.LEAD_VACANT, "Ann", ""),
    "reassigned": ((), leads("ann"), Track.LEAD, C.LEAD_REASSIGNED, "As its action", "Ann"),
    "progressed": (
        (),
        progress(Progress.NOT_STARTED),
        *(Track.PROGRESS, C.PROGRESSED, ""),
        "Reported 1 February 2026\nExpected June 2026\nTwo posts filled",
    ),
    "started": (
        (),
        progress(Progress.IN_PROGRESS),
        *(Track.DELIVERY, C.STARTED, "Not started", "In progress"),
    ),
    "held": (
        (progress(Progress.IN_PROGRESS),),
        progress(Progress.ON_HOLD),
        *(Track.DELIVERY, C.PUT_ON_HOLD, "In progress", "On hold"),
    ),
    "completed": ((), CLAIMED, Track.DELIVERY, C.COMPLETED, "Not started", REPORTED),
    "signed off": (
        (CLAIMED,),
        SIGNED,
        *(Track.DELIVERY, C.SIGNED_OFF, REPORTED.replace("1 February", "6 January")),
        (
            "Signed off\nReported complete 6 January 2026, reached January 2026; "
            "signed off 1 February 2026"
        ),
    ),
    "assured": (
        (CLAIMED, SIGNED),
        signed(SignOffLevel.ASSURED),
        *(Track.DELIVERY, C.ASSURED),
        (
            "Signed off\nReported complete 6 January 2026, reached January 2026; "
            "signed off 6 January 2026"
        ),
        (
            "Assured\nReported complete 6 January 2026, reached January 2026; "
            "signed off 6 January 2026; assured 1 February 2026"
        ),
    ),
    "refused": (
        (CLAIMED,),
        REFUSED,
        *(Track.DELIVERY, C.SIGN_OFF_REFUSED, REPORTED.replace("1 February", "6 January")),
        (
            "In progress\nReported complete 6 January 2026, reached January 2026; "
            "sign-off refused 1 February 2026"
        ),
    ),
    "reopened": (
        (CLAIMED, SIGNED),
        REOPENED,
        *(Track.DELIVERY, C.REOPENED),
        (
            "Signed off\nReported complete 6 January 2026, reached January 2026; "
            "signed off 6 January 2026"
        ),
        (
            "In progress\nReported complete 6 January 2026, reached January 2026; "
            "signed off 6 January 2026; reopened 1 February 2026"
        ),
    ),
}
AROUND: dict[str, Case] = {
    "rated": ((KEY, OPENED), rated(Rating.RED), None, C.RATED, "", "Red at Q1"),
    "rated anew": (
        (KEY, OPENED, rated(Rating.RED)),
        rated(Rating.AMBER),
        *(Track.DETAILS, C.RATING_CHANGED, RED, AMBER),
    ),
    "key laid down anew": (
        (KEY,),
        replace(KEY, key_version=2),
        *(Track.DEFINITIONS, C.REDEFINED, "Version 1: RAG\nRed: Off track"),
        "Version 2: RAG\nRed: Off track",
    ),
    "target set": (
        (defined(1),),
        target(20),
        *(Track.TARGETS, C.TARGET_SET, "", "Q1 2026\nTarget 20"),
    ),
    "target changed": (
        (defined(1), target(20)),
        target(18),
        *(Track.TARGETS, C.TARGET_CHANGED, "Q1 2026\nTarget 20", "Q1 2026\nTarget 18"),
    ),
    "reading added": (
        (defined(1),),
        READING,
        *(Track.READINGS, C.READING_ADDED, ""),
        "21.5, provisional\nQ1 2026, taken 1 February 2026",
    ),
    "reading revised": (
        (defined(1), READING),
        REVISED,
        *(Track.READINGS, C.READING_REVISED),
        "21.5, provisional\nQ1 2026, taken 1 February 2026",
        "22 of 100, final\nQ1 2026, taken 1 February 2026\nBefore: 21.5",
    ),
    "redefined": (
        (defined(1),),
        defined(2),
        *(Track.DEFINITIONS, C.REDEFINED, f"Version 1: {DEFINITION}", f"Version 2: {DEFINITION}"),
    ),
    "renamed": (
        (),
        party.PartyRenamed(party="ann", name=said("Anne")),
        *(Track.NAME, C.RENAMED, "Ann", "Anne\nAnn"),
    ),
    "aliased": (
        (),
        party.PartyAliased(party="ann", alias=said("Anne")),
        *(Track.NAME, C.ALIASED, "Ann", "Ann\nAnne"),
    ),
    "review closed": (
        (OPENED,),
        review.ReviewClosed(review="q1"),
        *(Track.CLOSING, C.CLOSED, "", "Closed 1 February 2026"),
    ),
    "plan closed": (
        (),
        plan.PlanClosed(outcome=said("All done"), successor="beta"),
        *(Track.CLOSING, C.CLOSED, ""),
        "Closed 1 February 2026\nAll done\nFollowed by beta",
    ),
    "answered": (
        (OPENED, CHALLENGE),
        review.ChallengeAnswered(
            challenge="c", disposition=Disposition.PARTLY_ACCEPTED, answer=said("Staff left")
        ),
        *(Track.ANSWER, C.ANSWERED, ""),
        "Partly accepted\nStaff left\nAnswered 1 February 2026",
    ),
    "settled": (
        (QUERY,),
        SETTLED,
        *(Track.RESOLUTION, C.RESOLVED, "", "This\nSettled 1 February 2026"),
    ),
    "approved": (
        (VERSION,),
        plan.PlanApproved(version="v1", body="Cabinet"),
        *(Track.APPROVALS, C.APPROVED, "", "Approved by Cabinet 1 February 2026"),
    ),
    "submitted": (
        (VERSION,),
        plan.PlanSubmitted(
            version="v1",
            recipients=(Personal(words="Ofsted"), Personal(words="DfE")),
            method="email",
        ),
        *(Track.SUBMISSIONS, C.SUBMITTED, "", "Sent 1 February 2026 (email) to\nOfsted\nDfE"),
    ),
    "evidence withdrawn": (
        (EVIDENCE,),
        evidence.EvidenceWithdrawn(evidence="e"),
        *(Track.WITHDRAWAL, C.WITHDRAWN, "", "Withdrawn 1 February 2026"),
    ),
    "imported": ((), DOCUMENT, Track.DOCUMENTS, C.DOCUMENT_IMPORTED, "", "a" * 64),
}
CASES = {**ITEMS, **DATES, **WORK, **AROUND}


def written(case: Case) -> Book:
    """Write down what was there on the first day, and what happens later."""
    book = Book()
    book.write_all([books.area("a1", "1", 1), books.area("a2", "2", 2)])
    book.write_all([books.action("b1", "1.1", "a1"), books.milestone("m1", "b1")])
    book.write_all([books.party("ann"), *case[0]])
    book.write(case[1], LATER)
    return book


def ends(book: Book) -> tuple[At, At]:
    """Give the points before and after the last entry."""
    last = book.entries[-1].position
    return At(last - 1, LATER), At(last, LATER)


def text(lines: Sequence[Personal]) -> str:
    """Give lines as one text."""
    return "\n".join(line.words for line in lines)


def of_track(changes: Sequence[Change], track: Track | None) -> Change:
    """Give the one change of a track."""
    (found,) = (change for change in changes if change.track is track)
    return found


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_what_happens_is_told_as_it_is_called(case: Case) -> None:
    """Each class once, NET and by STEPS, with its cause, and in the words of every face."""
    book = written(case)
    index = indexed(book.entries)
    start, end = ends(book)
    _, _, track, what, was, now = case
    for changes in (net(index, start, end), steps(index, start, end)):
        change = of_track(changes, track)
        assert change.what is what
        assert change.causes == (end.position,)
        words = say(known_in(index.history.state(*end), changes), change)
        assert (text(words.before), text(words.after)) == (was, now)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_what_happened_is_told_the_other_way_round_backwards(case: Case) -> None:
    """A diff from now to then must read as the undoing of the one from then to now."""
    book = written(case)
    start, end = ends(book)
    change = of_track(net(indexed(book.entries), end, start), case[2])
    assert change.what is INVERSE[case[3]]


def test_every_class_has_its_example() -> None:
    """A class that nothing shows is one that nobody knows the meaning of."""
    shown = {case[3] for case in CASES.values()}
    assert shown | {INVERSE[what] for what in shown} | CORRECTIONS == set(ChangeClass)
