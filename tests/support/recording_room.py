"""The service by which people record, and the forms of one plan in it."""

from typing import NamedTuple
from urllib.parse import urlencode

from tests.support.forms import Form, form_of
from tests.support.ledgers import SettableClock
from tests.support.reading_room import Read, Room
from tests.support.stuck import StruckStore

MOVE = {"to_date": "May 2026", "reason": "Two posts are vacant."}
"""How a date is moved, but for which."""


class Service(NamedTuple):
    """A service, and what it is made of."""

    room: Room
    clock: SettableClock
    store: StruckStore


class Forms:
    """The forms of one plan."""

    def __init__(self, room: Room, plan: str) -> None:
        """Open those of `plan`."""
        self.room = room
        self.plan = plan

    def form(self, act: str, **query: str) -> Form:
        """Open the form of an act."""
        return form_of(self.room, act, self.plan, **query)

    def get(self, below: str, **query: str) -> Read:
        """Read a page of the plan."""
        return self.room.get(f"/plans/{self.plan}/{below}?{urlencode(query)}")
