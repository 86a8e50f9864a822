"""What was claimed to be reached, what came of it, and what it rests on."""

from datetime import date

from planledger.projections.findings.matter import Finding, Matter, NamedItem, Placed
from planledger.projections.view import CompletionView, EvidenceView


class ClaimFinding(Finding, frozen=True, kw_only=True, gc=False):
    """One claim that a milestone is reached, with what an auditor asks of it."""

    milestone: NamedItem
    claim: CompletionView
    evidence: tuple[EvidenceView, ...]
    """What it and its sign-offs name, and what was registered for the milestone or its action."""
    without_evidence: bool
    """Whether there is none of any of these."""
    dated_after: tuple[EvidenceView, ...]
    """Evidence that is certainly dated after what rests on it: a sign-off that names it, or the
    first sign-off of a claim that does; the claim where there is none. Where no evidence that they
    name counts any more, also what was only registered, if all of that is dated after."""
    withdrawn_since: tuple[EvidenceView, ...]
    """Evidence that the claim or a sign-off names and that no longer counts."""
    waived: bool
    """Whether a sign-off was given with a waiver."""


class ReopenedChain(Finding, frozen=True, kw_only=True, gc=False):
    """A milestone whose claims were refused or taken back, with every claim, the oldest first."""

    milestone: NamedItem
    claims: tuple[CompletionView, ...]
    refused: int
    reopened: int


def claims(matter: Matter) -> tuple[ClaimFinding, ...]:
    """List every claim in the order of its entry's day, those that fell too."""
    found = [
        _claim(placed, claim)
        for placed in matter.milestones
        for claim in placed.milestone.completions
    ]
    return tuple(sorted(found, key=lambda one: (one.claim.reported_on, one.claim.position)))


def reopened(matter: Matter) -> tuple[ReopenedChain, ...]:
    """List the milestones of which a claim did not stand, in the order of the plan."""
    return tuple(
        ReopenedChain(
            milestone=placed.named,
            claims=placed.milestone.completions,
            refused=sum(claim.refused is not None for claim in placed.milestone.completions),
            reopened=sum(claim.reopened is not None for claim in placed.milestone.completions),
        )
        for placed in matter.milestones
        if not all(claim.stands for claim in placed.milestone.completions)
    )


def _claim(placed: Placed, claim: CompletionView) -> ClaimFinding:
    signed = [(piece, sign_off.on) for sign_off in claim.sign_offs for piece in sign_off.evidence]
    accepted = claim.sign_offs[0].on if claim.sign_offs else claim.reported_on
    rests_on = [*((piece, accepted) for piece in claim.evidence), *signed]
    named = [piece for piece, _ in rests_on]
    evidence = _once([*named, *placed.milestone.evidence, *placed.action.evidence])
    return ClaimFinding(
        milestone=placed.named,
        claim=claim,
        evidence=evidence,
        without_evidence=not evidence,
        dated_after=_once(
            [
                *(piece for piece, on in rests_on if _is_dated_after(piece, on)),
                *_registered_after(named, evidence, accepted),
            ]
        ),
        withdrawn_since=_once([piece for piece in named if piece.withdrawn_on is not None]),
        waived=any(sign_off.waiver is not None for sign_off in claim.sign_offs),
    )


def _registered_after(
    named: list[EvidenceView], evidence: tuple[EvidenceView, ...], on: date
) -> list[EvidenceView]:
    """Give what counts of the evidence, if none of it is named and all of it is dated after."""
    counting = [piece for piece in evidence if piece.withdrawn_on is None]
    is_named = any(piece in named for piece in counting)
    late = not is_named and all(_is_dated_after(piece, on) for piece in counting)
    return counting if late else []


def _is_dated_after(evidence: EvidenceView, on: date) -> bool:
    return evidence.dated is not None and evidence.dated.earliest > on


def _once(evidence: list[EvidenceView]) -> tuple[EvidenceView, ...]:
    return tuple({piece.id: piece for piece in evidence}.values())
