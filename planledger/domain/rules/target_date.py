"""Rules for target dates (design page 2.2): TBC to a date is a first setting, not slippage."""

from planledger.domain.case import Case, milestone_of, need_authority, need_reason
from planledger.domain.commands import (
    DeferTargetDate,
    MoveTargetDate,
    SetRecurrence,
    SetTargetDate,
)
from planledger.domain.refusals import Code, Refusal
from planledger.events.base import Event
from planledger.events.target_date import (
    RecurrenceSet,
    TargetDateDeferred,
    TargetDateMoved,
    TargetDateSet,
)
from planledger.events.target_dates import (
    Dated,
    NotStated,
    OneOff,
    Ongoing,
    Recurring,
    ToBeConfirmed,
)


def set_target_date(command: SetTargetDate, case: Case) -> tuple[Event, ...] | Refusal:
    """Set a date where none is in force; over a recurrence or "ongoing" only with a reason."""
    milestone = milestone_of(case, command.milestone)
    if isinstance(milestone, Refusal):
        return milestone
    wanted: Dated
    if command.date is None:
        wanted = Ongoing(as_printed=command.as_printed or "Ongoing")
    else:
        wanted = OneOff(as_printed=command.as_printed or command.date.label, date=command.date)
    now = milestone.target_date
    match now:
        case OneOff() if now.date == command.date:
            return ()
        case Ongoing() if command.date is None:
            return ()
        case OneOff() if command.date is not None:
            return Refusal(
                code=Code.TARGET_DATE_IN_FORCE,
                message=f"{command.milestone} is already due by {now.date.label}. "
                "Move the date instead of setting it.",
                path="date",
            )
        case OneOff() | Recurring() | Ongoing():
            refusal = need_reason(command, f"{command.milestone} has a date that this replaces.")
            if refusal is not None:
                return refusal
        case NotStated() | ToBeConfirmed():
            pass
    return (TargetDateSet(milestone=milestone.id, target_date=wanted, shared_with=()),)


def defer_target_date(command: DeferTargetDate, case: Case) -> tuple[Event, ...] | Refusal:
    """Leave the date to be confirmed; taking a date out of force needs reason and authority."""
    milestone = milestone_of(case, command.milestone)
    if isinstance(milestone, Refusal):
        return milestone
    wanted = ToBeConfirmed(
        as_printed=command.as_printed or "TBC",
        decide_by=command.decide_by,
        decider=command.decider,
    )
    now = milestone.target_date
    match now:
        case ToBeConfirmed() if (now.decide_by, now.decider) == (wanted.decide_by, wanted.decider):
            return ()
        case OneOff() | Recurring() | Ongoing():
            why = f"{command.milestone} has a date, and this takes it out of force."
            refusal = need_reason(command, why) or need_authority(command, why)
            if refusal is not None:
                return refusal
        case NotStated() | ToBeConfirmed():
            pass
    return (TargetDateDeferred(milestone=milestone.id, target_date=wanted, shared_with=()),)


def move_target_date(command: MoveTargetDate, case: Case) -> tuple[Event, ...] | Refusal:
    """Move the date in force, which the caller must name, for a reason."""
    milestone = milestone_of(case, command.milestone)
    if isinstance(milestone, Refusal):
        return milestone
    now = milestone.target_date
    if not isinstance(now, OneOff):
        return Refusal(
            code=Code.NO_TARGET_DATE,
            message=f"{command.milestone} has no date in force to move. Set its date instead.",
            path="milestone",
        )
    if now.date == command.to_date:
        return ()
    if now.date != command.from_date:
        return Refusal(
            code=Code.FROM_DIFFERS,
            message=f"{command.milestone} is due by {now.date.label}, not "
            f"{command.from_date.label}. Look at it again, then move it from the date in force.",
            path="fromDate",
        )
    refusal = need_reason(command, "Moving a date in force changes what was promised.")
    if refusal is not None:
        return refusal
    to = OneOff(as_printed=command.as_printed or command.to_date.label, date=command.to_date)
    return (
        TargetDateMoved(
            milestone=milestone.id,
            from_target_date=now,
            to_target_date=to,
            reason_code=command.reason_code,
        ),
    )


def set_recurrence(command: SetRecurrence, case: Case) -> tuple[Event, ...] | Refusal:
    """Make a milestone recur; over a one-off date only with a reason."""
    milestone = milestone_of(case, command.milestone)
    if isinstance(milestone, Refusal):
        return milestone
    first, until, every = command.first, command.until, command.every_months
    refusal = bad_recurrence(command)
    if refusal is not None:
        return refusal
    now = milestone.target_date
    match now:
        case Recurring() if (now.first, now.every_months, now.until) == (first, every, until):
            return ()
        case OneOff():
            refusal = need_reason(command, f"{command.milestone} has a date that this replaces.")
            if refusal is not None:
                return refusal
        case _:
            pass
    printed = command.as_printed or f"Every {every} months"
    wanted = Recurring(as_printed=printed, first=first, every_months=every, until=until)
    return (RecurrenceSet(milestone=milestone.id, target_date=wanted, shared_with=()),)


def bad_recurrence(stated: SetRecurrence | Recurring) -> Refusal | None:
    """Refuse a recurrence that nothing can keep to."""
    first, until = stated.first, stated.until
    backwards = first is not None and until is not None and until.latest < first.earliest
    if not backwards and 1 <= stated.every_months <= 120:  # noqa: PLR2004 - as Recurring has it
        return None
    return Refusal(
        code=Code.RECURRENCE_IMPOSSIBLE,
        message="A recurrence is every 1 to 120 months and does not end before its first "
        "date. Check the months and the two dates.",
        path="until" if backwards else "everyMonths",
    )
