"""One finding of a plan whole, page by page."""

from collections.abc import Mapping
from typing import Any

from planledger.reports.desk import Answered
from planledger.reports.pages.found import FINDINGS, Finding, listed, rows
from planledger.reports.pages.page import Page, Visit, plan_in, there


def _finding(visit: Visit) -> Finding:
    name = visit.path["finding"]
    found: Finding = there(
        FINDINGS.get(name), f"There is no finding {name[:80]!r}. Look at the list of findings."
    )
    return found


def _variables(visit: Visit) -> Mapping[str, Any]:
    finding = _finding(visit)
    return {
        **visit.at(),
        "after": visit.query.get("after"),
        "until": visit.day("until"),
        finding.field.rpartition(".")[2]: True,
        "moves": finding.filter,
    }


def _shown(answered: Answered, visit: Visit) -> Mapping[str, Any]:
    plan = plan_in(answered, visit)
    finding = _finding(visit)
    found = listed(answered.data["ledger"]["findings"], finding.field)
    return {
        "basis": answered.data["ledger"]["basis"],
        "plan": plan,
        "finding": finding,
        "count": found["totalCount"],
        "rows": list(rows(finding, found["nodes"])),
        "info": found["pageInfo"],
        "follows": "after" in visit.query,
        "until": visit.query.get("until"),
    }


PAGE = Page(
    name="finding",
    path="/plans/{plan}/findings/{finding}",
    variables=_variables,
    shown=_shown,
    under="findings",
)
