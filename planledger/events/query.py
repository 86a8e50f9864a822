"""What the importer or a person could not decide. Names are the storage format."""

from typing import Annotated

from msgspec import Meta

from planledger.events.base import Event, QueryId
from planledger.events.values import Personal


class QueryRaised(Event, frozen=True, kw_only=True, gc=False, tag="query-raised.v1"):
    """A question was left for a person, with the reading taken and the one not taken."""

    query: QueryId
    item: Annotated[str | None, Meta(description="Id of the item it is about, if one.")]
    line: Annotated[int | None, Meta(description="Line in the document, from 1, if one.")]
    question: Annotated[Personal, Meta(description="What is unclear.")]
    taken: Annotated[Personal, Meta(description="The reading the plan now holds.")]
    instead: Annotated[Personal, Meta(description="The other reading.")]


class QueryResolved(Event, frozen=True, kw_only=True, gc=False, tag="query-resolved.v1"):
    """A person settled a query. Any change it calls for is recorded by itself."""

    query: QueryId
    resolution: Annotated[Personal, Meta(description="What was settled.")]
