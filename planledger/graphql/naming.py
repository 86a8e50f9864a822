"""Finding what an id or a ref names: whose history or entries are asked for."""

import re
from datetime import date
from typing import NamedTuple

from planledger.graphql.errors import declined
from planledger.projections.changes.shapes import Kind, Thing
from planledger.projections.points import AtHead, AtPosition, Point

GLOBAL = {
    "Plan": Kind.PLAN,
    "Area": Kind.AREA,
    "Statement": Kind.STATEMENT,
    "Action": Kind.ACTION,
    "Milestone": Kind.MILESTONE,
    "Party": Kind.PARTY,
    "Kpi": Kind.KPI,
    "Forum": Kind.FORUM,
    "Review": Kind.REVIEW,
    "RatingKey": Kind.RATING_KEY,
    "Challenge": Kind.CHALLENGE,
    "Evidence": Kind.EVIDENCE,
    "Reference": Kind.REFERENCE,
    "Query": Kind.QUERY,
    "Version": Kind.VERSION,
    "Baseline": Kind.BASELINE,
    "Inspection": Kind.INSPECTION,
}
"""What a global id begins with, by the kind of thing it names. Ratings have no global id."""
_NOUNS = {kind: noun for noun, kind in GLOBAL.items()}

_GLOBAL_ID = re.compile(
    r"(?P<noun>[A-Za-z]+):(?P<plan>[^/@:]+)(?:/(?P<name>[^@]+))?"
    r"(?:@(?P<position>[0-9]{1,15}),(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2}))?"
)


class Named(NamedTuple):
    """What is named, and the point at which: the head, unless a global id bears its basis."""

    plan: str
    thing: str | Thing
    """A thing, or a ref or id to look for in the plan."""
    point: Point = AtHead()
    effective_on: date | None = None


def thing_named(text: str) -> Named:
    """Read a global id, with or without its basis, or "plan/ref". Raises GraphQLError."""
    if ":" not in text:
        plan, _, name = text.partition("/")
        if plan and name:
            return Named(plan, name)
        raise _unknown(text)
    found = _GLOBAL_ID.fullmatch(text)
    kind = GLOBAL.get(found["noun"]) if found else None
    if found is None or kind is None or (kind is Kind.PLAN) != (found["name"] is None):
        raise _unknown(text)
    thing = _thing(kind, found["name"] or "")
    if found["position"] is None:
        return Named(found["plan"], thing)
    try:
        day = date.fromisoformat(found["day"])
    except ValueError:
        raise _unknown(text) from None
    return Named(found["plan"], thing, AtPosition(int(found["position"])), day)


def id_of(plan: str, thing: Thing) -> str | None:
    """Give the global id of a thing as it is now; None for what has none."""
    kind, name = thing
    noun = _NOUNS.get(kind)
    if noun is None or kind is Kind.RATING_KEY:
        return None
    return f"{noun}:{plan}" if kind is Kind.PLAN else f"{noun}:{plan}/{name}"


def _thing(kind: Kind, name: str) -> Thing:
    # The id of a rating key names one version; its history is that of all of them.
    return (kind, name.rpartition("/")[0] if kind is Kind.RATING_KEY else name)


def _unknown(text: str) -> Exception:
    return declined(
        "UNKNOWN_ITEM",
        f"{text[:80]!r} names nothing. Give an id as answers have it, such as "
        '"Milestone:plymouth-2015/milestone-7", or a plan with a ref, such as '
        '"plymouth-2015/1.4/2".',
    )
