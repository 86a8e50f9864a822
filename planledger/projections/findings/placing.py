"""Where the things of a plan stand in it, what is under an item, and what a party leads."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from planledger.projections.view import (
    ActionView,
    AreaView,
    MilestoneView,
    PlanView,
    StatementView,
    id_within,
)

ItemView = AreaView | StatementView | ActionView | MilestoneView


class _Standing(NamedTuple):
    """An item with what it stands under, an area first."""

    item: ItemView
    above: tuple[ItemView, ...]


class Places:
    """The order of a plan, and what belongs together in it. Made once for a view."""

    def __init__(self, view: PlanView) -> None:
        """Look at a plan as it is shown at a point."""
        self._view = view
        self._items = tuple(_items(view))
        in_order = [
            *(standing.item.id for standing in self._items),
            *(challenge.id for challenge in view.challenges),
            *(query.id for query in view.queries),
        ]
        self.order: Mapping[str, int] = {
            id_within(name): place for place, name in enumerate(in_order)
        }
        """The place of every item, then challenge, then query, by its id within the plan."""

    def under(self, name: str, *, area: bool = False) -> frozenset[str]:
        """Give the global ids of an item and of all that stands under it.

        The name is a ref, an id or an area's printed number; several items can have borne a ref
        one after the other, and all are meant. With `area`, only areas are. Empty for no item.
        """
        found = {
            standing.item.id
            for standing in self._items
            if name in _names(standing.item) and (not area or isinstance(standing.item, AreaView))
        }
        return frozenset(
            standing.item.id
            for standing in self._items
            if standing.item.id in found or any(above.id in found for above in standing.above)
        )

    def has_party(self, party: str) -> bool:
        """Say whether there is a party of this id."""
        return any(one.party == party for one in self._view.parties)

    def has_forum(self, forum: str) -> bool:
        """Say whether there is a forum of this short name."""
        return any(one.ref == forum for one in self._view.forums)

    def led_by(self, party: str) -> frozenset[str]:
        """Give the global ids of what a party leads, by itself or by its action."""
        return frozenset(
            standing.item.id
            for standing in self._items
            if isinstance(standing.item, ActionView | MilestoneView)
            and any(lead.party == party for lead in standing.item.leads)
        )


def _items(view: PlanView) -> Iterator[_Standing]:
    """Give every item in the order of the plan, withdrawn or not."""
    for area in view.areas:
        yield _Standing(area, ())
        for statement in (*area.objectives, *area.outcomes, *area.measures):
            yield from _nested(statement, (area,))
        for action in area.actions:
            yield _Standing(action, (area,))
            for milestone in action.milestones:
                yield _Standing(milestone, (area, action))


def _nested(statement: StatementView, above: tuple[ItemView, ...]) -> Iterator[_Standing]:
    yield _Standing(statement, above)
    for child in statement.children:
        yield from _nested(child, (*above, statement))


def _names(item: ItemView) -> tuple[str, ...]:
    number = (item.number,) if isinstance(item, AreaView) else ()
    return (item.id, id_within(item.id), item.ref, *number)
