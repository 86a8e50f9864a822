"""Acts about the figures of KPIs: the first one for a period, and those that revise it."""

from typing import Any, Final

from planledger.domain.commands import (
    Figure,
    PlanCommand,
    RecordKpiReading,
    ReviseKpiReading,
)
from planledger.events.values import ReadingStatus, RevisionCause
from planledger.recording.act import Act, Field, Kind, Values
from planledger.recording.acts.making import make

_FIGURE = ("status", "extracted_on", "value", "numerator", "denominator")

_NO_NUMBERS: Final = (
    "Do not write small numbers here: it is shown, also where the figure is hidden."
)
_HINTS: Final = {"reason": f"Why, in a sentence or two. {_NO_NUMBERS}"}


def _stated(values: Values) -> dict[str, Any]:
    return {
        "kpi": values["kpi"],
        "period": values["period"],
        "figure": Figure(**{name: values[name] for name in _FIGURE}),
        "definition_version": values["definition_version"],
    }


def _record(plan: str, values: Values) -> PlanCommand:
    return make(RecordKpiReading, plan, values, **_stated(values))


def _revise(plan: str, values: Values) -> PlanCommand:
    own = {"cause": values["cause"], "note": values["note"], **_stated(values)}
    return make(ReviseKpiReading, plan, values, **own)


_FIELDS = (
    Field(name="kpi", label="KPI", kind=Kind.KPI, required=True),
    Field(
        name="period",
        label="Period",
        kind=Kind.PERIOD,
        hint="For instance “Q1 2024-25”, “2024-25”, “June 2024” or “1/4/2024 to 30/6/2024”.",
        required=True,
    ),
    Field(
        name="numerator",
        label="Numerator",
        kind=Kind.NUMBER,
        hint="For instance 112, of 407 referrals.",
    ),
    Field(name="denominator", label="Denominator", kind=Kind.NUMBER),
    Field(
        name="value",
        label="Value",
        kind=Kind.NUMBER,
        hint="Where there is no numerator and denominator: the number alone, without its unit.",
        paths=("figure",),
    ),
    Field(name="status", label="Status", kind=Kind.CHOICE, among=ReadingStatus, required=True),
    Field(
        name="extracted_on",
        label="Extracted on",
        kind=Kind.DAY,
        hint="The day the figure was taken from its source.",
        required=True,
    ),
    Field(
        name="definition_version",
        label="Definition",
        kind=Kind.WHOLE,
        hint="The number of the definition it was made under, where that is not the usual one.",
    ),
)

ACTS: Final = (
    Act(
        name="reading",
        title="Record a KPI figure",
        about="Record the first figure of a KPI for a period.",
        fields=_FIELDS,
        command=_record,
        hints=_HINTS,
        instead={
            "READING_EXISTS": "This KPI has a figure for this period already. Use “Revise a KPI "
            "figure” (revise-reading) instead."
        },
    ),
    Act(
        name="revise-reading",
        title="Revise a KPI figure",
        about="Record a later figure for a period that has one. The earlier one stays visible.",
        fields=(
            *_FIELDS,
            Field(
                name="cause",
                label="Why it is revised",
                kind=Kind.CHOICE,
                among=RevisionCause,
                required=True,
            ),
            Field(name="note", label="Note", kind=Kind.WORDS, hint=_NO_NUMBERS),
        ),
        command=_revise,
        hints=_HINTS,
        instead={
            "READING_MISSING": "This KPI has no figure for this period on that day. Use “Record a "
            "KPI figure” (reading), or check the period and the effective day."
        },
    ),
)
