"""What may not be corrected or voided, and what people are told to do; see `refused_cases`."""

from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from planledger.domain.commands import CorrectEntry, VoidEntry
from planledger.domain.refusals import Code
from planledger.events.dates import Month
from planledger.events.evidence import EvidenceWithdrawn
from planledger.events.kpi import KpiTargetSet
from planledger.events.milestone import MilestoneProposed
from planledger.events.party import LeadAssigned, PartyRegistered
from planledger.events.plan import PlanBaselined, PlanClosed
from planledger.events.query import QueryResolved
from planledger.events.record import EntryCorrected, EntryVoided
from planledger.events.review import ForumEstablished, ReviewClosed
from planledger.events.structure import (
    ActionAdded,
    ItemRenumbered,
    PlaceholderResolved,
    WordingChanged,
)
from planledger.events.target_date import TargetDateMoved
from planledger.events.values import (
    Definition,
    PartyKind,
    Personal,
    Progress,
    Rating,
    ReferenceKind,
    SignOffLevel,
)
from tests.support.accepted_dates import recurring
from tests.support.accepted_delivery import (
    AGREED,
    CLAIMED,
    EVIDENCED,
    OFTEN,
    QUARTERLY,
    SHOWN,
    SIGNED,
    claim,
    progress,
    registered,
    reopened_by,
    signed,
)
from tests.support.accepted_governance import (
    CLOSED,
    ISSUED,
    OUTCOME,
    asked,
    depends,
    evidence,
    sent,
)
from tests.support.accepted_record import (
    APRIL,
    DRAFTED,
    HELP,
    IN_MARCH,
    IS_AGREED,
    IS_VOID,
    LATER,
    RATED,
    REPORT,
    REPORTED,
    REVIEWED,
    UNDATED,
    at,
    correct,
    void,
)
from tests.support.accepted_reviews import THREE, adopted, challenged, rated
from tests.support.domain_cases import (
    BEGUN,
    MARCH,
    PLAN,
    Q1,
    REASON,
    Past,
    definition,
    gone,
    opened,
    reading,
)
from tests.support.refused_cases import Refused

EARLIER = date(2024, 12, 2)
ADA = PartyRegistered(party="ada", kind=PartyKind.PERSON, name=Personal(words="Ada Lark"))
FRONT_DOOR = ActionAdded(
    action="front-door", area="help", ref="1.1", text="Do front-door", placeholder=False
)
REVIEW = MilestoneProposed(
    milestone="review", action="front-door", ordinal=1, text="Reach review",
    definition=Definition.STATED,
)  # fmt: skip
MOVED = TargetDateMoved(
    milestone="review", from_target_date=MARCH, to_target_date=APRIL, reason_code=None
)
AGREED_LATER = BEGUN.happened(IS_AGREED, on=LATER)
DATE_MOVED = BEGUN.happened(MOVED, on=LATER)
SCRUTINY = ForumEstablished(forum="scrutiny", name="Scrutiny Panel", remit=None, every_months=3)
READ = BEGUN.happened(reading(), on=date(2025, 4, 10))
AFRESH = ActionAdded(action="new", area="help", ref="1.1", text="Do it anew", placeholder=False)
"""An action under the ref of one that was withdrawn."""
REF_AGAIN = BEGUN.happened(gone("front-door"), AFRESH)
RENAMED = BEGUN.happened(ItemRenumbered(item="front-door", from_ref="1.1", to_ref="1.8"))


def again(past: Past, event: ForumEstablished | PlanBaselined | QueryResolved) -> Past:
    """Give a past in which something was recorded, voided, and recorded anew."""
    first = past.happened(event)
    return first.happened(EntryVoided(entry=at(first, event)), event)


def _void_the_void(past: Past) -> VoidEntry:
    """Ask that the last void is void."""
    voids = [entry for entry in past.entries if isinstance(entry.event, EntryVoided)]
    return VoidEntry(plan=PLAN, entry=voids[-1].position, reason=REASON)


TWO_BASELINES = again(BEGUN, PlanBaselined(baseline="start", label="As approved"))
TWO_FORUMS = again(
    BEGUN, ForumEstablished(forum="board", name="Board", remit=None, every_months=None)
)
TWO_ANSWERS = again(BEGUN, QueryResolved(query="which-date", resolution=REASON))
_FIRST_CLAIM = AGREED.happened(claim())
TWO_CLAIMS = _FIRST_CLAIM.happened(EntryVoided(entry=at(_FIRST_CLAIM, claim())), claim())
_FIRST_READ = BEGUN.happened(reading())
TWO_READINGS = _FIRST_READ.happened(EntryVoided(entry=at(_FIRST_READ, reading())), reading())
_FIRST_OPENED = BEGUN.happened(opened())
TWO_OPEN = _FIRST_OPENED.happened(EntryVoided(entry=at(_FIRST_OPENED, opened())), opened("q2"))
WITHOUT_PARTY = BEGUN.happened(
    PartyRegistered(party="cara", kind=PartyKind.PERSON, name=Personal(words="Cara Moss")),
    LeadAssigned(item="pledge", party="cara"),
    EntryVoided(entry=len(BEGUN.entries) + 2),
    EntryVoided(entry=len(BEGUN.entries) + 1),
)
"""A lead was voided, and then the party that led."""

BY_TWO = AGREED.happened(claim(reporter="ada"), on=date(2025, 4, 2)).happened(
    signed(signer="ben", waiver=REASON), on=date(2025, 4, 9)
)
WITHOUT_EVIDENCE = EVIDENCED.happened(EvidenceWithdrawn(evidence="minutes")).happened(
    claim(), on=date(2025, 4, 2)
)
FILED = BEGUN.happened(evidence())
DEPENDENT = BEGUN.happened(
    depends("review", "sign", name="one"),
    depends("sign", "pledge", ReferenceKind.REFERENCE, "two"),
)
TAKEN_BACK = SIGNED.happened(signed(SignOffLevel.ASSURED)).happened(reopened_by(), on=LATER)
GONE = BEGUN.happened(gone("pledge"), asked())
AIM = KpiTargetSet(
    kpi="visits", period=Q1, baseline=None, target=Decimal(90), floor=None, tolerance=None
)
AIMED = BEGUN.happened(AIM)
QUARTERLY_TILL = replace(OFTEN, first=Month(2025, 6))
RECURS = BEGUN.happened(recurring(QUARTERLY_TILL))
ASKED = BEGUN.happened(opened(), challenged())
SENT = ISSUED.happened(sent("Ofsted"))
WORDS = WordingChanged(
    item="review", from_text="Reach review", to_text="Reach the review", material=False
)
REWORDED = BEGUN.happened(WORDS)
RESOLUTION = PlaceholderResolved(action="undefined", replaced_by=("pledge",))
RESOLVED = BEGUN.happened(RESOLUTION)
ENDED = PlanClosed(outcome=OUTCOME, successor=None)
WORKED = AGREED.happened(progress(Progress.ON_HOLD)).happened(claim(), on=date(2025, 4, 1))

ENDED_AT_WORK = WORKED.happened(ENDED, on=date(2025, 5, 20))
POINTS = depends("review", "sign")
_POINTED = BEGUN.happened(POINTS)
ROUND = _POINTED.happened(EntryVoided(entry=at(_POINTED, POINTS)), depends("sign", "review"))
_SAID_BY_BEN = AGREED.happened(claim(reporter="ben"))
NOT_BEN = EntryCorrected(entry=at(_SAID_BY_BEN, claim(reporter="ben")), event=claim(reporter="ada"))
ONE_FOR_TWO = _SAID_BY_BEN.happened(NOT_BEN, signed(signer="ben", waiver=REASON))
"""Ben signed off what he was said to have reported, until that was corrected."""
_ASKED_LATER = BEGUN.happened(asked(), on=date(2025, 5, 21))
ASKED_BEFORE = EntryCorrected(entry=at(_ASKED_LATER, asked()), event=asked())
BEFORE_THE_END = _ASKED_LATER.happened(ASKED_BEFORE, ENDED, on=date(2025, 5, 20))
GOES_ON = CLOSED.happened(EntryVoided(entry=at(CLOSED, ENDED))).happened(
    asked(), on=date(2025, 5, 21)
)

ANY = {
    "a void of an entry that is not there": Refused(
        BEGUN, VoidEntry(plan=PLAN, entry=99, reason=REASON),
        Code.UNKNOWN_ENTRY, "entry", "This plan has no entry 99. Check the position.",
    ),
    "a correction of an entry that is not there": Refused(
        BEGUN, CorrectEntry(plan=PLAN, entry=0, event=HELP, reason=REASON),
        Code.UNKNOWN_ENTRY, "entry", "This plan has no entry 0.",
    ),
    "a void without a reason": Refused(
        BEGUN, replace(void(BEGUN, IN_MARCH), reason=None),
        Code.REASON_REQUIRED, "reason", "Give the reason for it.",
    ),
    "a correction without a reason": Refused(
        BEGUN, replace(correct(BEGUN, HELP, title="Help"), reason=None),
        Code.REASON_REQUIRED, "reason", "Give the reason for it.",
    ),
    "a void on a day": Refused(
        BEGUN, replace(void(BEGUN, IN_MARCH), effective_on=LATER),
        Code.EFFECTIVE_UNEXPECTED, "effectiveOn", "Leave the effective day out.",
    ),
    "a void of how a closed review was opened": Refused(
        REVIEWED, void(REVIEWED, opened()),
        Code.ENTRY_SETTLED, "entry", "q1 was closed on 2025-04-01",
    ),
    "a void of how a review was closed": Refused(
        REVIEWED, void(REVIEWED, ReviewClosed(review="q1")),
        Code.ENTRY_SETTLED, "entry", "Open another review.",
    ),
    "a correction of what a closed review was called": Refused(
        REVIEWED, correct(REVIEWED, opened(), label="Q1 2025"),
        Code.ENTRY_SETTLED, "entry", "what a review reported stays reported",
    ),
    "a correction of when a review was closed": Refused(
        REVIEWED, correct(REVIEWED, ReviewClosed(review="q1"), on=date(2025, 4, 2)),
        Code.ENTRY_SETTLED, "entry", "q1 was closed on 2025-04-01",
    ),
    "a void of the beginning of the plan": Refused(
        Past().happened(DRAFTED), VoidEntry(plan=PLAN, entry=1, reason=REASON),
        Code.DEPENDED_ON, "entry", "Correct the entry if it is wrong.",
    ),
    "a correction of a void": Refused(
        UNDATED, CorrectEntry(plan=PLAN, entry=at(UNDATED, IS_VOID), event=HELP, reason=REASON),
        Code.DIFFERENT_EVENT, "entry", "Void it if it is wrong.",
    ),
    "a correction of what is void": Refused(
        UNDATED, correct(UNDATED, IN_MARCH, target_date=APRIL),
        Code.ENTRY_VOID, "entry", "Void the void if it did, or record what happened.",
    ),
    "a correction to another event": Refused(
        BEGUN, CorrectEntry(plan=PLAN, entry=at(BEGUN, IN_MARCH), event=IS_AGREED, reason=REASON),
        Code.DIFFERENT_EVENT, "event",
        "is target-date-set.v1 and cannot be corrected to be milestone-agreed.v1. Void it",
    ),
    "a correction to another milestone": Refused(
        BEGUN, correct(BEGUN, IN_MARCH, milestone="sign"),
        Code.DIFFERENT_EVENT, "event.milestone", "void the entry and record what happened",
    ),
    "a correction to another account": Refused(
        CLAIMED, correct(CLAIMED, claim(), reporter_account="clerk"),
        Code.DIFFERENT_EVENT, "event.reporterAccount", "The reporter account of entry",
    ),
    "a correction of the date in force until then": Refused(
        DATE_MOVED, correct(DATE_MOVED, MOVED, from_target_date=APRIL),
        Code.DIFFERENT_EVENT, "event.fromTargetDate", "stays as it was recorded",
    ),
    "a correction to another period": Refused(
        READ, correct(READ, reading(), period=Q1),
        Code.DIFFERENT_EVENT, "event.period", "stays as it was recorded",
    ),
    "a correction after which nothing has moved": Refused(
        DATE_MOVED, correct(DATE_MOVED, MOVED, to_target_date=MARCH),
        Code.DIFFERENT_EVENT, "event.toTargetDate", "would change nothing. Void it instead.",
    ),
    "a correction to no words": Refused(
        BEGUN, correct(BEGUN, HELP, title=" "),
        Code.TEXT_UNUSABLE, "event.title", "The title cannot be empty. Say what it was.",
    ),
    "a correction to words with control characters": Refused(
        BEGUN, correct(BEGUN, HELP, title="Help\x00"),
        Code.TEXT_UNUSABLE, "event.title", "control character",
    ),
}  # fmt: skip

DEPENDED_ON = {
    "a void of an area that has actions": Refused(
        BEGUN, void(BEGUN, HELP),
        Code.DEPENDED_ON, "entry", "(lead-assigned.v1) of 2025-01-06, entry",
    ),
    "a void of a party that leads": Refused(
        BEGUN, void(BEGUN, ADA), Code.DEPENDED_ON, "entry",
        f"depend on entry {at(BEGUN, ADA)} as it is: entry 11 (lead-assigned.v1) of 2025-01-06. "
        "Void or correct these first.",
    ),
    "a void of what a claim rests on": Refused(
        CLAIMED, void(CLAIMED, IS_AGREED),
        Code.DEPENDED_ON, "entry", "(milestone-reported-complete.v1)",
    ),
    "a void of a claim that was signed off": Refused(
        SIGNED, void(SIGNED, claim(evidence=("minutes",))),
        Code.DEPENDED_ON, "entry", "(milestone-signed-off.v1)",
    ),
    "a void of evidence that a claim names": Refused(
        SHOWN, void(SHOWN, registered()),
        Code.DEPENDED_ON, "entry", "(milestone-reported-complete.v1)",
    ),
    "a void of a date that has moved": Refused(
        DATE_MOVED, void(DATE_MOVED, IN_MARCH),
        Code.DEPENDED_ON, "entry", "(target-date-moved.v1) of 2025-02-12",
    ),
    "a correction of a date that has moved to none": Refused(
        DATE_MOVED, correct(DATE_MOVED, IN_MARCH, on=date(2025, 3, 1)),
        Code.DEPENDED_ON, "entry", "(target-date-moved.v1) of 2025-02-12",
    ),
    "a correction of an agreed milestone to one that is not stated": Refused(
        AGREED, correct(AGREED, REVIEW, definition=Definition.UNDEFINED),
        Code.DEPENDED_ON, "entry", "(milestone-agreed.v1)",
    ),
    "a void of a void that would bring back what lacks its party": Refused(
        WITHOUT_PARTY,
        VoidEntry(plan=PLAN, entry=len(WITHOUT_PARTY.entries) - 1, reason=REASON),
        Code.UNKNOWN_ITEM, "entry", "(lead-assigned.v1) needs is not there: party cara. Record",
    ),
    "a correction of a recurrence that a claim was made under": Refused(
        QUARTERLY.happened(claim("sign", occurrence=OFTEN.first)),
        correct(QUARTERLY, recurring(OFTEN, "sign"),
                target_date=replace(OFTEN, first=Month(2025, 6))),
        Code.DEPENDED_ON, "event.targetDate", "claims that February 2025 is reached",
    ),
    "a correction to a day before its item": Refused(
        AGREED_LATER, correct(AGREED_LATER, IS_AGREED, on=EARLIER),
        Code.EFFECTIVE_TOO_EARLY, "effectiveOn", "Give a later effective day.",
    ),
    "a correction to a day on which its claim was taken back": Refused(
        TAKEN_BACK, correct(TAKEN_BACK, signed(SignOffLevel.ASSURED), on=date(2025, 3, 1)),
        Code.EFFECTIVE_TOO_LATE, "effectiveOn", "Give an earlier effective day.",
    ),
    "a correction to a day after the end of the plan": Refused(
        CLOSED, correct(CLOSED, IN_MARCH, on=date(2025, 5, 21)),
        Code.PLAN_CLOSED, "effectiveOn", "northbridge is closed",
    ),
    "a correction to a party that is not there": Refused(
        BEGUN, correct(BEGUN, LeadAssigned(item="front-door", party="ada"), party="zoe"),
        Code.UNKNOWN_ITEM, "event", "needs is not there: party zoe.",
    ),
}  # fmt: skip

TWICE = {
    "a void of a withdrawal whose ref is in use again": Refused(
        REF_AGAIN, void(REF_AGAIN, gone("front-door")),
        Code.REF_IN_USE, "entry", "two items of the plan would bear 1.1 at once",
    ),
    "a correction to a ref in use": Refused(
        BEGUN, correct(BEGUN, FRONT_DOOR, ref="1.2"),
        Code.REF_IN_USE, "event", "two items of the plan would bear 1.2 at once",
    ),
    "a correction to a number in use": Refused(
        BEGUN, correct(BEGUN, HELP, number="2"),
        Code.REF_IN_USE, "event", "two items of the plan would bear 2 at once",
    ),
    "a void of a void of a forum that was established again": Refused(
        TWO_FORUMS, _void_the_void(TWO_FORUMS),
        Code.REF_IN_USE, "entry", "there would be twice: forum board",
    ),
    "a void of a void of a baseline that was set again": Refused(
        TWO_BASELINES, _void_the_void(TWO_BASELINES),
        Code.BASELINE_EXISTS, "entry", "there would be twice: baseline start",
    ),
    "a void of a void of an answer that was given again": Refused(
        TWO_ANSWERS, _void_the_void(TWO_ANSWERS),
        Code.QUERY_RESOLVED, "entry", "there would be twice: settled which-date",
    ),
    "a void of a void of a claim that was made again": Refused(
        TWO_CLAIMS, _void_the_void(TWO_CLAIMS),
        Code.CLAIM_STANDS, "entry", "there would be twice: claim review",
    ),
    "a void of a void of a figure that was recorded again": Refused(
        TWO_READINGS, _void_the_void(TWO_READINGS),
        Code.READING_EXISTS, "entry", "there would be twice: reading visits",
    ),
    "a void of a void of a review beside another": Refused(
        TWO_OPEN, _void_the_void(TWO_OPEN),
        Code.REVIEW_OPEN, "entry", "scrutiny would have two reviews open: q1 and q2",
    ),
}  # fmt: skip

VALUES = {
    "a correction to a ref that nobody prints": Refused(
        RENAMED,
        correct(RENAMED, ItemRenumbered(item="front-door", from_ref="1.1", to_ref="1.8"),
                to_ref="1 8"),
        Code.NAME_UNUSABLE, "event.toRef", "'1 8' cannot be a reference",
    ),
    "a correction to a figure that is none": Refused(
        READ, correct(READ, reading(), value=None),
        Code.FIGURE_INCOMPLETE, "event.value", "Give one of these.",
    ),
    "a correction to a figure extracted in time to come": Refused(
        READ, correct(READ, reading(), extracted_on=date(2025, 6, 3)),
        Code.DATE_IMPOSSIBLE, "event.extractedOn", "Check the two dates.",
    ),
    "a correction to a figure without an end": Refused(
        READ, correct(READ, reading(), value=Decimal("Infinity")),
        Code.FIGURE_INCOMPLETE, "event.value", "finite",
    ),
    "a correction to what is reached in time to come": Refused(
        CLAIMED, correct(CLAIMED, claim(), achieved_on=Month(2025, 7)),
        Code.DATE_IMPOSSIBLE, "event.achievedOn", "July 2025 had not come",
    ),
    "a correction after which one reports and signs off": Refused(
        BY_TWO, correct(BY_TWO, signed(signer="ben", waiver=REASON), signer="ada"),
        Code.SAME_SIGNER, "event.signer", "Have another sign",
    ),
    "a correction after which one signed off what one reported": Refused(
        BY_TWO, correct(BY_TWO, claim(reporter="ada"), reporter="ben"),
        Code.SAME_SIGNER, "event.signer", "Have another sign",
    ),
    "a correction that takes a waiver away": Refused(
        BY_TWO, correct(BY_TWO, signed(signer="ben", waiver=REASON), waiver=None),
        Code.EVIDENCE_REQUIRED, "event.evidence", "say in a waiver why",
    ),
    "a correction that takes the evidence of a sign-off away": Refused(
        SIGNED, correct(SIGNED, claim(evidence=("minutes",)), evidence=()),
        Code.EVIDENCE_REQUIRED, "event.evidence", "Register the evidence and name it",
    ),
    "a correction to evidence that was withdrawn": Refused(
        WITHOUT_EVIDENCE, correct(WITHOUT_EVIDENCE, claim(), evidence=("minutes",)),
        Code.EVIDENCE_WITHDRAWN, "event.evidence", "minutes was withdrawn on 2025-01-06",
    ),
    "a correction to a link that nobody can follow": Refused(
        FILED, correct(FILED, evidence(), uri="S:/audit.docx"),
        Code.LINK_UNUSABLE, "event.uri", "Give a whole address",
    ),
    "a correction to evidence for nothing": Refused(
        FILED, correct(FILED, evidence(), items=()),
        Code.NOTHING_NAMED, "event.items", "Name one item of the plan at least.",
    ),
    "a correction to a rating that the key does not know": Refused(
        RATED, correct(RATED, rated(), rating=Rating.RED, rationale=REASON),
        Code.RATING_UNKNOWN, "event.rating", "Give one of its ratings: blue, green, amber.",
    ),
    "a correction to amber without the rationale": Refused(
        RATED, correct(RATED, rated(), rating=Rating.AMBER),
        Code.REASON_REQUIRED, "event.rationale", "Give the rationale for it.",
    ),
    "a correction to a key that says nothing": Refused(
        RATED, correct(RATED, adopted(1, *THREE), meanings=()),
        Code.RATING_UNKNOWN, "event.meanings", "Give every rating once.",
    ),
    "a correction to a key without a rating that was given": Refused(
        RATED, correct(RATED, adopted(1, *THREE), meanings=THREE[:1]),
        Code.DEPENDED_ON, "entry", "(rating-given.v1)",
    ),
    "a correction that closes a circle": Refused(
        DEPENDENT, correct(DEPENDENT, depends("sign", "pledge", ReferenceKind.REFERENCE, "two"),
                           kind=ReferenceKind.DEPENDS_ON, resolved_target="review"),
        Code.DEPENDENCY_CYCLE, "event.resolvedTarget", "This goes round in a circle",
    ),
    "a correction to an item that points at itself": Refused(
        DEPENDENT, correct(DEPENDENT, depends("review", "sign", name="one"),
                           resolved_target="review"),
        Code.REFERS_TO_ITSELF, "event.resolvedTarget", "review cannot point at itself.",
    ),
    "a correction to an item that was withdrawn": Refused(
        GONE, correct(GONE, asked(), item="pledge"),
        Code.WITHDRAWN, "event.item", "pledge is no longer in the plan.",
    ),
    "a correction to a recurrence that ends before it begins": Refused(
        RECURS, correct(RECURS, recurring(QUARTERLY_TILL),
                        target_date=replace(QUARTERLY_TILL, until=Month(2025, 5))),
        Code.RECURRENCE_IMPOSSIBLE, "event.targetDate.until", "Check the months and the two dates.",
    ),
    "a correction to a KPI that nobody reads": Refused(
        BEGUN, correct(BEGUN, definition(1), frequency_months=0),
        Code.RECURRENCE_IMPOSSIBLE, "event.frequencyMonths", "Check the months.",
    ),
    "a correction to a KPI of an area": Refused(
        BEGUN, correct(BEGUN, definition(1), statements=("help",)),
        Code.UNKNOWN_ITEM, "event.statements", "no statement 'help'",
    ),
    "a correction to a forum that never meets": Refused(
        BEGUN, correct(BEGUN, SCRUTINY, every_months=0),
        Code.RECURRENCE_IMPOSSIBLE, "event.everyMonths", "Check the months.",
    ),
    "a correction to a target that is no number": Refused(
        AIMED, correct(AIMED, AIM, target=Decimal("NaN")),
        Code.FIGURE_INCOMPLETE, "event.target", "finite",
    ),
    "a correction to an answer due before the question": Refused(
        ASKED, correct(ASKED, challenged(), response_due=EARLIER),
        Code.DATE_IMPOSSIBLE, "event.responseDue", "Check the two days.",
    ),
    "a correction to a version sent to nobody": Refused(
        SENT, correct(SENT, sent("Ofsted"), recipients=()),
        Code.NOTHING_NAMED, "event.recipients", "Name one recipient at least.",
    ),
    "a correction to a report from time to come": Refused(
        REPORTED, correct(REPORTED, REPORT, received_on=date(2025, 2, 13)),
        Code.DATE_IMPOSSIBLE, "event.receivedOn", "had not come",
    ),
    "a correction to more working days than anybody has": Refused(
        REPORTED, correct(REPORTED, REPORT, working_days=10**9),
        Code.WORKING_DAYS_IMPOSSIBLE, "event.workingDays", "Check the number.",
    ),
    "a correction to a material rewording without authority": Refused(
        REWORDED, correct(REWORDED, WORDS, material=True),
        Code.AUTHORITY_REQUIRED, "authority", "A material rewording changes what is promised.",
    ),
    "a correction to a placeholder that resolves itself": Refused(
        RESOLVED, correct(RESOLVED, RESOLUTION, replaced_by=("undefined",)),
        Code.REPLACED_BY_ITSELF, "event.replacedBy", "cannot take its own place",
    ),
    "a correction to a placeholder that a milestone resolves": Refused(
        RESOLVED, correct(RESOLVED, RESOLUTION, replaced_by=("review",)),
        Code.UNKNOWN_ITEM, "event.replacedBy", "no action 'review'",
    ),
    "a correction to an item that takes its own place": Refused(
        GONE, correct(GONE, gone("pledge"), replaced_by=("pledge",)),
        Code.REPLACED_BY_ITSELF, "event.replacedBy", "cannot take its own place",
    ),
    "a correction to a plan that follows itself": Refused(
        CLOSED, correct(CLOSED, ENDED, successor=PLAN),
        Code.REPLACED_BY_ITSELF, "event.successor", "Name another plan, or none.",
    ),
    "a correction to a plan that no plan could be called": Refused(
        CLOSED, correct(CLOSED, ENDED, successor="North Bridge"),
        Code.NAME_UNUSABLE, "event.successor", "cannot be a short name",
    ),
    "a correction to a day on which it was claimed to be reached": Refused(
        WORKED, correct(WORKED, progress(Progress.ON_HOLD), on=date(2025, 4, 2)),
        Code.MILESTONE_DONE, "effectiveOn", "Give another day.",
    ),
}  # fmt: skip

COMES_BACK = {
    "a void of a void that closes a circle": Refused(
        ROUND, _void_the_void(ROUND),
        Code.DEPENDENCY_CYCLE, "entry", "1.1/1 would depend on 2.1/1; 2.1/1 depends on 1.1/1.",
    ),
    "a void after which one reports and signs off": Refused(
        ONE_FOR_TWO, void(ONE_FOR_TWO, NOT_BEN),
        Code.SAME_SIGNER, "entry", "Have another sign",
    ),
    "a void after which an entry stands after the end of the plan": Refused(
        BEFORE_THE_END, void(BEFORE_THE_END, ASKED_BEFORE),
        Code.PLAN_CLOSED, "entry", "northbridge is closed",
    ),
    "a void of a void after which the plan ends before its last entry": Refused(
        GOES_ON, _void_the_void(GOES_ON),
        Code.EFFECTIVE_TOO_EARLY, "entry", "The plan goes on after 2025-05-20",
    ),
    "a correction after which the plan ends before its last entry": Refused(
        ENDED_AT_WORK, correct(ENDED_AT_WORK, ENDED, on=date(2025, 3, 31)),
        Code.EFFECTIVE_TOO_EARLY, "effectiveOn", "Close it from 2025-04-01 on",
    ),
}  # fmt: skip

RECORD = {**ANY, **DEPENDED_ON, **TWICE, **VALUES, **COMES_BACK}
