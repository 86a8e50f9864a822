"""Queries and cross-references, and the mutations that raise, settle and record them."""

from datetime import date
from typing import Annotated, Any

import strawberry

from planledger.domain.commands import RaiseQuery, RecordReference, ResolveQuery
from planledger.events.values import Confidence, Personal, ReferenceKind
from planledger.graphql.about import find
from planledger.graphql.common import described
from planledger.graphql.context import Info
from planledger.graphql.node import Node
from planledger.graphql.recording import CommandInput, Conflict, Recorded, Refused, record, stated
from planledger.projections.view import PlanView


@strawberry.type(description="What the importer or a person could not decide.")
class PlanQuery(Node):
    query: str = strawberry.field(
        name="ref", description="Its id within the plan; what commands accept."
    )
    item: str | None = described("Ref of the item it is about, if one.")
    line: int | None = described("Line in the document, from 1, if it was read from one.")
    question: Personal = described("What is unclear.")
    taken: Personal = described("The reading that the plan holds.")
    instead: Personal = described("The other reading.")
    raised_on: date = described("The civil day it was raised.")
    resolution: Personal | None = described("What a person settled; null while it is open.")
    resolved_on: date | None = described("The civil day it was settled.")


@strawberry.type(description="A pointer from one item to another, as printed and as read.")
class Reference(Node):
    item: str = described("Ref of the item that points.")
    kind: ReferenceKind = described("Mention, or dependence.")
    as_printed: str = described("The pointer as printed.")
    printed_target: str | None = described("Ref of the item that it names as numbered.")
    resolved_target: str | None = described("Ref of the item that it is taken to mean.")
    confidence: Confidence = described("How sure that reading is.")


@strawberry.type(description="A change to a query was recorded, or was so already.")
class QueryRecorded(Recorded):
    query: PlanQuery | None = described("The query afterwards.")


QueryResult = Annotated[
    QueryRecorded | Refused | Conflict,
    strawberry.union("QueryResult", description="What came of a command about a query."),
]


@strawberry.type(description="A cross-reference was recorded, or had been already.")
class ReferenceRecorded(Recorded):
    reference: Reference | None = described("The reference afterwards.")


ReferenceResult = Annotated[
    ReferenceRecorded | Refused | Conflict,
    strawberry.union("ReferenceResult", description="What came of a command about a reference."),
]


@strawberry.input(description="Leave a question for a person, with both readings.")
class QueryRaiseInput(CommandInput):
    question: Personal = described("What is unclear.")
    taken: Personal = described("The reading that the plan holds.")
    instead: Personal = described("The other reading.")
    item: str | None = strawberry.field(
        default=None, description="Ref or id of the item it is about, if one."
    )

    def command(self) -> RaiseQuery:
        """Give what it asks."""
        return RaiseQuery(
            **stated(self),
            question=self.question,
            taken=self.taken,
            instead=self.instead,
            item=self.item,
        )


@strawberry.input(
    description="Say that an item mentions another, or cannot be done before it. No item may come "
    "to depend on itself, however far round."
)
class ReferenceRecordInput(CommandInput):
    item: str = described("Ref or id of the item that points.")
    kind: ReferenceKind = described("Mention, or dependence.")
    target: str = described("Ref or id of the item it points at.")

    def command(self) -> RecordReference:
        """Give what it asks."""
        return RecordReference(**stated(self), item=self.item, kind=self.kind, target=self.target)


@strawberry.input(
    description="Settle a query in words; a change that it calls for is a command of its own."
)
class QueryResolveInput(CommandInput):
    query: str = described("The query's id within the plan.")
    resolution: Personal = described("What was settled.")

    def command(self) -> ResolveQuery:
        """Give what it asks."""
        return ResolveQuery(**stated(self), query=self.query, resolution=self.resolution)


def query_raise(info: Info, input: QueryRaiseInput) -> QueryResult:
    """Raise a query."""

    def same(plan: PlanView) -> Any:  # noqa: ANN401 - as Which
        item = getattr(find(plan, "item", input.item), "ref", None) if input.item else None
        alike = (q for q in plan.queries if (q.item, q.question) == (item, input.question))
        return next((query for query in alike if query.resolution is None), None)

    return record(info, input, QueryRecorded, "query", same)


def query_resolve(info: Info, input: QueryResolveInput) -> QueryResult:
    """Resolve a query."""
    return record(info, input, QueryRecorded, "query", input.query)


def reference_record(info: Info, input: ReferenceRecordInput) -> ReferenceResult:
    """Record a cross-reference."""

    def same(plan: PlanView) -> Any:  # noqa: ANN401 - as Which
        item, target = (find(plan, "item", name) for name in (input.item, input.target))
        wanted = (getattr(item, "ref", None), input.kind, getattr(target, "ref", None))
        alike = (r for r in plan.references if (r.item, r.kind, r.resolved_target) == wanted)
        return next(alike, None)

    return record(info, input, ReferenceRecorded, "reference", same)
