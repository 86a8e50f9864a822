"""Enums of what is found in plans, with every value described."""

from collections.abc import Mapping
from enum import Enum

from planledger.events.values import ItemKind
from planledger.graphql.enums import describe
from planledger.projections.findings import AmendmentKind, ConflictKind, Denominator, TbcEnd

DESCRIBED: Mapping[type[Enum], tuple[str, Mapping[str, str]]] = {
    ItemKind: (
        "The kinds of item a plan is made of.",
        {
            "AREA": "An area for improvement.",
            "STATEMENT": "An objective, outcome or measure.",
            "ACTION": "An action.",
            "MILESTONE": "A milestone.",
        },
    ),
    TbcEnd: (
        "What ended it that a date was to be confirmed.",
        {
            "DATE_SET": "A date was set.",
            "RECURRENCE_SET": "It was set to fall due again and again.",
            "ONGOING": "It was set as to be kept up without an end.",
            "WITHDRAWN": "It left the plan.",
            "RESOLVED": "Its action was a placeholder, and what it promised was defined elsewhere "
            "or dropped.",
        },
    ),
    ConflictKind: (
        "What is wrong between two items of which one waits for the other.",
        {
            "DUE_EARLIER": "It is due before what it waits for.",
            "WAITS_WITHOUT_DATE": "What it waits for has no date.",
            "WAITS_FOR_OVERDUE": "What it waits for is overdue.",
        },
    ),
    Denominator: (
        "What a percentage is out of.",
        {
            "ACTIONS": "Actions; one has come as far as all of its milestones have.",
            "STATED_MILESTONES": "Milestones that say what is to be reached.",
            "MILESTONE_SLOTS": "All milestones, undefined ones included.",
        },
    ),
    AmendmentKind: (
        "What was done to an entry.",
        {
            "CORRECTED": "It was wrong, and another stands in its place.",
            "VOIDED": "What it says never happened.",
        },
    ),
}

for _enum, (_description, _described) in DESCRIBED.items():
    describe(_enum, _description, _described)
