"""Lists that things join and leave, such as what is overdue: where the next page of one begins.

A cursor says what a thing is and what it was ordered by, never a number in the list. So a page goes
on where the last one ended, although that thing has left the list since, or others joined it.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from operator import attrgetter
from typing import Any, Generic, NamedTuple, TypeVar

from planledger.graphql.connection import Counted, page, unknown_cursor
from planledger.projections.view import id_within

T = TypeVar("T")

Places = Mapping[str, int]
"""Where the things of a plan stand in it, by their ids within the plan."""


class Part(NamedTuple):
    """One of the things that a cursor says."""

    said: Callable[[Any], Any]
    """Gives it for a thing in the list; its `str` has no slash in it."""
    read: Callable[[str], Any]
    """Gives it again from its `str`. Raises ValueError for what nothing says."""
    rank: Callable[[Places, Any], int | str]
    """Gives what it is ordered by. Raises KeyError for what nothing says."""


def place(of: str = "") -> Part:
    """Say the id of what is there under a name, or its own, and order by its place in the plan."""
    read = attrgetter(f"{of}.id" if of else "id")
    return Part(lambda thing: id_within(read(thing)), str, lambda places, name: places[name])


def day(of: str) -> Part:
    """Say the civil day that is there under a name."""
    return Part(attrgetter(of), date.fromisoformat, lambda _, said: said.toordinal())


def number(of: str | Callable[[Any], int]) -> Part:
    """Say the whole number that is there under a name, or is worked out."""
    return Part(attrgetter(of) if isinstance(of, str) else of, int, lambda _, said: said)


def text(of: str) -> Part:
    """Say the short text that is there under a name."""
    return Part(attrgetter(of), str, lambda _, said: said)


class Listing(Generic[T]):
    """A list of things in any of some orders, in each of which no two have one place."""

    def __init__(self, parts: Mapping[str, Part], orders: Mapping[Enum | None, str]) -> None:
        """Say of a thing all `parts`; an order names those it goes by, with "-" from high to low.

        The things come in the first of the orders. Only numbers and days go from high to low.
        """
        self._parts = tuple(parts.values())
        self._orders = {order: tuple(_by(by, tuple(parts))) for order, by in orders.items()}
        self._given = next(iter(orders))

    def page(  # noqa: PLR0913 - a page is asked for by all of these
        self,
        things: Sequence[T],
        places: Places,
        first: int,
        after: str | None,
        order: Enum | None = None,
        *,
        wanted: Callable[[T], bool] = lambda _: True,
        shown: Callable[[T], object] = lambda thing: thing,
    ) -> Counted[Any]:
        """Cut one page of those wanted, after a cursor that a page of this list had.

        A cursor of one order goes for the others, too. Raises GraphQLError for what is none.
        """
        by = tuple((self._parts[index], index, down) for index, down in self._orders[order])

        def rank_of(thing: T) -> tuple[int | str, ...]:
            ranks = ((part.rank(places, part.said(thing)), down) for part, _, down in by)
            return tuple(_down(rank) if down else rank for rank, down in ranks)

        def place_after(things: Sequence[T], cursor: str) -> int:
            try:
                said = [
                    part.read(one) for part, one in zip(self._parts, cursor.split("/"), strict=True)
                ]
                ranks = ((part.rank(places, said[index]), down) for part, index, down in by)
                last = tuple(_down(rank) if down else rank for rank, down in ranks)
            except (ValueError, KeyError):
                raise unknown_cursor(cursor) from None
            return bisect_right(things, last, key=rank_of)

        return page(
            things if order == self._given else sorted(things, key=rank_of),
            lambda thing: "/".join(str(part.said(thing)) for part in self._parts),
            first,
            after,
            wanted=wanted,
            shown=shown,
            place_after=place_after,
        )


def _by(order: str, names: Sequence[str]) -> Iterator[tuple[int, bool]]:
    for name in order.split():
        yield names.index(name.removeprefix("-")), name.startswith("-")


def _down(rank: int | str) -> int:
    assert isinstance(rank, int)  # noqa: S101 - texts are listed from low to high only
    return -rank
