"""Enums of the schema: those of events and projections, with every value described."""

from collections.abc import Mapping
from enum import Enum

import strawberry

from planledger.events import values
from planledger.projections.timing import SlippageUnit, Timeliness

DESCRIBED: Mapping[type[Enum], tuple[str, Mapping[str, str]]] = {
    values.StatementKind: (
        "What a statement under an area states.",
        {
            "OBJECTIVE": "What is to be done.",
            "OUTCOME": "What is to be different.",
            "MEASURE": "How one will tell.",
        },
    ),
    values.Definition: (
        "How far a milestone is defined.",
        {
            "STATED": "It says what is to be reached.",
            "UNDEFINED": 'It promises that something will be defined later, such as "TBC".',
            "CROSS_REFERENCE": "It only points at milestones elsewhere in the plan.",
        },
    ),
    values.PartyKind: (
        "What can lead, decide or report.",
        {
            "PERSON": "A named person.",
            "POST": "A post, whoever holds it.",
            "BODY": "A board, team, panel or committee.",
            "ORGANISATION": "An organisation.",
            "COLLECTIVE": "Several that are named together.",
        },
    ),
    values.Polarity: (
        "Which way a KPI is better.",
        {
            "HIGH": "Higher is better.",
            "LOW": "Lower is better.",
            "TARGET": "Close to the target is better.",
        },
    ),
    values.ReadingStatus: (
        "Whether a reading may still change for ordinary reasons.",
        {
            "PROVISIONAL": "It may still change.",
            "FINAL": "It is meant to stay.",
        },
    ),
    values.RevisionCause: (
        "Why a reading was published again.",
        {
            "ERROR": "The earlier figure was wrong.",
            "REVISION": "The source was brought up to date.",
            "FINALISED": "A provisional figure became final.",
        },
    ),
    values.ReasonCode: (
        "The kind of reason for which a target date moved.",
        {
            "RESOURCES": "People or money were short.",
            "RECRUITMENT": "Somebody had to be recruited.",
            "DEPENDENCY": "Something else had to come first.",
            "PARTNER": "A partner was not ready.",
            "SCOPE": "What is to be done changed.",
            "INFORMATION": "Data or analysis was missing.",
            "DECISION": "A decision was still to be taken.",
            "OTHER": "None of these; the reason says.",
        },
    ),
    values.ReferenceKind: (
        "What a cross-reference means.",
        {
            "REFERENCE": "It mentions the other item.",
            "DEPENDS_ON": "It cannot be done before the other.",
        },
    ),
    values.Confidence: (
        "How sure a reading of the document is.",
        {
            "CERTAIN": "As printed.",
            "LIKELY": "The better of two readings; a query asks.",
            "UNSURE": "A guess; a query asks.",
        },
    ),
    Timeliness: (
        (
            "How a milestone stands to its target date on the effective day. Calculated by "
            "planledger, never a council's judgement; a passed date says nothing of delivery."
        ),
        {
            "NO_DATE": "It has no date to be measured by.",
            "NOT_YET_DUE": "Its due day lies in a later month.",
            "DUE_THIS_MONTH": "Its due day lies in this month and has not passed.",
            "OVERDUE": "Its due day has passed.",
        },
    ),
    SlippageUnit: (
        "What slippage is counted in.",
        {
            "DAYS": "Days: both dates are days.",
            "MONTHS": "Months: at least one date is no more precise than a month.",
        },
    ),
}


def _describe(enum: type[Enum], description: str, described: Mapping[str, str]) -> None:
    shown = strawberry.enum(enum, description=description)
    for value in shown.__strawberry_definition__.values:  # type: ignore[attr-defined]
        value.description = described[value.name]


for _enum, (_description, _described) in DESCRIBED.items():
    _describe(_enum, _description, _described)
