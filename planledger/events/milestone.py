"""What happens to milestones: how they are defined and delivered. Names are the storage format.

Delivery is claimed by one and accepted by another, so both are facts of their own (design 2.2).
"""

from typing import Annotated

from msgspec import Meta

from planledger.events.base import ActionId, Event, EvidenceIds, MilestoneId
from planledger.events.dates import PartialDate
from planledger.events.values import (
    Definition,
    Personal,
    Progress,
    ReopenTrigger,
    SignOffLevel,
)

Occurrence = Annotated[
    PartialDate | None, Meta(description="Which time of a recurring milestone; else empty.")
]


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


class MilestoneProgressReported(
    Event, frozen=True, kw_only=True, gc=False, tag="milestone-progress-reported.v1"
):
    """How far the work has come was reported. A forecast never alters the target date."""

    milestone: MilestoneId
    state: Annotated[Progress, Meta(description="How far it has come.")]
    narrative: Annotated[Personal | None, Meta(description="What is to be said of it.")]
    forecast: Annotated[PartialDate | None, Meta(description="When it is expected to be done.")]


class MilestoneReportedComplete(
    Event, frozen=True, kw_only=True, gc=False, tag="milestone-reported-complete.v1"
):
    """Somebody claimed that a milestone, or one time of a recurring one, is reached."""

    milestone: MilestoneId
    occurrence: Occurrence
    achieved_on: Annotated[PartialDate, Meta(description="When it was reached.")]
    reporter: Annotated[str | None, Meta(description="Id of the party that claims it, if named.")]
    reporter_account: Annotated[str, Meta(description="Id of the account that recorded it.")]
    summary: Annotated[Personal | None, Meta(description="What was reached, in words.")]
    evidence: EvidenceIds


class MilestoneSignedOff(Event, frozen=True, kw_only=True, gc=False, tag="milestone-signed-off.v1"):
    """Somebody other than who claimed it accepted the claim, on evidence or a stated waiver."""

    milestone: MilestoneId
    occurrence: Occurrence
    level: Annotated[SignOffLevel, Meta(description="What it vouches for.")]
    signer: Annotated[str | None, Meta(description="Id of the party that signed, if named.")]
    signer_account: Annotated[str, Meta(description="Id of the account that recorded it.")]
    evidence: EvidenceIds
    waiver: Annotated[
        Personal | None, Meta(description="Why it was accepted without evidence, if it was.")
    ]


class MilestoneSignOffRefused(
    Event, frozen=True, kw_only=True, gc=False, tag="milestone-sign-off-refused.v1"
):
    """A claim was not accepted; the work goes on."""

    milestone: MilestoneId
    occurrence: Occurrence
    missing: Annotated[Personal, Meta(description="What is missing.")]


class MilestoneReopened(Event, frozen=True, kw_only=True, gc=False, tag="milestone-reopened.v1"):
    """What had been signed off turned out not to be complete. The sign-off stays visible."""

    milestone: MilestoneId
    occurrence: Occurrence
    trigger: Annotated[ReopenTrigger, Meta(description="What showed it.")]
