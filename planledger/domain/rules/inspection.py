"""Rules for the reports that a plan answers."""

from planledger.domain.case import Case, already, bad_name, not_come, taken
from planledger.domain.commands import ReceiveReport
from planledger.domain.refusals import Code, Refusal
from planledger.domain.working_days import working_days_after
from planledger.events.base import Event
from planledger.events.dates import day
from planledger.events.inspection import InspectionReportReceived

MOST_WORKING_DAYS = 260
"""About a year; nobody is allowed longer for a statement."""


def receive_report(command: ReceiveReport, case: Case) -> tuple[Event, ...] | Refusal:
    """Record a report, and count once by when the statement of action is due (SI 2007/462)."""
    known = case.known.inspections.get(command.inspection)
    if known is not None:
        same = all(
            getattr(known, field) == getattr(command, field)
            for field in ("framework", "judgement", "received_on", "published_on", "working_days")
        )
        if same:
            return already(case, command.inspection, known.on)
        return taken("inspection", command.inspection, "inspection")
    refusal = bad_name(command.inspection, "inspection") or bad_days(command, case)
    return refusal or (
        InspectionReportReceived(
            inspection=command.inspection,
            framework=command.framework,
            judgement=command.judgement,
            received_on=command.received_on,
            published_on=command.published_on,
            working_days=command.working_days,
            statement_due_on=working_days_after(command.received_on, command.working_days),
        ),
    )


def bad_days(command: ReceiveReport | InspectionReportReceived, case: Case) -> Refusal | None:
    """Refuse days that cannot be so, and a number of working days that nobody is allowed."""
    refusal = not_come(case, day(command.received_on), "receivedOn")
    if refusal is not None:
        return refusal
    published = command.published_on
    if published is not None and not command.received_on <= published <= case.stamp.today:
        return Refusal(
            code=Code.DATE_IMPOSSIBLE,
            message=f"A report received on {command.received_on} is published between then and "
            f"today ({case.stamp.today}), not on {published}. Check the two dates.",
            path="publishedOn",
        )
    if not 1 <= command.working_days <= MOST_WORKING_DAYS:
        return Refusal(
            code=Code.WORKING_DAYS_IMPOSSIBLE,
            message=f"A statement is due within 1 to {MOST_WORKING_DAYS} working days: 70, or 20 "
            "for a draft. Check the number.",
            path="workingDays",
        )
    return None
