"""Papers: what is handed on. Each is sections and tables made of one answer, in any format."""

from collections.abc import Mapping
from typing import Final

from planledger.graphql.context import Context
from planledger.reports.desk import Desk
from planledger.reports.papers import changes, findings, kpis, milestones, plan, review
from planledger.reports.papers.paper import Paper
from planledger.reports.papers.report import Report, Wanted

REPORTS: Final[Mapping[str, Report]] = {
    report.kind: report
    for report in (
        *(changes.REPORT, review.REPORT, plan.REPORT),
        *(milestones.REPORT, kpis.REPORT, findings.REPORT),
    )
}
"""Every report, by its kind."""


def written(desk: Desk, context: Context, kind: str, wanted: Wanted) -> Paper:
    """Write any paper: the same point, the same paper.

    Raises DeclinedError where it cannot be asked so, or what it is about is not there.
    """
    return REPORTS[kind].written(desk, context, wanted)
