"""What happens to the definition of milestones. Names are the storage format."""

from typing import Annotated

from msgspec import Meta

from planledger.events.base import ActionId, Event, MilestoneId
from planledger.events.values import Definition


class MilestoneProposed(Event, frozen=True, kw_only=True, gc=False, tag="milestone-proposed.v1"):
    """A milestone was put forward under an action. A document proposes; a body agrees."""

    milestone: MilestoneId
    action: ActionId
    ordinal: Annotated[int, Meta(description="Its place among the action's milestones, from 1.")]
    text: Annotated[str, Meta(description="Its wording.")]
    definition: Annotated[Definition, Meta(description="Whether the wording says what to reach.")]


class MilestoneAgreed(Event, frozen=True, kw_only=True, gc=False, tag="milestone-agreed.v1"):
    """A body agreed a milestone; from then on it is a promise."""

    milestone: MilestoneId
