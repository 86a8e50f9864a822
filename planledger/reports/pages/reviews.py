"""The reviews of a plan, by forum."""

from collections.abc import Mapping
from typing import Any

from planledger.reports.desk import Answered
from planledger.reports.pages.page import Page, Visit, plan_in
from planledger.reports.points import short_name


def _variables(visit: Visit) -> Mapping[str, Any]:
    return {"plan": visit.plan}


def _shown(answered: Answered, visit: Visit) -> Mapping[str, Any]:
    plan = plan_in(answered, visit)
    forums: dict[str, list[dict[str, Any]]] = {forum["ref"]: [] for forum in plan["forums"]}
    for review in plan["reviews"]:
        held = forums.setdefault(review["forum"]["ref"], [])
        before = next((one for one in reversed(held) if one["closedOn"]), None)
        held.append(
            {
                **review,
                "name": short_name(review["ref"]),
                "before": before and before["name"],
                "unanswered": sum(one["answeredOn"] is None for one in review["challenges"]),
            }
        )
    return {
        "basis": answered.data["ledger"]["basis"],
        "plan": plan,
        "forums": [
            {**forum, "reviews": list(reversed(forums[forum["ref"]]))} for forum in plan["forums"]
        ],
    }


PAGE = Page(
    name="reviews",
    path="/plans/{plan}/reviews",
    variables=_variables,
    shown=_shown,
    under="reviews",
)
