"""What people type for a plan, a point, a review or a thing, and what it names."""

import difflib
from collections.abc import Iterable, Iterator

from planledger.answers import reveal
from planledger.cli.common import DECLINED, fail
from planledger.domain.finding import find_any, item_ref
from planledger.domain.plan import Plan
from planledger.ledger import Ledger
from planledger.projections.changes.shapes import THE_PLAN, Kind, Thing, Track, item_thing
from planledger.projections.changes.tracks import MAPS, things
from planledger.projections.points import AtHead, AtReview, Point, parse_point
from planledger.projections.view import Basis

NAMED = 8
"""How many names an error lists, unless told."""


def check_plan(books: Ledger, plan: str) -> Plan:
    """Give all that was ever recorded of a plan; end with a line that names those there are."""
    known = books.known(plan)
    if known is None:
        there = books.plans(books.at(AtHead()).basis.position)
        fail(f"There is no plan {plan!r}. {among('Plans', plan, there)}", DECLINED)
    return known


def no_plan_there(plan: str, basis: Basis) -> str:
    """Say that a plan had not begun at a point."""
    return (
        f"There was no plan {plan!r} yet at position {basis.position} on {basis.effective_on}. "
        "Ask for a later point."
    )


def point_named(plan: Plan, text: str) -> Point:
    """Read a point; a review of the plan may go by its short name, any by PLAN/REVIEW.

    Raises ValueError, as `parse_point` does, for what can be neither.
    """
    try:
        point = parse_point(text)
    except ValueError:
        if not text[:1].isalpha():
            raise
        point = AtReview(text)
    if not isinstance(point, AtReview):
        return point
    return AtReview(review_named(plan, point.review))


def review_named(plan: Plan, text: str) -> str:
    """Give a review as "plan/review", whichever way it was named."""
    ref, _, name = text.rpartition("/")
    if ref not in {"", plan.ref}:
        return text
    if name not in plan.reviews:
        ordered = sorted(plan.reviews.values(), key=lambda review: (review.as_at, review.id))
        there = among("Reviews", name, [review.id for review in ordered])
        fail(f"There is no review {name!r} of {plan.ref}. {there}", DECLINED)
    return f"{plan.ref}/{name}"


def thing_named(books: Ledger, plan: Plan, text: str, basis: Basis) -> str | Thing:
    """Find what people name, as it stood at a basis or else later; else the text itself.

    Items go by ref, reviews by short name or PLAN/REVIEW, parties, KPIs and forums by id or name.
    """
    history = books.history(plan.ref)
    states = (
        history.state(basis.position, basis.effective_on),
        history.state(basis.position),
        plan,
    )
    for state in states:
        found = _find(state, text) if state is not None else None
        if found is not None:
            return found
    return text


def no_such_thing(plan: Plan, text: str) -> str:
    """Say that a plan has no such thing, and what it has."""
    items = (*plan.areas.values(), *plan.actions.values(), *plan.milestones.values())
    there = [item_ref(plan, item) for item in (*items, *plan.statements.values())]
    there += [name for kind in (Kind.KPI, Kind.FORUM, Kind.REVIEW) for name in things(plan, kind)]
    there += [name for name, _ in _names(plan)]
    nearest = _nearest(text, there)
    hint = f"Nearest: {', '.join(nearest)}." if nearest else _NAMING
    return f"There is no {text!r} in {plan.ref}. {hint}"


_NAMING = (
    'Name an item by its ref ("1.4", "1.4/2", "1"), a party by its name, a KPI, forum or review by '
    "its short name."
)


def track_named(text: str) -> Track:
    """Give a field by its name: "target date", or "target-date"."""
    wanted = text.lower().replace("-", " ").replace("_", " ")
    there = [track.value for track in Track]
    if wanted not in there:
        fail(f"There is no field {text!r}. {among('Fields', wanted, there, len(there))}", DECLINED)
    return Track(wanted)


def among(what: str, text: str, there: Iterable[str], most: int = NAMED) -> str:
    """Say what there is: the nearest names where some are near, else the first ones."""
    names = list(there)
    nearest = _nearest(text, names)
    if nearest:
        return f"Nearest: {', '.join(nearest)}."
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return f"{what}: {', '.join(names[:most]) or 'none'}{more}."


def _nearest(text: str, there: Iterable[str]) -> list[str]:
    by_folded = {name.casefold(): name for name in there}
    near = difflib.get_close_matches(text.casefold(), by_folded, cutoff=0.5)
    return [by_folded[name] for name in near]


def _find(plan: Plan, text: str) -> Thing | None:
    item = find_any(plan, text)
    if item is not None:
        return item_thing(item)
    if text == plan.ref:
        return THE_PLAN
    for kind in MAPS:
        if text in things(plan, kind):
            return (kind, text)
    review = text.removeprefix(f"{plan.ref}/")
    if review in plan.reviews:
        return (Kind.REVIEW, review)
    wanted = text.casefold()
    return next((thing for name, thing in _names(plan) if name.casefold() == wanted), None)


def _names(plan: Plan) -> Iterator[tuple[str, Thing]]:
    """Give the names of parties, KPIs and forums, past ones too, with what they name."""
    for party in sorted(plan.parties.values(), key=lambda party: party.registered_at):
        for name in (party.name, *party.aliases):
            yield reveal(name), (Kind.PARTY, party.id)
    for kpi in plan.kpis.values():
        for definition in kpi.definitions:
            yield definition.name, (Kind.KPI, kpi.id)
    for forum in plan.forums.values():
        yield forum.name, (Kind.FORUM, forum.id)
