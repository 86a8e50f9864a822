"""What the office by chance knows of its plan, so that it asks for little that is refused."""

from collections import deque
from collections.abc import Generator, Sequence
from datetime import date, timedelta
from random import Random
from typing import NamedTuple, TypeVar

from msgspec import Struct

from planledger.domain.commands import PlanCommand
from planledger.events.dates import Month
from planledger.events.envelope import Entry
from planledger.events.values import Author, Authority, Personal

OFFICE, LEAD, DIRECTOR, ANALYST = (
    Author(id=f"simulated:{account}", name=Personal(words=f"Simulated {account}"))
    for account in ("programme office", "delivery lead", "director", "analyst")
)
_AMENDABLE = 100

Some = TypeVar("Some")


class Wish(NamedTuple):
    """Who asks for what."""

    who: Author
    command: PlanCommand


Steps = Generator[Wish, Entry | None, None]
"""Wishes, each answered with the entry it recorded, or None where it was refused."""


class Size(Struct, frozen=True, kw_only=True):
    """How large a plan is, and how much is done with it in a quarter."""

    actions: int
    forums: int
    kpis: int
    ratings: int
    """Given at each review."""

    @classmethod
    def of_history(cls, entries: int) -> "Size":
        """Give the plan that a history of so many entries fills; its opening is a tenth of it."""
        a_quarter = entries // 40
        return cls(
            actions=min(200, max(2, entries // 150)),
            forums=min(2, a_quarter // 20),
            kpis=min(12, a_quarter // 10),
            ratings=min(6, a_quarter // 15),
        )


class Step:
    """A milestone as the office knows it."""

    def __init__(self, milestone: str, on: date) -> None:
        """Begin with a milestone just proposed."""
        self.id = milestone
        self.due: Month | None = None
        self.agreed = self.claimed = self.accepted = False
        self.since = on
        """The day of the last change that a late entry must not go behind."""


class World:
    """The plan, the day it is, and the dice."""

    def __init__(self, plan: str, size: Size, chance: Random) -> None:
        """Begin before anything is there."""
        self.plan = plan
        self.size = size
        self.chance = chance
        self.today = date.min
        self.actions: list[str] = []
        self.parties: list[str] = []
        self.leads: dict[str, str] = {}
        """Who leads each action."""
        self.steps: list[Step] = []
        self.amendable: deque[Entry] = deque(maxlen=_AMENDABLE)
        """Reports of progress, which nothing else depends on."""
        self.open_challenges: list[str] = []

    def one_of(self, those: Sequence[Some]) -> Some:
        """Choose one."""
        return those[self.chance.randrange(len(those))]

    def happens(self, in_a_hundred: float) -> bool:
        """Say whether something happens that does so many times in a hundred."""
        return self.chance.random() * 100 < in_a_hundred

    def month(self, ahead: int) -> Month:
        """Give a month so far ahead."""
        years, month = divmod(self.today.month - 1 + ahead, 12)
        return Month(self.today.year + years, month + 1)

    def earlier(self, since: date) -> date | None:
        """Give a day after `since` on which something was true that is keyed in only now."""
        day = max(self.today - timedelta(days=3 + self.chance.randrange(60)), since)
        return day if day < self.today else None

    def board(self) -> Authority:
        """Give the authority of the board's meeting of this week."""
        monday = self.today - timedelta(days=self.today.weekday())
        return Authority(
            forum="board", meeting=monday, minute=str(1 + self.chance.randrange(20)), officer=None
        )
