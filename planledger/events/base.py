"""What every event shares, and the words its fields are described with.

Events say what has happened, in the past tense. Their stored names, and the names of their
fields, are the storage format: add, never rename or remove. A changed meaning is a new version
(`milestone-agreed.v2`), with the old class kept for reading.

A field that is added later has a default, None or (), which says that nothing was stated. It is
left out of the bytes then, so an entry from before is stored as the same bytes as ever.
"""

from typing import Annotated

from msgspec import Meta, Struct


class Event(
    Struct,
    frozen=True,
    kw_only=True,
    gc=False,
    tag_field="type",
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    """Something that happened to a plan; never changed once recorded."""


ItemId = Annotated[str, Meta(description="Id of the area, statement, action or milestone.")]
AreaId = Annotated[str, Meta(description="Id of the area.")]
StatementId = Annotated[str, Meta(description="Id of the statement.")]
ActionId = Annotated[str, Meta(description="Id of the action.")]
MilestoneId = Annotated[str, Meta(description="Id of the milestone.")]
PartyId = Annotated[str, Meta(description="Id of the party.")]
KpiId = Annotated[str, Meta(description="The KPI's short name in the plan.")]
ForumId = Annotated[str, Meta(description="The forum's short name in the plan.")]
ReviewId = Annotated[str, Meta(description="The review's short name in the plan.")]
QueryId = Annotated[str, Meta(description="Id of the query.")]
EvidenceId = Annotated[str, Meta(description="Id of the piece of evidence.")]
ChallengeId = Annotated[str, Meta(description="Id of the challenge.")]
VersionId = Annotated[str, Meta(description="The plan version's short name.")]
EvidenceIds = Annotated[
    tuple[str, ...], Meta(description="Ids of the evidence it rests on, if any was named.")
]
ReplacedBy = Annotated[
    tuple[str, ...], Meta(description="Ids of the items that take its place; empty if none does.")
]
SharedWith = Annotated[
    tuple[str, ...],
    Meta(description="Ids of the other milestones that the one printed date governs."),
]
