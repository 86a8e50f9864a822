"""Queries and cross-references, and the mutation that settles a query."""

from datetime import date
from typing import Annotated

import strawberry

from planledger.domain.commands import ResolveQuery
from planledger.events.values import Confidence, Personal, ReferenceKind
from planledger.graphql.common import described
from planledger.graphql.context import Info
from planledger.graphql.recording import CommandInput, Conflict, Recorded, Refused, record, stated


@strawberry.type(description="What the importer or a person could not decide.")
class PlanQuery:
    id: strawberry.ID = described("Global id of the query at this basis.")
    query: str = described("Its id within the plan; what commands accept.")
    item: str | None = described("Ref of the item it is about, if one.")
    line: int | None = described("Line in the document, from 1, if it was read from one.")
    question: Personal = described("What is unclear.")
    taken: Personal = described("The reading that the plan holds.")
    instead: Personal = described("The other reading.")
    raised_on: date = described("The civil day it was raised.")
    resolution: Personal | None = described("What a person settled; null while it is open.")
    resolved_on: date | None = described("The civil day it was settled.")


@strawberry.type(description="A pointer from one item to another, as printed and as read.")
class Reference:
    id: strawberry.ID = described("Global id of the reference at this basis.")
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


@strawberry.input(
    description="Settle a query in words; a change that it calls for is a command of its own."
)
class QueryResolveInput(CommandInput):
    query: str = described("The query's id within the plan.")
    resolution: Personal = described("What was settled.")


def query_resolve(info: Info, input: QueryResolveInput) -> QueryResult:
    """Resolve a query."""
    command = ResolveQuery(**stated(input), query=input.query, resolution=input.resolution)
    return record(info, input, command, QueryRecorded, "query", input.query)
