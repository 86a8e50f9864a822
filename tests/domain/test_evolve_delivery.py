"""How milestones are delivered, judged and evidenced, as the plan keeps it."""

from datetime import date

from planledger.domain.delivery import Delivery, standing_claim
from planledger.domain.plan import Milestone
from planledger.events.catalogue import PlanEvent
from planledger.events.dates import Month
from planledger.events.evidence import EvidenceWithdrawn
from planledger.events.milestone import MilestoneProgressReported
from planledger.events.plan import PlanApproved, PlanBaselined, PlanClosed, PlanSubmitted
from planledger.events.values import Personal, Progress, Rating, ReopenTrigger, SignOffLevel
from tests.support.accepted_dates import recurring
from tests.support.accepted_delivery import (
    AGREED,
    MISSING,
    OFTEN,
    SIGNED,
    claim,
    refused_for,
    reopened_by,
    signed,
)
from tests.support.accepted_governance import ISSUED, OUTCOME
from tests.support.accepted_reviews import KEYED, THREE, adopted, answered, challenged, rated
from tests.support.domain_cases import BEGUN, FIRST_DAY, REASON, Past, opened

LATER = date(2025, 2, 12)
TODAY = date(2025, 6, 2)


def review(past: Past, name: str = "review") -> Milestone:
    """Give a milestone."""
    return past.known().milestones[name]


def states(*events: PlanEvent, name: str = "review") -> list[Delivery]:
    """Give the delivery of a milestone after each of these, one after the other."""
    past, found = AGREED, []
    for event in events:
        past = past.happened(event)
        found.append(review(past, name).delivery)
    return found


def test_a_milestone_goes_the_whole_way_and_back() -> None:
    """The delivery track of design page 2.2, step by step; ratings and dates say nothing of it."""
    way = states(claim(), refused_for(), claim(), signed(), signed(SignOffLevel.ASSURED),
                 reopened_by(), claim())  # fmt: skip
    assert way == [
        Delivery.REPORTED_COMPLETE,
        Delivery.IN_PROGRESS,
        Delivery.REPORTED_COMPLETE,
        Delivery.SIGNED_OFF,
        Delivery.ASSURED,
        Delivery.IN_PROGRESS,
        Delivery.REPORTED_COMPLETE,
    ]


def test_assured_outranks_accepted_in_whichever_order_they_come() -> None:
    """A late acceptance must not take back that it was tested to be embedded."""
    assert states(claim(), signed(SignOffLevel.ASSURED), signed())[-1] is Delivery.ASSURED


def test_a_claim_entered_late_stands_against_progress_reported_after_its_day() -> None:
    """It is refused or taken back, or it stands; a report of work in between is neither."""
    working = MilestoneProgressReported(
        milestone="review", state=Progress.IN_PROGRESS, narrative=REASON, forecast=None
    )
    past = AGREED.happened(working, on=TODAY).happened(claim(), on=LATER)
    found = review(past)
    assert (found.delivery, found.narrative) == (Delivery.REPORTED_COMPLETE, REASON)
    assert review(past.happened(refused_for(), on=LATER)).delivery is Delivery.IN_PROGRESS


def test_after_a_refusal_the_next_claim_is_a_claim_of_its_own() -> None:
    """Reviewers ask how often it was claimed, and what was missing each time."""
    past = AGREED.happened(claim(), refused_for(), on=LATER).happened(claim(), signed(), on=TODAY)
    first, second = review(past).completions
    assert first.refused is not None
    assert (first.refused.missing, first.refused.on, first.sign_offs) == (MISSING, LATER, ())
    assert (first.stands, second.stands) == (False, True)
    assert [sign_off.on for sign_off in second.sign_offs] == [TODAY]
    assert (first.at, second.at) == (past.entries[-4].position, past.entries[-2].position)


def test_reopening_keeps_the_sign_off_that_was_wrong_in_sight() -> None:
    """Who accepted what turned out not to be done is what an inspector asks (design page 2.2)."""
    past = SIGNED.happened(reopened_by(ReopenTrigger.OFSTED), on=LATER)
    (completion,) = review(past).completions
    assert completion.reopened is not None
    assert (completion.reopened.trigger, completion.reopened.on) == (ReopenTrigger.OFSTED, LATER)
    assert len(completion.sign_offs) == 1
    assert standing_claim(review(past).completions, None) is None


def test_one_time_of_a_recurring_milestone_done_does_not_complete_it() -> None:
    """The next report is due all the same; each time has its own claim and sign-off."""
    may = Month(2025, 5)
    quarterly = AGREED.happened(recurring(OFTEN))
    past = quarterly.happened(
        claim(occurrence=OFTEN.first), claim(occurrence=may), refused_for(occurrence=may)
    )
    february, in_may = review(past).completions
    assert review(past).delivery is Delivery.IN_PROGRESS
    assert (february.stands, in_may.stands) == (True, False)
    # A sign-off that names no time is of none of them.
    assert review(past.happened(signed())) == review(past)


def test_a_report_of_progress_moves_no_target_date() -> None:
    """A forecast is what is expected, not what was promised (design page 2.3)."""
    told = Personal(words="Two posts are vacant.")
    report = MilestoneProgressReported(
        milestone="review", state=Progress.ON_HOLD, narrative=told, forecast=Month(2025, 9)
    )
    before, after = review(AGREED), review(AGREED.happened(report, on=LATER))
    assert (after.target_date, after.original) == (before.target_date, before.original)
    assert (after.delivery, after.forecast) == (Delivery.ON_HOLD, Month(2025, 9))
    assert (after.narrative, after.progress_on) == (told, LATER)


def test_a_rating_given_again_in_the_same_review_takes_the_place_of_the_first() -> None:
    """One review has one judgement of an item; another review has its own."""
    past = KEYED.happened(rated(Rating.GREEN), rated(Rating.RED, REASON), on=LATER)
    given = past.known().ratings
    assert list(given) == [("review", "q1")]
    assert (given["review", "q1"].rating, given["review", "q1"].on) == (Rating.RED, LATER)


def test_a_rating_keeps_the_key_it_was_given_under() -> None:
    """What amber meant then is not what it means under the next key."""
    past = KEYED.happened(rated()).happened(adopted(2, *THREE), on=LATER)
    plan = past.known()
    assert [key.version for key in plan.rating_keys["bgar"]] == [1, 2]
    assert plan.ratings["review", "q1"].key_version == 1


def test_evidence_withdrawn_stays_with_the_day_it_was_withdrawn() -> None:
    """A sign-off that rested on it is flagged, not undone; the link must still be found."""
    plan = SIGNED.happened(EvidenceWithdrawn(evidence="minutes"), on=LATER).known()
    assert plan.evidence["minutes"].withdrawn_on == LATER
    assert plan.milestones["review"].delivery is Delivery.SIGNED_OFF
    (completion,) = plan.milestones["review"].completions
    assert completion.evidence == ("minutes",)


def test_a_challenge_answered_keeps_what_was_asked() -> None:
    """An answer is judged beside its question."""
    past = BEGUN.happened(opened(), challenged()).happened(answered(), on=LATER)
    asked = past.known().challenges["why"]
    assert (asked.raised_on, asked.answered_on) == (FIRST_DAY, LATER)
    assert asked.answer is not None
    assert asked.text != asked.answer


def test_a_version_holds_who_approved_it_and_whom_it_was_sent_to() -> None:
    """Several bodies approve one version, and it goes out more than once."""
    past = ISSUED.happened(
        PlanApproved(version="v1", body="Cabinet"), PlanApproved(version="v1", body="Board")
    ).happened(
        PlanSubmitted(version="v1", recipients=(Personal(words="Ofsted"),), method="By post"),
        on=LATER,
    )
    version = past.known().versions["v1"]
    assert version.at == ISSUED.entries[-1].position
    assert [approval.body for approval in version.approvals] == ["Cabinet", "Board"]
    assert [(sent.recipients, sent.on) for sent in version.submissions] == [
        ((Personal(words="Ofsted"),), LATER)
    ]


def test_a_baseline_and_the_end_of_a_plan_hold_the_position_they_speak_of() -> None:
    """What slippage is measured against is asked for by position, never by a clock."""
    past = BEGUN.happened(PlanBaselined(baseline="start", label="As approved"))
    past = past.happened(PlanClosed(outcome=OUTCOME, successor="next"), on=LATER)
    plan = past.known()
    assert plan.baselines["start"].at == past.entries[-2].position
    assert plan.closed is not None
    assert (plan.closed.at, plan.closed.on) == (past.entries[-1].position, LATER)
    assert (plan.closed.outcome, plan.closed.successor) == (OUTCOME, "next")
