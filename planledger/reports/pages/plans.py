"""The first page: every plan that the ledger holds."""

from collections.abc import Mapping
from typing import Any

from planledger.reports.desk import Answered
from planledger.reports.pages.page import Page, Visit


def _variables(visit: Visit) -> Mapping[str, Any]:
    return {"after": visit.query.get("after")}


def _shown(answered: Answered, _: Visit) -> Mapping[str, Any]:
    ledger = answered.data["ledger"]
    return {"basis": ledger["basis"], "plans": ledger["plans"]}


PAGE = Page(name="plans", path="/", variables=_variables, shown=_shown)
