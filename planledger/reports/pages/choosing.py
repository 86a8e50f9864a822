"""Choosing points for a page that looks at two: what is offered, what was chosen, what is meant."""

from collections.abc import Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any

from planledger.reports import wording
from planledger.reports.desk import Data, DeclinedError
from planledger.reports.pages.page import Visit
from planledger.reports.points import point_of, short_name, written

_MANY = 5
"""How many reviews an error names."""
BEGINNING = "@0"
"""The point before the first entry, as it is written."""


def chosen(visit: Visit, name: str) -> str | None:
    """Give a point as it was asked for: what was typed before what was picked."""
    return visit.query.get(f"{name}-typed") or visit.query.get(name)


def last_two(reviews: Sequence[Data]) -> tuple[str, str] | None:
    """Give the last two closed reviews of the forum that has closed most; None before it has two.

    That is the one which steers the plan. Of several it is the one that began first.
    """
    held: dict[str, list[Data]] = {}
    for review in reviews:
        held.setdefault(review["forum"]["ref"], []).append(review)
    most = max(held.values(), key=len, default=[])
    return (short_name(most[-2]["ref"]), short_name(most[-1]["ref"])) if len(most) > 1 else None


def offered(plan: str, reviews: Sequence[Data], point: str | None, *, start: bool) -> list[Any]:
    """Give what a select offers, by forum: each a value, what it says, and if it is chosen.

    A point that is in none of the groups was typed, and is offered too.
    """
    wanted = written(point_of(plan, point))
    ends = [(BEGINNING, "The beginning")] if start else [("head", "Now")]
    groups: dict[str, list[tuple[str, str]]] = {"": ends}
    for review in reversed(reviews):
        forum = review["forum"]["name"]
        said = f"{review['label']}, {forum}, as at {wording.day(review['asAt'])}"
        groups.setdefault(forum, []).append((short_name(review["ref"]), said))
    if wanted not in {
        written(point_of(plan, value)) for ones in groups.values() for value, _ in ones
    }:
        groups[""] = [(wanted, _typed(wanted)), *ends]
    return [
        (name, [(value, said, written(point_of(plan, value)) == wanted) for value, said in ones])
        for name, ones in groups.items()
    ]


def short(plan: str, points: Mapping[str, str | None]) -> dict[str, str]:
    """Give points as a query asks for them, without the ledger as it stands."""
    found = {name: written(point_of(plan, point)) for name, point in points.items()}
    return {
        name: point.removeprefix(f"{plan}/") for name, point in found.items() if point != "head"
    }


def basis_of(plan: str, review: str) -> dict[str, Any]:
    """Give what of a closed review's basis says which point it is."""
    return {"review": {"ref": f"{plan}/{review}"}, "recordedAt": None, "effectiveOn": ""}


def unknown_review(plan: str, name: str, reviews: Sequence[Data]) -> DeclinedError:
    """Say that there is no review of a name, and which are called like it."""
    name, names = short_name(name), [short_name(one["ref"]) for one in reviews]
    near = get_close_matches(name, names, _MANY, cutoff=0.5) or names[-_MANY:]
    there = f"There is {wording.listed(near)}" if near else "It has no review yet"
    return DeclinedError(
        "UNKNOWN_REVIEW",
        f"There is no review {name[:80]!r} of {plan}. {there}; see the list of its reviews.",
    )


def _typed(point: str) -> str:
    """Say a point that was typed: "Entry 788", "The end of 22 October 2024"."""
    if point == "head":
        return "Now"
    if point == BEGINNING:
        return "The beginning"
    if point.startswith("@"):
        return f"Entry {point[1:]}"
    try:
        return f"The end of {wording.day(date.fromisoformat(point).isoformat())}"
    except ValueError:  # an instant, or a review that nobody knows
        return point
