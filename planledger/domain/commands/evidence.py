"""Commands about evidence."""

from planledger.domain.commands.base import Command
from planledger.events.dates import PartialDate
from planledger.events.values import EvidenceKind, Personal


class RegisterEvidence(Command, frozen=True, kw_only=True):
    """Register a link to what shows that something was done. Never child-level data."""

    title: Personal
    kind: EvidenceKind
    uri: str
    items: tuple[str, ...]
    """Refs or ids of the items it is evidence for; at least one."""
    dated: PartialDate | None = None
    sha256: str | None = None


class WithdrawEvidence(Command, frozen=True, kw_only=True):
    """Say, for a reason, that a piece of evidence no longer counts."""

    evidence: str
