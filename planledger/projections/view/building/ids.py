"""Naming the things of a plan: global ids, and refs that sort as people count."""

import re

from planledger.domain.finding import area_ref, milestone_ref, statement_ref
from planledger.domain.plan import Action, Area, Milestone, Plan, Statement, find_item

Parts = tuple[tuple[int, int, str], ...]


def global_id(kind: str, plan: str, of: str, mark: str) -> str:
    """Give the global id of a thing of a plan; `mark` tells one point from another.

    `kind` is the name of its type in the schema.
    """
    return f"{kind}:{plan}{mark}" if kind == "Plan" else f"{kind}:{plan}/{of}{mark}"


def id_within(of: str) -> str:
    """Give the id within its plan that a global id holds: "Action:p/action-1@7,…" -> action-1."""
    return of.partition("/")[2].partition("@")[0]


def ref_of(plan: Plan, item: str) -> str | None:
    """Give the ref of an item by its id, if it is in the plan."""
    found = find_item(plan, item)
    match found:
        case None:
            return None
        case Area():
            return area_ref(found)
        case Statement():
            return statement_ref(plan, found)
        case Action():
            return found.ref
        case Milestone():
            return milestone_ref(plan, found)


def parts(ref: str) -> Parts:
    """Part "1.10a" into numbers and what stands between them, numbers before letters."""
    found = re.findall("[0-9]+|[^0-9]+", ref)
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in found)
