"""Making a simulated ledger, from its first entry to its last."""

from collections.abc import Callable
from datetime import date

from msgspec import Struct

from planledger.importing import prepare
from planledger.ledger import Ledger
from planledger.projections.points import AtHead, civil_day
from planledger.simulation.acts import Act
from planledger.simulation.chance import office as by_chance
from planledger.simulation.clock import SimulatedClock
from planledger.simulation.northbridge import ACCOUNTS, story
from planledger.simulation.office import Office, StoryError

Watch = Callable[[int, int], None]
"""Told how much is done, and of how much."""

FILENAME = "northbridge-improvement-plan.txt"
_LONGEST_STORY = 5_000


class NotEmptyError(Exception):
    """The ledger holds something already, and a simulated clock needs a ledger of its own."""


class Made(Struct, frozen=True, kw_only=True):
    """What came of a simulation."""

    plan: str
    entries: int
    commands: int
    """Those that recorded something."""
    refused: int
    """Those that recorded nothing."""
    reviews: int
    """Reviews held; none where so few entries hold only the beginning of a plan."""
    first: date
    """The day the first entry was recorded."""
    last: date


def make_northbridge(
    ledger: Ledger, clock: SimulatedClock, document: bytes, *, plan: str, watch: Watch
) -> Made:
    """Play the story of Northbridge into an empty ledger that keeps this clock's time.

    `document` is the plan as drafted. Raises NotEmptyError where the ledger is not empty,
    StoryError where a rule stands in the way.
    """
    _check_empty(ledger)
    acts = _story(document, plan)
    office = Office(ledger, clock, plan, ACCOUNTS)
    office.carry_out(acts, lambda done: watch(done, len(acts)))
    return _made(ledger, plan, office.acts - office.refusals, office.refusals)


def has_northbridge(ledger: Ledger, document: bytes, *, plan: str) -> bool:
    """Say whether the ledger holds the story of Northbridge, whole; others may have gone on."""
    acts = _story(document, plan)
    office = Office(ledger, SimulatedClock(), plan, ACCOUNTS)
    last = office.command_id(acts[-1].called or str(len(acts)))
    entries = ledger.events(plan=plan, limit=_LONGEST_STORY)
    return any(entry.envelope.command_id == last for entry in entries)


def make_by_chance(  # noqa: PLR0913 - what a history is made from, each by name
    ledger: Ledger,
    clock: SimulatedClock,
    *,
    plan: str,
    entries: int,
    seed: int,
    watch: Watch,
) -> Made:
    """Have an office work by chance in an empty ledger that keeps this clock's time.

    Raises NotEmptyError where the ledger is not empty.
    """
    _check_empty(ledger)
    counted = by_chance.work(
        ledger,
        clock,
        plan=plan,
        entries=entries,
        seed=seed,
        watch=lambda done: watch(done, entries),
    )
    return _made(ledger, plan, counted.carried_out, counted.refused)


def _story(document: bytes, plan: str) -> tuple[Act, ...]:
    prepared = prepare(document, filename=FILENAME, plan=plan)
    if prepared.problems:
        raise StoryError(f"Some lines of {FILENAME} cannot be read: {prepared.problems}")
    return story(prepared.command.draft)


def _check_empty(ledger: Ledger) -> None:
    if ledger.events(limit=1):
        raise NotEmptyError(
            "The ledger is not empty. A simulation has a clock of its own, so it needs a ledger of "
            "its own. Name a new one, such as --ledger sqlite:///new.db."
        )


def _made(ledger: Ledger, plan: str, commands: int, refused: int) -> Made:
    (first,) = ledger.events(limit=1)
    head = ledger.at(AtHead()).basis.position
    (last,) = ledger.events(after=head - 1, limit=1)
    seen = ledger.history(plan).state(head)
    reviews = seen.reviews.values() if seen is not None else ()
    return Made(
        plan=plan,
        entries=head,
        commands=commands,
        refused=refused,
        reviews=sum(review.closed_at is not None for review in reviews),
        first=civil_day(first.recorded_at),
        last=civil_day(last.recorded_at),
    )
