"""Enums of the schema: those of events and projections, with every value described."""

from enum import Enum

import strawberry

from planledger.events import values
from planledger.projections.timing import SlippageUnit, Timeliness


def _described(enum: type[Enum], description: str, **described: str) -> None:
    shown = strawberry.enum(enum, description=description)
    definition = shown.__strawberry_definition__  # type: ignore[attr-defined]
    for value in definition.values:
        value.description = described[value.name]


def describe_enums() -> None:
    """Tell strawberry of every enum; to be called before the schema is made."""
    _described(
        values.StatementKind,
        "What a statement under an area states.",
        OBJECTIVE="What is to be done.",
        OUTCOME="What is to be different.",
        MEASURE="How one will tell.",
    )
    _described(
        values.Definition,
        "How far a milestone is defined.",
        STATED="It says what is to be reached.",
        UNDEFINED='It promises that something will be defined later, such as "TBC".',
        CROSS_REFERENCE="It only points at milestones elsewhere in the plan.",
    )
    _described(
        values.PartyKind,
        "What can lead, decide or report.",
        PERSON="A named person.",
        POST="A post, whoever holds it.",
        BODY="A board, team, panel or committee.",
        ORGANISATION="An organisation.",
        COLLECTIVE="Several that are named together.",
    )
    _described(
        values.Polarity,
        "Which way a KPI is better.",
        HIGH="Higher is better.",
        LOW="Lower is better.",
        TARGET="Close to the target is better.",
    )
    _described(
        values.ReadingStatus,
        "Whether a reading may still change for ordinary reasons.",
        PROVISIONAL="It may still change.",
        FINAL="It is meant to stay.",
    )
    _described(
        values.RevisionCause,
        "Why a reading was published again.",
        ERROR="The earlier figure was wrong.",
        REVISION="The source was brought up to date.",
        FINALISED="A provisional figure became final.",
    )
    _described(
        values.ReasonCode,
        "The kind of reason for which a target date moved.",
        RESOURCES="People or money were short.",
        RECRUITMENT="Somebody had to be recruited.",
        DEPENDENCY="Something else had to come first.",
        PARTNER="A partner was not ready.",
        SCOPE="What is to be done changed.",
        INFORMATION="Data or analysis was missing.",
        DECISION="A decision was still to be taken.",
        OTHER="None of these; the reason says.",
    )
    _described(
        values.ReferenceKind,
        "What a cross-reference means.",
        REFERENCE="It mentions the other item.",
        DEPENDS_ON="It cannot be done before the other.",
    )
    _described(
        values.Confidence,
        "How sure a reading of the document is.",
        CERTAIN="As printed.",
        LIKELY="The better of two readings; a query asks.",
        UNSURE="A guess; a query asks.",
    )
    _described(
        Timeliness,
        "How a milestone stands to its target date on the effective day. Calculated by planledger, "
        "never a council's judgement; a passed date says nothing of delivery.",
        NO_DATE="It has no date to be measured by.",
        NOT_YET_DUE="Its due day lies in a later month.",
        DUE_THIS_MONTH="Its due day lies in this month and has not passed.",
        OVERDUE="Its due day has passed.",
    )
    _described(
        SlippageUnit,
        "What slippage is counted in.",
        DAYS="Days: both dates are days.",
        MONTHS="Months: at least one date is no more precise than a month.",
    )
