"""The queries of a plan: what awaits a person, and what was decided."""

from collections.abc import Mapping
from typing import Any

from planledger.reports.desk import Answered
from planledger.reports.pages.page import Page, Visit, plan_in


def _variables(visit: Visit) -> Mapping[str, Any]:
    return visit.at()


def _shown(answered: Answered, visit: Visit) -> Mapping[str, Any]:
    plan = plan_in(answered, visit)
    resolved = sorted(plan["queries"], key=lambda query: query["resolvedOn"], reverse=True)
    return {
        "basis": answered.data["ledger"]["basis"],
        "plan": plan,
        "waiting": answered.data["ledger"]["findings"]["openQueries"]["nodes"],
        "resolved": resolved,
    }


PAGE = Page(
    name="queries",
    path="/plans/{plan}/queries",
    variables=_variables,
    shown=_shown,
    under="queries",
    follows=("ledger", "findings", "openQueries"),
)
