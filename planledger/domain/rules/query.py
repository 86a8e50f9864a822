"""Rules for queries."""

from planledger.domain.case import Case, missing
from planledger.domain.commands import ResolveQuery
from planledger.domain.refusals import Code, Refusal
from planledger.events.base import Event
from planledger.events.query import QueryResolved


def resolve_query(command: ResolveQuery, case: Case) -> tuple[Event, ...] | Refusal:
    """Settle a query; once."""
    query = case.plan.queries.get(command.query)
    if query is None:
        return missing(case, "query", command.query, "query", case.known.queries)
    known = case.known.queries[query.id]
    if known.resolution == command.resolution:
        return ()
    if known.resolution is not None:
        return Refusal(
            code=Code.QUERY_RESOLVED,
            message=f"This query was settled on {known.resolved_on}. Record what has changed since "
            "as a change of the item itself.",
            path="query",
        )
    return (QueryResolved(query=query.id, resolution=command.resolution),)
