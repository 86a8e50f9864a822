"""Commands about a plan as a whole."""

from datetime import date

from planledger.domain.commands.base import Command
from planledger.domain.draft import Draft
from planledger.events.values import Personal, VersionKind


class DraftPlan(Command, frozen=True, kw_only=True):
    """Begin an empty plan."""

    title: str


class ImportPlan(Command, frozen=True, kw_only=True):
    """Begin a plan with everything a document states."""

    draft: Draft


class IssueVersion(Command, frozen=True, kw_only=True):
    """Give out the plan as it stands as a version."""

    version: str
    label: str
    kind: VersionKind


class ApproveVersion(Command, frozen=True, kw_only=True):
    """Record that a body approved a version; needs the authority, of which several may."""

    version: str
    body: str


class SubmitVersion(Command, frozen=True, kw_only=True):
    """Record that a version was sent; it was approved, or an authority is stated."""

    version: str
    recipients: tuple[Personal, ...]
    method: str


class SetBaseline(Command, frozen=True, kw_only=True):
    """Make the plan as it stands what slippage is also measured against; needs authority."""

    baseline: str
    label: str


class ClosePlan(Command, frozen=True, kw_only=True):
    """End the plan; needs authority. Only the record can be put right from then on."""

    outcome: Personal
    successor: str | None = None


class ReceiveReport(Command, frozen=True, kw_only=True):
    """Record an inspection report; the day the statement is due by is computed from it."""

    inspection: str
    framework: str
    judgement: str
    received_on: date
    published_on: date | None = None
    working_days: int = 70
    """Working days allowed for the statement of action: 70, or 20 for a draft."""
