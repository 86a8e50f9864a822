"""The pages of the reading room: each a registered document, a template, and what joins the two."""

from typing import Final

from planledger.reports.pages import (
    changes,
    events,
    finding,
    findings,
    history,
    item,
    kpi,
    kpis,
    plan,
    plans,
    queries,
    record,
    review,
    reviews,
    search,
)
from planledger.reports.pages.page import Page

PAGES: Final[tuple[Page, ...]] = (
    plans.PAGE,
    plan.PAGE,
    item.PAGE,
    kpis.PAGE,
    kpi.PAGE,
    changes.PAGE,
    history.PAGE,
    reviews.PAGE,
    review.PAGE,
    events.PAGE,
    findings.PAGE,
    finding.PAGE,
    queries.PAGE,
    search.PAGE,
)
"""Every page, in the order in which addresses are looked at."""
RECORDING: Final[tuple[Page, ...]] = (record.PAGE, record.FORM, record.RECORDED)
"""The pages by which people record, served only where people may record."""
