"""What everything with a global id has in common."""

from typing import Any

import strawberry

from planledger.events.envelope import Entry
from planledger.graphql.common import described
from planledger.projections import view

_TYPES: dict[type, str] = {
    view.PlanView: "Plan",
    view.AreaView: "Area",
    view.StatementView: "Statement",
    view.ActionView: "Action",
    view.MilestoneView: "Milestone",
    view.PartyView: "Party",
    view.KpiView: "Kpi",
    view.ForumView: "Forum",
    view.ReviewView: "Review",
    view.RatingKeyView: "RatingKey",
    view.RatingView: "GivenRating",
    view.ChallengeView: "Challenge",
    view.EvidenceView: "Evidence",
    view.ReferenceView: "Reference",
    view.QueryView: "PlanQuery",
    view.VersionView: "PlanVersion",
    view.BaselineView: "Baseline",
    view.InspectionView: "Inspection",
}


def type_of(shown: object) -> str:
    """Name the type of a part of a view, or of an entry."""
    return type(shown.event).__name__ if isinstance(shown, Entry) else _TYPES[type(shown)]


@strawberry.interface(
    description="Whatever can be asked for again by its id. Two things, or one thing at two "
    "points, have two ids, so that a client's cache keeps them apart."
)
class Node:
    id: strawberry.ID = described(
        "Global id of it as it is at this basis: the name of its type, where it is, and, unless it "
        "is asked for as it stands, the position and the day, such as "
        '"Milestone:plymouth-2015/milestone-7@120,2015-03-31".'
    )

    @classmethod
    def resolve_type(cls, shown: object, *_: Any) -> str:
        """Name the type for what is shown."""
        return type_of(shown)

    @classmethod
    def is_type_of(cls, *_: Any) -> bool:
        """Trust `resolve_type`: what is shown are plain objects, not instances of the type."""
        return True
