"""Commands about how milestones are defined and delivered."""

from planledger.domain.commands.base import Command
from planledger.events.dates import PartialDate
from planledger.events.values import Personal, Progress, ReopenTrigger, SignOffLevel


class ProposeMilestone(Command, frozen=True, kw_only=True):
    """Put a milestone forward under an action."""

    action: str
    text: str


class AgreeMilestone(Command, frozen=True, kw_only=True):
    """Agree a proposed milestone; needs the authority that agreed it."""

    milestone: str


class ReportProgress(Command, frozen=True, kw_only=True):
    """Report how far the work has come, perhaps with a forecast, which moves no target date."""

    milestone: str
    state: Progress
    narrative: Personal | None = None
    forecast: PartialDate | None = None


class ReportComplete(Command, frozen=True, kw_only=True):
    """Claim that an agreed milestone is reached; of a recurring one, which time."""

    milestone: str
    achieved_on: PartialDate
    occurrence: PartialDate | None = None
    reporter: str | None = None
    """Id of the party that claims it; left out, who records it does."""
    summary: Personal | None = None
    evidence: tuple[str, ...] = ()


class SignOffMilestone(Command, frozen=True, kw_only=True):
    """Accept a claim, by another than who made it, on evidence or with a waiver."""

    milestone: str
    level: SignOffLevel
    occurrence: PartialDate | None = None
    signer: str | None = None
    """Id of the party that signs; left out, who records it does."""
    evidence: tuple[str, ...] = ()
    waiver: Personal | None = None
    """Why it is accepted without evidence, if it is."""


class RefuseSignOff(Command, frozen=True, kw_only=True):
    """Decline a claim and say what is missing; the work goes on."""

    milestone: str
    missing: Personal
    occurrence: PartialDate | None = None


class ReopenMilestone(Command, frozen=True, kw_only=True):
    """Take back what was signed off, for a reason; the sign-off stays visible."""

    milestone: str
    trigger: ReopenTrigger
    occurrence: PartialDate | None = None
