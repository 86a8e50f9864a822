"""Rules for queries."""

from planledger.domain.case import Case, already, missing, optional_item
from planledger.domain.commands import RaiseQuery, ResolveQuery
from planledger.domain.refusals import Code, Refusal
from planledger.events.base import Event
from planledger.events.query import QueryRaised, QueryResolved


def raise_query(command: RaiseQuery, case: Case) -> tuple[Event, ...] | Refusal:
    """Leave a question for a person; the same one again once the first is settled."""
    item = optional_item(case, command.item)
    if isinstance(item, Refusal):
        return item
    for other in case.known.queries.values():
        same = (other.item, other.question) == (item, command.question)
        if same and other.resolution is None:
            return already(case, "This query", other.raised_on)
    return (
        QueryRaised(
            query=case.new_id("query"),
            item=item,
            line=None,
            question=command.question,
            taken=command.taken,
            instead=command.instead,
        ),
    )


def resolve_query(command: ResolveQuery, case: Case) -> tuple[Event, ...] | Refusal:
    """Settle a query; once."""
    query = case.plan.queries.get(command.query)
    if query is None:
        return missing(case, "query", command.query, "query", case.known.queries)
    known = case.known.queries[query.id]
    if known.resolved_on is None:
        return (QueryResolved(query=query.id, resolution=command.resolution),)
    if known.resolution == command.resolution:
        return already(case, "This resolution", known.resolved_on)
    return Refusal(
        code=Code.QUERY_RESOLVED,
        message=f"This query was settled on {known.resolved_on}. Record what has changed since "
        "as a change of the item itself.",
        path="query",
    )
