"""Findings about the work: how much is done, what is open or stalled, what claims rest on."""

from collections.abc import Iterable, Iterator

from rich.text import Text

from planledger.projections.findings import (
    AreaCoverage,
    ClaimFinding,
    Completeness,
    NamedItem,
    ReopenedChain,
    Share,
    Stalled,
    Undefined,
)
from planledger.projections.timing import day_label
from planledger.projections.view import CompletionView, EvidenceView
from planledger.terminal.findings.section import ITEM, Section, item, partial
from planledger.terminal.layout import Cell, Column, counted, day, names, said

Row = tuple[Cell, ...]


def _completeness(found: Iterable[Completeness]) -> Iterator[Row]:
    for one in found:
        shares = (one.agreed, one.reported_complete, one.signed_off)
        yield (f"Out of {one.out_of.value}", *map(_share, shares))


def _share(share: Share) -> str:
    return f"{share.label} ({share.percent}%)" if share.percent is not None else share.label


def _coverage(found: Iterable[AreaCoverage]) -> Iterator[Row]:
    for one in found:
        if not one.is_covered:
            yield (
                *item(one.area),
                str(one.actions),
                _refs(one.placeholders),
                _refs(one.without_owner),
                _refs(one.without_period),
            )


def _covered(found: tuple[AreaCoverage, ...]) -> str:
    covered = [one.area.ref for one in found if one.is_covered]
    every = counted(len(found), "area")
    return f"{len(covered)} of {every} fully covered: {', '.join(covered) or 'none'}."


def _undefined(found: Undefined) -> Iterator[Row]:
    for what, items in (
        ("placeholder not resolved", found.placeholders),
        ("milestone undefined", found.milestones),
        ("no date stated", found.without_date),
    ):
        yield from ((*item(one), what) for one in items)
    for unconfirmed in found.to_be_confirmed:
        by = f" by {unconfirmed.decider}" if unconfirmed.decider else ""
        due = unconfirmed.decide_by
        late = ", overdue" if unconfirmed.decision_overdue else ""
        decision = f", decision due {due.label}{late}" if due is not None else ""
        yield (*item(unconfirmed.milestone), f"date to be confirmed{by}{decision}")
    for what, items in (
        ("action without a lead", found.vacant_actions),
        ("milestone without a lead", found.vacant_milestones),
    ):
        yield from ((*item(one), what) for one in items)


def _stalled(found: Iterable[Stalled]) -> Iterator[Row]:
    for one in found:
        yield (
            *item(one.milestone),
            names(one.leads),
            day_label(one.last_report_on) if one.last_report_on is not None else "never",
            str(one.days),
            one.delivery.value.replace("-", " "),
            day(one.due_by),
        )


def _claims(found: Iterable[ClaimFinding]) -> Iterator[Row]:
    for one in found:
        flags = "; ".join(_flags(one))
        if flags:
            yield (
                *item(one.milestone),
                partial(one.claim.occurrence),
                day_label(one.claim.reported_on),
                one.claim.achieved_on.label,
                _outcome(one.claim),
                Text(flags, style="yellow"),
            )


def _flags(claim: ClaimFinding) -> Iterator[str]:
    if claim.without_evidence:
        yield "no evidence"
    if claim.waived:
        yield "signed off with a waiver"
    if claim.dated_after:
        yield f"evidence dated later than what rests on it: {_titles(claim.dated_after)}"
    if claim.withdrawn_since:
        yield f"evidence withdrawn since: {_titles(claim.withdrawn_since)}"


def _unflagged(found: tuple[ClaimFinding, ...]) -> str:
    well = sum(not any(_flags(one)) for one in found)
    return f"{counted(well, 'other claim')} with nothing to flag." if well else ""


def _titles(evidence: Iterable[EvidenceView]) -> str:
    return ", ".join(said(piece.title) for piece in evidence)


def _outcome(claim: CompletionView) -> str:
    told = [f"{sign_off.level.value} {day_label(sign_off.on)}" for sign_off in claim.sign_offs]
    if claim.refused is not None:
        told.append(f"refused {day_label(claim.refused.on)}: {said(claim.refused.missing)}")
    if claim.reopened is not None:
        told.append(f"reopened {day_label(claim.reopened.on)} ({claim.reopened.trigger.value})")
    return "; ".join(told) or "awaits sign-off"


def _reopened(found: Iterable[ReopenedChain]) -> Iterator[Row]:
    for chain in found:
        for claim in chain.claims:
            yield (
                *item(chain.milestone),
                partial(claim.occurrence),
                day_label(claim.reported_on),
                _outcome(claim),
                "stands" if claim.stands else "does not stand",
            )


def _refs(items: Iterable[NamedItem]) -> str:
    return ", ".join(one.ref for one in items)


SECTIONS = (
    Section(
        "completeness",
        "How much is done, and out of what",
        "What is further has come as far as this, too. What is withdrawn does not count, nor do "
        "placeholders that are resolved: what took their place does.",
        lambda findings: findings.completeness,
        (
            *(Column("", 12), Column("Agreed", 16), Column("Reported complete", 16)),
            Column("Signed off", 16),
        ),
        _completeness,
        head=1,
    ),
    Section(
        "coverage",
        "Areas that lack an action, an owner or a period",
        "Placeholders that are resolved count as what took their place.",
        lambda findings: findings.coverage,
        (
            *ITEM,
            *(Column("Actions", 7), Column("Placeholders", 12), Column("Without owner", 12)),
            Column("Without period", 12),
        ),
        _coverage,
        rest=_covered,
    ),
    Section(
        "undefined",
        "What the plan leaves open",
        "An item is listed once for everything that it lacks.",
        lambda findings: findings.undefined,
        (*ITEM, Column("What is open", 20)),
        _undefined,
    ),
    Section(
        "stalled",
        "Led by partners, and not reported on for 90 days or more",
        "Partners are all leads but persons: the plan does not say who belongs to the council.",
        lambda findings: findings.stalled(),
        (
            *ITEM,
            *(Column("Lead", 14), Column("Last report", 12), Column("Days since", 5)),
            *(Column("Delivery", 11), Column("Due by", 12)),
        ),
        _stalled,
    ),
    Section(
        "claims",
        "Claims of completion to look at",
        "Evidence is what the claim and its sign-offs name, and what was registered for the item.",
        lambda findings: findings.claims,
        (
            *ITEM,
            *(Column("Time", 10), Column("Reported on", 12), Column("Reached", 12)),
            *(Column("What came of it", 16), Column("Flagged", 18)),
        ),
        _claims,
        rest=_unflagged,
    ),
    Section(
        "reopened",
        "Claims refused or taken back",
        "Every claim of those milestones, the oldest first.",
        lambda findings: findings.reopened,
        (
            *ITEM,
            *(Column("Time", 10), Column("Reported on", 12), Column("What came of it", 24)),
            Column("Now", 8),
        ),
        _reopened,
    ),
)
