"""Which points are meant, made fast: "now" becomes a position and a day, and stays what it was.

Whoever has a page or a paper has these too, and can have it made again.
"""

from datetime import date, datetime, time
from typing import Any

from msgspec import Struct

from planledger.projections.points import LONDON
from planledger.reports.desk import Data
from planledger.reports.wording import civil


class Settled(Struct, frozen=True, kw_only=True):
    """What is wanted, and what it is to be read from."""

    plan: str
    start: Data
    """The basis of the one end, where there are two; or that of the review it is about."""
    end: Data
    """The basis of the other end, or the only one."""
    on: str | None
    """The civil day that was asked for, if one was."""

    def at_end(self) -> dict[str, Any]:
        """Give the variables of a document of one point."""
        return {
            "plan": self.plan,
            "knownAt": fixed(self.end),
            "effectiveOn": self.end["effectiveOn"],
        }

    def between(self) -> dict[str, Any]:
        """Give the variables of a document of two points, each on its own day if none is named.

        A position is looked at on the day it was recorded. Where another day is meant, the
        beginning of that day says both: nothing was recorded between that position and it.
        """
        ends = {"from": self.start, "to": self.end}
        if self.on is not None:
            return {
                "plan": self.plan,
                **{name: fixed(basis) for name, basis in ends.items()},
                "effectiveOn": self.on,
            }
        return {"plan": self.plan, **{name: _on_its_day(one) for name, one in ends.items()}}


def fixed(basis: Data) -> dict[str, Any]:
    """Give a point that stays as it is, of a basis: its review, else its position."""
    if basis["review"] is not None:
        return {"review": basis["review"]["ref"]}
    return {"position": basis["position"]}


def _on_its_day(basis: Data) -> dict[str, Any]:
    day = basis["effectiveOn"]
    if basis["recordedAt"] is None or day == civil(basis["recordedAt"]):
        return fixed(basis)
    if basis["review"] is not None:
        return fixed(basis)
    begins = datetime.combine(date.fromisoformat(day), time(), LONDON)
    return {"recordedAt": begins.isoformat()}
