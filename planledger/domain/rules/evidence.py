"""Rules for evidence: a link with a hash, and never child-level data."""

import re

from planledger.domain.case import Case, already, evidence_of, item_of, need_reason
from planledger.domain.commands import RegisterEvidence, WithdrawEvidence
from planledger.domain.refusals import Code, Refusal
from planledger.events.base import Event
from planledger.events.evidence import EvidenceRegistered, EvidenceWithdrawn

# A scheme of one letter would be the drive of somebody's own machine.
_LINK = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]+):(?P<rest>[^\s<>\"\\^`{|}]+)")
_HOST = re.compile(r"//[^/?#@:]+.*")
_REFUSED_SCHEMES = frozenset(("about", "blob", "data", "file", "javascript", "vbscript"))
"""What runs or holds something itself, or can be opened on one machine only."""
_SHA256 = re.compile(r"[0-9a-f]{64}")


def register_evidence(command: RegisterEvidence, case: Case) -> tuple[Event, ...] | Refusal:
    """Register a link to what shows that something was done, for one item or more."""
    ids = []
    for name in command.items:
        item = item_of(case, name, "items")
        if isinstance(item, Refusal):
            return item
        ids.append(item.id)
    event = EvidenceRegistered(
        evidence=case.new_id("evidence"),
        title=command.title,
        kind=command.kind,
        dated=command.dated,
        uri=command.uri,
        sha256=command.sha256.lower() if command.sha256 else None,
        items=tuple(dict.fromkeys(ids)),
    )
    for other in case.known.evidence.values():
        same = frozenset(other.items) == frozenset(event.items) and all(
            getattr(other, field) == getattr(event, field)
            for field in ("title", "kind", "dated", "uri", "sha256")
        )
        if same and other.withdrawn_on is None:
            return already(case, other.id, other.on)
    return bad_evidence(event) or (event,)


def withdraw_evidence(command: WithdrawEvidence, case: Case) -> tuple[Event, ...] | Refusal:
    """Say that a piece of evidence no longer counts; once, for a reason."""
    found = evidence_of(case, command.evidence)
    if isinstance(found, Refusal):
        return found
    withdrawn_on = case.known.evidence[found.id].withdrawn_on
    if withdrawn_on is not None:
        return already(case, f"The withdrawal of {found.id}", withdrawn_on)
    refusal = need_reason(command, "Sign-offs may rest on this evidence.")
    return refusal or (EvidenceWithdrawn(evidence=found.id),)


def bad_evidence(event: EvidenceRegistered) -> Refusal | None:
    """Refuse evidence for nothing, a link that others cannot follow, and a hash that is none."""
    if not event.items:
        return Refusal(
            code=Code.NOTHING_NAMED,
            message="Evidence is for something. Name one item of the plan at least.",
            path="items",
        )
    link = _LINK.fullmatch(event.uri)
    scheme = link["scheme"].lower() if link else ""
    on_the_web = link is None or scheme not in {"http", "https"} or _HOST.fullmatch(link["rest"])
    if link is None or scheme in _REFUSED_SCHEMES or not on_the_web:
        return Refusal(
            code=Code.LINK_UNUSABLE,
            message=f"{event.uri[:80]!r} is no link that others can follow. Give a whole address, "
            'such as "https://…", or a number under its scheme, such as "urn:…".',
            path="uri",
        )
    if event.sha256 is not None and not _SHA256.fullmatch(event.sha256):
        return Refusal(
            code=Code.LINK_UNUSABLE,
            message="A SHA-256 is 64 hexadecimal digits. Take it again, or leave it out.",
            path="sha256",
        )
    return None
