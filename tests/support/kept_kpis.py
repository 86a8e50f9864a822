"""A plan with KPIs of small figures, written down in a room as a test wants it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from planledger.storage.sqlite import SqliteStore
from tests.support.ledgers import SettableClock
from tests.support.reading_room import Read, Room, reading

PLAN = "alpha"
YEAR = ("2024-04-01", "2025-03-31", "2024-25")
QUARTERS = [
    ("2024-04-01", "2024-06-30", "Q1 2024-25"),
    ("2024-07-01", "2024-09-30", "Q2 2024-25"),
    ("2024-10-01", "2024-12-31", "Q3 2024-25"),
    ("2025-01-01", "2025-03-31", "Q4 2024-25"),
]


class Kept:
    """A plan with KPIs, written down in a room that is empty at first."""

    def __init__(self, room: Room, clock: SettableClock) -> None:
        """Write in `room`."""
        self.room = room
        self.clock = clock
        self._do("planDraft", title="A plan")
        self._do("forumEstablish", forum="board", name="Board")

    def define(self, kpi: str = "moves", **more: Any) -> None:
        """Define a KPI, or define it anew."""
        given = {
            "name": "Emergency moves", "formula": "Moves in the period", "unit": "children",
            "polarity": "LOW", "frequencyMonths": 3, "sourceSystem": "Register",
            "suppressionRule": "SMALL_NUMBERS", "statements": [],
        }  # fmt: skip
        self._do("kpiDefine", kpi=kpi, **{**given, **more})

    def target(self, period: tuple[str, str, str], target: str, **more: Any) -> None:
        """Set a target."""
        self._do("kpiTargetSet", kpi="moves", period=_period(period), target=target, **more)

    def read(self, period: tuple[str, str, str], value: str, **more: Any) -> None:
        """Record a figure."""
        figure = {"status": "FINAL", "extractedOn": "2026-01-06", "value": value, **more}
        self._do("kpiReadingRecord", kpi="moves", period=_period(period), figure=figure)

    def void_last(self) -> None:
        """Take the last entry out of the record."""
        last = self.room.ask("{ ledger { basis { position } } }")["ledger"]["basis"]["position"]
        self._do("entryVoid", entry=last, reason="Counted for another council")

    def revise(self, period: tuple[str, str, str], value: str, reason: str) -> None:
        """Publish another figure."""
        figure = {"status": "FINAL", "extractedOn": "2026-01-06", "value": value}
        self._do(
            "kpiReadingRevise", kpi="moves", period=_period(period), figure=figure,
            cause="ERROR", reason=reason,
        )  # fmt: skip

    def reviewed(self, review: str = "board-1") -> None:
        """Hold a review: open and close it."""
        self._do(
            "reviewOpen", review=review, forum="board", label="One", asAt=str(self.clock.now.date())
        )
        self._do("reviewClose", review=review)

    def page(self, kpi: str = "moves", **query: str) -> Read:
        """Read the page of a KPI."""
        return self.read_at(f"kpis/{kpi}", query)

    def read_at(self, address: str, query: Mapping[str, str]) -> Read:
        """Read a page of the plan."""
        return self.room.get(f"/plans/{PLAN}/{address}?{urlencode(query)}")

    def _do(self, mutation: str, **given: Any) -> None:
        self.clock.now += timedelta(minutes=1)
        self.room.done(mutation, plan=PLAN, **given)


def _period(period: tuple[str, str, str]) -> dict[str, str]:
    return dict(zip(("first", "last", "label"), period, strict=True))


@contextmanager
def keeping(path: Path) -> Iterator[Kept]:
    """Give an empty plan to write KPIs in."""
    clock = SettableClock()
    with reading(SqliteStore(path, clock, create=True), clock) as room:
        yield Kept(room, clock)
