"""What can be found in a plan: how many of everything first, then the first of each."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from planledger.reports.desk import Answered
from planledger.reports.pages.found import GROUPS, Finding, Node, listed, rows
from planledger.reports.pages.found_cells import Cell
from planledger.reports.pages.page import Page, Visit, plan_in

SHOWN: Final = 10
"""How many of a finding the overview shows."""


_TWICE: Mapping[str, Callable[[Node], bool]] = {
    "due": lambda node: bool(node["daysOverdue"]),
    "moved": lambda _: True,
}
"""What is told as another finding already: the overview counts it, and lists it there only."""


class Section(Struct, frozen=True, kw_only=True):
    """A finding as the overview shows it."""

    finding: Finding
    count: int
    rows: Sequence[Sequence[Cell]]


def _variables(visit: Visit) -> Mapping[str, Any]:
    return {**visit.at(), "until": visit.day("until")}


def _shown(answered: Answered, visit: Visit) -> Mapping[str, Any]:
    plan = plan_in(answered, visit)
    findings = answered.data["ledger"]["findings"]
    only = visit.query.get("only")
    groups = [
        (group.title, [_section(findings, finding) for finding in group.findings])
        for group in GROUPS
    ]
    chosen = {section.finding.name for _, sections in groups for section in sections} & {only}
    return {
        "basis": answered.data["ledger"]["basis"],
        "plan": plan,
        "findings": findings,
        "groups": groups,
        "only": only if chosen else None,
        "uncovered": [area for area in findings["coverage"] if not area["isCovered"]],
        "loads": findings["leadLoads"],
        "busiest": max(
            (load["actions"] for load in findings["leadLoads"] if load["party"]), default=0
        ),
        "nobody": _nobody(findings["leadLoads"]),
        "until": visit.query.get("until"),
    }


def _section(findings: Node, finding: Finding) -> Section:
    """Give the first of a finding, and how many there are; moves of dates came whole."""
    found = listed(findings, finding.field)
    nodes = [node for node in found["nodes"] if finding.is_part(node)]
    told = _TWICE.get(finding.name)
    shown = [node for node in nodes if told is None or not told(node)][:SHOWN]
    return Section(
        finding=finding,
        count=found["totalCount"] if finding.filter is None else len(nodes),
        rows=list(rows(finding, shown)),
    )


def _nobody(loads: Sequence[Node]) -> Node | None:
    return next((load for load in loads if load["party"] is None), None)


PAGE = Page(
    name="findings",
    path="/plans/{plan}/findings",
    variables=_variables,
    shown=_shown,
    under="findings",
    follows=("ledger", "findings", "dateMoves"),
)
