"""Queries as they are shown."""

from datetime import date

from planledger.events.values import Personal
from planledger.projections.view.base import View


class QueryView(View, frozen=True, kw_only=True, gc=False):
    """A query; `item` is a ref."""

    id: str
    query: str
    item: str | None
    line: int | None
    question: Personal
    taken: Personal
    instead: Personal
    raised_on: date
    resolution: Personal | None
    resolved_on: date | None
