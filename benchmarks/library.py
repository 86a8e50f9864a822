"""The same plan kept the way the `eventsourcing` library does by default: `@event` and JSON.

What planledger's replay is compared with. Dates are texts here, since the default transcoder
refuses `date`.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from msgspec import to_builtins

from benchmarks.made_up import envelopes

STEP = 500


class Plan(Aggregate):
    """A plan as a bag of items: the cheapest aggregate that keeps what ours keeps."""

    @event("Drafted")
    def __init__(self, title: str) -> None:
        self.title = title
        self.items: dict[str, dict[str, Any]] = {}

    @event("Changed")
    def change(self, item: str, field: str, said: dict[str, Any]) -> None:
        """Set one field of one item; `said` is the whole envelope, as ours is stored."""
        self.items.setdefault(item, {})[field] = (said["effective_on"], said["event"])


def replaying(path: Path, count: int) -> Callable[[], int]:
    """Write `count` events as one aggregate; give what reads it back and counts its events."""
    plans = Application[UUID](
        env={"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(path)}
    )
    plan = Plan("Northbridge improvement plan (fictional)")
    for number, envelope in enumerate(envelopes(count)[1:], start=1):
        said = to_builtins(envelope)
        body = said["event"]
        item = next((body[key] for key in ("milestone", "item", "kpi") if key in body), "plan")
        plan.change(item, body["type"], said)
        if number % STEP == 0:
            plans.save(plan)
    plans.save(plan)

    def replay() -> int:
        read: Plan = plans.repository.get(plan.id)
        return read.version

    return replay
