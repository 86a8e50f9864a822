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
    "GivenRating": Kind.RATING,
    "Challenge": Kind.CHALLENGE,
    "Evidence": Kind.EVIDENCE,
    "Reference": Kind.REFERENCE,
    "PlanQuery": Kind.QUERY,
    "PlanVersion": Kind.VERSION,
    "Baseline": Kind.BASELINE,
    "Inspection": Kind.INSPECTION,
}
"""What a global id begins with, the name of a type, by the kind of thing it names."""
_NOUNS = {kind: noun for noun, kind in GLOBAL.items()}

_GLOBAL_ID = re.compile(
    r"(?P<noun>[A-Za-z]+):(?P<plan>[^/@:]+)(?:/(?P<name>[^@]+))?"
    r"(?:@(?P<position>[0-9]{1,15}),(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2}))?"
)


class GlobalId(NamedTuple):
    """What a global id names, and the point at which: the head, unless it bears its basis."""

    kind: Kind
    plan: str
    name: str
    """Its id within the plan; "" for the plan itself."""
    point: Point
    effective_on: date | None


class Named(NamedTuple):
    """What is named, and the point at which: the head, unless a global id bears its basis."""

    plan: str
    thing: str | Thing
    """A thing, or a ref or id to look for in the plan."""
    point: Point = AtHead()
    effective_on: date | None = None


def global_id(text: str) -> GlobalId:
    """Read a global id, with or without its basis. Raises GraphQLError for what is none."""
    found = _GLOBAL_ID.fullmatch(text)
    kind = GLOBAL.get(found["noun"]) if found else None
    if found is None or kind is None or (kind is Kind.PLAN) != (found["name"] is None):
        raise _unknown(text)
    plan, name = found["plan"], found["name"] or ""
    if found["position"] is None:
        return GlobalId(kind, plan, name, AtHead(), None)
    try:
        day = date.fromisoformat(found["day"])
    except ValueError:
        raise _unknown(text) from None
    return GlobalId(kind, plan, name, AtPosition(int(found["position"])), day)


def thing_named(text: str) -> Named:
    """Read a global id, with or without its basis, or "plan/ref". Raises GraphQLError."""
    if ":" not in text:
        plan, _, name = text.partition("/")
        if plan and name:
            return Named(plan, name)
        raise _unknown(text)
    asked = global_id(text)
    return Named(asked.plan, _thing(asked), asked.point, asked.effective_on)


def id_of(plan: str, thing: Thing) -> str | None:
    """Give the global id of a thing as it is now; None for a rating key with all its versions."""
    kind, name = thing
    if kind is Kind.RATING_KEY:
        return None
    within = name if isinstance(name, str) else "/".join(name)
    return f"{_NOUNS[kind]}:{plan}" if kind is Kind.PLAN else f"{_NOUNS[kind]}:{plan}/{within}"


def _thing(asked: GlobalId) -> Thing:
    first, _, last = asked.name.rpartition("/")
    if asked.kind is Kind.RATING:
        return (asked.kind, (first, last))
    # The id of a rating key names one version; its history is that of all of them.
    return (asked.kind, first if asked.kind is Kind.RATING_KEY else asked.name)


def _unknown(text: str) -> Exception:
    return declined(
        "UNKNOWN_ITEM",
        f"{text[:80]!r} names nothing. Give an id as answers have it, such as "
        '"Milestone:plymouth-2015/milestone-7", or a plan with a ref, such as '
        '"plymouth-2015/1.4/2".',
    )
