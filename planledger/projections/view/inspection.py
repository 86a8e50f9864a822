"""Inspection reports as they are shown."""

from datetime import date

from planledger.projections.view.base import View


class InspectionView(View, frozen=True, kw_only=True, gc=False):
    """A report that the plan answers, and when its statement of action is due."""

    id: str
    ref: str
    framework: str
    judgement: str
    received_on: date
    published_on: date | None
    working_days: int
    statement_due_on: date
