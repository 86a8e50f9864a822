"""What a command was about: the thing that a mutation answers with, found in a plan shown."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from planledger.events.envelope import Entry
from planledger.events.review import RatingGiven, RatingKeyAdopted
from planledger.ledger import LAST_YEAR, Ledger, Recorded
from planledger.projections.points import AtPosition
from planledger.projections.view import PlanView, StatementView, id_within

Which = str | Callable[[PlanView], Any]
"""A name as commands accept it, or what picks the thing from the plan with everything known."""

LAST_DAY = date(LAST_YEAR, 12, 31)


def thing_about(  # noqa: PLR0913, PLR0917 - all that it can be told from
    ledger: Ledger, plan: PlanView, noun: str, outcome: Recorded, which: Which, on: date
) -> object:
    """Give the `noun` in `plan` that a command effective on `on` was about; None if it is gone.

    It is the one that the command's first entry names. A command that recorded nothing, because
    it was so already, was about the one that `which` names on that day, or picks.
    """
    if noun == "plan":
        return plan
    wanted = (
        _named(outcome.entries[0], noun)
        if outcome.entries
        else _already(ledger, plan.ref, noun, outcome.position, which, on)
    )
    return next((thing for thing in things(plan, noun) if local_id(thing) == wanted), None)


def find(plan: PlanView, noun: str, name: str) -> Any:  # noqa: ANN401 - any kind of thing
    """Find a thing as commands do: by ref, printed number or id; one still in the plan first."""
    named = (
        thing
        for thing in things(plan, noun)
        if name in {local_id(thing), getattr(thing, "ref", None), getattr(thing, "number", None)}
    )
    return living(named)


def living(things: Iterable[Any]) -> Any:  # noqa: ANN401 - any kind of thing
    """Give the first that is still in the plan, else the first, else None."""
    return min(
        things, key=lambda thing: getattr(thing, "withdrawn", None) is not None, default=None
    )


def statements(plan: PlanView) -> Iterator[StatementView]:
    """Give every statement, nested ones too."""
    left = [
        statement
        for area in plan.areas
        for statement in (*area.objectives, *area.outcomes, *area.measures)
    ]
    while left:
        statement = left.pop()
        left.extend(statement.children)
        yield statement


def local_id(thing: Any) -> str:  # noqa: ANN401 - whatever has a global id
    """Give the id within the plan that a global id holds: "Action:p/action-1@7,…" -> action-1."""
    return id_within(thing.id)


def _already(  # noqa: PLR0913, PLR0917 - as thing_about
    ledger: Ledger, plan: str, noun: str, position: int, which: Which, on: date
) -> str | None:
    for day in (on, LAST_DAY):
        then = ledger.at(AtPosition(position), day).plan(plan)
        if then is not None and (day == LAST_DAY or isinstance(which, str)):
            found = find(then, noun, which) if isinstance(which, str) else which(then)
            if found is not None:
                return local_id(found)
    return None


def _named(entry: Entry, noun: str) -> str | None:
    """Give the id of the thing an entry is about."""
    event = entry.event
    if isinstance(event, RatingGiven):
        return f"{event.item}/{event.review}"
    if isinstance(event, RatingKeyAdopted):
        return f"{event.key}/{event.key_version}"
    named: str | None = getattr(event, noun, None) or getattr(event, "item", None)
    return named


def things(plan: PlanView, noun: str) -> Iterable[Any]:
    """Give everything in a plan of one noun, such as "rating_key"; "item" is any kind of item."""
    actions = [action for area in plan.areas for action in area.actions]
    return {
        "plan": [plan],
        "area": plan.areas,
        "statement": statements(plan),
        "action": actions,
        "milestone": plan.milestones,
        # In the order in which commands take a name for one of them.
        "item": [*plan.milestones, *actions, *statements(plan), *plan.areas],
        "party": plan.parties,
        "kpi": plan.kpis,
        "forum": plan.forums,
        "review": plan.reviews,
        "rating_key": plan.rating_keys,
        "rating": [rating for review in plan.reviews for rating in review.ratings],
        "challenge": plan.challenges,
        "evidence": plan.evidence,
        "query": plan.queries,
        "reference": plan.references,
        "version": plan.versions,
        "baseline": plan.baselines,
        "inspection": plan.inspections,
    }[noun]
