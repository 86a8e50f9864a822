"""A command is judged on the plan of its effective day, not of the day it is keyed in."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from planledger.domain.commands import (
    AddAction,
    AddArea,
    AddStatement,
    AgreeMilestone,
    AliasParty,
    AssignLead,
    CloseReview,
    EstablishForum,
    MoveTargetDate,
    OpenReview,
    PlanCommand,
    ProposeMilestone,
    RecordKpiReading,
    RegisterParty,
    RenumberItem,
    ResolveQuery,
    ReviseKpiReading,
    RewordItem,
    SetKpiTarget,
    SetTargetDate,
    WithdrawItem,
)
from planledger.domain.decide import FURTHEST_AHEAD
from planledger.domain.refusals import Code, Refusal
from planledger.events.dates import Day, Month
from planledger.events.party import LeadAssigned, PartyAliased, PartyRegistered
from planledger.events.query import QueryRaised
from planledger.events.review import ForumEstablished, ReviewClosed
from planledger.events.target_date import TargetDateMoved, TargetDateSet
from planledger.events.target_dates import OneOff
from planledger.events.values import PartyKind, Personal, RevisionCause, StatementKind
from tests.support.accepted_others import define
from tests.support.domain_cases import (
    BEGUN,
    BOARD,
    FIRST_DAY,
    MARCH,
    PLAN,
    Q4,
    REASON,
    TODAY,
    definition,
    figure,
    gone,
    opened,
    reading,
    refused,
    then,
)

EARLY = date(2025, 2, 1)
LATER = date(2025, 4, 14)
APRIL = OneOff(as_printed="30 April 2025", date=Day(2025, 4, 30))
MAY = OneOff(as_printed="31 May 2025", date=Day(2025, 5, 31))


def test_a_decision_keyed_in_late_holds_until_the_later_one_took_effect() -> None:
    """The example of the design: 30 April from 1 to 11 February, 31 May from the 12th."""
    past = BEGUN.happened(
        TargetDateSet(milestone="sign", target_date=MAY, shared_with=()), on=date(2025, 2, 12)
    )
    forgotten = SetTargetDate(
        plan=PLAN, milestone="2.1/1", date=Day(2025, 4, 30), effective_on=EARLY
    )
    then(past.when(forgotten), TargetDateSet(milestone="sign", target_date=APRIL, shared_with=()))
    after = past.did(forgotten)
    for day, due in ((EARLY, APRIL), (date(2025, 2, 11), APRIL), (date(2025, 2, 12), MAY)):
        plan = after.plan(day)
        assert plan is not None
        assert plan.milestones["sign"].target_date == due


def test_a_date_is_moved_from_the_one_that_was_in_force_on_that_day() -> None:
    """Who keys in February's move in June sees June's date, but moves February's."""
    past = BEGUN.happened(
        TargetDateMoved(
            milestone="review", from_target_date=MARCH, to_target_date=MAY, reason_code=None
        ),
        on=LATER,
    )
    late = MoveTargetDate(
        plan=PLAN, milestone="1.1/1", from_date=Month(2025, 3), to_date=Day(2025, 4, 30),
        effective_on=EARLY, reason=REASON,
    )  # fmt: skip
    moved = TargetDateMoved(
        milestone="review", from_target_date=MARCH, to_target_date=APRIL, reason_code=None
    )
    then(past.when(late), moved)
    refused(past.when(replace(late, effective_on=LATER)), Code.FROM_DIFFERS, "31 May 2025")


def test_what_is_withdrawn_later_may_still_change_before() -> None:
    """Its withdrawal does not undo that it was in the plan, and was worked on, until then."""
    past = BEGUN.happened(gone("front-door"), on=LATER)
    assign = AssignLead(plan=PLAN, item="1.1/1", party="ben", effective_on=LATER)
    refused(past.when(assign), Code.WITHDRAWN, "give an earlier effective day")
    the_day_before = LATER - timedelta(days=1)
    then(
        past.when(replace(assign, effective_on=the_day_before)),
        LeadAssigned(item="review", party="ben"),
    )


def test_what_is_agreed_for_a_later_day_does_not_bind_today() -> None:
    """A lead from September must not stand in the way of one until September."""
    past = BEGUN.happened(LeadAssigned(item="pledge", party="ada"), on=date(2025, 9, 1))
    assign = AssignLead(plan=PLAN, item="2.1", party="ben")
    then(past.when(assign), LeadAssigned(item="pledge", party="ben"))
    refused(past.when(replace(assign, effective_on=date(2025, 9, 1))), Code.LEAD_IN_PLACE, "joint")


def test_an_item_is_found_by_the_ref_it_had_on_that_day() -> None:
    """The minutes of February speak of 1.1, whatever it is called by June."""
    past = BEGUN.did(RenumberItem(plan=PLAN, item="1.1", to="1.9", effective_on=LATER))
    assign = AssignLead(plan=PLAN, item="1.1", party="ben", jointly=True, effective_on=EARLY)
    led = LeadAssigned(item="front-door", party="ben")
    then(past.when(assign), led)
    refused(past.when(replace(assign, effective_on=LATER)), Code.UNKNOWN_ITEM, "'1.1'")
    then(past.when(replace(assign, effective_on=LATER, item="1.9")), led)


def test_a_command_that_states_no_day_is_effective_today() -> None:
    """Most changes are keyed in on the day they are made."""
    past = BEGUN.happened(gone("pledge"), on=TODAY)
    reword = RewordItem(plan=PLAN, item="2.1", to="Anything", material=False)
    refused(past.when(reword), Code.WITHDRAWN, f"withdrawn on {TODAY}")
    yesterday = TODAY - timedelta(days=1)
    assert not isinstance(past.when(replace(reword, effective_on=yesterday)), Refusal)


def test_the_first_day_of_a_plan_and_twenty_years_ahead_are_within_bounds() -> None:
    """The bounds themselves are allowed: a plan's first decisions bear its own date."""
    add = AddArea(plan=PLAN, number="3", title="Fostering")
    furthest = TODAY + FURTHEST_AHEAD
    for day in (FIRST_DAY, furthest):
        assert not isinstance(BEGUN.when(replace(add, effective_on=day)), Refusal)
    for day, code in (
        (FIRST_DAY - timedelta(days=1), Code.EFFECTIVE_TOO_EARLY),
        (furthest + timedelta(days=1), Code.EFFECTIVE_TOO_LATE),
    ):
        refused(BEGUN.when(replace(add, effective_on=day)), code, "effective", "effectiveOn")


WITH_ITEMS = (
    BEGUN.did(
        AddArea(plan=PLAN, number="3", title="Fostering", effective_on=LATER), command_id="area"
    )
    .did(
        AddAction(plan=PLAN, area="3", ref="3.1", text="Begin", effective_on=LATER),
        command_id="action",
    )
    .did(
        AddStatement(
            plan=PLAN, area="1", kind=StatementKind.OUTCOME, text="Better", effective_on=LATER
        ),
        command_id="statement",
    )
    .did(
        ProposeMilestone(plan=PLAN, action="1.1", text="Staff trained", effective_on=LATER),
        command_id="milestone",
    )
)


@pytest.mark.parametrize(
    ("command", "named", "path"),
    [
        (AddAction(plan=PLAN, area="3", ref="3.2", text="Go on"), "3", "area"),
        (ProposeMilestone(plan=PLAN, action="3.1", text="Begun"), "3.1", "action"),
        (AgreeMilestone(plan=PLAN, milestone="1.1/3", authority=BOARD), "1.1/3", "milestone"),
        (SetTargetDate(plan=PLAN, milestone="1.1/3", date=Month(2025, 5)), "1.1/3", "milestone"),
        (RewordItem(plan=PLAN, item="1/outcome/2", to="A", material=False), "1/outcome/2", "item"),
        (AssignLead(plan=PLAN, item="3.1", party="ada"), "3.1", "item"),
        (WithdrawItem(plan=PLAN, item="3.1", reason=REASON, authority=BOARD), "3.1", "item"),
        (
            WithdrawItem(
                plan=PLAN, item="1.1", replaced_by=("3.1",), reason=REASON, authority=BOARD
            ),
            "3.1",
            "replacedBy",
        ),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, PlanCommand) else "",
)
def test_before_an_item_came_to_be_it_is_refused_naming_the_day(
    command: PlanCommand, named: str, path: str
) -> None:
    """A bare "no such action" would send people looking for a typing error that is none."""
    early = replace(command, effective_on=LATER - timedelta(days=1))
    refused(
        WITH_ITEMS.when(early),
        Code.UNKNOWN_ITEM,
        f"{named} came to be on {LATER}; on 2025-04-13",
        path,
    )
    refused(WITH_ITEMS.when(early), Code.UNKNOWN_ITEM, f"Give an effective day from {LATER} on.")
    assert not isinstance(WITH_ITEMS.when(replace(command, effective_on=LATER)), Refusal)


ZOE = Personal(words="Zoe Hart")
WITH_OTHERS = BEGUN.happened(
    PartyRegistered(party="zoe", kind=PartyKind.PERSON, name=ZOE),
    replace(definition(1), kpi="calls"),
    replace(reading(), kpi="visits"),
    ForumEstablished(forum="cabinet", name="Cabinet", remit=None, every_months=None),
    opened(),
    QueryRaised(
        query="who", item=None, line=None, question=REASON, taken=REASON, instead=REASON
    ),
    on=LATER,
)  # fmt: skip


@pytest.mark.parametrize(
    ("command", "name", "path"),
    [
        (AssignLead(plan=PLAN, item="2.1", party="zoe"), "zoe", "party"),
        (AliasParty(plan=PLAN, party="zoe", alias=REASON), "zoe", "party"),
        (SetKpiTarget(plan=PLAN, kpi="calls", period=Q4, target=Decimal(90)), "calls", "kpi"),
        (
            OpenReview(plan=PLAN, review="q2", forum="cabinet", label="Q", as_at=FIRST_DAY),
            "cabinet",
            "forum",
        ),
        (CloseReview(plan=PLAN, review="q1"), "q1", "review"),
        (ResolveQuery(plan=PLAN, query="who", resolution=REASON), "who", "query"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, PlanCommand) else "",
)
def test_before_anything_else_came_to_be_it_is_refused_as_not_there_yet(
    command: PlanCommand, name: str, path: str
) -> None:
    """To be told to add it would have people add a second one of what is there already."""
    early = replace(command, effective_on=LATER - timedelta(days=1))
    says = f"{name} came to be after 2025-04-13; on that day there was no such"
    refused(WITH_OTHERS.when(early), Code.UNKNOWN_ITEM, says, path)
    refused(WITH_OTHERS.when(early), Code.UNKNOWN_ITEM, "Give a later effective day.")
    assert not isinstance(WITH_OTHERS.when(replace(command, effective_on=LATER)), Refusal)


ADDED = {
    "area": AddArea(plan=PLAN, number="7", title="Fostering"),
    "statement": AddStatement(
        plan=PLAN, area="1", kind=StatementKind.OUTCOME, text="Better", parent="1/outcome/1"
    ),
    "action": AddAction(plan=PLAN, area="1", ref="1.7", text="Begin"),
    "milestone": ProposeMilestone(plan=PLAN, action="1.1", text="Staff trained"),
    "forum": EstablishForum(plan=PLAN, forum="cabinet", name="Cabinet"),
    "review": OpenReview(
        plan=PLAN, review="q1", forum="scrutiny", label="Q1", as_at=date(2025, 3, 31)
    ),
    "reading": RecordKpiReading(plan=PLAN, kpi="visits", period=Q4, figure=figure("71.5")),
    "agreement": AgreeMilestone(plan=PLAN, milestone="1.1/1", authority=BOARD),
    "withdrawal": WithdrawItem(plan=PLAN, item="2.1", reason=REASON, authority=BOARD),
    "resolution": ResolveQuery(plan=PLAN, query="which-date", resolution=REASON),
}


@pytest.mark.parametrize("command", ADDED.values(), ids=ADDED.keys())
def test_what_came_to_be_later_is_not_already_so_before(command: PlanCommand) -> None:
    """To answer "already so" would claim of that day what is not so on it."""
    past = BEGUN.did(replace(command, effective_on=LATER))
    then(past.when(command))
    then(past.when(replace(command, effective_on=LATER)))
    refused(
        past.when(replace(command, effective_on=LATER - timedelta(days=1))),
        Code.EFFECTIVE_TOO_EARLY,
        f"came to be on {LATER} and cannot come to be twice. "
        f"Give an effective day from {LATER} on, or correct that entry if its day is wrong.",
        "effectiveOn",
    )


def test_a_party_can_be_known_from_an_earlier_day_and_stays_the_same_party() -> None:
    """A lead of February cannot be keyed in before the party is known in February."""
    past = BEGUN.happened(
        PartyRegistered(party="zoe", kind=PartyKind.PERSON, name=ZOE),
        PartyAliased(party="zoe", alias=Personal(words="Z. Hart")),
        on=LATER,
    )
    earlier = RegisterParty(plan=PLAN, kind=PartyKind.PERSON, name=ZOE, effective_on=EARLY)
    then(past.when(earlier), PartyRegistered(party="zoe", kind=PartyKind.PERSON, name=ZOE))
    after = past.did(earlier)
    then(after.when(earlier))
    late = AssignLead(plan=PLAN, item="2.1", party="zoe", effective_on=EARLY)
    then(after.when(late), LeadAssigned(item="pledge", party="zoe"))
    zoe = after.known().parties["zoe"]
    assert (zoe.name, zoe.aliases) == (ZOE, (Personal(words="Z. Hart"),))


def test_of_two_parties_that_came_to_bear_one_name_the_first_is_meant() -> None:
    """Which it is must not hang on the order of a map, which differs on every machine."""
    parties = [
        PartyRegistered(party=f"party-{number}", kind=PartyKind.PERSON, name=ZOE)
        for number in range(20)
    ]
    past = BEGUN.happened(*parties, on=LATER)
    earlier = RegisterParty(plan=PLAN, kind=PartyKind.PERSON, name=ZOE, effective_on=EARLY)
    then(past.when(earlier), PartyRegistered(party="party-0", kind=PartyKind.PERSON, name=ZOE))


def test_a_definition_keyed_in_late_gets_a_version_of_its_own() -> None:
    """Two definitions of one version would make every reading under it ambiguous."""
    past = BEGUN.happened(definition(2, unit="visits"), on=LATER)
    late = replace(define("days", reason=REASON), effective_on=EARLY)
    then(past.when(late), definition(3, unit="days"))
    next_one = replace(define("weeks", reason=REASON), effective_on=TODAY)
    then(past.did(late).when(next_one), definition(4, unit="weeks"))


def test_a_reading_is_made_under_the_definition_of_that_day() -> None:
    """A figure of April is not of the definition that began in May."""
    past = BEGUN.happened(definition(2), on=date(2025, 5, 1))
    record = RecordKpiReading(
        plan=PLAN, kpi="visits", period=Q4, figure=figure("71.5"), effective_on=LATER
    )
    then(past.when(record), reading())


def test_a_reading_known_only_from_later_can_neither_be_recorded_nor_revised_before() -> None:
    """Each refusal must lead out, not to the other one."""
    past = BEGUN.happened(reading(), on=LATER)
    before = LATER - timedelta(days=1)
    record = RecordKpiReading(plan=PLAN, kpi="visits", period=Q4, figure=figure("72"))
    refused(
        past.when(replace(record, effective_on=before)),
        Code.READING_EXISTS,
        f"from {LATER} on",
    )
    revise = ReviseKpiReading(
        plan=PLAN, kpi="visits", period=Q4, figure=figure("72"), cause=RevisionCause.ERROR
    )
    refused(
        past.when(replace(revise, effective_on=before)),
        Code.READING_MISSING,
        "or give a later effective day",
    )
    assert not isinstance(past.when(replace(revise, effective_on=LATER)), Refusal)


def test_a_review_closed_is_closed_whatever_day_is_asked_for() -> None:
    """What a review saw is frozen once; a second closing would freeze something else."""
    past = BEGUN.happened(opened()).happened(ReviewClosed(review="q1"), on=TODAY)
    then(past.when(CloseReview(plan=PLAN, review="q1", effective_on=LATER)))
