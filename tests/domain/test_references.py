"""Dependencies never go round in a circle, however they are stated."""

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from planledger.domain.commands import RecordReference
from planledger.domain.plan import Plan
from planledger.domain.refusals import Code, Refusal
from planledger.events.milestone import MilestoneProposed
from planledger.events.plan import PlanDrafted
from planledger.events.structure import ActionAdded, AreaAdded
from planledger.events.values import Definition, ReferenceKind
from tests.support.domain_cases import PLAN, Past

AREAS, ACTIONS, MILESTONES = "12", "12", "12"
ITEMS = [
    *AREAS,
    *(f"{area}.{action}" for area, action in product(AREAS, ACTIONS)),
    *(f"{area}.{action}/{step}" for area, action, step in product(AREAS, ACTIONS, MILESTONES)),
]
SMALL = Past().happened(
    PlanDrafted(title="A plan"),
    *(AreaAdded(area=f"area-{area}", number=area, ordinal=int(area), title="A") for area in AREAS),
    *(
        ActionAdded(
            action=f"{area}.{action}", area=f"area-{area}", ref=f"{area}.{action}", text="Do",
            placeholder=False,
        )
        for area, action in product(AREAS, ACTIONS)
    ),
    *(
        MilestoneProposed(
            milestone=f"{area}.{action}/{step}", action=f"{area}.{action}", ordinal=int(step),
            text="Reach", definition=Definition.STATED,
        )
        for area, action, step in product(AREAS, ACTIONS, MILESTONES)
    ),
)  # fmt: skip
"""Two areas of two actions of two milestones each; ids of actions and milestones are their refs."""

ASKED = st.lists(st.tuples(st.sampled_from(ITEMS), st.sampled_from(ITEMS)), max_size=12)


def milestones_in(plan: Plan, item: str) -> list[str]:
    """Give the milestones that an id stands for, found by the spelling of their own."""
    return [name for name in plan.milestones if name.startswith(item.removeprefix("area-"))]


def who_waits_for_whom(plan: Plan) -> Mapping[str, set[str]]:
    """Give, for each milestone, those that must be reached before it."""
    waits: dict[str, set[str]] = {name: set() for name in plan.milestones}
    for known in plan.references.values():
        assert known.resolved_target is not None
        for one in milestones_in(plan, known.item):
            waits[one].update(milestones_in(plan, known.resolved_target))
    return waits


def depend(item: str, target: str) -> RecordReference:
    """Ask that an item depends on another."""
    return RecordReference(plan=PLAN, item=item, kind=ReferenceKind.DEPENDS_ON, target=target)


@given(ASKED)
def test_no_sequence_of_dependencies_leaves_milestones_waiting_for_each_other(
    asked: list[tuple[str, str]],
) -> None:
    """A plan that goes round in a circle can never be carried out, and its pages never end.

    What is refused is shown to be a circle too, so that nobody is kept from saying what is so.
    """
    past = SMALL
    for number, (item, target) in enumerate(asked):
        command = depend(item, target)
        outcome = past.when(command, command_id=f"command-{number}")
        if isinstance(outcome, Refusal):
            assert outcome.code in {Code.DEPENDENCY_CYCLE, Code.REFERS_TO_ITSELF}
            plan = past.known()
            waits = who_waits_for_whom(plan)
            item_id, target_id = (
                f"area-{name}" if name in AREAS else name for name in (item, target)
            )
            for one in milestones_in(plan, item_id):
                waits[one].update(milestones_in(plan, target_id))
            assert goes_round(waits)
        elif outcome:
            past = past.did(command, command_id=f"command-{number}")
            assert not goes_round(who_waits_for_whom(past.known()))


def goes_round(waits: Mapping[str, set[str]]) -> bool:
    """Say whether some wait for each other, as the library finds it."""
    try:
        tuple(TopologicalSorter(waits).static_order())
    except CycleError:
        return True
    return False


def test_a_chain_through_everything_is_no_circle() -> None:
    """A plan of one step after the other is the plainest there is."""
    past = SMALL
    steps = [name for name in ITEMS if "/" in name]
    for number, (later, earlier) in enumerate(zip(steps[1:], steps, strict=False)):
        past = past.did(depend(later, earlier), command_id=f"command-{number}")
    assert not goes_round(who_waits_for_whom(past.known()))
    outcome = past.when(depend(steps[0], steps[-1]))
    assert isinstance(outcome, Refusal)
    assert outcome.message.count("depends on") == len(steps) - 1
