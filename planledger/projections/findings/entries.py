"""What the record itself shows: entries made late, and entries put right."""

from datetime import date
from enum import Enum

from planledger.events.catalogue import PlanEvent, stored_name
from planledger.events.envelope import Fact
from planledger.events.record import EntryCorrected, EntryVoided
from planledger.projections.findings.matter import Finding, Matter, NamedItem
from planledger.projections.points import civil_day

_ABOUT = ("item", "milestone", "action", "statement", "area")
"""The fields of an event that say which item it is about, the closest first."""


class AmendmentKind(Enum):
    """What was done to an entry."""

    CORRECTED = "corrected"
    VOIDED = "voided"


class LateEntry(Finding, frozen=True, kw_only=True, gc=False):
    """An entry recorded after the day on which it took effect."""

    position: int
    event: str
    """The name it is stored under: "milestone-agreed.v1"."""
    item: NamedItem | None
    """What it is about, if it is an item."""
    effective_on: date
    recorded_on: date
    days: int


class AmendmentFinding(Finding, frozen=True, kw_only=True, gc=False):
    """That an entry was corrected or voided."""

    position: int
    on: date
    """The day it gives itself."""
    recorded_on: date
    kind: AmendmentKind
    entry: int
    """The entry it is directly about, which can itself be an amendment."""
    about: int
    """The entry about the world it is about in the end."""
    event: str
    """The name that entry is stored under, as it was recorded."""
    item: NamedItem | None
    undone: bool
    """Whether it was itself voided later."""
    reviews: tuple[str, ...]
    """Closed reviews, "plan/review", that had reported the entry before this."""


def late_entries(matter: Matter, more_than: int = 0) -> tuple[LateEntry, ...]:
    """List entries recorded more than so many days after their day, the latest first.

    Corrections and voids are not late: their own day cuts nothing.
    """
    found = [
        LateEntry(
            position=fact.position,
            event=_name(fact),
            item=matter.named(_about(fact.event)),
            effective_on=fact.effective_on,
            recorded_on=recorded_on,
            days=days,
        )
        for fact in matter.facts
        if (days := ((recorded_on := civil_day(fact.recorded_at)) - fact.effective_on).days)
        > more_than
    ]
    return tuple(sorted(found, key=lambda entry: (-entry.days, entry.position)))


def amendments(matter: Matter) -> tuple[AmendmentFinding, ...]:
    """List the corrections and voids, in ledger order."""
    voided = _voided(matter)
    return tuple(
        AmendmentFinding(
            position=fact.position,
            on=fact.effective_on,
            recorded_on=civil_day(fact.recorded_at),
            kind=AmendmentKind.CORRECTED
            if isinstance(fact.event, EntryCorrected)
            else AmendmentKind.VOIDED,
            entry=_entry(fact),
            about=root.position,
            event=_name(root),
            item=matter.named(_about(root.event)),
            undone=fact.position in voided,
            reviews=_had_reported(matter, root, fact.position),
        )
        for fact, root in matter.amendments
    )


def _voided(matter: Matter) -> set[int]:
    """Give the positions that are void, resolved from the newest to the oldest."""
    voided: set[int] = set()
    for fact, _ in reversed(matter.amendments):
        if isinstance(fact.event, EntryVoided) and fact.position not in voided:
            voided.add(fact.event.entry)
    return voided


def _had_reported(matter: Matter, root: Fact, until: int) -> tuple[str, ...]:
    reviews = sorted(matter.plan.reviews.values(), key=lambda one: (one.as_at, one.id))
    return tuple(
        f"{matter.plan.ref}/{review.id}"
        for review in reviews
        if review.closed_at is not None
        and root.position <= review.closed_at < until
        and root.effective_on <= review.as_at
    )


def _entry(fact: Fact) -> int:
    event = fact.event
    assert isinstance(event, EntryCorrected | EntryVoided)  # noqa: S101 - as a record keeps them
    return event.entry


def _name(fact: Fact) -> str:
    return stored_name(type(fact.event))


def _about(event: PlanEvent) -> str | None:
    fields = (getattr(event, name) for name in _ABOUT if hasattr(event, name))
    return next(fields, None)
