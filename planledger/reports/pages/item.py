"""One item of a plan at a point: an area, an action, a milestone or a statement."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from planledger.reports.desk import Answered, DeclinedError
from planledger.reports.pages.page import Page, Visit, plan_in
from planledger.reports.pages.renumbered import not_there

Found = Mapping[str, Any]
"""An object of the answer."""


def _variables(visit: Visit) -> Mapping[str, Any]:
    return {**visit.at(), "item": visit.path["item"]}


def _shown(answered: Answered, visit: Visit) -> Mapping[str, Any]:
    plan = plan_in(answered, visit)
    item = plan["item"]
    if item is None:
        message = f"There is no {visit.path['item'][:80]!r} in {visit.plan} at this point."
        raise not_there(DeclinedError("NOT_THERE", message), plan["areas"], visit, "items")
    ref = item["ref"]
    area, action = _place(plan["areas"], item)
    return {
        "plan": plan,
        "basis": answered.data["ledger"]["basis"],
        "it": item,
        "area": area,
        "action": action,
        "queries": [x for x in plan["queries"] if x["item"] == ref],
        "challenges": [x for x in plan["challenges"] if x["item"] == ref],
        "points_to": [x for x in plan["references"] if x["item"] == ref],
        "named_by": [x for x in plan["references"] if x["resolvedTarget"] == ref],
        "kpis": _kpis(plan["kpis"]),
        "reviews": {x["ref"]: f"{x['forum']['name']}, {x['label']}" for x in plan["reviews"]},
        "acts": list(acts_of(item)) if not visit.carried else [],
        "item": visit.items(),
    }


def _place(areas: Sequence[Found], item: Found) -> tuple[Found | None, Found | None]:
    """Find the area and the action that an item is in, or is."""
    id_ = item["id"]
    for area in areas:
        if area["id"] == id_:
            return area, None
        for action in area["actions"]:
            if action["id"] == id_ or any(one["id"] == id_ for one in action["milestones"]):
                return area, action
    # A statement bears the ref of its area: "4/outcome/2".
    of = item["ref"].partition("/")[0]
    return next((area for area in areas if area["ref"] == of), None), None


def _kpis(kpis: Sequence[Found]) -> Mapping[str, list[Found]]:
    """Give the KPIs that serve each statement, by its ref."""
    serving: dict[str, list[Found]] = {}
    for kpi in kpis:
        for statement in kpi["definition"]["statements"]:
            serving.setdefault(statement, []).append(kpi)
    return serving


def acts_of(item: Found) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Give what can be recorded of an item as it stands: an act, how it is said, what it is of."""
    ref = item["ref"]
    if item["__typename"] == "Milestone" and item["withdrawn"] is None:
        yield from _acts_of_milestone(item, {"milestone": ref})
    if item["__typename"] in {"Action", "Milestone"} and item["withdrawn"] is None:
        yield "lead", "Change who leads", {"item": ref}
        yield "evidence", "Register evidence", {"items": ref}
    if item["withdrawn"] is None:
        yield "raise-query", "Raise a query", {"item": ref}


def _acts_of_milestone(
    item: Found, of: dict[str, str]
) -> Iterator[tuple[str, str, dict[str, str]]]:
    if item["agreedOn"] is None and item["definition"] == "STATED":
        yield "agree", "Agree it", of
    date = item["targetDate"]
    if date["__typename"] == "OneOff":
        yield "move-date", "Move its target date", of
    elif date["__typename"] in {"ToBeConfirmed", "NotStated"}:
        yield "set-date", "Set its target date", of
    if item["agreedOn"] is None:
        return
    if item["delivery"] in {"NOT_STARTED", "IN_PROGRESS", "ON_HOLD"}:
        yield "progress", "Report progress", of
        yield "complete", "Report it complete", of
    elif item["delivery"] == "REPORTED_COMPLETE":
        yield "sign-off", "Sign it off", of
        yield "refuse-sign-off", "Refuse to sign it off", of
    else:
        yield "reopen", "Reopen it", of


PAGE = Page(
    name="item",
    path="/plans/{plan}/items/{item:path}",
    variables=_variables,
    shown=_shown,
)
