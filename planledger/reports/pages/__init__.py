"""The pages of the reading room: each a registered document, a template, and what joins the two."""

from typing import Final

from planledger.reports.pages import plans
from planledger.reports.pages.page import Page

PAGES: Final[tuple[Page, ...]] = (plans.PAGE,)
"""Every page, in the order in which addresses are looked at."""
