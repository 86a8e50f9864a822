"""Areas, the statements under them, and the mutations that add them."""

from typing import Annotated, Any, Self

import strawberry

from planledger.domain.commands import AddArea, AddStatement
from planledger.events.values import StatementKind
from planledger.graphql.about import find, living
from planledger.graphql.action import Action
from planledger.graphql.common import described
from planledger.graphql.context import Info
from planledger.graphql.item import Item
from planledger.graphql.recording import CommandInput, Conflict, Recorded, Refused, record, stated
from planledger.projections.view import PlanView


@strawberry.type(
    description='An objective, outcome or measure. Its ref is "1/objective/2", nested '
    '"6/outcome/3/1".'
)
class Statement(Item):
    kind: StatementKind = described("What it states.")
    text: str = described("Its wording.")
    children: list[Self] = described("Those nested in it, in order.", about=2)


@strawberry.type(description="An area for improvement. Its ref is its number as a numeral.")
class Area(Item):
    number: str = described('Its number as printed: "I", "2".')
    ordinal: int = described("Its place among the areas, from 1.")
    title: str = described("Its title as printed.")
    former_refs: list[str] = described(
        "Refs it had before it was renumbered, the oldest first.", about=1
    )
    former_numbers: list[str] = described(
        "The numbers that these were printed as, in the same order.", about=1
    )
    objectives: list[Statement] = described("What is to be done, in order.", about=3)
    outcomes: list[Statement] = described("What is to be different, in order.", about=3)
    measures: list[Statement] = described("How one will tell, in order.", about=3)
    actions: list[Action] = described("Its actions, by ref.", about=4)


@strawberry.type(description="A change to an area was recorded, or was so already.")
class AreaRecorded(Recorded):
    area: Area | None = described("The area afterwards.")


@strawberry.type(description="A change to a statement was recorded, or was so already.")
class StatementRecorded(Recorded):
    statement: Statement | None = described("The statement afterwards.")


AreaResult = Annotated[
    AreaRecorded | Refused | Conflict,
    strawberry.union("AreaResult", description="What came of a command about an area."),
]
StatementResult = Annotated[
    StatementRecorded | Refused | Conflict,
    strawberry.union("StatementResult", description="What came of a command about a statement."),
]


@strawberry.input(description="Add an area at the end of the plan.")
class AreaAddInput(CommandInput):
    number: str = described("Its number; no other area in the plan may have it.")
    title: str = described("Its title.")

    def command(self) -> AddArea:
        """Give what it asks."""
        return AddArea(**stated(self), number=self.number, title=self.title)


@strawberry.input(description="Add a statement at the end of its siblings.")
class StatementAddInput(CommandInput):
    area: str = described("The area's ref, number or id.")
    kind: StatementKind = described("Objective, outcome or measure.")
    text: str = described("Its wording.")
    parent: str | None = strawberry.field(
        default=None, description="Ref or id of the statement of the same kind to nest it in."
    )

    def command(self) -> AddStatement:
        """Give what it asks."""
        return AddStatement(
            **stated(self), area=self.area, kind=self.kind, text=self.text, parent=self.parent
        )


def area_add(info: Info, input: AreaAddInput) -> AreaResult:
    """Add an area."""
    return record(info, input, AreaRecorded, "area", input.number)


def statement_add(info: Info, input: StatementAddInput) -> StatementResult:
    """Add a statement."""

    def same(plan: PlanView) -> Any:  # noqa: ANN401 - as Which
        area = find(plan, "area", input.area)
        parent = find(plan, "statement", input.parent) if input.parent else None
        siblings = parent.children if parent else getattr(area, f"{input.kind.value}s", ())
        return living(s for s in siblings if s.text == input.text)

    return record(info, input, StatementRecorded, "statement", same)
