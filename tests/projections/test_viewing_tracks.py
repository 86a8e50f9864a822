"""What a person sees of delivery, ratings, evidence, reviews and the plan's own history."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from planledger.domain.delivery import Delivery
from planledger.events.dates import Day, Month
from planledger.events.evidence import EvidenceWithdrawn
from planledger.events.inspection import InspectionReportReceived
from planledger.events.plan import (
    PlanApproved,
    PlanBaselined,
    PlanClosed,
    PlanSubmitted,
    PlanVersionIssued,
)
from planledger.events.review import (
    ChallengeAnswered,
    ChallengeRaised,
    ForumEstablished,
    RatingGiven,
)
from planledger.events.values import (
    Disposition,
    Personal,
    Progress,
    Rating,
    SignOffLevel,
    StatementKind,
    VersionKind,
)
from planledger.projections import view
from planledger.projections.timing import Timeliness
from planledger.projections.view import view_plan
from tests.support.books import START, Book, action, area, date_set, milestone, party, statement
from tests.support.deeds import (
    complete,
    deferred,
    depends,
    evidence,
    key,
    opened,
    progress,
    rated,
    recurring,
    refused,
    reopened,
    signed_off,
    withdrawn,
)

ON = date(2026, 6, 15)
MARCH = Month(2026, 3)
PANEL = ForumEstablished(forum="panel", name="Panel", remit=None, every_months=3)


def small() -> Book:
    """Begin a plan of one area, one action and one milestone due in March."""
    book = Book()
    book.write_all(
        [
            area("a1", "1", 1),
            action("b1", "1.1", "a1"),
            milestone("m1", "b1"),
            date_set("m1", MARCH),
            party("ann"),
            party("bob"),
        ]
    )
    return book


def only(book: Book, on: date = ON) -> view.MilestoneView:
    """Show a plan's one milestone."""
    (shown,) = view_plan(book.folded(), on).milestones
    return shown


def test_delivery_is_what_was_reported_and_never_follows_from_a_passed_date() -> None:
    """One council once took every passed date for an action completed."""
    book = small()
    assert (only(book).delivery, only(book).timeliness) == (
        Delivery.NOT_STARTED,
        Timeliness.OVERDUE,
    )
    book.write(progress("m1", Progress.ON_HOLD, Month(2026, 9)), on=date(2026, 5, 1))
    shown = only(book)
    assert (shown.delivery, shown.forecast) == (Delivery.ON_HOLD, Month(2026, 9))
    assert (shown.progress_on, shown.narrative) == (date(2026, 5, 1), Personal(words="Going on."))
    assert (shown.timeliness, shown.due_by) == (Timeliness.OVERDUE, date(2026, 3, 31))


def test_a_claim_is_shown_with_everything_that_came_of_it() -> None:
    """Reopening must leave the earlier sign-off in sight (design page 2.2)."""
    book = small()
    book.write(evidence("e1", "m1"))
    claim = book.write(
        complete("m1", Day(2026, 3, 30), reporter="ann", evidence=("e1",)), on=date(2026, 4, 1)
    )
    signed = book.write(signed_off("m1", signer="bob", waiver="Seen."), on=date(2026, 4, 9))
    assert only(book).timeliness is Timeliness.DONE_ON_TIME
    taken_back = book.write(reopened("m1"), on=date(2026, 5, 2))
    shown = only(book)
    assert (shown.delivery, shown.timeliness) == (Delivery.IN_PROGRESS, Timeliness.OVERDUE)
    (made,) = shown.completions
    assert (made.position, made.reported_on, made.stands) == (
        claim.position,
        date(2026, 4, 1),
        False,
    )
    assert made.reporter is not None
    assert (made.reporter.party, made.achieved_on) == ("ann", Day(2026, 3, 30))
    assert [piece.evidence for piece in made.evidence] == ["e1"]
    (sign_off,) = made.sign_offs
    assert sign_off.signer is not None
    assert (sign_off.position, sign_off.signer.party, sign_off.waiver) == (
        signed.position,
        "bob",
        Personal(words="Seen."),
    )
    assert made.reopened is not None
    assert (made.reopened.position, made.refused) == (taken_back.position, None)
    book.write(complete("m1", Day(2026, 5, 20)), on=date(2026, 5, 21))
    refusal = book.write(refused("m1"), on=date(2026, 5, 30))
    again = only(book).completions[1]
    assert again.refused is not None
    assert (again.refused.position, again.refused.missing) == (
        refusal.position,
        Personal(words="The minutes."),
    )


def test_the_last_review_by_cut_off_gives_the_rating() -> None:
    """A review held late of an earlier quarter must not paint the later one over."""
    book = small()
    book.write_all([PANEL, key(), key(2, "Better than before")])
    book.write_all([opened("q2", date(2026, 6, 30)), opened("q1", date(2026, 3, 31))])
    book.write(rated("q2", "m1", Rating.AMBER, "Late."), on=date(2026, 6, 1))
    book.write(rated("q1", "m1", Rating.GREEN), on=date(2026, 6, 2))
    book.write(rated("q1", "a1", Rating.GREEN), on=date(2026, 6, 2))
    shown = only(book)
    assert [rating.rating for rating in shown.ratings] == [Rating.GREEN, Rating.AMBER]
    assert shown.rating == shown.ratings[1]
    assert [(rating.review, rating.item, rating.meaning) for rating in shown.ratings] == [
        ("alpha/q1", "1.1/1", "On track"),
        ("alpha/q2", "1.1/1", "Some delay"),
    ]
    plan = view_plan(book.folded(), ON)
    (whole,) = plan.areas
    assert whole.rating is not None
    assert (whole.rating.rating, whole.actions[0].rating) == (Rating.GREEN, None)
    assert [(rating.item, rating.rating) for rating in plan.reviews[0].ratings] == [
        ("1", Rating.GREEN),
        ("1.1/1", Rating.GREEN),
    ]
    assert [(key.ref, key.version, key.meanings[0].meaning) for key in plan.rating_keys] == [
        ("rag", 1, "On track"),
        ("rag", 2, "Better than before"),
    ]


def test_a_rating_under_a_key_nobody_knows_means_nothing() -> None:
    """A colour without its key is shown as that, not with another key's words."""
    book = small()
    book.write_all([PANEL, key(), opened("q1", date(2026, 3, 31))])
    book.write(
        RatingGiven(
            review="q1", item="m1", key="rag", key_version=7, rating=Rating.RED, rationale=None
        )
    )
    shown = only(book).rating
    assert shown is not None
    assert (shown.rating, shown.meaning) == (Rating.RED, None)


def test_evidence_stays_in_sight_once_withdrawn() -> None:
    """A sign-off that rests on it is to be seen to rest on nothing."""
    book = small()
    book.write(statement("s1", StatementKind.MEASURE, "a1"))
    book.write(evidence("e2", "m1", "b1", "unheard-of", dated=MARCH), on=date(2026, 4, 2))
    book.write(evidence("e1", "m1", "s1"), on=date(2026, 4, 1))
    book.write(EvidenceWithdrawn(evidence="e2"), on=date(2026, 5, 1))
    plan = view_plan(book.folded(), ON)
    assert [piece.evidence for piece in plan.evidence] == ["e1", "e2"]
    assert [piece.items for piece in plan.evidence] == [("1.1/1", "1/measure/1"), ("1.1/1", "1.1")]
    assert [piece.withdrawn_on for piece in only(book).evidence] == [None, date(2026, 5, 1)]
    (whole,) = plan.areas
    assert [piece.evidence for piece in whole.actions[0].evidence] == ["e2"]
    assert [piece.evidence for piece in whole.measures[0].evidence] == ["e1"]


def test_a_milestone_waits_for_what_it_and_its_action_depend_on() -> None:
    """Action 9.4 of 2015 hangs on the outcome of 9.1 to 9.3, and so does each of its steps."""
    book = small()
    book.write_all([action(f"b{n}", f"1.{n}", "a1") for n in (10, 9)])
    book.write_all(
        [depends("b1", "b10", "r1"), depends("m1", "b9", "r2"), depends("b1", "b9", "r3")]
    )
    assert only(book).depends_on == ("1.9", "1.10")


def test_a_review_shows_what_it_asked_and_what_was_answered() -> None:
    """What happened to our recommendations? is asked at every meeting."""
    book = small()
    book.write_all([PANEL, opened("q1", date(2026, 3, 31)), opened("q2", date(2026, 6, 30))])
    asked = Personal(words="When will it be agreed?")
    for name, item in (("c2", None), ("c1", "m1")):
        book.write(
            ChallengeRaised(
                challenge=name, review="q1", item=item, text=asked, response_due=date(2026, 5, 1)
            ),
            on=date(2026, 4, 3),
        )
    book.write(
        ChallengeAnswered(
            challenge="c1", disposition=Disposition.ACCEPTED, answer=Personal(words="In May.")
        ),
        on=date(2026, 5, 9),
    )
    plan = view_plan(book.folded(), ON)
    first, second = plan.challenges
    assert (first.challenge, first.review, first.item) == ("c1", "alpha/q1", "1.1/1")
    assert (first.disposition, first.answered_on) == (Disposition.ACCEPTED, date(2026, 5, 9))
    assert (second.item, second.answered_on, second.text) == (None, None, asked)
    assert [review.challenges for review in plan.reviews] == [(first, second), ()]


def test_the_plan_shows_its_versions_baselines_inspections_and_end() -> None:
    """An inspector asks how the plan has changed since the version that was submitted."""
    book = small()
    book.write(
        InspectionReportReceived(
            inspection="i1",
            framework="SIF",
            judgement="Requires improvement",
            received_on=date(2026, 1, 5),
            published_on=None,
            working_days=70,
            statement_due_on=date(2026, 4, 17),
        )
    )
    issued = book.write(
        PlanVersionIssued(version="v1", label="Version 1", kind=VersionKind.APPROVED)
    )
    approved = book.write(PlanApproved(version="v1", body="Cabinet"), on=date(2026, 2, 1))
    book.write(
        PlanSubmitted(version="v1", recipients=(Personal(words="Ofsted"),), method="e-mail"),
        on=date(2026, 2, 3),
    )
    based = book.write(PlanBaselined(baseline="start", label="As submitted"), on=date(2026, 2, 4))
    plan = view_plan(book.folded(), ON)
    (version,) = plan.versions
    assert (version.ref, version.position, version.on) == ("v1", issued.position, START)
    assert version.approvals == (
        view.ApprovalView(body="Cabinet", on=date(2026, 2, 1), position=approved.position),
    )
    assert [submission.recipients for submission in version.submissions] == [
        (Personal(words="Ofsted"),)
    ]
    assert [(one.ref, one.position) for one in plan.baselines] == [("start", based.position)]
    assert [(one.ref, one.statement_due_on) for one in plan.inspections] == [
        ("i1", date(2026, 4, 17))
    ]
    assert plan.closed is None
    end = book.write(PlanClosed(outcome=Personal(words="Good."), successor="beta"), on=ON)
    closed = view_plan(book.folded(), ON).closed
    assert closed is not None
    assert (closed.position, closed.on, closed.successor) == (end.position, ON, "beta")


deeds = st.sampled_from(
    [
        progress("m1"),
        progress("m2", Progress.ON_HOLD),
        complete("m1", Day(2026, 4, 2)),
        complete("m2", Day(2026, 3, 1)),
        complete("m3", Day(2026, 3, 1), occurrence=MARCH),
        signed_off("m1"),
        signed_off("m2", level=SignOffLevel.ASSURED),
        refused("m1"),
        reopened("m2"),
        deferred("m1"),
        date_set("m2", Month(2026, 8)),
        recurring("m3", MARCH, 3, Month(2026, 3)),
        withdrawn("m1"),
        withdrawn("b2"),
        milestone("m4", "b2", 2),
    ]
)
days = st.dates(START, date(2026, 9, 30))


@given(st.lists(st.tuples(deeds, days), max_size=12), st.lists(days, min_size=1, max_size=4))
def test_totals_over_a_series_of_days_are_those_of_each_day(
    happened: list[tuple[object, date]], asked: list[date]
) -> None:
    """A chart over time must agree with the paper of each day, its zeros included (design 3.7)."""
    book = small()
    book.write_all([action("b2", "1.2", "a1"), milestone("m2", "b1", 2), milestone("m3", "b2")])
    for event, on in sorted(happened, key=lambda one: one[1]):
        book.write(event, on)  # type: ignore[arg-type]
    series = {on: view_plan(book.folded(), on) for on in asked}
    for on, plan in series.items():
        live = [one for one in plan.milestones if one.timeliness is not None]
        totals = plan.totals
        by_delivery = [getattr(totals, delivery.name.lower()) for delivery in Delivery]
        assert sum(by_delivery) == totals.milestones == len(live)
        assert by_delivery == [sum(m.delivery is each for m in live) for each in Delivery]
        by_timeliness = {each: sum(m.timeliness is each for m in live) for each in Timeliness}
        assert sum(by_timeliness.values()) == totals.milestones
        assert totals.overdue == by_timeliness[Timeliness.OVERDUE]
        dated = totals.one_off + totals.recurring
        undated = totals.to_be_confirmed + totals.not_stated
        assert by_timeliness[Timeliness.NO_DATE] == undated
        assert dated + undated == totals.milestones
        assert view_plan(book.folded(), on).totals == totals
