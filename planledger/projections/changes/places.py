"""The order that changes are told in: down the plan as it is printed, then the rest by kind."""

from typing import Any

from planledger.domain.plan import Action, Area, Milestone, Plan, Statement
from planledger.projections.changes import tracks
from planledger.projections.changes.shapes import Change, Kind, Thing, Track
from planledger.projections.view.building.ids import parts

Place = tuple[object, ...]

_KINDS = {kind: number for number, kind in enumerate(Kind)}
_TRACKS = {track: number for number, track in enumerate(Track)}
_WHOLE = -1
"""A thing itself is told before its tracks, and so it is patched."""
_ITSELF, _STATEMENTS, _ACTIONS = range(3)
"""What comes after what in an area."""
_NOWHERE = (0, "")


class Places:
    """Where things stand in a plan, or where they stood in the one before."""

    def __init__(self, *plans: Plan | None) -> None:
        """Look a thing up in the first of the plans that has it."""
        self._plans = plans
        self._known: dict[Thing, Place] = {}

    def of(self, change: Change) -> Place:
        """Give what changes are sorted by."""
        thing = (change.kind, change.id)
        place = self._known.get(thing)
        if place is None:
            place = self._known[thing] = self._place(thing)
        track = _WHOLE if change.track is None else _TRACKS[change.track]
        return (*place, track, change.span or ())

    def _place(self, thing: Thing) -> Place:
        kind, name = thing
        text = name if isinstance(name, str) else "/".join(name)
        found = self._find(thing)
        match found:
            case _ if kind is Kind.PLAN:
                return (0,)
            case Area():
                return (1, *self._area(found.id), _ITSELF)
            case Statement():
                order = list(type(found.kind)).index(found.kind), found.parent or "", found.ordinal
                return (1, *self._area(found.area), _STATEMENTS, order, text)
            case Action():
                return (1, *self._action(found.id), 0)
            case Milestone():
                return (1, *self._action(found.action), 1, found.ordinal, text)
            case _:
                return (2, _KINDS[kind], parts(text), text)

    def _find(self, thing: Thing) -> Any:  # noqa: ANN401 - whatever the kind holds
        for plan in self._plans:
            found = tracks.read(plan, thing)
            if found is not None:
                return found
        return None

    def _area(self, name: str) -> Place:
        area = self._find((Kind.AREA, name))
        return (area.ordinal, name) if area else _NOWHERE

    def _action(self, name: str) -> Place:
        action = self._find((Kind.ACTION, name))
        if action is None:
            return (*_NOWHERE, _ACTIONS, (), name)
        return (*self._area(action.area), _ACTIONS, parts(action.ref), name)
