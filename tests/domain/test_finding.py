"""Items are found by what people call them, and new ones get ids that follow from the command."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.domain.commands import AddArea
from planledger.domain.finding import (
    area_ref,
    find_action,
    find_any,
    find_area,
    find_milestone,
    find_statement,
    milestone_ref,
    new_id,
    next_ordinal,
    statement_ref,
    withdrawn_above,
)
from planledger.domain.plan import find_item
from planledger.events.milestone import MilestoneProposed
from planledger.events.structure import ActionAdded, AreaAdded, StatementAdded
from planledger.events.values import Definition, StatementKind
from tests.support.domain_cases import BEGUN, PLAN, TODAY, Past, gone, then

NESTED = BEGUN.happened(
    StatementAdded(
        statement="nested", area="care", parent="top", kind=StatementKind.OUTCOME, ordinal=2,
        text="Nested",
    ),
    StatementAdded(
        statement="top", area="care", parent=None, kind=StatementKind.OUTCOME, ordinal=3,
        text="Top",
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "item"),
    [
        ("1", "help"),
        ("help", "help"),
        ("II", "care"),
        ("2", "care"),
        ("1.1", "front-door"),
        ("front-door", "front-door"),
        ("1.1/2", "to-come"),
        ("to-come", "to-come"),
        ("1/outcome/1", "outcome"),
        ("1/measure/1", "measure"),
        ("measure", "measure"),
        ("2/outcome/3", "top"),
        ("2/outcome/3/2", "nested"),
    ],
)
def test_an_item_is_found_by_its_id_and_by_what_the_paper_calls_it(name: str, item: str) -> None:
    """Officers have the paper, programs have the id; both must reach the same thing."""
    found = find_any(NESTED.known(), name)
    assert found is not None
    assert found.id == item


@pytest.mark.parametrize(
    "name",
    ["", "/", "3", "1.", "1.9", "1.1/", "1.1/9", "/1", "1.1/1/1", "1/outcome", "1/outcome/9",
     "1/objective/1", "II/outcome/3", "2/outcome/2", "HELP"],
)  # fmt: skip
def test_a_name_that_nothing_has_finds_nothing(name: str) -> None:
    """A near miss must be refused; the wrong item changed is worse than none."""
    assert find_any(NESTED.known(), name) is None


def test_each_finder_finds_only_its_own_kind() -> None:
    """Area 1 and action 1.1 must not be taken for one another by a command."""
    plan = NESTED.known()
    finders = {
        find_area: "1", find_action: "1.1", find_milestone: "1.1/1", find_statement: "1/outcome/1"
    }  # fmt: skip
    for finder, name in finders.items():
        assert finder(plan, name) is not None
        for other in set(finders.values()) - {name}:
            assert finder(plan, other) is None


def test_of_two_items_of_one_name_the_one_still_in_the_plan_is_found() -> None:
    """A ref may be given again after a withdrawal, and then means the new one."""
    again = (
        AreaAdded(area="help-again", number="1", ordinal=3, title="Early Help"),
        ActionAdded(action="door-again", area="care", ref="1.1", text="Again", placeholder=False),
        MilestoneProposed(
            milestone="review-again", action="door-again", ordinal=1, text="Again",
            definition=Definition.STATED,
        ),
    )  # fmt: skip
    plan = BEGUN.happened(gone("help"), gone("front-door"), gone("review")).happened(*again).known()
    for name, found in (("1", "help-again"), ("1.1", "door-again"), ("1.1/1", "review-again")):
        item = find_any(plan, name)
        assert item is not None
        assert item.id == found


def test_of_several_of_one_name_every_machine_finds_the_same() -> None:
    """Maps keep another order in every process; a decision must not hang on it."""
    names = [f"door-{number}" for number in range(20)]
    past = BEGUN
    for day, name in enumerate(names, start=1):
        added = ActionAdded(action=name, area="help", ref="1.7", text=name, placeholder=False)
        past = past.happened(added, on=date(2025, 2, day))
    found = find_action(past.known(), "1.7")
    assert found is not None
    assert found.id == "door-19"
    found = find_action(past.happened(*map(gone, names[5:]), on=TODAY).known(), "1.7")
    assert found is not None
    assert found.id == "door-4"
    found = find_action(past.happened(*map(gone, names), on=TODAY).known(), "1.7")
    assert found is not None
    assert found.id == "door-19"


def test_what_is_withdrawn_is_still_found_by_its_ref() -> None:
    """To be told that it was withdrawn, and when, helps more than that it is not there."""
    found = find_any(BEGUN.happened(gone("front-door")).known(), "1.1")
    assert found is not None
    assert found.withdrawn is not None


def test_a_ref_leads_back_to_its_item() -> None:
    """What an answer calls an item must be what a command may call it."""
    plan = NESTED.known()
    named = {
        **{area.id: area_ref(area) for area in plan.areas.values()},
        **{action.id: action.ref for action in plan.actions.values()},
        **{item.id: milestone_ref(plan, item) for item in plan.milestones.values()},
        **{item.id: statement_ref(plan, item) for item in plan.statements.values()},
    }
    assert len(named) == 2 + 3 + 3 + 4
    for item, ref in named.items():
        found = find_any(plan, ref)
        assert found is not None
        assert found.id == item


def test_an_item_whose_surroundings_are_not_there_can_still_be_named() -> None:
    """In effective order an item may come before what it belongs to; naming it must not fail."""
    plan = BEGUN.happened(
        StatementAdded(
            statement="lost", area="no-area", parent="no-parent", kind=StatementKind.MEASURE,
            ordinal=4, text="Lost",
        ),
        MilestoneProposed(
            milestone="adrift", action="no-action", ordinal=5, text="Adrift",
            definition=Definition.STATED,
        ),
    ).known()  # fmt: skip
    assert statement_ref(plan, plan.statements["lost"]) == "?/measure/4"
    assert milestone_ref(plan, plan.milestones["adrift"]) == "?/5"
    assert withdrawn_above(plan, plan.statements["lost"]) is None
    assert withdrawn_above(plan, plan.milestones["adrift"]) is None


@pytest.mark.parametrize(
    ("withdrawn", "item", "above"),
    [
        ("review", "review", "review"),
        ("front-door", "review", "front-door"),
        ("help", "review", "help"),
        ("help", "outcome", "help"),
        ("top", "nested", "top"),
        ("care", "nested", "care"),
        ("review", "front-door", None),
        ("care", "review", None),
    ],
)
def test_an_item_goes_with_what_it_belongs_to(withdrawn: str, item: str, above: str | None) -> None:
    """An area taken out of the plan takes its actions and milestones with it."""
    plan = NESTED.happened(gone(withdrawn)).known()
    subject = find_item(plan, item)
    assert subject is not None
    found = withdrawn_above(plan, subject)
    assert (found.id if found else None) == above


@given(
    st.sets(
        st.tuples(st.sampled_from(["area", "party"]), st.text(max_size=5), st.integers(0, 50)),
        max_size=20,
    )
)
def test_two_things_that_differ_in_anything_get_two_ids(
    made: set[tuple[str, str, int]],
) -> None:
    """An id given twice would make two things one, for ever."""
    ids = {new_id(kind, seed, number) for kind, seed, number in made}
    assert len(ids) == len(made)


def test_an_id_never_changes() -> None:
    """A command decided again, years later or elsewhere, must speak of the same item."""
    assert new_id("milestone", "command-1", 0) == "milestone-cc190e543578"
    assert new_id("milestone", "command-1") == new_id("milestone", "command-1", 0)


def test_two_commands_never_make_the_same_item() -> None:
    """Two clerks who add two areas in the same second add two areas."""
    add = AddArea(plan=PLAN, number="3", title="Fostering")
    first, second = BEGUN.when(add, command_id="one"), BEGUN.when(add, command_id="two")
    assert isinstance(first, tuple)
    assert isinstance(second, tuple)
    assert first != second
    then(BEGUN.when(add, command_id="one"), *[decided.event for decided in first])


def test_the_next_place_is_after_the_last_one_even_where_there_are_gaps() -> None:
    """A number given again would make "the third milestone" mean two of them."""
    assert next_ordinal([]) == 1
    assert next_ordinal([1, 4]) == 5


def test_nothing_is_found_in_a_plan_without_items() -> None:
    """The first command on an empty plan must be answered like any other."""
    assert Past(entries=BEGUN.entries[:1]).known().title == "Northbridge improvement plan"
    assert find_any(Past(entries=BEGUN.entries[:1]).known(), "1") is None
