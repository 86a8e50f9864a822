"""Findings about areas and leads, and how much is done: a row each, whatever is found."""

from planledger.reports import wording
from planledger.reports.desk import Data
from planledger.reports.papers.paper import Column, Table
from planledger.reports.papers.parts import NUMBER, REF, item_name, joined
from planledger.reports.things import NOBODY


def leads(found: Data) -> Table:
    """Give how much each lead has to see to."""
    return Table(
        key="lead_loads",
        title="How much each lead has to see to",
        columns=(
            Column("lead", "Lead", weight=4),
            Column("actions", "Actions", NUMBER),
            Column("milestones", "Milestones", NUMBER),
            Column("overdue", "Overdue", NUMBER),
            Column("without_date", "Without a date", NUMBER),
        ),
        rows=tuple(
            (
                one["party"]["name"] if one["party"] else NOBODY,
                *(one[name] for name in ("actions", "milestones", "overdue", "withoutDate")),
            )
            for one in found["leadLoads"]
        ),
        empty="Nobody leads anything.",
    )


def coverage(found: Data) -> Table:
    """Give whether each area has an action, and every action an owner and a period."""
    return Table(
        key="coverage",
        title="Does each area have actions, owners and dates?",
        columns=(
            Column("area", "Area", weight=5),
            Column("actions", "Actions", NUMBER),
            Column("covered", "Has all"),
            Column("placeholders", "Still to be defined", REF),
            Column("without_owner", "Without an owner", REF),
            Column("without_period", "Without a period", REF),
        ),
        rows=tuple(
            (
                item_name(one["area"]),
                one["actions"],
                "yes" if one["isCovered"] else "no",
                *(
                    joined(item["ref"] for item in one[name])
                    for name in ("placeholders", "withoutOwner", "withoutPeriod")
                ),
            )
            for one in found["coverage"]
        ),
        empty="The plan has no area at this point.",
    )


def completeness(found: Data) -> Table:
    """Give how much is done, and out of what."""
    return Table(
        key="completeness",
        title="How much is done, and out of what",
        columns=(
            Column("out_of", "Out of", weight=2),
            Column("agreed", "Agreed", weight=2),
            Column("complete", "Reported complete", weight=2),
            Column("signed_off", "Signed off", weight=2),
        ),
        rows=tuple(
            (
                wording.sentence(one["outOf"]),
                *(_share(one[name]) for name in ("agreed", "reportedComplete", "signedOff")),
            )
            for one in found["completeness"]
        ),
    )


def _share(share: Data) -> str:
    percent = f" ({share['percent']} %)" if share["percent"] is not None else ""
    return f"{share['label']}{percent}"
