"""Enums of the schema: those of events and projections, with every value described."""

from collections.abc import Mapping
from enum import Enum

import strawberry

from planledger.domain.delivery import Delivery
from planledger.events import values
from planledger.projections.measuring import Direction, Standing
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
    values.SuppressionRule: (
        "Which figures public papers must hide.",
        {
            "NONE": "None are hidden: it counts no people.",
            "SMALL_NUMBERS": "Counts of five or fewer, and percentages on ten or fewer.",
        },
    ),
    values.Progress: (
        "How far a milestone's lead says the work has come, short of complete.",
        {
            "NOT_STARTED": "Nothing has been done yet.",
            "IN_PROGRESS": "It is being done.",
            "ON_HOLD": "It was begun and stands still.",
        },
    ),
    Delivery: (
        (
            "How far a milestone has been delivered. A passed date never changes it. A recurring "
            "one goes on being in progress; each of its completions is for one time of it."
        ),
        {
            "NOT_STARTED": "Nothing was reported of it, or that it is not begun.",
            "IN_PROGRESS": "It is being done, for the first time or again.",
            "ON_HOLD": "It was begun and stands still.",
            "REPORTED_COMPLETE": "Somebody claims that it is reached; nobody has accepted it yet.",
            "SIGNED_OFF": "Another than who claimed it accepted the claim.",
            "ASSURED": "It was tested independently that it is embedded.",
        },
    ),
    values.SignOffLevel: (
        "What a sign-off vouches for.",
        {
            "ACCEPTED": "A forum or officer accepts that it is complete.",
            "ASSURED": "It was tested independently that it is embedded.",
        },
    ),
    values.ReopenTrigger: (
        "What showed that a milestone was not complete after all.",
        {
            "AUDIT": "An audit of practice.",
            "OFSTED": "A visit or inspection by Ofsted.",
            "KPI": "The figures.",
            "ERROR": "It was signed off in error.",
            "OTHER": "None of these; the reason says.",
        },
    ),
    values.EvidenceKind: (
        "What a piece of evidence is.",
        {
            "DOCUMENT": "A document, such as a policy.",
            "MINUTES": "Minutes of a meeting.",
            "DATA": "Figures.",
            "AUDIT": "What an audit found.",
            "OBSERVATION": "What somebody saw.",
            "OTHER": "None of these.",
        },
    ),
    values.VersionKind: (
        "What a version of a plan was issued as.",
        {
            "DRAFT": "To be worked on.",
            "CONSULTATION": "To be commented on.",
            "APPROVED": "As approved.",
            "PUBLISHED": "For the public.",
            "REFRESHED": "A later edition of what was published.",
        },
    ),
    values.Rating: (
        "A judgement given at a review. What it means is said by the key it is given under.",
        {
            "BLUE": "Blue: under many keys, done and embedded.",
            "GREEN": "Green: under many keys, on course.",
            "AMBER": "Amber: under many keys, at risk; under some, done but not signed off.",
            "RED": "Red: under many keys, off course.",
        },
    ),
    values.Disposition: (
        "What came of a challenge.",
        {
            "ACCEPTED": "What was asked is done, or will be.",
            "PARTLY_ACCEPTED": "Some of it is done, or will be.",
            "DECLINED": "It is not done; the answer says why.",
        },
    ),
    Timeliness: (
        (
            "How a milestone stands to its target date on the effective day. Calculated by "
            "planledger, never a council's judgement. Claims say that it is done; a passed date "
            "never does."
        ),
        {
            "NO_DATE": "It has no date to be measured by, whether it is done or not.",
            "NOT_YET_DUE": "Its due day lies in a later month.",
            "DUE_THIS_MONTH": "Its due day lies in this month and has not passed.",
            "OVERDUE": "Its due day has passed, and no claim stands that it was reached.",
            "DONE_ON_TIME": "A claim stands that it was reached, and by its due day.",
            "DONE_LATE": "A claim stands that it was reached, after its due day.",
        },
    ),
    SlippageUnit: (
        "What slippage is counted in.",
        {
            "DAYS": "Days: both dates are days.",
            "MONTHS": "Months: at least one date is no more precise than a month.",
        },
    ),
    Standing: (
        "How a period's figure stands to its target. Calculated by planledger.",
        {
            "MET": "It is as good as the target, or better.",
            "WITHIN_TOLERANCE": "It misses the target by no more than the tolerance.",
            "BELOW_TARGET": "It misses the target.",
            "BELOW_FLOOR": "It is worse than the least that is acceptable.",
            "NO_TARGET": "No target was set for the period.",
        },
    ),
    Direction: (
        "How a figure compares with the period before. Calculated by planledger.",
        {
            "BETTER": "It is better, as the KPI's polarity has it.",
            "WORSE": "It is worse, as the KPI's polarity has it.",
            "SAME": "It is the same.",
        },
    ),
}


def describe(
    enum: type[Enum], description: str, described: Mapping[str, str], name: str | None = None
) -> None:
    """Put an enum of ours in the schema, with a description for it and for every value."""
    shown = strawberry.enum(enum, name=name, description=description)
    for value in shown.__strawberry_definition__.values:  # type: ignore[attr-defined]
        value.description = described[value.name]


for _enum, (_description, _described) in DESCRIBED.items():
    describe(_enum, _description, _described)
