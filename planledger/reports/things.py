"""The things of a plan: which have a ref that people know, what each is called and counted as."""

from collections.abc import Iterable, Mapping
from typing import Final

from planledger.reports import wording
from planledger.reports.desk import Data

ITEMS: Final = frozenset({"AREA", "STATEMENT", "ACTION", "MILESTONE"})
"""What has a ref that people know."""

NOBODY: Final = "Nobody"
"""Who leads what nobody leads."""

_KINDS: Final = {"KPI": "KPI", "QUERY": "Query", "REFERENCE": "Pointer"}

STANDING: Final = (
    ("actions", "Actions"),
    ("placeholderActions", "Actions still to be defined"),
    ("actionsWithoutLead", "Actions that nobody leads"),
    ("milestones", "Milestones"),
    ("agreedMilestones", "Milestones agreed"),
    ("toBeConfirmed", "Target dates to be confirmed"),
    ("overdue", "Milestones overdue (calculated)"),
    ("notStarted", "Milestones not started"),
    ("inProgress", "Milestones in progress"),
    ("onHold", "Milestones on hold"),
    ("reportedComplete", "Milestones reported complete, not signed off"),
    ("signedOff", "Milestones signed off"),
    ("assured", "Milestones assured"),
    ("openQueries", "Queries that await a person"),
)
"""Totals of a plan that say where it stands, and what they are called."""


def kind_name(kind: str) -> str:
    """Say what kind of thing something is: "Milestone", "KPI"."""
    return _KINDS.get(kind, wording.sentence(kind))


def review_names(reviews: Iterable[Data]) -> dict[str, str]:
    """Give what people call reviews, by their refs: "Improvement Board, Q4 2025"."""
    return {one["ref"]: f"{one['forum']['name']}, {one['label']}" for one in reviews}


def thing_name(plan: str, change: Data, reviews: Mapping[str, str]) -> str:
    """Say a thing of a plan that people do not know by its ref: "KPI: Re-referrals".

    A rating is said to be given at one of `reviews` by the name that it has there.
    """
    kind, ref, title = change["kind"], change["ref"], change["title"]
    short = ref.replace(f"{plan}/", "")
    match kind:
        case "RATING":
            item, _, review = ref.partition(" at ")
            return f"Rating of {item} at {reviews.get(review, review.removeprefix(f'{plan}/'))}"
        case "REVIEW":
            return f"Review: {title} ({short})"
        case _:
            return f"{kind_name(kind)}: {title or short}"


def area_name(area: Data) -> str:
    """Say an area as headings do."""
    return f"Area {area['number']}: {area['title']}"
