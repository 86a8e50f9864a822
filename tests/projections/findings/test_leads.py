"""Who led what, and when, and how much."""

import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from planledger.events.catalogue import PlanEvent
from planledger.events.dates import Month
from planledger.events.party import LeadAssigned, LeadReassigned
from planledger.events.structure import PlaceholderResolved
from planledger.projections.findings import Findings
from planledger.projections.history import History
from planledger.projections.view import PlanView, view_plan
from tests.support.books import START, Book, action, area, date_set, milestone, party
from tests.support.deeds import found, withdrawn

ON = date(2026, 6, 30)


def small() -> Book:
    """Begin a plan of two actions, the first with two milestones, and three parties."""
    book = Book()
    book.write_all(
        [
            area("a1", "1", 1),
            action("b1", "1.1", "a1"),
            action("b2", "1.2", "a1"),
            milestone("m1", "b1"),
            milestone("m2", "b1", 2),
            party("ann"),
            party("bob"),
            party("cyd"),
        ]
    )
    return book


def given_to(item: str, *parties: str) -> LeadReassigned:
    """Give an item to parties, or to nobody."""
    return LeadReassigned(item=item, from_parties=(), to_parties=parties)


def on_day(book: Book, on: date) -> PlanView:
    """Show the plan as it is effective on a day."""
    history = History(book.entries)
    plan = history.state(history.position, on)
    assert plan is not None
    return view_plan(plan, on)


def who(looked: Findings, item: str) -> list[tuple[list[str], bool, date, date | None]]:
    """Say who led an item, whether by its action, and when."""
    return [
        ([lead.party for lead in one.leads], one.inherited, one.since, one.until)
        for one in looked.lead_intervals
        if one.item.ref == item
    ]


def test_a_milestone_is_led_by_its_action_until_it_has_leads_of_its_own() -> None:
    """Who was lead for 8.1? has a different answer for each of its milestones."""
    book = small()
    book.write(LeadAssigned(item="b1", party="ann"))
    book.write(LeadAssigned(item="m2", party="cyd"), on=date(2026, 3, 1))
    change = book.write(given_to("b1", "bob"), on=date(2026, 4, 1))
    book.write(given_to("b1"), on=date(2026, 5, 1))
    looked = found(book, ON)
    action_leads = [
        (["ann"], False, START, date(2026, 4, 1)),
        (["bob"], False, date(2026, 4, 1), date(2026, 5, 1)),
        ([], False, date(2026, 5, 1), None),
    ]
    assert who(looked, "1.1") == action_leads
    assert who(looked, "1.1/1") == [(leads, True, *days) for leads, _, *days in action_leads]
    assert who(looked, "1.1/2") == [
        (["ann"], True, START, date(2026, 3, 1)),
        (["cyd"], False, date(2026, 3, 1), None),
    ]
    led = looked.led("1.1/1", date(2026, 4, 30))
    assert led is not None
    assert ([lead.party for lead in led.leads], led.position) == (["bob"], change.position)
    assert looked.led("1.1/1", date(2026, 1, 5)) is None
    assert looked.led("1.1/1", ON + timedelta(days=1)) is None
    assert looked.led("9.9", ON) is None
    assert looked.led("Milestone:alpha/m2", ON) == looked.led("1.1/2", ON)


def test_what_left_the_plan_is_led_by_nobody() -> None:
    """The trail ends on the day the item went, whatever went with it."""
    book = small()
    book.write(LeadAssigned(item="b1", party="ann"))
    book.write(withdrawn("a1"), on=date(2026, 2, 1))
    looked = found(book, ON)
    assert who(looked, "1.1/1") == [(["ann"], True, START, date(2026, 2, 1))]
    assert looked.led("1.1/1", date(2026, 2, 1)) is None


def test_a_ref_used_again_names_who_led_it_on_that_day() -> None:
    """A renumbered plan must not hand one lead's promises to another."""
    book = small()
    book.write(LeadAssigned(item="b2", party="ann"))
    book.write(withdrawn("b2"), on=date(2026, 3, 1))
    book.write(action("b3", "1.2", "a1"), on=date(2026, 3, 1))
    book.write(LeadAssigned(item="b3", party="bob"), on=date(2026, 3, 1))
    looked = found(book, ON)
    for on, lead in ((date(2026, 2, 28), "ann"), (date(2026, 3, 1), "bob")):
        led = looked.led("1.2", on)
        assert led is not None
        assert [one.party for one in led.leads] == [lead]


def test_the_load_of_each_lead_is_counted() -> None:
    """One officer of 2015 led twelve of the forty-eight actions; a director must see that."""
    book = small()
    book.write_all([LeadAssigned(item="b1", party="ann"), LeadAssigned(item="m2", party="bob")])
    book.write(date_set("m1", Month(2026, 3)))
    loads = found(book, ON).lead_loads
    assert [
        (load.party.party if load.party else None, load.actions, load.milestones) for load in loads
    ] == [("ann", 1, 1), ("bob", 0, 1), (None, 1, 0)]
    assert [(load.overdue, load.without_date) for load in loads] == [(1, 0), (0, 1), (0, 0)]


def test_a_resolved_placeholder_is_no_load() -> None:
    """Whoever leads what took its place has that to see to, and nothing besides."""
    book = small()
    book.write_all([action("b3", "1.3", "a1", placeholder=True), milestone("m3", "b3")])
    book.write(LeadAssigned(item="b3", party="ann"))
    assert [load.party and load.party.party for load in found(book, ON).lead_loads] == ["ann", None]
    book.write(PlaceholderResolved(action="b3", replaced_by=("b1",)))
    (nobody,) = found(book, ON).lead_loads
    assert (nobody.party, nobody.actions, nobody.milestones) == (None, 2, 2)


days = st.dates(START, ON)
names = st.sampled_from(["ann", "bob", "cyd"])
items = st.sampled_from(["b1", "b2", "m1", "m2"])
handed: st.SearchStrategy[PlanEvent] = st.one_of(
    st.builds(LeadAssigned, item=items, party=names),
    st.builds(
        LeadReassigned,
        item=items,
        from_parties=st.just(()),
        to_parties=st.lists(names, max_size=2, unique=True).map(tuple),
    ),
)
gone = st.dictionaries(st.sampled_from(["m1", "b2"]), days, max_size=2)
"""What is withdrawn, once each, and when."""


@given(st.lists(st.tuples(handed, days), max_size=10), gone, days)
def test_the_intervals_of_an_item_tile_and_agree_with_the_plan_of_every_day(
    happened: list[tuple[PlanEvent, date]], left: dict[str, date], asked: date
) -> None:
    """A day on which two answers hold, or none, is a day on which nobody was accountable."""
    book = small()
    for event, on in [*happened, *((withdrawn(item), on) for item, on in left.items())]:
        book.write(event, on)
    looked = found(book, ON)
    by_item: dict[str, list[tuple[date, date | None]]] = {}
    for one in looked.lead_intervals:
        by_item.setdefault(one.item.id, []).append((one.since, one.until))
    for intervals in by_item.values():
        assert intervals[0][0] == START
        for (since, until), (following, _) in itertools.pairwise(intervals):
            assert until == following
            assert since < following
    for shown in on_day(book, asked).milestones:
        led = looked.led(shown.id, asked)
        if shown.timeliness is None:
            assert led is None
        else:
            assert led is not None
            assert (led.leads, led.inherited) == (shown.leads, shown.leads_inherited)


@given(st.lists(st.tuples(handed, days), max_size=10), gone, days)
def test_loads_add_up_to_the_assignments_there_are(
    happened: list[tuple[PlanEvent, date]], left: dict[str, date], asked: date
) -> None:
    """What is nobody's shows as that, and nothing is left out or counted for a stranger."""
    book = small()
    for event, on in [*happened, *((withdrawn(item), on) for item, on in left.items())]:
        book.write(event, on)
    plan, loads = on_day(book, asked), found(book, asked).lead_loads
    actions = [one.leads for area in plan.areas for one in area.actions if one.withdrawn is None]
    milestones = [one.leads for one in plan.milestones if one.timeliness is not None]
    for name, leads in (("actions", actions), ("milestones", milestones)):
        counts = {load.party: getattr(load, name) for load in loads}
        assert counts.pop(None, 0) == leads.count(())
        assert sum(counts.values()) == sum(len(each) for each in leads)
