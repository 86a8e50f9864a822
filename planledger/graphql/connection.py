"""Lists in pages: how they are asked for, and how they are answered."""

from collections.abc import Callable, Sequence
from itertools import chain
from typing import Annotated, Any, Generic, NamedTuple, TypeVar, cast

import strawberry
from graphql import GraphQLError

from planledger.graphql.common import described

MOST = 100
"""The most that one page of a connection holds."""

First = Annotated[int, strawberry.argument(description=f"How many at the most, 1 to {MOST}.")]
After = Annotated[str | None, strawberry.argument(description="Only what comes after this cursor.")]

T = TypeVar("T")


@strawberry.type(description="Where a page of a connection begins and ends.")
class PageInfo:
    has_next_page: bool = described("Whether there is more after it.")
    has_previous_page: bool = described(
        "Whether there is more before it. Pages are only asked for forwards: begin again for it."
    )
    start_cursor: str | None = described("The cursor of the first on it; null if empty.")
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


@strawberry.type(
    name="Connection", description="A page of things, in order, and how many there are in all."
)
class Counted(Connection[T]):
    total_count: int = described("How many there are, on all pages together.")


def page(  # noqa: PLR0913 - the last two for those who look at more than they show
    things: Sequence[T],
    cursor_of: Callable[[T], str],
    first: int,
    after: str | None,
    *,
    wanted: Callable[[T], bool] | None = None,
    shown: Callable[[T], object] = lambda thing: thing,
    place_after: Callable[[Sequence[T], str], int] | None = None,
) -> Counted[Any]:
    """Cut one page of those wanted out of things in order, after the one with cursor `after`.

    That one need not be wanted itself: what a filter lets through may change between two pages.
    Where things may leave the list as well, `place_after` tells where the rest of it begins.
    """
    fields = cut(
        things, cursor_of, first, after, wanted=wanted, shown=shown, place_after=place_after
    )
    return Counted(**fields)


def cut(  # noqa: PLR0913 - as page
    things: Sequence[T],
    cursor_of: Callable[[T], str],
    first: int,
    after: str | None,
    *,
    wanted: Callable[[T], bool] | None = None,
    shown: Callable[[T], object] = lambda thing: thing,
    place_after: Callable[[Sequence[T], str], int] | None = None,
) -> dict[str, Any]:
    """Give the fields of one page, for a connection that has more of its own; see `page`."""
    start = 0
    if after is not None and place_after is not None:
        start = place_after(things, after)
    elif after is not None:
        start = _place_after(things, cursor_of, after, first)
    before, rest = len(filtered(things[:start], wanted)), filtered(things[start:], wanted)
    chosen = rest[: bounded(first)]
    edges = [Edge(cursor=cursor_of(thing), node=shown(thing)) for thing in chosen]
    start_cursor, end_cursor = _ends(edges)
    return {
        "edges": edges,
        "nodes": [edge.node for edge in edges],
        "page_info": PageInfo(
            has_next_page=len(chosen) < len(rest),
            has_previous_page=before > 0,
            start_cursor=start_cursor,
            end_cursor=end_cursor,
        ),
        "total_count": before + len(rest),
    }


def filtered(things: Sequence[T], wanted: Callable[[T], bool] | None) -> Sequence[T]:
    """Give those that are wanted, in order; all where nothing is said of it."""
    return things if wanted is None else [thing for thing in things if wanted(thing)]


class _Glimpse(NamedTuple):
    """Where a page lies in a list that nobody has looked through."""

    has_next_page: bool
    start_cursor: str | None
    end_cursor: str | None
    look_back: Callable[[], bool]

    @property
    def has_previous_page(self) -> bool:
        """Whether there is more before it; looked for only if it is asked."""
        return self.look_back()


def glimpse(
    things: Sequence[object],
    cursor_of: Callable[[Any], str],
    first: int,
    look_back: Callable[[], bool],
) -> Connection[Any]:
    """Give a page of a list too long to look through; `things` holds one more than the page.

    `look_back` tells whether there is more before them.
    """
    edges = [Edge(cursor=cursor_of(thing), node=thing) for thing in things[: bounded(first)]]
    start, end = _ends(edges)
    info = _Glimpse(len(edges) < len(things), start, end, look_back)
    return Connection(
        edges=edges, nodes=[edge.node for edge in edges], page_info=cast("PageInfo", info)
    )


def bounded(first: int) -> int:
    """Give how many are asked for; refused unless it is 1 to `MOST`."""
    if 1 <= first <= MOST:
        return first
    raise GraphQLError(
        f"first is {first}; ask for 1 to {MOST}, and use after for more.",
        extensions={"code": "PAGE_SIZE"},
    )


def _ends(edges: list[Edge[Any]]) -> tuple[str | None, str | None]:
    return (edges[0].cursor, edges[-1].cursor) if edges else (None, None)


def _place_after(things: Sequence[T], cursor_of: Callable[[T], str], after: str, first: int) -> int:
    # Whoever follows a list to its end asks for pages of one size: it need not be gone through
    # again for each of them.
    likely = range(bounded(first), len(things) + 1, first)
    for place in chain(likely, range(1, len(things) + 1)):
        if cursor_of(things[place - 1]) == after:
            return place
    raise unknown_cursor(after)


def unknown_cursor(after: str) -> GraphQLError:
    """Give the error for a cursor that no page of a list ended with."""
    return GraphQLError(
        f"{after[:80]!r} is no cursor here. Give the endCursor of a page of the same list, asked "
        "at the same point, or leave after out to begin again.",
        extensions={"code": "CURSOR_UNKNOWN"},
    )
