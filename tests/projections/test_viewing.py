"""What a person sees of a plan on a day."""

from datetime import date
from decimal import Decimal

import pytest

from planledger.events.dates import Day, Month
from planledger.events.envelope import instant
from planledger.events.kpi import KpiDefined, KpiReadingRecorded, KpiReadingRevised, KpiTargetSet
from planledger.events.milestone import MilestoneAgreed
from planledger.events.party import LeadAssigned, LeadReassigned, PartyAliased, PartyRenamed
from planledger.events.query import QueryRaised, QueryResolved
from planledger.events.reference import CrossReferenceRecorded
from planledger.events.review import ForumEstablished, ReviewClosed, ReviewOpened
from planledger.events.structure import (
    ItemRenumbered,
    ItemWithdrawn,
    PlaceholderResolved,
)
from planledger.events.target_date import RecurrenceSet, TargetDateDeferred, TargetDateMoved
from planledger.events.target_dates import Recurring, ToBeConfirmed
from planledger.events.values import (
    Confidence,
    Definition,
    Period,
    Personal,
    Polarity,
    ReadingStatus,
    ReferenceKind,
    RevisionCause,
    StatementKind,
)
from planledger.projections import view
from planledger.projections.timing import SlippageUnit, Timeliness
from planledger.projections.view import view_plan
from tests.support.books import (
    START,
    Book,
    action,
    area,
    date_set,
    due,
    milestone,
    party,
    statement,
)

ON = date(2026, 4, 15)
MARCH = Month(2026, 3)


def small() -> Book:
    """Begin a plan of one area, one action and one milestone."""
    book = Book()
    book.write_all([area("a1", "1", 1), action("b1", "1.1", "a1"), milestone("m1", "b1")])
    return book


def shown(book: Book, on: date = ON, mark: str = "") -> view.PlanView:
    """Show what a book comes to."""
    return view_plan(book.folded(), on, mark)


def of(plan: view.PlanView, ref: str) -> view.MilestoneView:
    """Find a milestone by its ref."""
    (found,) = (milestone for milestone in plan.milestones if milestone.ref == ref)
    return found


def withdrawn(item: str, *replaced_by: str) -> ItemWithdrawn:
    """Withdraw an item."""
    return ItemWithdrawn(item=item, replaced_by=replaced_by)


def names(leads: tuple[view.PartyView, ...]) -> list[str]:
    """Give the names of parties."""
    return [lead.name.words for lead in leads]


def test_an_empty_plan_shows_zeros() -> None:
    """A count that is left out where it is nothing makes totals over time come out wrong."""
    plan = shown(Book())
    assert set(plan.totals.__struct_fields__) >= {"areas", "overdue"}
    assert {getattr(plan.totals, name) for name in plan.totals.__struct_fields__} == {0}
    assert (plan.ref, plan.title, plan.drafted_on) == ("alpha", "A plan", START)
    assert (plan.areas, plan.milestones, plan.parties, plan.kpis) == ((), (), (), ())


def test_totals_count_what_is_in_the_plan() -> None:
    """These numbers head every report; each is counted here by hand."""
    book = small()
    book.write_all(
        [
            action("b2", "1.2", "a1", placeholder=True),
            action("b3", "1.3", "a1", placeholder=True),
            PlaceholderResolved(action="b3", replaced_by=("b1",)),
            milestone("m2", "b1", 2),
            milestone("m3", "b2", 1, Definition.UNDEFINED),
            milestone("m4", "b2", 2),
            milestone("m5", "b3"),
            date_set("m1", MARCH),
            date_set("m2", Month(2026, 4)),
            TargetDateDeferred(
                milestone="m3",
                target_date=ToBeConfirmed(as_printed="TBC", decide_by=None, decider=None),
                shared_with=(),
            ),
            RecurrenceSet(
                milestone="m4",
                target_date=Recurring(as_printed="", first=MARCH, every_months=3, until=None),
                shared_with=(),
            ),
            MilestoneAgreed(milestone="m1"),
            party("ann"),
            LeadAssigned(item="b1", party="ann"),
            *(statement(f"s{n}", StatementKind.OBJECTIVE, "a1", n) for n in (1, 2, 3)),
            statement("s4", StatementKind.OUTCOME, "a1", 1),
            statement("s5", StatementKind.OUTCOME, "a1", 1, parent="s4"),
            statement("s6", StatementKind.MEASURE, "a1"),
        ]
    )
    assert shown(book).totals == view.TotalsView(
        areas=1,
        objectives=3,
        outcomes=2,
        measures=1,
        actions=3,
        placeholder_actions=1,
        actions_without_lead=2,
        milestones=5,
        stated_milestones=4,
        agreed_milestones=1,
        one_off=2,
        to_be_confirmed=1,
        recurring=1,
        not_stated=1,
        overdue=2,
        not_started=5,
        in_progress=0,
        on_hold=0,
        reported_complete=0,
        signed_off=0,
        assured=0,
        open_queries=0,
    )


@pytest.mark.parametrize("gone", ["m1", "b1", "a1"])
def test_what_is_withdrawn_is_seen_but_neither_counted_nor_due(gone: str) -> None:
    """A withdrawn promise cannot be late, whether it went alone or with what it belonged to."""
    book = small()
    book.write_all([date_set("m1", MARCH), MilestoneAgreed(milestone="m1")])
    assert of(shown(book), "1.1/1").timeliness is Timeliness.OVERDUE
    book.write(withdrawn(gone), on=date(2026, 3, 1))
    plan = shown(book)
    there = of(plan, "1.1/1")
    assert (there.timeliness, there.due_by) == (None, None)
    assert there.target_date.label == "March 2026"
    assert (there.withdrawn is not None) == (gone == "m1")
    totals = plan.totals
    assert (totals.milestones, totals.agreed_milestones, totals.overdue) == (0, 0, 0)
    assert (totals.actions, totals.areas) == {"m1": (1, 1), "b1": (0, 1), "a1": (0, 0)}[gone]


@pytest.mark.parametrize(("gone", "left"), [("s1", 1), ("s2", 2), ("a1", 0)])
def test_a_statement_is_withdrawn_with_what_it_is_nested_in(gone: str, left: int) -> None:
    """An outcome under a withdrawn one is not in the plan, as commands about it are told."""
    book = small()
    book.write_all(
        [
            statement("s1", StatementKind.OUTCOME, "a1", 1),
            statement("s2", StatementKind.OUTCOME, "a1", 1, parent="s1"),
            statement("s3", StatementKind.OUTCOME, "a1", 2),
            withdrawn(gone),
        ]
    )
    assert shown(book).totals.outcomes == left


def test_a_withdrawal_names_what_took_the_items_place_by_ref() -> None:
    """A reader follows refs, not ids."""
    book = small()
    book.write_all([milestone("m2", "b1", 2), withdrawn("m1", "m2", "b1", "a1")])
    gone = of(shown(book), "1.1/1").withdrawn
    assert gone == view.WithdrawalView(on=START, replaced_by=("1.1/2", "1.1", "1"))


def test_refs_sort_as_people_count() -> None:
    """1.10 comes after 1.9, and 1.2a between 1.2 and 1.3: papers are read in that order."""
    book = small()
    refs = ["1.10", "1.9", "1.2a", "1.3", "1.2", "1.2b", "A1", "1.1.1"]
    book.write_all(action(f"id-{ref}", ref, "a1") for ref in refs)
    (only,) = shown(book).areas
    order = ["1.1", "1.1.1", "1.2", "1.2a", "1.2b", "1.3", "1.9", "1.10", "A1"]
    assert [action.ref for action in only.actions] == order


def test_two_actions_of_one_ref_keep_their_order() -> None:
    """A ref may be used again once withdrawn; the order must not hang on how maps are laid out."""
    book = Book()
    book.write(area("a1", "1", 1))
    ids = [f"b{n}" for n in range(20)]
    for n, name in enumerate(ids):
        book.write(action(name, "1.1", "a1"), on=date(2026, 2, 28 - n))
        book.write(withdrawn(name), on=date(2026, 3, 1))
    (only,) = shown(book).areas
    assert [action.id for action in only.actions] == [f"Action:alpha/{name}" for name in ids[::-1]]


def test_areas_stand_by_place_and_answer_to_their_numeral() -> None:
    """The first area of 2015 is printed "I" and its actions 1.1 to 1.4."""
    book = Book()
    book.write_all([area("a2", "2", 2), area("a1", "I", 1), area("a10", "10", 10)])
    assert [(area.ref, area.number) for area in shown(book).areas] == [
        ("1", "I"),
        ("2", "2"),
        ("10", "10"),
    ]


def test_statements_show_by_kind_with_those_nested_in_them() -> None:
    """Area 6 of the plan of 2015 nests three outcomes; a flat list would lose what they say."""
    book = small()
    book.write_all(
        [
            statement("s2", StatementKind.OUTCOME, "a1", 2),
            statement("s1", StatementKind.OUTCOME, "a1", 1),
            statement("s22", StatementKind.OUTCOME, "a1", 2, parent="s2"),
            statement("s21", StatementKind.OUTCOME, "a1", 1, parent="s2"),
            statement("o1", StatementKind.OBJECTIVE, "a1", 1),
        ]
    )
    (only,) = shown(book).areas
    assert [said.ref for said in only.objectives] == ["1/objective/1"]
    assert [said.ref for said in only.outcomes] == ["1/outcome/1", "1/outcome/2"]
    assert [child.ref for child in only.outcomes[1].children] == [
        "1/outcome/2/1",
        "1/outcome/2/2",
    ]
    assert (only.outcomes[0].children, only.measures) == ((), ())


def test_a_milestone_is_led_by_its_own_leads_its_actions_or_nobody() -> None:
    """Vacant is not the same as inherited: one is a gap to be reported."""
    book = small()
    book.write_all([party("ann"), party("bob"), milestone("m2", "b1", 2), milestone("m3", "b1", 3)])
    book.write_all([LeadAssigned(item="b1", party="ann"), LeadAssigned(item="m2", party="bob")])
    book.write(LeadReassigned(item="m3", from_parties=(), to_parties=()))
    plan = shown(book)
    found = {m.ref: (names(m.leads), m.leads_inherited) for m in plan.milestones}
    assert found == {
        "1.1/1": (["Ann"], True),
        "1.1/2": (["Bob"], False),
        "1.1/3": ([], False),
    }
    assert names(plan.areas[0].actions[0].leads) == ["Ann"]


def test_parties_show_in_the_order_they_were_registered_under_their_present_name() -> None:
    """The name printed in 2015 stays findable as an alias."""
    book = small()
    book.write_all([party("zoe"), party("ann")])
    book.write(PartyAliased(party="zoe", alias=Personal(words="Zoë")))
    book.write(PartyRenamed(party="zoe", name=Personal(words="Zoe Young")))
    first, second = shown(book).parties
    assert (first.name.words, second.name.words) == ("Zoe Young", "Ann")
    assert [alias.words for alias in first.aliases] == ["Zoë", "Zoe"]


def test_a_moved_date_shows_the_first_one_beside_it() -> None:
    """The original date never changes, whatever moves after; slippage is measured from it."""
    book = small()
    book.write(date_set("m1", Day(2026, 3, 10)))
    for was, now in ((Day(2026, 3, 10), Day(2026, 3, 20)), (Day(2026, 3, 20), Day(2026, 3, 31))):
        book.write(
            TargetDateMoved(
                milestone="m1",
                from_target_date=due(was),
                to_target_date=due(now),
                reason_code=None,
            )
        )
    there = of(shown(book), "1.1/1")
    assert there.original_target_date is not None
    assert there.original_target_date.label == "10 March 2026"
    assert there.target_date.label == "31 March 2026"
    assert there.due_by == date(2026, 3, 31)
    assert there.slippage is not None
    assert (there.slippage.amount, there.slippage.unit) == (21, SlippageUnit.DAYS)


def test_each_kind_of_date_shows_what_is_known_of_it() -> None:
    """No date stated, to be confirmed, once, again and again, ongoing: five different promises."""
    book = small()
    deferred = ToBeConfirmed(as_printed="tbc", decide_by=Month(2026, 1), decider="the Board")
    again = Recurring(as_printed="Quarterly", first=MARCH, every_months=3, until=Month(2026, 12))
    book.write_all([milestone(f"m{n}", "b1", n) for n in (2, 3, 4)])
    book.write_all(
        [
            date_set("m2", MARCH),
            TargetDateDeferred(milestone="m3", target_date=deferred, shared_with=()),
            RecurrenceSet(milestone="m4", target_date=again, shared_with=()),
        ]
    )
    dates = [m.target_date for m in shown(book).milestones]
    assert dates == [
        view.NotStatedView(as_printed="", label="No date stated", earliest=None, latest=None),
        view.OneOffView(
            as_printed="March 2026",
            label="March 2026",
            earliest=date(2026, 3, 1),
            latest=date(2026, 3, 31),
            date=MARCH,
        ),
        view.ToBeConfirmedView(
            as_printed="tbc",
            label="To be confirmed by the Board, decision due January 2026",
            earliest=None,
            latest=None,
            decide_by=Month(2026, 1),
            decider="the Board",
        ),
        view.RecurringView(
            as_printed="Quarterly",
            label="Every 3 months from March 2026 until December 2026",
            earliest=date(2026, 3, 1),
            latest=date(2026, 12, 31),
            first=MARCH,
            every_months=3,
            until=Month(2026, 12),
        ),
    ]
    assert of(shown(book), "1.1/4").due_by == date(2026, 3, 31)


def test_milestones_that_share_a_date_name_each_other_by_ref() -> None:
    """One printed date may govern several milestones; a reader must see which."""
    book = small()
    book.write_all([milestone("m2", "b1", 2), date_set("m1", MARCH, shared_with=("m2",))])
    assert of(shown(book), "1.1/1").shares_date_with == ("1.1/2",)
    assert of(shown(book), "1.1/2").shares_date_with == ()


def test_a_renumbered_action_takes_its_milestones_along() -> None:
    """It stays the same action; its former refs still lead to it."""
    book = small()
    book.write(ItemRenumbered(item="b1", from_ref="1.1", to_ref="1.7"))
    plan = shown(book)
    (only,) = plan.areas[0].actions
    assert (only.ref, only.former_refs) == ("1.7", ("1.1",))
    assert [m.ref for m in plan.milestones] == ["1.7/1"]


Q1 = Period(first=date(2026, 1, 1), last=date(2026, 3, 31), label="Q1")
Q4 = Period(first=date(2025, 10, 1), last=date(2025, 12, 31), label="Q4")


def defined(version: int) -> KpiDefined:
    """Define the KPI."""
    return KpiDefined(
        kpi="timely",
        definition_version=version,
        name=f"Timely, version {version}",
        formula="n / d",
        unit="%",
        polarity=Polarity.HIGH,
        frequency_months=3,
        source_system="Case system",
        suppression_rule="5 or fewer",
        statements=("s1",),
    )


def read(period: Period, value: str) -> KpiReadingRecorded:
    """Record the first figure of a period."""
    return KpiReadingRecorded(
        kpi="timely",
        definition_version=1,
        period=period,
        value=Decimal(value),
        numerator=None,
        denominator=None,
        status=ReadingStatus.PROVISIONAL,
        extracted_on=date(2026, 4, 1),
    )


def revised(period: Period, value: str) -> KpiReadingRevised:
    """Record a later figure of a period."""
    return KpiReadingRevised(
        kpi="timely",
        definition_version=2,
        period=period,
        value=Decimal(value),
        numerator=None,
        denominator=None,
        status=ReadingStatus.FINAL,
        extracted_on=date(2026, 4, 1),
        cause=RevisionCause.FINALISED,
        note=None,
    )


def aimed_at(period: Period) -> KpiTargetSet:
    """Set a period's target."""
    return KpiTargetSet(
        kpi="timely",
        period=period,
        baseline=None,
        target=Decimal(90),
        floor=None,
        tolerance=None,
    )


def kpi_book() -> Book:
    """Give a plan with a KPI that has two definitions, two targets and two readings."""
    book = small()
    book.write_all(
        [
            statement("s1", StatementKind.MEASURE, "a1"),
            defined(1),
            defined(2),
            aimed_at(Q1),
            aimed_at(Q4),
            read(Q1, "71.50"),
            read(Q4, "70"),
            revised(Q1, "73.0"),
            revised(Q1, "72.9"),
        ]
    )
    return book


def test_a_figure_keeps_every_vintage_the_oldest_first() -> None:
    """What the board saw in April must still be there after the figure was revised in June."""
    (kpi,) = shown(kpi_book()).kpis
    assert [reading.period.label for reading in kpi.readings] == ["Q4", "Q1"]
    q1 = kpi.readings[1]
    assert [str(vintage.value) for vintage in q1.vintages] == ["71.50", "73.0", "72.9"]
    assert [vintage.cause for vintage in q1.vintages] == [
        None,
        RevisionCause.FINALISED,
        RevisionCause.FINALISED,
    ]
    assert q1.latest is q1.vintages[-1]
    assert [v.position for v in q1.vintages] == sorted(v.position for v in q1.vintages)
    assert q1.latest.recorded_at == instant(q1.latest.position * 1_000_000)


def test_a_kpi_shows_its_definitions_and_targets_the_oldest_first() -> None:
    """A reading is read by the definition of its day, not by today's."""
    (kpi,) = shown(kpi_book()).kpis
    assert [definition.version for definition in kpi.definitions] == [1, 2]
    assert kpi.definition is kpi.definitions[-1]
    assert kpi.definition.statements == ("1/measure/1",)
    assert [target.period.label for target in kpi.targets] == ["Q4", "Q1"]


def test_references_show_what_is_printed_and_what_is_meant() -> None:
    """Row 1.4 of 2015 prints "(2.1)" and means 1.1: both must be seen, and kept apart."""
    book = small()
    book.write_all([action("b10", "1.10", "a1"), action("b9", "1.9", "a1")])
    for name, item, printed, resolved in (
        ("r1", "b10", "b9", "b1"),
        ("r2", "b9", None, "a1"),
        ("r3", "m1", "gone", None),
    ):
        book.write(
            CrossReferenceRecorded(
                reference=name,
                item=item,
                kind=ReferenceKind.REFERENCE,
                as_printed="2.1",
                printed_target=printed,
                resolved_target=resolved,
                confidence=Confidence.LIKELY,
            )
        )
    assert [
        (pointer.item, pointer.as_printed, pointer.printed_target, pointer.resolved_target)
        for pointer in shown(book).references
    ] == [("1.1/1", "2.1", None, None), ("1.9", "2.1", None, "1"), ("1.10", "2.1", "1.9", "1.1")]


def test_queries_show_by_line_and_count_while_open() -> None:
    """A query is work left for a person: it must not be lost, nor counted when settled."""
    book = small()
    for name, item, line in (("q3", "b1", 30), ("q1", None, 10), ("q2", "m1", 20)):
        book.write(
            QueryRaised(
                query=name,
                item=item,
                line=line,
                question=Personal(words="What?"),
                taken=Personal(words="This."),
                instead=Personal(words="That."),
            )
        )
    book.write(QueryResolved(query="q2", resolution=Personal(words="This.")), on=ON)
    plan = shown(book)
    assert [(query.query, query.item) for query in plan.queries] == [
        ("q1", None),
        ("q2", "1.1/1"),
        ("q3", "1.1"),
    ]
    assert [query.resolved_on for query in plan.queries] == [None, ON, None]
    assert plan.totals.open_queries == 2


def test_reviews_show_by_cut_off_with_their_forum() -> None:
    """Two forums review one plan each quarter; a reader picks a review by its day."""
    book = small()
    book.write(ForumEstablished(forum="panel", name="Panel", remit=None, every_months=3))
    for name, as_at in (("q2", date(2026, 6, 30)), ("q1", date(2026, 3, 31))):
        book.write(ReviewOpened(review=name, forum="panel", label=name.upper(), as_at=as_at))
    closed = book.write(ReviewClosed(review="q1"), on=ON)
    plan = shown(book)
    first, second = plan.reviews
    assert (first.ref, first.forum.name) == ("alpha/q1", "Panel")
    assert (first.closed_on, first.closed_at) == (ON, closed.position)
    assert (second.ref, second.closed_on, second.closed_at) == ("alpha/q2", None, None)
    assert plan.forums == (first.forum,)


def test_ids_carry_the_mark_of_their_point() -> None:
    """One object at two points has two ids, or a client's cache would mix past and present."""
    book = kpi_book()
    book.write(party("ann"))
    book.write(LeadAssigned(item="b1", party="ann"))
    plain, marked = shown(book), shown(book, mark="@9,2026-04-15")
    assert (plain.id, marked.id) == ("Plan:alpha", "Plan:alpha@9,2026-04-15")
    ids = [
        [
            plan.areas[0].id,
            plan.areas[0].actions[0].id,
            plan.areas[0].measures[0].id,
            plan.milestones[0].id,
            plan.parties[0].id,
            plan.milestones[0].leads[0].id,
            plan.kpis[0].id,
        ]
        for plan in (plain, marked)
    ]
    for one, other in zip(*ids, strict=True):
        assert other == f"{one}@9,2026-04-15"
    assert plain.milestones[0].id == "Milestone:alpha/m1"


def test_the_same_plan_is_another_view_on_another_day() -> None:
    """Overdue follows from the day asked for, never from the clock of whoever asks."""
    book = small()
    book.write(date_set("m1", MARCH))
    for on, said, late in (
        (date(2026, 2, 28), Timeliness.NOT_YET_DUE, 0),
        (date(2026, 3, 31), Timeliness.DUE_THIS_MONTH, 0),
        (date(2026, 4, 1), Timeliness.OVERDUE, 1),
    ):
        plan = shown(book, on)
        assert (plan.milestones[0].timeliness, plan.totals.overdue) == (said, late)
