"""Lists in pages: how they are asked for, and how they are answered."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Generic, TypeVar

import strawberry
from graphql import GraphQLError

from planledger.graphql.common import described

MOST = 100
"""The most that one page of a connection holds."""

First = Annotated[int, strawberry.argument(description=f"How many at the most, 1 to {MOST}.")]
After = Annotated[str | None, strawberry.argument(description="Only what comes after this cursor.")]

T = TypeVar("T")


@strawberry.type(description="Where a page of a connection ends.")
class PageInfo:
    has_next_page: bool = described("Whether there is more after it.")
    end_cursor: str | None = described("Give it as `after` for the next page; null if empty.")


@strawberry.type(description="One of a connection, with its place.")
class Edge(Generic[T]):
    cursor: str = described("Give it as `after` to go on from here.")
    node: T = described("The thing itself.")


@strawberry.type(description="A page of things, in order.")
class Connection(Generic[T]):
    edges: list[Edge[T]] = described("The things with their places.")
    nodes: list[T] = described("The things alone.")
    page_info: PageInfo = described("Where the page ends.")


def page(  # noqa: PLR0913 - the last two for those who look at more than they show
    things: Sequence[T],
    cursor_of: Callable[[T], str],
    first: int,
    after: str | None,
    *,
    wanted: Callable[[T], bool] = lambda _: True,
    shown: Callable[[T], object] = lambda thing: thing,
) -> Connection[Any]:
    """Cut one page of those wanted out of things in order, after the one with cursor `after`.

    That one need not be wanted itself: what a filter lets through may change between two pages.
    """
    return Connection(**cut(things, cursor_of, first, after, wanted=wanted, shown=shown))


def cut(  # noqa: PLR0913 - as page
    things: Sequence[T],
    cursor_of: Callable[[T], str],
    first: int,
    after: str | None,
    *,
    wanted: Callable[[T], bool] = lambda _: True,
    shown: Callable[[T], object] = lambda thing: thing,
) -> dict[str, Any]:
    """Give the fields of one page, for a connection that has more of its own; see `page`."""
    start = 0 if after is None else _place_after(things, cursor_of, after)
    rest = [thing for thing in things[start:] if wanted(thing)]
    chosen = rest[: bounded(first)]
    edges = [Edge(cursor=cursor_of(thing), node=shown(thing)) for thing in chosen]
    return {
        "edges": edges,
        "nodes": [edge.node for edge in edges],
        "page_info": PageInfo(
            has_next_page=len(chosen) < len(rest),
            end_cursor=edges[-1].cursor if edges else None,
        ),
    }


def bounded(first: int) -> int:
    """Give how many are asked for; refused unless it is 1 to `MOST`."""
    if 1 <= first <= MOST:
        return first
    raise GraphQLError(
        f"first is {first}; ask for 1 to {MOST}, and use after for more.",
        extensions={"code": "PAGE_SIZE"},
    )


def _place_after(things: Sequence[T], cursor_of: Callable[[T], str], after: str) -> int:
    for place, thing in enumerate(things, start=1):
        if cursor_of(thing) == after:
            return place
    raise GraphQLError(
        f"{after[:80]!r} is no cursor here. Give the endCursor of a page of the same list, asked "
        "at the same point, or leave after out to begin again.",
        extensions={"code": "CURSOR_UNKNOWN"},
    )
