"""The clock of a simulated ledger: it stands still until it is moved, and only moves on."""

from datetime import UTC, date, datetime, time, timedelta

from planledger.storage.port import Clock

OPENS = time(9)
"""When work begins. In UTC: it is the same civil day in London in winter and in summer."""
STEP = timedelta(minutes=2)
"""How long an act takes."""


class SimulatedClock:
    """Gives the moment it was moved to; handed to the store and to the ledger alike."""

    def __init__(self) -> None:
        """Set it to the beginning of 2000, before any history begins."""
        self._now = datetime(2000, 1, 1, tzinfo=UTC)
        self._followed: Clock | None = None

    def __call__(self) -> datetime:
        """Read it."""
        return self._now if self._followed is None else self._followed()

    def follow(self, clock: Clock) -> None:
        """Keep another clock's time from now on: the history is made, and people take over."""
        self._followed = clock

    def move_on(self, to: date) -> None:
        """Move to the next moment of a day. Raises ValueError where that day is over."""
        moment = max(datetime.combine(to, OPENS, UTC), self._now + STEP)
        if moment.date() != to:
            raise ValueError(f"The clock stands at {self._now} and does not go back to {to}.")
        self._now = moment
