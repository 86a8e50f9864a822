"""Acts about what milestones promise: that they are agreed, and when they are due."""

from typing import Final

from planledger.domain.commands import (
    AgreeMilestone,
    DeferTargetDate,
    MoveTargetDate,
    PlanCommand,
    SetTargetDate,
)
from planledger.events.target_dates import Ongoing
from planledger.events.values import ReasonCode
from planledger.recording.act import Act, Field, Kind, Values
from planledger.recording.acts.making import AS_PRINTED, MILESTONE, make, plainly


def _set_date(plan: str, values: Values) -> PlanCommand:
    date = values["date"]
    return make(
        SetTargetDate,
        plan,
        values,
        milestone=values["milestone"],
        date=None if isinstance(date, Ongoing) else date,
        as_printed=values["as_printed"],
    )


ACTS: Final = (
    Act(
        name="agree",
        title="Agree a milestone",
        about="A forum or officer agrees what a proposed milestone promises. Say by whose "
        "authority.",
        fields=(MILESTONE,),
        command=plainly(AgreeMilestone),
        needs=frozenset({"authority"}),
    ),
    Act(
        name="set-date",
        title="Set a target date",
        about="Say when a milestone is due that has no date yet, or whose date was to be "
        "confirmed.",
        fields=(
            MILESTONE,
            Field(
                name="date",
                label="Due by",
                kind=Kind.TARGET_DATE,
                hint="As exact as was decided, for instance “March 2025” or “31 March 2025”; or "
                "“ongoing”, for what is kept up without an end.",
                required=True,
            ),
            AS_PRINTED,
        ),
        command=_set_date,
        instead={
            "TARGET_DATE_IN_FORCE": "It has a date in force already. Use “Move a target date” "
            "(move-date) instead."
        },
    ),
    Act(
        name="move-date",
        title="Move a target date",
        about="Replace the date in force by another, for a reason. The first date that was set "
        "stays visible.",
        fields=(
            MILESTONE,
            Field(
                name="from_date",
                label="Date in force",
                kind=Kind.PARTIAL_DATE,
                hint="As the plan has it now, so that no other one is moved by mistake.",
                required=True,
            ),
            Field(
                name="to_date",
                label="New date",
                kind=Kind.PARTIAL_DATE,
                hint="As exact as was decided, for instance “March 2025” or “31 March 2025”.",
                required=True,
            ),
            Field(name="reason_code", label="Kind of reason", kind=Kind.CHOICE, among=ReasonCode),
            AS_PRINTED,
        ),
        command=plainly(MoveTargetDate),
        needs=frozenset({"reason"}),
        instead={
            "NO_TARGET_DATE": "It has no date in force to move. Use “Set a target date” "
            "(set-date) instead."
        },
    ),
    Act(
        name="defer-date",
        title="Leave a target date to be confirmed",
        about="Say that a date is still to be decided. Taking a date out of force needs a reason "
        "and an authority.",
        fields=(
            MILESTONE,
            Field(name="decide_by", label="To be decided by", kind=Kind.PARTIAL_DATE),
            Field(
                name="decider",
                label="Who decides it",
                kind=Kind.TEXT,
                hint="A forum or body, as it is called.",
            ),
            AS_PRINTED,
        ),
        command=plainly(DeferTargetDate),
    ),
)
