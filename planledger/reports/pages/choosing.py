"""Choosing points for a page that looks at two: what is offered, what was chosen, what is meant."""

from collections.abc import Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any

from planledger.reports import wording
from planledger.reports.desk import Data, DeclinedError
from planledger.reports.pages.page import Visit
from planledger.reports.points import point_of, written

_MANY = 5
"""How many reviews an error names."""
BEGINNING = "@0"
"""The point before the first entry, as it is written."""


def chosen(visit: Visit, name: str) -> str | None:
    """Give a point as it was asked for: what was typed before what was picked."""
    return visit.query.get(f"{name}-typed") or visit.query.get(name)


def last_two(reviews: Sequence[Data]) -> tuple[str, str] | None:
    """Give the last closed review and the one before it of the same forum, if there is one."""
    for at in range(len(reviews) - 1, 0, -1):
        forum = reviews[at]["forum"]["ref"]
        before = [one for one in reviews[:at] if one["forum"]["ref"] == forum]
        if before:
            return _short(before[-1]), _short(reviews[at])
    return None


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
        groups.setdefault(forum, []).append((_short(review), said))
    if wanted not in {
        written(point_of(plan, value)) for ones in groups.values() for value, _ in ones
    }:
        groups[""] = [(wanted, _typed(wanted)), *ends]
    return [
        (name, [(value, said, written(point_of(plan, value)) == wanted) for value, said in ones])
        for name, ones in groups.items()
    ]


def named(basis: Data) -> str:
    """Say a point in a sentence: "Q2 2024 of the Improvement Board", "31 March 2015"."""
    review = basis["review"]
    if review is not None:
        return f"{review['label']} of the {review['forum']['name']}"
    if basis["recordedAt"] is None:
        return "the beginning"
    return f"{wording.day(basis['effectiveOn'])} (known by entry {basis['position']})"


def between(start: Data, end: Data) -> str:
    """Say two points: "Between Q2 2024 and Q3 2024 of the Improvement Board"."""
    first, last = start["review"], end["review"]
    if first and last and first["forum"] == last["forum"] and first != last:
        return f"Between {first['label']} and {named(end)}"
    return f"Between {named(start)} and {named(end)}"


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
    name, names = name.rpartition("/")[2], [_short(one) for one in reviews]
    near = get_close_matches(name, names, _MANY, cutoff=0.5) or names[-_MANY:]
    there = f"There is {wording.listed(near)}" if near else "It has no review yet"
    return DeclinedError(
        "UNKNOWN_REVIEW",
        f"There is no review {name[:80]!r} of {plan}. {there}; see the list of its reviews.",
    )


def _short(review: Data) -> str:
    return str(review["ref"].rpartition("/")[2])


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
